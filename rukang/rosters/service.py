"""Rosters of a home: asked for, solved, published."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer

import rostering
from payroll.policy import Policy, UnknownFigure
from rostering import Problem, ProblemError, Progress, Result, Roster, Status, Violation
from rukang.base.access import Database
from rukang.base.clock import days_of_month, require_month
from rukang.base.database import context
from rukang.base.database.find import find, on_days
from rukang.base.database.upsert import synchronise
from rukang.base.errors import ConflictError, InvalidError
from rukang.base.telling import told
from rukang.bodies import require_not_closed
from rukang.bodies.homes import Home, lock_home
from rukang.people import Death, Staff
from rukang.rosters.problem import problem_of
from rukang.rosters.records import Collision, RosterPlan, RosterState, WorkedShift

TIME_LIMIT = 60
"""Seconds a solve may take unless somebody asks for more."""


LOOKING = 5_000
"""Work of the search for what collides in a month without a roster, as `rostering.conflicts` counts
it: some ten seconds, and the same answer on any machine."""

LONGEST = 86_400
"""Seconds beyond which no installation lets a solve go; its own limit is in the settings."""


def request_roster(
    session: Session, home: Home, month: date, time_limit: int = TIME_LIMIT
) -> RosterPlan:
    """Return a new plan for a month, to be solved; a month may have several drafts.

    Raises
    ------
    InvalidError
        If the month is out of bounds.
    ConflictError
        If the home was closed before the month.
    """
    require_month(month)
    require_not_closed(session, home, month)
    plan = RosterPlan(
        home_id=home.id,
        month=month,
        state=RosterState.REQUESTED,
        requested_at=context.now(session),
        time_limit=time_limit,
    )
    session.add(plan)
    session.flush()
    return plan


def plans_query(home: Home) -> Select[tuple[RosterPlan]]:
    """Return the query of a home's plans, newest first, without their problems and shifts."""
    query = select(RosterPlan).where(RosterPlan.home_id == home.id)
    heavy = (defer(RosterPlan.problem), defer(RosterPlan.shifts))
    return query.order_by(RosterPlan.id.desc()).options(*heavy)


def list_plans(session: Session, home: Home) -> Sequence[RosterPlan]:
    """Return a home's plans, newest first."""
    return session.scalars(plans_query(home)).all()


def find_plan(session: Session, plan_id: int) -> RosterPlan:
    """Return a plan.

    Raises
    ------
    NotFoundError
        If there is none that the session may see.
    """
    return find(session, RosterPlan, plan_id, "班表", "roster")


