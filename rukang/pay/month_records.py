"""What a home has recorded of a month, sorted by the employment it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.attendance import AttendanceDay, HoursWorked, PieceWork, Presence
from rukang.clock import days_of_month
from rukang.database.find import on_days
from rukang.employment import Employment, EmploymentKind
from rukang.homes import Home
from rukang.pay.records import PayItem

Entry = TypeVar("Entry", PieceWork, HoursWorked, PayItem)


@dataclass
class MonthRecords:
    """Marks by resident; pieces, hours and amounts by employment.

    ``undecided`` says in Chinese and English of whom something could belong to more than one
    employment: it is paid once, or not at all.
    """

    marks: dict[int, dict[date, Presence]]
    pieces: dict[int, list[PieceWork]] = field(default_factory=dict)
    hours: dict[int, list[HoursWorked]] = field(default_factory=dict)
    items: dict[int, list[PayItem]] = field(default_factory=dict)
    undecided: list[tuple[str, str]] = field(default_factory=list)


def month_records(
    session: Session, home: Home, month: date, works: Sequence[Employment]
) -> MonthRecords:
    """Return a month's records for the employments that touch it."""
    days = days_of_month(month)
    records = MonthRecords(_marks(session, home, days))
    owners = _Owners(works, records.undecided)
    pieces = select(PieceWork).where(PieceWork.home_id == home.id, PieceWork.month == month)
    items = select(PayItem).where(PayItem.home_id == home.id, PayItem.month == month)
    records.pieces = owners.sort(session.scalars(pieces.order_by(PieceWork.id)), "计件", "pieces")
    records.items = owners.sort(
        session.scalars(items.order_by(PayItem.id)), "津贴与扣款", "other amounts"
    )
    hours = session.scalars(on_days(HoursWorked, home.id, days).order_by(HoursWorked.day))
    records.hours = owners.sort(hours, "工时", "hours")
    return records


@dataclass
class _Owners:
    works: Sequence[Employment]
    undecided: list[tuple[str, str]]

    def sort(self, entries: Iterable[Entry], what: str, what_en: str) -> dict[int, list[Entry]]:
        """Return entries by employment; note of whom they could be of more than one."""
        found: dict[int, list[Entry]] = defaultdict(list)
        unclear: dict[int, Employment] = {}
        for entry in entries:
            # Of one job under several terms the last record has it: works are in order of time.
            owners = list({work.job: work for work in self._of(entry)}.values())
            if len(owners) == 1:
                found[owners[0].id].append(entry)
            elif owners:
                unclear[entry.resident_id] = owners[0]
        self.undecided += [_undecided(work, what, what_en) for work in unclear.values()]
        return found

    def _of(self, entry: PieceWork | HoursWorked | PayItem) -> list[Employment]:
        """Return the employments that an entry may belong to.

        Pieces name no employer: with an agreement of assisted employment, which pays by the
        piece, beside a contract they are the agreement's. Hours and amounts are rather of work
        under a labour relation, and on the day on which it held.
        """
        own = [work for work in self.works if work.resident_id == entry.resident_id]
        if isinstance(entry, PieceWork):
            return [work for work in own if work.kind is EmploymentKind.AGREEMENT] or own
        if entry.employer_id is not None:
            own = [work for work in own if work.employer_id == entry.employer_id]
        if isinstance(entry, HoursWorked):
            own = [work for work in own if work.held(entry.day, entry.day)]
        return [work for work in own if work.kind is not EmploymentKind.AGREEMENT] or own


def _undecided(work: Employment, what: str, what_en: str) -> tuple[str, str]:
    who = work.resident
    zh = (
        f"{who.code} {who.person.name} 本月有多份用工关系，无法判断{what}属于哪家单位；"
        "请在表中填写单位，或更正用工日期；计件也可从表中删去并由单位另行发放"
    )
    en = (
        f"{who.code} {who.person.name} has several employments this month, and whose the"
        f" {what_en} are is not known: name the employer, or correct the dates"
    )
    return zh, en


def _marks(session: Session, home: Home, days: list[date]) -> dict[int, dict[date, Presence]]:
    marks: dict[int, dict[date, Presence]] = defaultdict(dict)
    for mark in session.scalars(on_days(AttendanceDay, home.id, days)):
        marks[mark.resident_id][mark.day] = mark.presence
    return marks
