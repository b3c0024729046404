"""Contracts, the minimum and insurance over several months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from payroll import Policy
from rukang import pay
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.bodies.homes import Home, find_home
from rukang.engines.rating import Measure
from rukang.stars.measured import measured
from tests.demo import LOCAL_POLICY
from tests.factories import (
    a_home,
    a_member_of_staff,
    a_resident,
    a_tax_year,
    an_employer,
    an_employment,
    some_marks,
)
from tests.rukang.stars.measures.conftest import OCTOBER, Read
from tests.wages import lock

SEPTEMBER = date(2026, 9, 1)
WAGES = (Measure.WAGES_AT_OR_ABOVE_MINIMUM_SHARE, Measure.INSURED_SHARE)


def test_contracts_are_looked_at_month_by_month(session: Session, home: Home, read: Read) -> None:
    """One held through both months, one ended in the first: two of three."""
    for code, ended_on in {"R1": None, "R2": date(2026, 9, 29)}.items():
        resident = a_resident(session, home, code)
        an_employment(session, resident, an_employer(session), ended_on=ended_on)
    found = read(Measure.CONTRACTS_SHARE, 2)
    assert found is not None
    assert found.value == Decimal("0.666")
    assert "2/3；2 个月中 2 个月有记录 2 of 2 months on record；employment 2 条" in found.evidence


def test_a_contract_to_the_last_day_of_a_month_held(
    session: Session, home: Home, read: Read
) -> None:
    """The day is inclusive; the month after has no record."""
    resident = a_resident(session, home, "R1")
    an_employment(session, resident, an_employer(session), ended_on=date(2026, 9, 30))
    found = read(Measure.CONTRACTS_SHARE, 2)
    assert found is not None
    assert found.value == 1
    assert "（缺 2026-10）" in found.evidence


def test_staff_are_counted_month_by_month(session: Session, home: Home, read: Read) -> None:
    """Qualified in both months and unqualified in one: two of three."""
    a_member_of_staff(session, home, "S1")
    ended = date(2026, 9, 30)
    a_member_of_staff(session, home, "S2", qualified=False, contract_to=ended)
    found = read(Measure.QUALIFIED_STAFF_SHARE, 2)
    assert found is not None
    assert found.value == Decimal("0.666")
    assert "2/3" in found.evidence


def test_attendance_of_several_months(session: Session, home: Home, read: Read) -> None:
    """Days are pooled for the rate; opening days are the mean of the months on record."""
    first, second = date(2026, 8, 3), date(2026, 8, 4)
    resident = a_resident(session, home)
    some_marks(session, resident, [first, second, OCTOBER], ABSENT=date(2026, 10, 8))
    rate, opened = read(Measure.ATTENDANCE_RATE, 3), read(Measure.OPENING_DAYS, 3)
    assert rate is not None
    assert rate.value == Decimal("0.75")
    assert opened is not None
    assert opened.value == Decimal("1.5")
    assert "3 天/2 个月" in opened.evidence
    assert "（缺 2026-09）" in opened.evidence


def test_wage_runs_of_several_months(empty_database: Database) -> None:
    """One of two is insured in the second month only; a run that is not locked is named."""
    with empty_database.session() as session:
        home, employer = a_home(session), an_employer(session)
        days = [
            d for m in (SEPTEMBER, OCTOBER) for d in days_of_month(m) if Calendar().kind_of(d).works
        ]
        for code, insured in {"R1": date(2025, 3, 1), "R2": OCTOBER}.items():
            resident = a_resident(session, home, code)
            work = an_employment(session, resident, employer, insured_from=insured)
            a_tax_year(session, work, through=date(2026, 8, 31), months=8)
            some_marks(session, resident, days)
    for month, locked in ((SEPTEMBER, True), (OCTOBER, False)):
        with empty_database.session() as session:
            run = pay.request_run(session, find_home(session, "ZP001"), month)
        pay.calculate_run(empty_database, run.id, Policy.load([LOCAL_POLICY]))
        if locked:
            lock(empty_database, run.id)
    with empty_database.session() as session:
        home = find_home(session, "ZP001")
        found = measured(session, home, OCTOBER, dict.fromkeys(WAGES, 3))
    minimum, insured = (found[measure] for measure in WAGES)
    assert (minimum.value, insured.value) == (1, Decimal("0.75"))
    assert "3/4" in insured.evidence
    assert "2026-10 尚未锁定" in insured.evidence
    assert "2026-09 尚未锁定" not in insured.evidence
    assert "3 个月中 2 个月有记录（缺 2026-08）" in insured.evidence
    assert "payslip 4 条" in insured.evidence
