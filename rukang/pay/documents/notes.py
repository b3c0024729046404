"""What the clerk must know about one person's pay, beside the amounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from payroll.policy import Name
from rukang.care.attendance import Presence, days_marked
from rukang.pay.documents.advances import open_by_job
from rukang.pay.documents.month import Paid, PaidMonth
from rukang.work.employment import EmploymentKind


@dataclass(frozen=True)
class Note:
    """A warning about somebody's pay."""

    paid: Paid
    text: Name


def notes_of(session: Session, month: PaidMonth) -> list[Note]:
    """Return the warnings of every payslip, what is owed of advances, what leave adds to them."""
    homes = [home.id for home in month.homes]
    sick = days_marked(session, homes, month.month, Presence.SICK_LEAVE)
    owing = open_by_job(session, month)
    notes = []
    for paid in month.people:
        if paid.record.employment.job in owing:
            notes.append(Note(paid, owing[paid.record.employment.job]))
        notes += [Note(paid, text) for _, text in paid.slip.warnings]
        work = paid.record.employment
        in_full = work.employer.sick_pay_share is None
        if work.kind is EmploymentKind.CONTRACT and in_full and sick[work.resident_id]:
            notes.append(Note(paid, _full_sick_pay(sick[work.resident_id])))
    return notes


@dataclass(frozen=True)
class Grouped:
    """One sentence that is true of some people of a month."""

    text: Name
    people: tuple[Paid, ...]


def grouped(notes: Iterable[Note]) -> list[Grouped]:
    """Return equal notes as one, what concerns the fewest first.

    Of 157 lines 150 used to be one sentence, and nobody saw the other seven.
    """
    found: dict[str, list[Note]] = {}
    for note in notes:
        found.setdefault(note.text.zh, []).append(note)
    groups = [Grouped(own[0].text, tuple(note.paid for note in own)) for own in found.values()]
    return sorted(groups, key=lambda group: len(group.people))


def _full_sick_pay(days: Decimal) -> Name:
    return Name(
        zh=f"病假 {days} 天按全额工资计发：没有病假工资的数值；单位另有规定的，请按规定更正",
        en=f"sick leave (days: {days}) is paid in full: no figure for sick pay is on file;"
        " correct it if the employer has a rule of its own",
    )
