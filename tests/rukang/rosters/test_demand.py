"""Cover from expected heads and the home's own ratios."""

from __future__ import annotations

from datetime import date

import pytest

from rukang.care.attendance import ExpectedAttendance
from rukang.rosters import Attendees, CareRatio
from rukang.rosters.problem import demands

DAY = date(2026, 10, 9)


def _expected(day_care: int = 0, workshop: int = 0, overnight: int = 0) -> ExpectedAttendance:
    return ExpectedAttendance(day=DAY, day_care=day_care, workshop=workshop, overnight=overnight)


def _ratio(attendees: Attendees, heads: int, least: int) -> CareRatio:
    return CareRatio(shift_code="白", attendees=attendees, heads_per_staff=heads, at_least=least)


@pytest.mark.parametrize(
    ("heads", "minimum", "wanted"),
    [(0, 0, 0), (1, 2, 2), (16, 2, 2), (17, 2, 3), (24, 2, 3), (25, 2, 4)],
)
def test_one_for_so_many_heads_or_part_of_them(heads: int, minimum: int, wanted: int) -> None:
    """Rounded up, never below the minimum while anybody is there, nothing when nobody is."""
    ratio = _ratio(Attendees.DAY_CARE, heads=8, least=2)
    (demand,) = demands([_expected(day_care=heads)], [ratio])
    assert (demand.minimum, demand.wanted) == (minimum, wanted)


def test_each_ratio_counts_its_own_heads() -> None:
    """Workshop and night heads do not count for day care."""
    ratios = [_ratio(kind, heads=10, least=0) for kind in Attendees]
    wanted = [d.wanted for d in demands([_expected(5, 31, 0)], ratios)]
    assert wanted == [1, 4, 0]
