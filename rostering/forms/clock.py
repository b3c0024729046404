"""Shifts by the clock: their pieces, what they cover, and which meet."""

from __future__ import annotations

from collections.abc import Sequence

from rostering.parts import ShiftType

Piece = tuple[int, int]
"""Begin and end, in minutes from the begin of the day."""


def pieces(shift: ShiftType) -> list[Piece]:
    """Return the pieces of a shift; none without a start."""
    if shift.start is None:
        return []
    split = [(span.start, span.start + span.minutes) for span in shift.spans]
    return split or [(shift.start, shift.start + shift.minutes)]


def covers(shift: ShiftType, begin: int, end: int) -> bool:
    """Return whether a piece of a shift covers all of a span."""
    return any(first <= begin and end <= last for first, last in pieces(shift))


def meet(one: ShiftType, other: ShiftType) -> bool:
    """Return whether two shifts of a day are the same, or share a place and time."""
    if one.id == other.id:
        return True
    return one.place == other.place and any(
        max(a, c) < min(b, d) for a, b in pieces(one) for c, d in pieces(other)
    )


def moments(shifts: Sequence[ShiftType]) -> list[list[ShiftType]]:
    """Return, for every begin of a piece, the shifts that are present then."""
    begins = sorted({begin for shift in shifts for begin, _ in pieces(shift)})
    return [[shift for shift in shifts if covers(shift, time, time + 1)] for time in begins]
