"""Cover requirements from expected attendance and the home's own care ratios."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rukang.care.attendance import ExpectedAttendance
from rukang.rosters.records import Attendees, CareRatio


@dataclass(frozen=True)
class Demand:
    """How many of a shift a day needs: never fewer than ``minimum``, better ``wanted``."""

    day: date
    shift: str
    minimum: int
    wanted: int


def demands(expected: Iterable[ExpectedAttendance], ratios: Iterable[CareRatio]) -> list[Demand]:
    """Return what every day needs of every shift, in the order given."""
    kept = list(ratios)
    return [demand(day, ratio) for day in expected for ratio in kept]


def demand(expected: ExpectedAttendance, ratio: CareRatio) -> Demand:
    """Return what one day needs of one shift.

    One person for every ``heads_per_staff`` heads or part of them is wanted, and never fewer than
    ``at_least`` while anybody is there. Nobody expected, nobody needed.
    """
    heads = _heads(expected, ratio.attendees)
    if heads == 0:
        return Demand(expected.day, ratio.shift_code, 0, 0)
    wanted = max(ratio.at_least, -(-heads // ratio.heads_per_staff))
    return Demand(expected.day, ratio.shift_code, ratio.at_least, wanted)


def _heads(expected: ExpectedAttendance, attendees: Attendees) -> int:
    return {
        Attendees.DAY_CARE: expected.day_care,
        Attendees.WORKSHOP: expected.workshop,
        Attendees.OVERNIGHT: expected.overnight,
    }[attendees]