def solve_plan(
    database: Database,
    plan_id: int,
    policy: Policy,
    *,
    gap: float = 0.01,
    iterations: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> None:
    """Solve a requested plan and keep the result; without a roster, what collides beside it.

    The problem is frozen with the plan first, so that solving again after a crash solves the same
    problem; a plan that is solved already is left as it is. A plan whose records do not make a
    problem is stopped, with the reason among its findings.

    Parameters
    ----------
    gap
        Relative gap between cost and bound that is good enough.
    iterations
        Work to do instead of the seconds that the plan was given, as in :func:`rostering.solve`:
        the same roster on any machine.

    Raises
    ------
    InvalidError, payroll.UnknownFigure, rostering.ProblemError
        If the home's records do not make a problem.
    """
    try:
        frozen = _freeze_problem(database, plan_id, policy)
    except (InvalidError, UnknownFigure, ProblemError) as error:
        _stop(database, plan_id, error)
        raise
    if frozen is None:
        return
    problem, time_limit = frozen
    result = rostering.solve(
        problem,
        time_limit=time_limit if iterations is None else None,
        gap=gap,
        iterations=iterations,
        on_progress=on_progress,
        cancel=cancel,
    )
    found = _collisions(result)
    with database.session() as session:
        _store(session, plan_id, result, found)


def shifts_after(session: Session, death: Death) -> Sequence[WorkedShift]:
    """Return published shifts of somebody's days after their death: somebody else is needed."""
    query = select(WorkedShift).join(Staff).where(Staff.person_id == death.person_id)
    return session.scalars(query.where(WorkedShift.day > death.died_on)).all()


def publish(session: Session, plan: RosterPlan) -> None:
    """Publish a draft: its shifts become the month's worked shifts.

    Raises
    ------
    ConflictError
        If the plan is no draft, or the month has a published roster already.
    """
    lock_home(session, plan.home_id)
    session.refresh(plan)
    if plan.state is not RosterState.DRAFT:
        raise ConflictError(
            f"班表 {plan.id} 不是草稿（{plan.state.words.zh}），只有草稿可以发布。",
            f"Roster {plan.id} is {plan.state.words.en}; only a draft can be published.",
        )
    _require_unpublished(session, plan)
    put_shifts(session, plan, plan.shifts or {})
    plan.state = RosterState.PUBLISHED


def put_shifts(session: Session, plan: RosterPlan, shifts: dict[str, dict[str, str]]) -> None:
    """Make the shifts of a plan's month those given (person → day → shift), and no others."""
    query = on_days(WorkedShift, plan.home_id, days_of_month(plan.month))
    found = {(worked.staff_id, worked.day): worked for worked in session.scalars(query)}
    synchronise(session, WorkedShift, found, _worked(session, plan, shifts))
    session.flush()


def roster_of(plan: RosterPlan) -> tuple[Problem, Roster]:
    """Return a solved plan as the engine's problem and roster, ready to be checked again.

    Raises
    ------
    ConflictError
        If the plan has no roster, or its problem is of a version that is read no more.
    """
    if plan.problem is None or plan.shifts is None:
        raise ConflictError(
            f"班表 {plan.id} 还没有求解结果。", f"Roster {plan.id} has not been solved."
        )
    try:
        problem = Problem.model_validate(plan.problem)
    except (ValidationError, ProblemError) as error:
        raise ConflictError(
            f"班表 {plan.id} 由旧版程序排出，排班条件不能再读，只能查看；请重新排班。",
            f"Roster {plan.id} was made by an older version and can only be looked at; make anew.",
        ) from error
    return problem, Roster.of(problem, _by_day(problem, plan.shifts))


def recount(plan: RosterPlan) -> list[Violation]:
    """Return what the independent checker finds wrong with a solved plan; nothing, if all is well.

    Raises
    ------
    ConflictError
        If the plan has no roster.
    """
    return rostering.check(*roster_of(plan))


def _freeze_problem(database: Database, plan_id: int, policy: Policy) -> tuple[Problem, int] | None:
    with database.session() as session:
        plan = find_plan(session, plan_id)
        if plan.state is not RosterState.REQUESTED:
            return None
        if plan.problem is None:
            home = session.get_one(Home, plan.home_id)
            plan.problem = problem_of(session, home, plan.month, policy).model_dump(mode="json")
        return Problem.model_validate(plan.problem), plan.time_limit


def _stop(database: Database, plan_id: int, error: Exception) -> None:
    """Keep why a plan could not be begun; it would look asked for, and waiting, for ever."""
    words = told(error)
    with database.session() as session:
        plan = find_plan(session, plan_id)
        plan.state, plan.findings = RosterState.STOPPED, [{"zh": words.zh, "en": words.en}]


def _collisions(result: Result) -> list[dict[str, Any]] | None:
    """Return what collides where there is no roster, as it is kept, proven or not."""
    if result.status not in (Status.INFEASIBLE, Status.NO_ROSTER):
        return None
    found = rostering.conflicts(result.problem, result=result, iterations=LOOKING)
    return [Collision.of(one).model_dump(mode="json") for one in found]


def _store(
    session: Session, plan_id: int, result: Result, collisions: list[dict[str, Any]] | None
) -> None:
    plan = session.scalar(select(RosterPlan).where(RosterPlan.id == plan_id).with_for_update())
    if plan is None or plan.state is not RosterState.REQUESTED:
        return
    plan.state = _state(result)
    plan.status = result.status.value
    plan.cost, plan.bound = result.cost, result.bound
    plan.seconds = result.runtime_seconds
    plan.shifts = by_date(result.problem, result.roster) if result.roster else None
    plan.findings = [{"zh": text.zh, "en": text.en} for text in rostering.explain(result)]
    plan.conflicts = collisions


def _state(result: Result) -> RosterState:
    if result.status is Status.INFEASIBLE:
        return RosterState.IMPOSSIBLE
    kept = result.roster is not None and not result.relaxations
    return RosterState.DRAFT if kept else RosterState.STOPPED


def _require_unpublished(session: Session, plan: RosterPlan) -> None:
    published = session.scalar(
        select(RosterPlan).where(
            RosterPlan.home_id == plan.home_id,
            RosterPlan.month == plan.month,
            RosterPlan.state == RosterState.PUBLISHED,
        )
    )
    if published is not None:
        raise ConflictError(
            f"{plan.month:%Y-%m} 已发布班表 {published.id}。",
            f"Roster {published.id} of {plan.month:%Y-%m} is published already.",
        )


def _worked(
    session: Session, plan: RosterPlan, shifts: dict[str, dict[str, str]]
) -> dict[tuple[int, date], dict[str, object]]:
    """Return the values of the plan's worked shifts, by member of staff and day."""
    query = select(Staff).where(Staff.home_id == plan.home_id)
    ids = {member.code: member.id for member in session.scalars(query)}
    return {
        (ids[code], date.fromisoformat(day)): {
            "home_id": plan.home_id,
            "staff_id": ids[code],
            "day": date.fromisoformat(day),
            "shift_code": shift,
        }
        for code, row in shifts.items()
        for day, shift in row.items()
    }


def by_date(problem: Problem, roster: Roster) -> dict[str, dict[str, str]]:
    """Return a roster as it is kept: person → day → shift."""
    return {
        code: {
            (problem.start + timedelta(days=day)).isoformat(): shift
            for day, shift in shifts.items()
        }
        for code, shifts in roster.to_dict().items()
    }


def _by_day(problem: Problem, shifts: dict[str, dict[str, str]]) -> dict[str, dict[int, str]]:
    return {
        code: {(date.fromisoformat(day) - problem.start).days: shift for day, shift in row.items()}
        for code, row in shifts.items()
    }
