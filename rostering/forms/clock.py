"""Shifts by the clock: their pieces, what they cover, and which meet."""

from __future__ import annotations

from collections.abc import Sequence

from rostering.parts import ShiftType

DAY_MINUTES = 24 * 60

Piece = tuple[int, int]
"""Begin and end, in minutes from the begin of the day."""


def pieces(shift: ShiftType) -> list[Piece]:
    """Return the pieces of a shift; none without a start or a length."""
    if shift.start is None or shift.minutes == 0:
        return []
    split = [(span.start, span.start + span.minutes) for span in shift.spans]
    return split or [(shift.start, shift.start + shift.minutes)]


def covers(shift: ShiftType, begin: int, end: int) -> bool:
    """Return whether a piece of a shift covers all of a span."""
    return any(first <= begin and end <= last for first, last in pieces(shift))


def meet(one: ShiftType, other: ShiftType, later: int = 0) -> bool:
    """Return whether a shift meets another that is held some days later, or earlier (negative).

    They are the same on one day, or share a place and time by the clock.
    """
    if one.id == other.id and later == 0:
        return True
    ahead = later * DAY_MINUTES
    return one.place == other.place and any(
        max(a, c + ahead) < min(b, d + ahead) for a, b in pieces(one) for c, d in pieces(other)
    )


def reach(shifts: Sequence[ShiftType]) -> int:
    """Return on how many days after its own the longest of some shifts is still present."""
    return max(map(runs_on, shifts), default=0)


def runs_on(shift: ShiftType) -> int:
    """Return on how many days after its own a shift is still present."""
    return max((end - 1 for _, end in pieces(shift)), default=0) // DAY_MINUTES


def begins(shifts: Sequence[ShiftType]) -> dict[int, int]:
    """Return the minutes of a day at which pieces begin, each with the least days since its own."""
    found: dict[int, int] = {}
    for begin in sorted(begin for shift in shifts for begin, _ in pieces(shift)):
        found.setdefault(begin % DAY_MINUTES, begin // DAY_MINUTES)
    return dict(sorted(found.items()))
