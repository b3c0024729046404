"""What the clerk must know about one person's pay, beside the amounts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll.policy import Name
from rukang.attendance import AttendanceDay, Presence
from rukang.clock import days_of_month
from rukang.employment import EmploymentKind
from rukang.pay.documents.month import Paid, PaidMonth


@dataclass(frozen=True)
class Note:
    """A warning about somebody's pay."""

    paid: Paid
    text: Name


def notes_of(session: Session, month: PaidMonth) -> list[Note]:
    """Return the warnings of every payslip, and what this month's leave adds to them."""
    sick = _sick_days(session, month)
    notes = []
    for paid in month.people:
        notes += [Note(paid, text) for _, text in paid.slip.warnings]
        work = paid.record.employment
        in_full = work.employer.sick_pay_share is None
        if work.kind is EmploymentKind.CONTRACT and in_full and sick[work.resident_id]:
            notes.append(Note(paid, _full_sick_pay(sick[work.resident_id])))
    return notes


def _full_sick_pay(days: int) -> Name:
    return Name(
        zh=f"病假 {days} 天按全额工资计发：没有病假工资的数值；单位另有规定的，请按规定更正",
        en=f"sick leave (days: {days}) is paid in full: no figure for sick pay is on file;"
        " correct it if the employer has a rule of its own",
    )


def _sick_days(session: Session, month: PaidMonth) -> Counter[int]:
    days = days_of_month(month.month)
    query = select(AttendanceDay.resident_id).where(
        AttendanceDay.home_id == month.home.id,
        AttendanceDay.day.between(days[0], days[-1]),
        AttendanceDay.presence == Presence.SICK_LEAVE,
    )
    return Counter(session.scalars(query))
