"""What a home has recorded of a month, sorted by the employment it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll.policy import Name
from rukang.base.clock import days_of_month
from rukang.base.database.find import on_days
from rukang.bodies.homes import Home
from rukang.care.attendance import AttendanceDay, DayMarks, HoursWorked, PieceWork
from rukang.pay.month.pieces import Made
from rukang.pay.store.records import PayItem
from rukang.work.employment import Employment, EmploymentKind
from rukang.work.teams import TeamMember, TeamWork, by_weight

Entry = TypeVar("Entry", Made, HoursWorked, PayItem)


@dataclass
class MonthRecords:
    """Marks by resident; pieces, hours and amounts by employment.

    ``undecided`` says by resident, in Chinese and English, what could belong to more than one
    employment: it is paid once, or not at all.
    """

    marks: dict[int, dict[date, DayMarks]]
    pieces: dict[int, list[Made]] = field(default_factory=dict)
    hours: dict[int, list[HoursWorked]] = field(default_factory=dict)
    items: dict[int, list[PayItem]] = field(default_factory=dict)
    undecided: dict[int, list[Name]] = field(default_factory=lambda: defaultdict(list))

    def until(self, last: date) -> MonthRecords:
        """Return what is recorded of days up to one; what is of the month as a whole is left out.

        Whose something is may still become clear, so nothing is undecided.
        """
        return MonthRecords(
            self.marks,
            pieces={
                work: [of for of in made if of.day is not None and of.day <= last]
                for work, made in self.pieces.items()
            },
            hours={
                work: [of for of in hours if of.day <= last] for work, hours in self.hours.items()
            },
        )


def month_records(
    session: Session, home: Home, month: date, works: Sequence[Employment]
) -> MonthRecords:
    """Return a month's records for the employments that touch it."""
    days = days_of_month(month)
    records = MonthRecords(_marks(session, home, days))
    owners = _Owners(works, records.undecided)
    items = select(PayItem).where(PayItem.home_id == home.id, PayItem.month == month)
    records.pieces = owners.sort(_made(session, home, month), "计件", "pieces")
    records.items = owners.sort(
        session.scalars(items.order_by(PayItem.id)), "津贴与扣款", "other amounts"
    )
    hours = session.scalars(on_days(HoursWorked, home.id, days).order_by(HoursWorked.day))
    records.hours = owners.sort(hours, "工时", "hours")
    return records


@dataclass
class _Owners:
    works: Sequence[Employment]
    undecided: dict[int, list[Name]]

    def sort(self, entries: Iterable[Entry], what: str, what_en: str) -> dict[int, list[Entry]]:
        """Return entries by employment; note of whom they could be of more than one."""
        found: dict[int, list[Entry]] = defaultdict(list)
        unclear: set[int] = set()
        for entry in entries:
            # Of one job under several terms the last record has it: works are in order of time.
            owners = list({work.job: work for work in self._of(entry)}.values())
            if len(owners) == 1:
                found[owners[0].id].append(entry)
            elif owners:
                unclear.add(entry.resident_id)
        for resident in unclear:
            self.undecided[resident].append(_undecided(what, what_en))
        return found

    def _of(self, entry: Made | HoursWorked | PayItem) -> list[Employment]:
        """Return the employments that an entry may belong to.

        Pieces name no employer: with an agreement of assisted employment, which pays by the
        piece, beside a contract they are the agreement's. Hours and amounts are rather of work
        under a labour relation, and on the day on which it held.
        """
        own = [work for work in self.works if work.resident_id == entry.resident_id]
        if isinstance(entry, Made):
            return [work for work in own if work.kind is EmploymentKind.AGREEMENT] or own
        if entry.employer_id is not None:
            own = [work for work in own if work.employer_id == entry.employer_id]
        if isinstance(entry, HoursWorked):
            own = [work for work in own if work.held(entry.day, entry.day)]
        return [work for work in own if work.kind is not EmploymentKind.AGREEMENT] or own


def _made(session: Session, home: Home, month: date) -> list[Made]:
    """Return what everybody made alone, then everybody's shares of what teams made."""
    alone = select(PieceWork).where(PieceWork.home_id == home.id, PieceWork.month == month)
    made = [Made(of.resident_id, of) for of in session.scalars(alone.order_by(PieceWork.id))]
    members = team_members(session, home, month)
    together = select(TeamWork).where(TeamWork.home_id == home.id, TeamWork.month == month)
    for work in session.scalars(together.order_by(TeamWork.id)):
        own = members[work.team]
        shares = by_weight([member.weight for member in own])
        made += [Made(of.resident_id, work, share) for of, share in zip(own, shares, strict=True)]
    return made


def team_members(session: Session, home: Home, month: date) -> dict[str, list[TeamMember]]:
    """Return a month's teams with their members, in the order in which shares are cut off."""
    query = select(TeamMember).where(TeamMember.home_id == home.id, TeamMember.month == month)
    teams: dict[str, list[TeamMember]] = defaultdict(list)
    for member in sorted(session.scalars(query), key=lambda of: of.resident.code):
        teams[member.team].append(member)
    return teams


def _undecided(what: str, what_en: str) -> Name:
    zh = (
        f"本月有多份用工关系，无法判断{what}属于哪家单位；"
        "请在表中填写单位，或更正用工日期；计件也可从表中删去并由单位另行发放"
    )
    en = (
        f"several employments this month, and whose the {what_en} are is not known: name the"
        " employer, or correct the dates"
    )
    return Name(zh=zh, en=en)


def _marks(session: Session, home: Home, days: list[date]) -> dict[int, dict[date, DayMarks]]:
    marks: dict[int, dict[date, DayMarks]] = defaultdict(dict)
    for mark in session.scalars(on_days(AttendanceDay, home.id, days)):
        marks[mark.resident_id][mark.day] = mark.marks
    return marks
