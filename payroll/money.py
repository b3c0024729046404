"""Money as integer fen inside and `Decimal` yuan at the edges, scaled by exact fractions.

A rate never becomes a float: it is a numerator and a denominator, and the one rounding of a
rule is declared by name, because places round differently.
"""

import fractions
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Column: TypeAlias = NDArray[np.int64]
"""One whole number per person: fen, hundredths of a day, a numerator."""

Fraction: TypeAlias = tuple[Column | int, Column | int]
"""Numerator and denominator, one for everybody or one a person."""

Mask: TypeAlias = NDArray[np.bool_]
"""One yes or no per person."""

LARGEST_FEN = 10**13
"""No single amount may exceed 100 billion yuan; beyond it products could leave 64 bits."""

_LARGEST_PRODUCT = 2**62


class Rounding(StrEnum):
    """How an exact amount becomes a payable one: a direction and a smallest unit."""

    HALF_UP_TO_FEN = "half_up_to_fen"
    UP_TO_JIAO = "up_to_jiao"
    HALF_UP_TO_YUAN = "half_up_to_yuan"

    @property
    def quantum(self) -> int:
        """Return the smallest payable unit, in fen."""
        return {"fen": 1, "jiao": 10, "yuan": 100}[self.rsplit("_", 1)[1]]

    @property
    def words(self) -> tuple[str, str]:
        """Return the rounding in Chinese and in English."""
        return _ROUNDING_WORDS[self]


_ROUNDING_WORDS = {
    Rounding.HALF_UP_TO_FEN: ("四舍五入到分", "rounded half up to the fen"),
    Rounding.UP_TO_JIAO: ("见分进角", "rounded up to the jiao"),
    Rounding.HALF_UP_TO_YUAN: ("四舍五入到元", "rounded half up to the yuan"),
}


def fen(yuan: Decimal | int | str) -> int:
    """Return an amount of yuan as fen.

    Raises
    ------
    ValueError
        When the amount has more than two decimals: such an amount cannot be paid.
    """
    exact = Decimal(yuan) * 100
    if exact != int(exact):
        raise ValueError(f"金额 {yuan} 元不是整分，请先约定取整办法 / {yuan} yuan is not whole fen")
    return int(exact)


def yuan(amount_fen: int) -> Decimal:
    """Return fen as yuan with two decimals."""
    return Decimal(int(amount_fen)).scaleb(-2)


def fraction(rate: Decimal) -> tuple[int, int]:
    """Return an exact decimal rate as numerator and denominator in lowest terms."""
    return rate.as_integer_ratio()


def rounded(exact: fractions.Fraction) -> int:
    """Return an exact amount of fen that is not negative, rounded half up to the fen."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def scale(
    amounts: Column,
    numerator: Column | int,
    denominator: Column | int,
    rounding: Rounding = Rounding.HALF_UP_TO_FEN,
) -> Column:
    """Return ``amounts × numerator ÷ denominator``, rounded once as declared.

    Where the plain product could leave 64 bits, the whole multiples of the denominator are taken
    out first. Negative amounts round as their mirror image: a recovery undoes exactly what was
    paid.

    Parameters
    ----------
    amounts
        Fen per person.
    numerator, denominator
        The exact fraction, one for all or one per person; not negative, denominator positive.
    rounding
        Direction and smallest unit of the result.

    Raises
    ------
    OverflowError
        When the exact result could leave 64 bits.
    """
    amounts = np.asarray(amounts, dtype=np.int64)
    top = np.asarray(numerator, dtype=np.int64)
    unit = np.asarray(denominator, dtype=np.int64) * rounding.quantum
    if not amounts.size:
        return np.zeros(np.broadcast_shapes(amounts.shape, top.shape, unit.shape), np.int64)
    is_negative = int(amounts.min()) < 0
    sizes = np.abs(amounts) if is_negative else amounts
    is_up = rounding.startswith("up")
    if 2 * int(sizes.max()) * int(top.max()) + int(unit.max()) < _LARGEST_PRODUCT:
        # One division: dividing by a scalar is what makes a million people quick.
        units = sizes * top
        if not is_up:
            units += units
        units += unit - 1 if is_up else unit
        units //= unit if is_up else 2 * unit
    else:
        units = _in_parts(sizes, top, unit, is_up)
    result: Column = units if rounding.quantum == 1 else units * rounding.quantum
    return np.sign(amounts) * result if is_negative else result


def _in_parts(sizes: Column, top: Column, unit: Column, is_up: bool) -> Column:
    """Return the units of amounts whose plain product could leave 64 bits."""
    sizes, top, unit = np.broadcast_arrays(sizes, top, unit)
    units, remainder = _divided(sizes, top, unit)
    up = remainder > 0 if is_up else 2 * remainder >= unit
    return units + up


def _divided(sizes: Column, top: Column, unit: Column) -> tuple[Column, Column]:
    """Return ``sizes × top ÷ unit`` and what remains, where the product could leave 64 bits."""
    whole, rest = np.divmod(sizes, unit)
    _refuse_overflow((whole, top), (unit, top))
    carried, remainder = np.divmod(rest * top, unit)
    return whole * top + carried, remainder


def scale_together(
    amounts: Column, numerator: Column | int, denominator: Column | int, whole: Column
) -> Column:
    """Return `scale` of rows of which some make up one whole, each whole rounded once.

    A wage that changed within the month, or did not, must cost no second rounding: the rows of a
    whole are cut to the fen, and the last takes what was cut and the half-up of the whole.

    Parameters
    ----------
    amounts, numerator, denominator
        As in `scale`, not negative.
    whole
        The number of each row's whole, ascending. Where the denominator changes within one, what
        follows is a whole of its own.
    """
    if (np.diff(whole) > 0).all():
        return scale(amounts, numerator, denominator)
    rows = (np.asarray(part, np.int64) for part in (amounts, numerator, denominator))
    sizes, top, unit = np.broadcast_arrays(*rows)
    units, remainder = _divided(sizes, top, unit)
    changes = (np.diff(whole) > 0) | (np.diff(unit) != 0)
    starts = np.flatnonzero(np.append(True, changes))
    lasts = np.append(starts[1:], len(whole)) - 1
    doubled = 2 * unit[lasts]
    units[lasts] += (2 * np.add.reduceat(remainder, starts) + unit[lasts]) // doubled
    return units


ROUNDINGS = tuple(Rounding)
"""What the codes in a column of roundings stand for."""


def scale_each(
    amounts: Column, numerator: Column | int, denominator: Column | int, roundings: Column | int
) -> Column:
    """Return `scale` with each row's own rounding by its code; a row without one gets nothing."""
    if isinstance(roundings, int):
        return scale(amounts, numerator, denominator, ROUNDINGS[roundings])
    result = np.zeros_like(amounts)
    for code in np.unique(roundings[roundings >= 0]):
        chosen = roundings == code
        result[chosen] = scale(
            amounts[chosen],
            numerator if isinstance(numerator, int) else numerator[chosen],
            denominator if isinstance(denominator, int) else denominator[chosen],
            ROUNDINGS[code],
        )
    return result


def _refuse_overflow(*products: tuple[Column, Column]) -> None:
    for left, right in products:
        if left.size and int(left.max()) * int(right.max()) >= _LARGEST_PRODUCT:
            raise OverflowError(
                f"金额或比率过大，无法精确计算：{left.max()} × {right.max()} / "
                "amount or rate too large for exact arithmetic; check the units (fen, not yuan)"
            )
