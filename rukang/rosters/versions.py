"""A published roster changed: somebody else comes, two exchange, an absence is mended.

Each change makes a new version that is published in place of the one before, with its few changes
in words; what was worked already stays. A published roster can also be taken back whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

import rostering
from rostering import Problem, Roster, Unavailable
from rostering.changes import changed, changes_between, difference
from rostering.changes import recount as count
from rukang.base.clock import days_of_month
from rukang.base.database import context
from rukang.base.errors import ConflictError, InvalidError
from rukang.base.words import Bilingual
from rukang.bodies.homes import lock_home
from rukang.rosters.cover import day_number
from rukang.rosters.records import ConfirmedShift, RosterPlan, RosterState
from rukang.rosters.service import by_date, put_shifts, roster_of

WORK = 1000
"""Work of the search that mends a roster, as `rostering.repair` counts it: a few seconds."""


def take_over(session: Session, plan: RosterPlan, staff: str, day: date, by: str) -> RosterPlan:
    """Let somebody take the shift of somebody who cannot come, and return the new version.

    Parameters
    ----------
    staff, by
        Codes of who cannot come and of who takes the shift.

    Raises
    ------
    ConflictError
        If the roster is not published, or taking the shift breaks a hard rule.
    InvalidError
        If there is no such person, nothing to take, or the day is over.
    """
    problem, roster = _open(session, plan, [day])
    number = day_number(problem, day)
    _require_staff(problem, staff, by)
    shift = roster.shift(staff, number)
    if shift is None or staff == by:
        raise InvalidError(
            f"{staff} 在 {day} 没有可以由 {by} 顶替的班次；请核对。",
            f"{staff} has no shift on {day} that {by} could take; check it.",
        )
    after = changed(roster, {(staff, number): None, (by, number): shift})
    _refuse_broken(problem, roster, after)
    return _next(session, plan, problem, after, _changes(problem, roster, after))


def exchange(
    session: Session, plan: RosterPlan, first: tuple[str, date], second: tuple[str, date]
) -> RosterPlan:
    """Let two people exchange what they work on two days, and return the new version.

    Raises
    ------
    ConflictError
        If the roster is not published, or the exchange breaks a hard rule.
    InvalidError
        If there is no such person, or a day is over.
    """
    problem, roster = _open(session, plan, [first[1], second[1]])
    _require_staff(problem, first[0], second[0])
    cells = [(staff, day_number(problem, day)) for staff, day in (first, second)]
    found = rostering.swap(problem, roster, *cells)
    if not found.is_allowed:
        raise _broken(found.difference.new)
    if not found.changes:
        raise InvalidError("两格的班次相同，不用调换。", "Both work the same: nothing to exchange.")
    return _next(session, plan, problem, found.roster, found.sentences(problem))


def mend(
    session: Session, plan: RosterPlan, staff: str, days: Sequence[date], *, work: int = WORK
) -> RosterPlan:
    """Mend a roster in few changes because somebody cannot come, and return the new version.

    Days before today stay as they are. What cannot be covered is told among the findings.

    Raises
    ------
    ConflictError
        If the roster is not published.
    InvalidError
        If there is no such person, or a day is over.
    """
    problem, roster = _open(session, plan, days)
    _require_staff(problem, staff)
    away = [Unavailable(staff=staff, day=day_number(problem, day)) for day in days]
    today = context.today(session)
    found = rostering.repair(
        problem,
        roster,
        absences=away,
        locked_until=max(0, (today - problem.start).days),
        iterations=work,
    )
    return _next(session, plan, found.problem, found.roster, found.sentences())


def take_back(session: Session, plan: RosterPlan) -> None:
    """Make a published roster a draft again; nobody has its shifts any more.

    Raises
    ------
    ConflictError
        If it is not published, or shifts of its month are confirmed as worked.
    """
    _lock(session, plan)
    days = days_of_month(plan.month)
    query = select(ConfirmedShift.id).where(
        ConfirmedShift.home_id == plan.home_id, ConfirmedShift.day.between(days[0], days[-1])
    )
    if session.scalar(query.limit(1)) is not None:
        raise ConflictError(
            f"{plan.month:%Y-%m} 已有确认上过的班，不能撤回整份班表；请用顶班、调换或修补来改。",
            f"Shifts of {plan.month:%Y-%m} are confirmed as worked: change single ones instead.",
        )
    plan.state = RosterState.DRAFT
    put_shifts(session, plan, {})


def _open(session: Session, plan: RosterPlan, days: Iterable[date]) -> tuple[Problem, Roster]:
    """Return a published plan as the engine's problem and roster, of which days may change."""
    _lock(session, plan)
    today = context.today(session)
    for day in days:
        if day < today:
            raise InvalidError(
                f"{day} 已经过去（今天 {today}）；上过的班请在工时里确认。",
                f"{day} is over (today is {today}): what was worked is confirmed, not changed.",
            )
    return roster_of(plan)


def _lock(session: Session, plan: RosterPlan) -> None:
    lock_home(session, plan.home_id)
    session.refresh(plan)
    if plan.state is not RosterState.PUBLISHED:
        raise ConflictError(
            f"班表 {plan.id} 没有在用（{plan.state.words.zh}）；只有已发布的班表可以这样改。",
            f"Roster {plan.id} is {plan.state.words.en}; only the published one can be changed so.",
        )


def _require_staff(problem: Problem, *codes: str) -> None:
    for code in codes:
        if code not in problem.staff_by_id:
            known = "、".join(problem.staff_by_id)
            raise InvalidError(
                f"班表里没有这个员工编号；现有 {known}。",
                f"The roster has nobody of this code; there are {known}.",
            )


def _refuse_broken(problem: Problem, before: Roster, after: Roster) -> None:
    brings = difference(count(problem, before), count(problem, after))
    if not brings.is_allowed:
        raise _broken(brings.new)


def _broken(rules: Iterable[Bilingual]) -> ConflictError:
    found = list(rules)
    return ConflictError(
        f"这样改会违反规定：{'；'.join(of.zh for of in found)}。",
        f"That would break rules: {'; '.join(of.en for of in found)}.",
    )


def _changes(problem: Problem, before: Roster, after: Roster) -> list[Bilingual]:
    return [change.sentence(problem) for change in changes_between(before, after)]


def _next(
    session: Session, plan: RosterPlan, problem: Problem, roster: Roster, said: Iterable[Bilingual]
) -> RosterPlan:
    """Keep a roster as the next version of a plan, and publish it in its place."""
    new = RosterPlan(
        home_id=plan.home_id,
        month=plan.month,
        state=RosterState.PUBLISHED,
        requested_at=context.now(session),
        time_limit=plan.time_limit,
        problem=problem.model_dump(mode="json"),
        shifts=by_date(problem, roster),
        status=plan.status,
        cost=rostering.cost(problem, roster),
        findings=[{"zh": of.zh, "en": of.en} for of in said],
        replaces_id=plan.id,
    )
    plan.state = RosterState.REPLACED
    session.add(new)
    session.flush()
    put_shifts(session, new, new.shifts or {})
    return new
