"""Closing a body: only when nobody and nothing is left with it.

Every person, roster, month of wages, receivable and inspection has a new place, or is done, first.
Which rooms hold something of a body is known here, above all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from rukang.base.errors import ConflictError
from rukang.base.words import Text
from rukang.bodies import Body, BodyKind, BodyState, Charge, charges_query, record_closed
from rukang.bodies.homes import Home, lock_home
from rukang.pay import PayRun, RunState, receivables
from rukang.people import Death, Resident, Staff
from rukang.rosters import RosterPlan, RosterState, WorkedShift
from rukang.stars.inspections import Inspection
from rukang.work.employment import Employment

MOST_NAMED = 5
"""How many of what holds a body are named; the rest is counted."""


@dataclass(frozen=True)
class Held:
    """What still holds a body: what it is, how much of it, and the first few by their codes."""

    words: Text
    count: int
    named: tuple[str, ...] = ()

    @property
    def zh(self) -> str:
        """Say it in Chinese."""
        return f"{self.words.zh} {self.count} 项{_in_brackets('、'.join(self.named), '（', '）')}"

    @property
    def en(self) -> str:
        """Say it in English."""
        return f"{self.count} {self.words.en}{_in_brackets(', '.join(self.named), ' (', ')')}"


def what_holds(session: Session, body: Body, day: date) -> list[Held]:
    """Return what of a body has no other place yet on a day, and is not done either."""
    found = [_people_in_charge(session, body, day)]
    if body.kind is BodyKind.HOME:
        home = session.get_one(Home, body.id)
        found += [look(session, home, day) for look in OF_A_HOME]
    return [held for held in found if held.count]


def close_body(session: Session, body: Body, day: date, words: str) -> BodyState:
    """Close a body from a day on, for good.

    Raises
    ------
    ConflictError
        If something still holds it, named and counted; or it is closed already.
    InvalidError
        If the day has not come, or is not after the last change of state.
    """
    if body.kind is BodyKind.HOME:
        lock_home(session, body.id)
    if held := what_holds(session, body, day):
        raise ConflictError(
            f"{body.name} 还不能关闭，以下尚未另行安排或办结："
            f"{'；'.join(one.zh for one in held)}。",
            f"{body.name} cannot be closed yet; these have no other place and are not done:"
            f" {'; '.join(one.en for one in held)}.",
        )
    return record_closed(session, body, day, words)


def _people_in_charge(session: Session, body: Body, day: date) -> Held:
    alive = Charge.person_id.not_in(select(Death.person_id))
    query = charges_query(body, day).where(alive)
    return _counted(session, query, Text(zh="由其负责的人", en="people it answers for"))


def _residents(session: Session, home: Home, day: date) -> Held:
    query = _of(Resident, home, _goes_on(Resident.left_on, day)).order_by(Resident.code)
    return _counted(session, query, Text(zh="在园人员", en="residents"), lambda one: one.code)


def _staff(session: Session, home: Home, day: date) -> Held:
    query = _of(Staff, home, _goes_on(Staff.contract_to, day)).order_by(Staff.code)
    words = Text(zh="在职员工", en="members of staff")
    return _counted(session, query, words, lambda one: one.code)


def _employments(session: Session, home: Home, day: date) -> Held:
    query = _of(Employment, home, _goes_on(Employment.ended_on, day)).order_by(Employment.id)
    words = Text(zh="用工关系", en="employments")
    return _counted(session, query, words, lambda one: one.resident.code)


def _rosters(session: Session, home: Home, day: date) -> Held:
    asked = and_(RosterPlan.month > day, RosterPlan.state != RosterState.STOPPED)
    waits = RosterPlan.state == RosterState.REQUESTED
    query = _of(RosterPlan, home, or_(asked, waits)).order_by(RosterPlan.id)
    words = Text(zh="排班表", en="rosters")
    return _counted(session, query, words, lambda one: f"{one.id}")


def _shifts(session: Session, home: Home, day: date) -> Held:
    query = _of(WorkedShift, home, WorkedShift.day > day)
    return _counted(session, query, Text(zh="其后的班次", en="shifts after the day"))


def _runs(session: Session, home: Home, _: date) -> Held:
    query = _of(PayRun, home, PayRun.state != RunState.DECLARED).order_by(PayRun.month)
    words = Text(zh="未申报完的工资月份", en="months of wages that are not declared")
    return _counted(session, query, words, lambda one: f"{one.month:%Y-%m}")


def _receivables(session: Session, home: Home, _: date) -> Held:
    still_open = [one for one in receivables(session, home) if one.open_fen]
    named = tuple(one.work.resident.code for one in still_open[:MOST_NAMED])
    return Held(Text(zh="未了的应收款", en="receivables"), len(still_open), named)


def _inspections(session: Session, home: Home, _: date) -> Held:
    query = _of(Inspection, home, Inspection.closed_on.is_(None)).order_by(Inspection.id)
    words = Text(zh="未结束的评定", en="inspections under way")
    return _counted(session, query, words, lambda one: f"{one.id}")


OF_A_HOME: tuple[Callable[[Session, Home, date], Held], ...] = (
    _residents, _staff, _employments, _rosters, _shifts, _runs, _receivables, _inspections,
)  # fmt: skip
"""What may hold a home beside the people it answers for."""


def _of(kind: Any, home: Home, still: ColumnElement[bool]) -> Select[Any]:
    return select(kind).where(kind.home_id == home.id, still)


def _goes_on(last: Any, day: date) -> ColumnElement[bool]:
    """Return the condition that something goes on beyond a day: it has no last day, or later."""
    return or_(last.is_(None), last > day)


def _counted(
    session: Session,
    query: Select[Any],
    words: Text,
    named: Callable[[Any], str] | None = None,
) -> Held:
    # One statement, whether there is any or none: the count stands beside the first few.
    first = query.add_columns(func.count().over()).limit(MOST_NAMED)
    rows = session.execute(first).unique().all()
    codes = () if named is None else tuple(named(one) for one, _ in rows)
    return Held(words, rows[0][1] if rows else 0, codes)


def _in_brackets(text: str, before: str, after: str) -> str:
    return f"{before}{text}{after}" if text else ""
