"""Agreement of inspectors, against published examples and by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rukang.engines.rating import (
    Scored,
    ScoreSheet,
    State,
    agreement,
    cohen_kappa,
    krippendorff_alpha,
    scored,
)
from tests.rukang.engines.rating.tiny import TINY_EDITION, sheet_with

FOUR_OBSERVERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
"""Krippendorff 2011, example C: nominal 0.743, interval 0.849."""


def _units() -> list[list[Decimal]]:
    rows = [line.split() for line in FOUR_OBSERVERS.split("\n") if line]
    return [[Decimal(value) for value in unit if value != "."] for unit in zip(*rows, strict=True)]


def _pairs(*counts: tuple[int, int, int]) -> list[tuple[Decimal, Decimal]]:
    return [(Decimal(a), Decimal(b)) for a, b, times in counts for _ in range(times)]


def test_alpha_is_that_of_the_published_example() -> None:
    """Four observers, twelve units, some not judged by all."""
    assert round(float(krippendorff_alpha(_units(), "nominal") or 0), 3) == 0.743
    assert round(float(krippendorff_alpha(_units()) or 0), 3) == 0.849


def test_kappa_by_hand() -> None:
    """35 of 50 the same, 25 by chance: 0.4."""
    fifty = _pairs((1, 1, 20), (1, 0, 5), (0, 1, 10), (0, 0, 15))
    assert cohen_kappa(fifty) == Fraction(2, 5)
    assert cohen_kappa(fifty, "linear") == Fraction(2, 5)  # two levels: all distances are one


def test_weights_count_how_far_apart() -> None:
    """One step apart is better than two; the square tells them further apart."""
    near = _pairs((0, 0, 4), (1, 1, 4), (2, 2, 4), (0, 1, 1))
    far = _pairs((0, 0, 4), (1, 1, 4), (2, 2, 4), (0, 2, 1))
    assert (cohen_kappa(near, "linear") or 0) > (cohen_kappa(far, "linear") or 0)
    assert (cohen_kappa(near, "quadratic") or 0) > (cohen_kappa(far, "quadratic") or 0)


@pytest.mark.parametrize("pairs", [[], _pairs((1, 1, 5))])
def test_nothing_to_tell_apart_is_no_agreement(pairs: list[tuple[Decimal, Decimal]]) -> None:
    """Nothing judged, or always the same: there is no figure, not a perfect one."""
    assert cohen_kappa(pairs) is None
    assert krippendorff_alpha(pairs) is None
    assert krippendorff_alpha([[Decimal(1)], [Decimal(2)]]) is None


levels = st.integers(0, 3).map(Decimal)


@given(pairs=st.lists(st.tuples(levels, levels), min_size=1, max_size=20))
def test_agreement_is_one_when_all_agree_and_never_more(
    pairs: list[tuple[Decimal, Decimal]],
) -> None:
    """And the same whichever of the two is called the first."""
    for figure in (cohen_kappa, krippendorff_alpha):
        found = figure(pairs)
        assert found is None or found <= 1
        assert found == figure([(b, a) for a, b in pairs])
        alike = figure([(a, a) for a, _ in pairs])
        assert alike in {None, 1}


def _scored(pairs: list[tuple[ScoreSheet, ScoreSheet]]) -> list[Scored]:
    return [one for pair in pairs for one in scored(TINY_EDITION, *pair)]


def test_a_round_is_told_by_criterion_and_by_inspector() -> None:
    """Two homes; 乙 judges T3 a level higher than 甲 once; measured criteria are left out."""
    pairs = [
        (sheet_with("甲", T3=2, S1=True), sheet_with("乙", T3=2, S1=True)),
        (sheet_with("甲", T3=0, T1="0.7"), sheet_with("乙", T3=1, T1="0.9")),
    ]
    found = agreement(TINY_EDITION, _scored(pairs))
    by_name = {item.criterion: item for item in found.criteria}
    assert list(by_name) == ["S1", "T3"]
    assert (by_name["T3"].homes, by_name["T3"].same) == (2, 1)
    assert by_name["S1"].kappa is None
    # Points 3 and 3, 0 and 1.5: observed 1 of 2 differs, 3 of 4 by chance.
    assert by_name["T3"].kappa == Fraction(1, 3)
    lean = {item.inspector: item for item in found.inspectors}
    assert lean["乙"].points_above == -lean["甲"].points_above == Fraction(3, 2) / 3
    assert (lean["甲"].judgements, lean["甲"].same) == (3, 2)


@pytest.mark.parametrize("state", [State.NO_DATA, State.NOT_APPLICABLE])
def test_who_says_nothing_of_it_does_not_disagree(state: State) -> None:
    """No data is not nought points: the home is left out for that criterion."""
    pair = (sheet_with("甲", T3=state, S1=True), sheet_with("乙", T3=2, S1=True))
    assert [item.criterion for item in agreement(TINY_EDITION, _scored([pair])).criteria] == ["S1"]


def test_a_veto_has_its_agreement_too() -> None:
    """Met or not met, though it has no points; and nobody leans by it."""
    pairs = [
        (sheet_with("甲", T4=True), sheet_with("乙", T4=True)),
        (sheet_with("甲", T4=True), sheet_with("乙", T4=False)),
    ]
    found = agreement(TINY_EDITION, _scored(pairs))
    assert [(item.criterion, item.homes, item.same) for item in found.criteria] == [("T4", 2, 1)]
    assert found.inspectors == ()
