"""Closing a body: a course that ends only when nobody and nothing is left with it.

Every person, roster, month of wages, receivable and inspection has a new place, or is done, first:
each is a step of the course, and ends as the records say. Which rooms hold something of a body is
known here, above all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

import pydantic
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from rukang.base.access import Permission
from rukang.base.access.caller import caller_in
from rukang.base.database.context import today
from rukang.base.database.locking import lock_all
from rukang.base.errors import ConflictError, NotAllowedError, NotFoundError
from rukang.base.words import Text
from rukang.bodies import (
    Body,
    BodyKind,
    BodyState,
    Charge,
    State,
    charges_query,
    record_closed,
    state_on,
)
from rukang.bodies.acts import BODY_STATE, CHANGE, Since
from rukang.bodies.homes import Home, lock_home
from rukang.cases import (
    CaseFile,
    Ends,
    Opening,
    Told,
    case_of,
    find_case,
    open_case,
    organ_of_home,
    organ_of_place,
    read_case,
    tell,
)
from rukang.casework import Happened
from rukang.forms import Field, Given, Target
from rukang.forms.kinds import Words
from rukang.pay import PayRun, RunState, receivables
from rukang.people import Death, Resident, Staff
from rukang.rosters import RosterPlan, RosterState, WorkedShift
from rukang.stars.inspections import Inspection
from rukang.work.employment import Employment

COURSE: Final = "closing"
"""Shipped with `rukang.cases`; its steps are those of `OF_A_HOME`, and the last."""

PEOPLE: Final = "people"
CLOSE: Final = "close"
DONE: Final = "done"
SUBJECT: Final = "body"

WORDS = 200
"""Characters of a reason that a state of a body holds."""

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


def what_holds(session: Session, body: Body, day: date, *steps: str) -> list[Held]:
    """Return what of a body has no other place yet on a day, and is not done either.

    Parameters
    ----------
    steps
        Of the course, those for which it is asked; all of them if none is named.
    """
    wanted = steps or tuple(OF_A_HOME)
    found = [_people_in_charge(session, body, day)] if PEOPLE in wanted else []
    if body.kind is BodyKind.HOME:
        home = session.get_one(Home, body.id)
        found += [look(session, home, day) for step in wanted for look in OF_A_HOME.get(step, ())]
    return [held for held in found if held.count]


def begin_closing(session: Session, body: Body) -> CaseFile:
    """Open the case of closing a body, or return the one that is under way.

    Steps for which nothing is left to do are done with it.

    Raises
    ------
    ConflictError
        If it is closed already.
    """
    _lock(session, body)
    if (file := closing_of(session, body)) is not None:
        return file
    now = today(session)
    _refuse_closed(session, body, now)
    _let_go(session, body)
    home = session.get_one(Home, body.id) if body.kind is BodyKind.HOME else None
    office = organ_of_place(body.county)
    opening = Opening(
        course=COURSE,
        place=body.county,
        organ=office,
        organs={"body": organ_of_home(home) if home else office, "federation": office},
        home=home,
        subject=(SUBJECT, body.id),
    )
    file = open_case(session, opening)
    _tell_done(session, file, [one for one in OF_A_HOME if not what_holds(session, body, now, one)])
    return file


def closing_of(session: Session, body: Body) -> CaseFile | None:
    """Return the case of closing a body that is under way, if there is one."""
    of = and_(CaseFile.subject_kind == SUBJECT, CaseFile.subject_id == body.id)
    query = select(CaseFile).where(
        CaseFile.course == COURSE,
        CaseFile.ended_on.is_(None),
        or_(of, CaseFile.home_id == body.id),
    )
    return session.scalars(query.order_by(CaseFile.id).limit(1)).first()


def close_body(session: Session, body: Body, day: date, words: str) -> BodyState:
    """Close a body from a day on, for good: what is left of its course is done in one.

    Raises
    ------
    ConflictError
        If something still holds it, named and counted; or it is closed already.
    InvalidError
        If the day has not come, or is not after the last change of state.
    """
    _lock(session, body)
    _refuse_held(body, what_holds(session, body, day))
    file = begin_closing(session, body)
    live = read_case(session, file)[0].responsible
    _tell_done(session, file, [one for one in OF_A_HOME if one in live])
    made = record_closed(session, body, day, words)
    _tell_done(session, file, [CLOSE], words)
    return made


def end_step(session: Session, file: CaseFile, told: Told) -> None:
    """End a step of the course of closing as the records say; with the last the body is closed.

    Raises
    ------
    ConflictError
        If something of the body is left that the step is about; of the last, anything.
    NotAllowedError
        If whoever ends the last does not keep the register of bodies there.
    NotFoundError
        If the case is of no body that the session may see.
    InvalidError
        If the body cannot be closed on the day.
    """
    body = _body_of(session, file)
    _lock(session, body)
    step, now = str(told.given["step"]), today(session)
    if step != CLOSE:
        _refuse_held(body, what_holds(session, body, now, step))
        return
    if not caller_in(session).scope(Permission.BODIES_WRITE).covers(body.id, body.county):
        raise NotAllowedError(
            "关闭由管理机构名录的人办理。", "Who keeps the register of bodies closes one."
        )
    day = told.on or now
    _refuse_closed(session, body, now)
    _refuse_held(body, what_holds(session, body, day))
    # The whole reason stands in the case.
    record_closed(session, body, day, str(told.given.get("reason") or "")[:WORDS])


ENDS: Ends = {COURSE: end_step}
"""What this room lends to those who end steps of a case."""


def _lock(session: Session, body: Body) -> None:
    """Let nothing of a home change, and no other closing of a body begin, in the meantime."""
    if body.kind is BodyKind.HOME:
        lock_home(session, body.id)
    else:
        lock_all(session, BodyState)


def _refuse_closed(session: Session, body: Body, day: date) -> None:
    if state_on(session, body, day) is State.CLOSED:
        raise ConflictError(f"{body.name} 已关闭。", f"{body.name} is closed already.")


def _refuse_held(body: Body, held: Sequence[Held]) -> None:
    if held:
        raise ConflictError(
            f"{body.name} 还不能关闭，以下尚未另行安排或办结："
            f"{'；'.join(one.zh for one in held)}。",
            f"{body.name} cannot be closed yet; these have no other place and are not done:"
            f" {'; '.join(one.en for one in held)}.",
        )


def _body_of(session: Session, file: CaseFile) -> Body:
    """Return the body that a case closes."""
    body = session.scalar(select(Body).where(Body.id == (file.subject_id or file.home_id)))
    if body is None:
        raise NotFoundError(
            "这个案件没有对应的机构；关闭请从机构开始。",
            "This case is of no body; begin the closing of one.",
        )
    return body


def _let_go(session: Session, body: Body) -> None:
    """Let a closing that was called off keep its case, and the body have another one."""
    before = case_of(session, SUBJECT, body.id)
    if before is not None:
        before.subject_id = None
        session.flush()


def _tell_done(
    session: Session, file: CaseFile, steps: Sequence[str], reason: str | None = None
) -> None:
    """Tell that steps are done, each for whom it is with."""
    with_whom = read_case(session, file)[0].responsible
    for step in steps:
        given = {"step": step, "outcome": DONE, "reason": reason}
        tell(session, file, Told(Happened.DONE, with_whom[step], given=given))


class ClosingGiven(Given):
    """From which day on a body is closed, and why."""

    since: Since = None
    words: Annotated[Words, pydantic.Field(min_length=1, max_length=200), Field("原因", "Reason")]


CASE = Target(
    name="case",
    words=Text(zh="案件", en="case"),
    collection="cases",
    find=find_case,
    line=lambda file: Text(zh=f"案件 {file.id}：机构关闭", en=f"case {file.id}: closing of a body"),
)

BEGIN_CLOSING = CHANGE(
    name="begin-closing",
    path="closing-case",
    words=Text(zh="开始关闭", en="Begin the closing"),
    purpose=Text(
        zh="立关闭的案件，逐步安排；已经开始的，就是那一件",
        en="Open the case of closing a body, step by step; the one under way if there is one.",
    ),
    do=lambda session, body, _: begin_closing(session, body),
    makes=CASE,
)
CLOSE_BODY = CHANGE(
    name="close",
    path="closing",
    words=Text(zh="关闭机构", en="Close a body"),
    purpose=Text(
        zh="关闭机构；还有未了的事就不能",
        en="Close a body for good; refused, with what holds it, until nothing does.",
    ),
    given=ClosingGiven,
    do=lambda session, body, said: close_body(
        session, body, said.since or today(session), said.words
    ),
    makes=BODY_STATE,
)
OF_CLOSING = (BEGIN_CLOSING, CLOSE_BODY)
"""To a body that is to be closed: step by step, or what is left in one."""


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


OF_A_HOME: Mapping[str, tuple[Callable[[Session, Home, date], Held], ...]] = {
    PEOPLE: (_residents, _staff, _employments),
    "rosters": (_rosters, _shifts),
    "wages": (_runs,),
    "receivables": (_receivables,),
    "inspections": (_inspections,),
}
"""By the step of the course, what may hold a home beside the people it answers for."""


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
