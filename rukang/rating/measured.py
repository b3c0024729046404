"""Measured criteria, read from a home's records of one month."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_DOWN, Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.attendance import AttendanceDay, Presence
from rukang.clock import days_of_month
from rukang.database.find import on_days
from rukang.employment import EmploymentKind
from rukang.homes import Home
from rukang.pay import PayRun, PayslipRecord, employments_of, payslip_of
from rukang.people import list_staff
from rukang.rating.measure import Measure, Measurement
from rukang.rosters import RosterPlan, RosterState, recount

EMPLOYER_SHARES = (
    "pension_employer",
    "medical_employer",  # collected together with maternity
    "unemployment_employer",
    "injury_employer",
)
"""All five insurances are paid when none of these is nil."""


def measured(session: Session, home: Home, month: date) -> dict[Measure, Measurement]:
    """Return what the records of a month say; a measure without records is left out.

    Hours on duty against hours present and payment on time need records this version does not
    keep (hours of presence, receipts of the bank), so they stay with the inspector's sheet.
    """
    found = {measure: reader(session, home, month) for measure, reader in READERS.items()}
    return {measure: value for measure, value in found.items() if value is not None}


def _qualified_share(session: Session, home: Home, month: date) -> Measurement | None:
    days = days_of_month(month)
    staff = list_staff(session, home, days[0], days[-1])
    return _share((member.qualified for member in staff), f"{month:%Y-%m} 员工名册 staff register")


def _attendance_rate(session: Session, home: Home, month: date) -> Measurement | None:
    marks = [mark.presence for mark in _marks(session, home, month)]
    due = [mark for mark in marks if mark not in {Presence.REST, Presence.HOLIDAY}]
    evidence = f"{month:%Y-%m} 考勤 attendance"
    return _share((mark is Presence.PRESENT for mark in due), evidence)


def _opening_days(session: Session, home: Home, month: date) -> Measurement | None:
    marks = _marks(session, home, month)
    opened = {mark.day for mark in marks if mark.presence is Presence.PRESENT}
    if not marks:
        return None
    return Measurement(value=Decimal(len(opened)), evidence=f"{month:%Y-%m} 考勤 attendance")


def _contracts_share(session: Session, home: Home, month: date) -> Measurement | None:
    last = days_of_month(month)[-1]
    works = employments_of(session, home, month)
    evidence = f"{month:%Y-%m} 用工关系 employments"
    return _share((work.ended_on is None or work.ended_on >= last for work in works), evidence)


def _minimum_share(session: Session, home: Home, month: date) -> Measurement | None:
    slips = [payslip_of(record) for record in _contract_slips(session, home, month)]
    met = (
        slip.amount_fen("countable_wage") + slip.amount_fen("minimum_top_up")
        >= slip.amount_fen("applicable_minimum")
        for slip in slips
    )
    return _share(met, f"{month:%Y-%m} 工资批次 wage run")


def _insured_share(session: Session, home: Home, month: date) -> Measurement | None:
    slips = [payslip_of(record) for record in _contract_slips(session, home, month)]
    evidence = f"{month:%Y-%m} 工资批次 wage run"
    complete = (all(slip.amount_fen(line) > 0 for line in EMPLOYER_SHARES) for slip in slips)
    return _share(complete, evidence)


def _breaches(session: Session, home: Home, month: date) -> Measurement | None:
    query = select(RosterPlan).where(
        RosterPlan.home_id == home.id,
        RosterPlan.month == month,
        RosterPlan.state.in_([RosterState.DRAFT, RosterState.PUBLISHED]),
    )
    plan = session.scalars(query.order_by(RosterPlan.id.desc())).first()
    if plan is None:
        return None
    count = len(recount(plan))
    evidence = f"{month:%Y-%m} 排班表 {plan.id} 独立复核 roster recounted by the checker"
    return Measurement(value=Decimal(count), evidence=evidence)


READERS: dict[Measure, Callable[[Session, Home, date], Measurement | None]] = {
    Measure.QUALIFIED_STAFF_SHARE: _qualified_share,
    Measure.ATTENDANCE_RATE: _attendance_rate,
    Measure.OPENING_DAYS: _opening_days,
    Measure.CONTRACTS_SHARE: _contracts_share,
    Measure.WAGES_AT_OR_ABOVE_MINIMUM_SHARE: _minimum_share,
    Measure.INSURED_SHARE: _insured_share,
    Measure.REST_RULE_BREACHES: _breaches,
}


def _share(hits: Iterable[bool], evidence: str) -> Measurement | None:
    """Return hits as a fraction of all, three places rounded down; nothing of nobody."""
    counted = list(hits)
    if not counted:
        return None
    value = (Decimal(sum(counted)) / len(counted)).quantize(Decimal("0.001"), ROUND_DOWN)
    return Measurement(value=value, evidence=f"{evidence}：{sum(counted)}/{len(counted)}")


def _marks(session: Session, home: Home, month: date) -> list[AttendanceDay]:
    days = days_of_month(month)
    query = on_days(AttendanceDay, home.id, days)
    return list(session.scalars(query))


def _contract_slips(session: Session, home: Home, month: date) -> list[PayslipRecord]:
    query = (
        select(PayslipRecord)
        .join(PayRun, PayslipRecord.run_id == PayRun.id)
        .where(PayRun.home_id == home.id, PayRun.month == month)
    )
    return [r for r in session.scalars(query) if r.employment.kind is EmploymentKind.CONTRACT]
