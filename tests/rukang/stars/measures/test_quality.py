"""Incidents, complaints, surveys and training, read over a window."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from rukang.bodies.homes import Home
from rukang.care.quality import (
    Complaint,
    ComplaintAbout,
    Incident,
    IncidentKind,
    ReportedMonth,
    Survey,
    Training,
)
from rukang.engines.rating import Measure
from tests.factories import a_home, a_member_of_staff
from tests.rukang.stars.measures.conftest import Read


def _report(session: Session, home: Home, *months: int) -> None:
    for month in months:
        session.add(ReportedMonth(home_id=home.id, month=date(2026, month, 1)))
    session.flush()


def _incident(session: Session, home: Home, day: date, **fields: object) -> None:
    values = {"kind": IncidentKind.FALL, "words": "滑倒", "imported": True, "grave": False}
    session.add(Incident(home_id=home.id, code=f"E-{day}", day=day, **values | fields))
    session.flush()


def _complaint(session: Session, home: Home, day: date, **fields: object) -> None:
    values = {"about": ComplaintAbout.CARE, "words": "等候过久", "imported": True}
    code = f"T-{day}"
    session.add(Complaint(home_id=home.id, code=code, received_on=day, **values | fields))
    session.flush()


def _survey(session: Session, home: Home, day: date, answered: int, satisfied: int) -> None:
    counts = {"asked": 60, "answered": answered, "satisfied": satisfied}
    session.add(Survey(home_id=home.id, held_on=day, **counts))
    session.flush()


def test_a_quiet_month_is_nil_and_an_unknown_one_is_nothing(
    session: Session, home: Home, read: Read
) -> None:
    """Reported and without any: nil. Not reported: no figure."""
    both = (Measure.INCIDENTS, Measure.COMPLAINTS_UPHELD)
    _report(session, a_home(session, code="BC001"), 10)
    assert [read(measure) for measure in both] == [None, None]
    _report(session, home, 10)
    assert [found.value for measure in both if (found := read(measure))] == [0, 0]


def test_incidents_are_counted_in_the_window(session: Session, home: Home, read: Read) -> None:
    """All of them, with how many were grave or by fault; those before do not count."""
    _report(session, home, 9, 10)
    _incident(session, home, date(2026, 7, 31))
    _incident(session, home, date(2026, 8, 1), grave=True)
    _incident(session, home, date(2026, 10, 31), by_fault=True)
    found = read(Measure.INCIDENTS, 3)
    assert found is not None
    assert found.value == 2
    assert "2 起（严重 1，机构有责任 1）" in found.evidence
    assert "3 个月中 2 个月有记录（缺 2026-08）" in found.evidence
    assert "incident 2 条" in found.evidence


def test_an_incident_of_a_month_not_reported_is_still_counted(
    session: Session, home: Home, read: Read
) -> None:
    """It is known to have happened; the evidence says that the month was not reported."""
    _incident(session, home, date(2026, 10, 5))
    found = read(Measure.INCIDENTS)
    assert found is not None
    assert found.value == 1
    assert "1 个月中 0 个月有记录" in found.evidence


def test_a_complaint_counts_where_it_was_upheld(session: Session, home: Home, read: Read) -> None:
    """Received before and upheld within: counted; dismissed, open or upheld before: not."""
    _report(session, home, 10)
    _complaint(session, home, date(2026, 9, 20), upheld=True, closed_on=date(2026, 10, 1))
    _complaint(session, home, date(2026, 9, 1), upheld=True, closed_on=date(2026, 9, 30))
    _complaint(session, home, date(2026, 10, 2), upheld=False, closed_on=date(2026, 10, 31))
    _complaint(session, home, date(2026, 10, 3))
    found = read(Measure.COMPLAINTS_UPHELD)
    assert found is not None
    assert found.value == 1
    assert "查实 1/办结 2，收到 2，其中未办结 1" in found.evidence
    assert "complaint 3 条" in found.evidence


def test_satisfied_among_those_who_answered(session: Session, home: Home, read: Read) -> None:
    """Several surveys count by answers, not by survey."""
    _report(session, home, 10)
    _survey(session, home, date(2026, 9, 30), answered=10, satisfied=0)
    _survey(session, home, date(2026, 10, 1), answered=10, satisfied=9)
    _survey(session, home, date(2026, 10, 31), answered=50, satisfied=31)
    found = read(Measure.SATISFACTION_SHARE)
    assert found is not None
    assert found.value == Decimal("0.666")
    assert "满意 40/收回 60（发出 120）" in found.evidence


def test_a_survey_that_nobody_answered_says_nothing(
    session: Session, home: Home, read: Read
) -> None:
    """Neither does a month without any."""
    _report(session, home, 10)
    assert read(Measure.SATISFACTION_SHARE) is None
    _survey(session, home, date(2026, 10, 1), answered=0, satisfied=0)
    assert read(Measure.SATISFACTION_SHARE) is None


def test_training_over_the_mean_number_of_staff(session: Session, home: Home, read: Read) -> None:
    """Two in September, one in October: 12 hours over one and a half people."""
    first = a_member_of_staff(session, home, "S01")
    second = a_member_of_staff(session, home, "S02", contract_to=date(2026, 9, 30))
    for member, day, hours in (
        (first, date(2026, 8, 31), "100"),
        (second, date(2026, 9, 1), "4.5"),
        (first, date(2026, 10, 31), "7.5"),
    ):
        session.add(
            Training(
                home_id=home.id, staff_id=member.id, day=day, hours=Decimal(hours), topic="急救"
            )
        )
    _report(session, home, 9, 10)
    found = read(Measure.TRAINING_HOURS, 2)
    assert found is not None
    assert found.value == 8
    assert "12.0 小时/（3 人月÷2 个月）" in found.evidence


def test_training_is_nil_where_reported_and_nothing_elsewhere(
    session: Session, home: Home, read: Read
) -> None:
    """Without a report, or without staff, there is no figure."""
    _report(session, home, 10)
    assert read(Measure.TRAINING_HOURS) is None
    a_member_of_staff(session, home, "S01")
    found = read(Measure.TRAINING_HOURS)
    assert found is not None
    assert found.value == 0


def test_training_without_a_report_is_no_figure(session: Session, home: Home, read: Read) -> None:
    """Staff alone say nothing of training."""
    a_member_of_staff(session, home, "S01")
    assert read(Measure.TRAINING_HOURS) is None
