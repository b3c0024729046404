"""Entering incidents and complaints by themselves, and reading what happened in a span."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.access import Database
from rukang.base.database.audit import AuditEntry, write_down
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.homes import Home
from rukang.care.quality import (
    Complaint,
    Incident,
    ReportedMonth,
    Survey,
    Training,
    list_complaints,
    list_incidents,
    list_surveys,
    list_training,
    reported_months,
)
from tests.factories import (
    a_complaint,
    a_home,
    a_member_of_staff,
    an_incident,
    close_complaint,
)

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
TODAY = date(2026, 11, 2)
"""The day of the clock of the tests."""


@pytest.fixture
def session(empty_database: Database) -> Iterator[Session]:
    """An open session on an empty database."""
    with empty_database.session() as session:
        yield session


@pytest.fixture
def home(session: Session) -> Home:
    """A home."""
    return a_home(session)


def _incident(
    session: Session, home: Home, day: date = LAST, code: str = "E-1", words: str = "滑倒"
) -> Incident:
    return an_incident(session, home, code, day, words)


def _complaint(session: Session, home: Home, day: date = LAST, code: str = "T-1") -> Complaint:
    return a_complaint(session, home, code, day, "工资晚发", about="工资")


def test_an_incident_is_kept_and_told(session: Session, home: Home) -> None:
    """It is not of a workbook, fault is open, and the audit trail has it."""
    incident = _incident(session, home, TODAY)
    assert (incident.imported, incident.by_fault) == (False, None)
    write_down(session)
    query = select(AuditEntry).where(AuditEntry.table == "incident")
    assert session.scalars(query).one().record_id == incident.id


@pytest.mark.parametrize(
    ("day", "code", "words"),
    [
        (date(2026, 11, 3), "E-1", "滑倒"),
        (LAST, " ", "滑倒"),
        (LAST, "E-1", " "),
        (LAST, "E-1", "字" * 201),
    ],
)
def test_an_unfit_incident_is_refused(
    session: Session, home: Home, day: date, code: str, words: str
) -> None:
    """Of a day to come, without a code or an account, or with one too long."""
    with pytest.raises(InvalidError):
        _incident(session, home, day, code, words)


def test_a_code_is_taken_once_in_a_home(session: Session, home: Home) -> None:
    """Another home may use the same; incidents and complaints are counted apart."""
    _incident(session, home)
    _complaint(session, home, code="E-1")
    _incident(session, a_home(session, code="BC001"))
    with pytest.raises(ConflictError):
        _incident(session, home, code=" E-1")
    with pytest.raises(ConflictError):
        _complaint(session, home, code="E-1")


@pytest.mark.parametrize("day", [LAST, TODAY])
def test_a_complaint_is_closed(session: Session, home: Home, day: date) -> None:
    """On the day it came or later, up to today; the record stays the one it was."""
    complaint = _complaint(session, home)
    close_complaint(session, home, complaint, day, upheld=True)
    assert (complaint.upheld, complaint.closed_on) == (True, day)
    assert list_complaints(session, home, FIRST, LAST) == [complaint]


@pytest.mark.parametrize("day", [date(2026, 10, 30), date(2026, 11, 3)])
def test_a_complaint_is_not_closed_out_of_time(session: Session, home: Home, day: date) -> None:
    """Neither before it came nor on a day to come."""
    complaint = _complaint(session, home)
    with pytest.raises(InvalidError):
        close_complaint(session, home, complaint, day, upheld=False)


def test_a_span_has_both_its_ends(session: Session, home: Home) -> None:
    """What happened on the first and on the last day is listed, a day earlier or later is not."""
    member = a_member_of_staff(session, home)
    days = [date(2026, 9, 30), FIRST, LAST, date(2026, 11, 1)]
    for number, day in enumerate(days):
        _incident(session, home, day, f"E-{number}")
        _complaint(session, home, day, f"T-{number}")
        training = {"staff": member, "day": day, "hours": Decimal("1.5"), "topic": "急救"}
        session.add(Training(home_id=home.id, **training))
        session.add(Survey(home_id=home.id, held_on=day, asked=3, answered=2, satisfied=1))
    session.flush()
    assert [of.day for of in list_incidents(session, home, FIRST, LAST)] == [FIRST, LAST]
    assert [of.received_on for of in list_complaints(session, home, FIRST, LAST)] == [FIRST, LAST]
    assert [of.day for of in list_training(session, home, FIRST, LAST)] == [FIRST, LAST]
    assert [of.held_on for of in list_surveys(session, home, FIRST, LAST)] == [FIRST, LAST]
    assert list_incidents(session, a_home(session, code="BC001"), FIRST, LAST) == []


def test_reported_months_come_in_order(session: Session, home: Home) -> None:
    """Only those of the home and the span."""
    for month in (date(2026, 10, 1), date(2026, 8, 1), date(2026, 7, 1)):
        session.add(ReportedMonth(home_id=home.id, month=month))
    session.flush()
    found = reported_months(session, home, date(2026, 8, 1), LAST)
    assert found == [date(2026, 8, 1), date(2026, 10, 1)]
