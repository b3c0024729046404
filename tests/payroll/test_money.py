"""Exact scaling and the declared roundings."""

import math
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payroll.money import (
    LARGEST_FEN,
    ROUNDINGS,
    Rounding,
    fen,
    rounded,
    scale,
    scale_each,
    scale_together,
    yuan,
)
from payroll.rules.contributions import contribution

amounts = st.integers(-LARGEST_FEN, LARGEST_FEN)
rates = st.decimals(0, 1, places=6)
DECIMAL_MODE = {
    Rounding.HALF_UP_TO_FEN: ROUND_HALF_UP,
    Rounding.UP_TO_JIAO: ROUND_UP,
    Rounding.HALF_UP_TO_YUAN: ROUND_HALF_UP,
}


@given(amount=amounts, rate=rates, rounding=st.sampled_from(Rounding))
def test_agrees_with_exact_decimals(amount: int, rate: Decimal, rounding: Rounding) -> None:
    """Scaling by a rate is the exact product, rounded once as declared, at any size."""
    numerator, denominator = rate.as_integer_ratio()
    units = Decimal(amount) * rate / rounding.quantum
    exact = int(units.quantize(Decimal(1), DECIMAL_MODE[rounding])) * rounding.quantum
    assert int(scale(np.array([amount]), numerator, denominator, rounding)[0]) == exact


@given(amount=amounts, rate=rates)
def test_a_recovery_mirrors_a_payment(amount: int, rate: Decimal) -> None:
    """Negative amounts round as the mirror image of positive ones."""
    fraction = rate.as_integer_ratio()
    there, back = scale(np.array([amount, -amount]), *fraction)
    assert there == -back


@given(
    wholes=st.lists(
        st.tuples(
            st.lists(st.tuples(st.integers(0, LARGEST_FEN), st.integers(0, 99)), min_size=1),
            st.integers(1, 10**4),
        ),
        max_size=4,
    )
)
def test_parts_of_a_whole_are_rounded_once(
    wholes: list[tuple[list[tuple[int, int]], int]],
) -> None:
    """However a whole is cut, its parts add up to its exact sum, rounded once."""
    rows = [
        (number, amount, top, unit)
        for number, (parts, unit) in enumerate(wholes)
        for amount, top in parts
    ]
    whole, amounts, tops, units = np.array(rows, np.int64).reshape(-1, 4).T
    found = scale_together(amounts, tops, units, whole)
    for number, (parts, unit) in enumerate(wholes):
        exact = Fraction(sum(amount * top for amount, top in parts), unit)
        assert int(found[whole == number].sum()) == rounded(exact)


def test_another_denominator_begins_another_whole() -> None:
    """Halves and thirds of one whole have no common remainder: each kind is rounded by itself."""
    amounts, tops, units = np.array([1, 1, 1]), np.array([1, 1, 1]), np.array([2, 2, 3])
    assert scale_together(amounts, tops, units, np.zeros(3, np.int64)).tolist() == [0, 1, 0]


@given(low=amounts, high=amounts, rate=rates)
def test_monotone(low: int, high: int, rate: Decimal) -> None:
    """A larger amount never scales to less."""
    low, high = sorted((low, high))
    less, more = scale(np.array([low, high]), *rate.as_integer_ratio())
    assert less <= more


@pytest.mark.parametrize(
    ("amount", "rate", "rounding", "expected"),
    [
        (450400, "0.003", Rounding.HALF_UP_TO_FEN, 1351),
        (100, "0.005", Rounding.HALF_UP_TO_FEN, 1),
        (99, "0.005", Rounding.HALF_UP_TO_FEN, 0),
        (700100, "0.08", Rounding.UP_TO_JIAO, 56010),
        (700000, "0.08", Rounding.UP_TO_JIAO, 56000),
        (10000, "0.0101", Rounding.UP_TO_JIAO, 110),
        (1, "1", Rounding.UP_TO_JIAO, 10),
        (100000, "0.0105", Rounding.HALF_UP_TO_YUAN, 1100),
        (100000, "0.0149", Rounding.HALF_UP_TO_YUAN, 1500),
        (100000, "0.0104", Rounding.HALF_UP_TO_YUAN, 1000),
    ],
)
def test_roundings_at_the_edge(amount: int, rate: str, rounding: Rounding, expected: int) -> None:
    """Ties go up, a tenth of a jiao goes up where the place says so, exact amounts stay."""
    assert scale(np.array([amount]), *Decimal(rate).as_integer_ratio(), rounding)[0] == expected


