"""Who was on duty for those present, and how long the doors were open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

import rostering
from rostering import ShiftType
from rukang.bodies.homes import Home
from rukang.care.attendance import Presence
from rukang.engines.rating import Measure
from rukang.rosters import Attendees, CareRatio, RosterState
from tests.factories import a_plan, a_resident, some_marks
from tests.rukang.stars.measures.conftest import OCTOBER, Read

DAYS = {
    "S1": {"2026-10-08": "早", "2026-10-09": "早"},
    "S2": {"2026-10-08": "白", "2026-10-09": "晚"},
    "S3": {"2026-10-08": "夜", "2026-10-09": "台"},
    "S4": {"2026-10-10": "白"},
}
"""The 10th has nobody present. 夜 is for the night, 台 (a desk) is for nobody by any ratio."""


def _problem(month: date) -> dict[str, Any]:
    shifts = {"早": (480, 240), "白": (540, 480), "晚": (960, 240), "夜": (1260, 600)}
    return rostering.Problem(
        start=month,
        days=31,
        shift_types=tuple(
            ShiftType(id=code, name=code, start=start, minutes=minutes, paid_minutes=minutes)
            for code, (start, minutes) in {**shifts, "台": (480, 600)}.items()
        ),
        staff=tuple(rostering.Staff(id=code, shift_limits={}) for code in DAYS),
        cover=(rostering.Cover(day=7, shift="早", minimum=2, wanted=2),),
    ).model_dump(mode="json")


def _plan(session: Session, home: Home, state: RosterState, month: date = OCTOBER) -> int:
    return a_plan(session, home, month, state=state, problem=_problem(month), shifts=DAYS).id


@pytest.fixture
def open_home(session: Session, home: Home) -> Home:
    """Three present on the 8th, two on the 9th; ratios of three shifts by day, one by night."""
    for code, attendees in {
        "早": Attendees.DAY_CARE,
        "白": Attendees.DAY_CARE,
        "晚": Attendees.WORKSHOP,
        "夜": Attendees.OVERNIGHT,
    }.items():
        ratio = {"shift_code": code, "attendees": attendees, "heads_per_staff": 6, "at_least": 1}
        session.add(CareRatio(home_id=home.id, **ratio))
    eighth, ninth = date(2026, 10, 8), date(2026, 10, 9)
    for code, days in {"R1": [eighth, ninth], "R2": [eighth, ninth], "R3": [eighth]}.items():
        some_marks(session, a_resident(session, home, code), days, REST=date(2026, 10, 10))
    return home


def test_minutes_on_duty_over_presences(session: Session, open_home: Home, read: Read) -> None:
    """240 + 480 on the 8th, 240 + 240 on the 9th, over five presences of 480 minutes."""
    _plan(session, open_home, RosterState.PUBLISHED)
    found = read(Measure.STAFF_PER_PRESENT_RESIDENT)
    assert found is not None
    assert found.value == Decimal("0.5")
    assert "2 天，班次 早、晚、白 在岗 1200 分钟/（5 人次 × 480 分钟" in found.evidence
    assert "没有记录，按最长班次计" in found.evidence
    assert "roster_plan 1 条" in found.evidence
    assert "attendance_day 5 条" in found.evidence


def test_half_a_day_is_half_a_presence(session: Session, open_home: Home, read: Read) -> None:
    """1200 minutes over 5.5 presences of 480; R4 is there in the afternoon of the 9th."""
    afternoon = {date(2026, 10, 9): (Presence.SICK_LEAVE, Presence.PRESENT)}
    some_marks(session, a_resident(session, open_home, "R4"), [], afternoon)
    _plan(session, open_home, RosterState.PUBLISHED)
    found = read(Measure.STAFF_PER_PRESENT_RESIDENT)
    assert found is not None
    assert found.value == Decimal("0.454")
    assert "（5.5 人次 × 480 分钟" in found.evidence


def test_hours_covered_by_day(session: Session, open_home: Home, read: Read) -> None:
    """8:00–17:00 on the 8th, where shifts overlap; 8:00–12:00 and 16:00–20:00 on the 9th."""
    _plan(session, open_home, RosterState.PUBLISHED)
    found = read(Measure.HOURS_OPEN, 2)
    assert found is not None
    assert found.value == Decimal("8.5")
    assert "1020 分钟/2 个开放日" in found.evidence
    assert "2 个月中 1 个月有记录（缺 2026-09）" in found.evidence


@pytest.mark.parametrize("measure", [Measure.STAFF_PER_PRESENT_RESIDENT, Measure.HOURS_OPEN])
def test_a_draft_says_nothing_of_what_was(
    session: Session, open_home: Home, read: Read, measure: Measure
) -> None:
    """Only a published roster was worked; a roster of another month meets no presence."""
    _plan(session, open_home, RosterState.DRAFT)
    assert read(measure) is None
    _plan(session, open_home, RosterState.PUBLISHED)
    assert read(measure) is not None


@pytest.mark.parametrize("measure", [Measure.STAFF_PER_PRESENT_RESIDENT, Measure.HOURS_OPEN])
def test_a_roster_without_attendance_says_nothing(
    session: Session, home: Home, read: Read, measure: Measure
) -> None:
    """Nobody was there as far as is known."""
    _plan(session, home, RosterState.PUBLISHED)
    assert read(measure) is None


def test_the_published_roster_outweighs_a_later_draft(
    session: Session, home: Home, read: Read
) -> None:
    """Breaches are those of the one roster that holds, added up over the months."""
    published = _plan(session, home, RosterState.PUBLISHED)
    _plan(session, home, RosterState.DRAFT)
    found = read(Measure.REST_RULE_BREACHES)
    assert found is not None
    assert found.evidence.endswith(f"编号 {published} 至 {published}")
    _plan(session, home, RosterState.DRAFT, date(2026, 8, 1))
    both = read(Measure.REST_RULE_BREACHES, 3)
    assert both is not None
    assert both.value == found.value * 2 > 0
    assert "（缺 2026-09）" in both.evidence


def test_without_a_roster_no_breaches_are_known(read: Read) -> None:
    """No figure, rather than a nil."""
    assert read(Measure.REST_RULE_BREACHES) is None