def test_each_person_has_their_place_s_rounding() -> None:
    """Rounding differs within one column; a person without one gets nothing."""
    roundings = np.array(
        [ROUNDINGS.index(Rounding.HALF_UP_TO_FEN), ROUNDINGS.index(Rounding.UP_TO_JIAO), -1]
    )
    three = np.full(3, 700100)
    found = scale_each(three, np.full(3, 2), np.full(3, 25), roundings)
    assert found.tolist() == [56008, 56010, 0]


def test_one_fraction_may_serve_everybody() -> None:
    """However many roundings there are, and whoever is not insured pays nothing, rounded or not."""
    roundings = np.array(
        [ROUNDINGS.index(r) for r in (Rounding.UP_TO_JIAO, Rounding.HALF_UP_TO_FEN)]
    )
    assert scale_each(np.array([700100, 700100]), 2, 25, roundings).tolist() == [56010, 56008]
    base, nobody = np.array([700100, 700100]), np.zeros(2, np.bool_)
    assert contribution(base, (2, 25), roundings, nobody).tolist() == [0, 0]


TIE, EXACT = 9_999_999_500_000, 9_999_990_000_000
"""× 499999 / 1000000: half a fen is left; nothing is left, even of a yuan."""
TWO_FIFTHS = pow(499_999, -1, 10**6) * 400_000 % 10**6 + 9_999_997 * 10**6
"""Two fifths of a fen are left: more than a third, less than half."""
ONE_OVER = pow(499_999, -1, 10**7) + 999_998 * 10**7
"""One part in ten million of a jiao is left."""


@pytest.mark.parametrize("rounding", Rounding)
@pytest.mark.parametrize(
    "amount", [TIE, TIE - 1, TIE + 1, EXACT, TWO_FIFTHS, ONE_OVER, ONE_OVER + 1]
)
def test_products_beyond_64_bits_are_as_exact(amount: int, rounding: Rounding) -> None:
    """Ties, exact amounts and the smallest remainders, where the plain product has no room."""
    assert 2 * amount * 499_999 > 2**62
    units = Fraction(amount * 499_999, 10**6 * rounding.quantum)
    up = rounding is Rounding.UP_TO_JIAO
    expected = math.ceil(units) if up else math.floor(units + Fraction(1, 2))
    both = scale(np.array([amount, -amount]), 499_999, 10**6, rounding)
    assert both.tolist() == [expected * rounding.quantum, -expected * rounding.quantum]


@pytest.mark.parametrize("empty", [0, 1, 2])
def test_nobody_is_paid_nothing(empty: int) -> None:
    """Nobody's columns scale to an empty column, whichever of the three is one."""
    given: list[Any] = [1, 1, 1]
    given[empty] = np.zeros(0, np.int64)
    assert scale(np.zeros(0, np.int64), *given[1:]).shape == (0,)


def test_overflow_is_refused_not_wrapped() -> None:
    """A product that would leave 64 bits is an error."""
    with pytest.raises(OverflowError, match="check the units"):
        scale(np.array([2**60]), 1000, 1)
    with pytest.raises(OverflowError, match="精确"):
        scale(np.array([10**12]), 2**40, 2**40 + 1)


@given(amount=amounts)
def test_fen_and_yuan_are_inverse(amount: int) -> None:
    """An amount survives the way to yuan and back."""
    assert fen(yuan(amount)) == amount


@pytest.mark.parametrize("amount", ["1.005", "0.001"])
def test_parts_of_a_fen_are_refused(amount: str) -> None:
    """An amount that cannot be paid is refused."""
    with pytest.raises(ValueError, match="整分"):
        fen(amount)
