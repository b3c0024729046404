"""Rounds of visits: what there is to plan, from the records; a plan kept, applied and changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from rukang.base.access.caller import caller_in, leading
from rukang.base.access.scope import overseen
from rukang.base.calendar import calendar_of
from rukang.base.database import context
from rukang.base.database.context import today
from rukang.base.database.find import find
from rukang.base.errors import InvalidError, NotFoundError
from rukang.bodies.homes import Home
from rukang.engines import visits
from rukang.stars.inspections.life import list_inspections
from rukang.stars.inspections.records import (
    Inspection,
    InspectionSheet,
    Inspector,
    Reason,
    Stage,
    VisitPlan,
)
from rukang.stars.inspections.steps.visiting import find_inspectors, list_inspectors, plan_visit
from rukang.stars.interests import barred_from

VISIT_MINUTES = 180
"""How long a visit takes, unless the round says otherwise; an example, not official."""


def visits_to_plan(
    session: Session,
    first: date,
    last: date,
    region: str,
    needs: Mapping[str, str] | None = None,
    visit_minutes: int = VISIT_MINUTES,
) -> visits.PlanProblem:
    """Return the inspections of a region that await a visit, as a problem for `visits`.

    Parameters
    ----------
    first, last
        Days of the round, inclusive.
    region
        Division code; ``371600`` takes in every county of Binzhou. Its inspectors are those whose
        own region lies within it, or takes it in.
    needs
        For a service a home offers, the skill one of the two must have.

    Raises
    ------
    InvalidError
        If no visit is awaited, there are fewer than two inspectors, or a home's place is unknown.
    """
    awaited = _awaited(session, region)
    inspectors = [one for one in list_inspectors(session) if _serves(one, region)]
    _refuse_unfit(awaited, inspectors, region)
    seen = _seen_last_time(session, [one.home_id for one in awaited])
    return visits.PlanProblem(
        first=first,
        last=last,
        homes=tuple(_home(one, seen, needs or {}, visit_minutes) for one in awaited),
        inspectors=tuple(
            _inspector(session, one, awaited, seen, (first, last)) for one in inspectors
        ),
        calendar=calendar_of(session),
    )


def store_plan(
    session: Session,
    problem: visits.PlanProblem,
    plan: visits.Plan,
    seed: int,
    replaces: VisitPlan | None = None,
) -> VisitPlan:
    """Store a plan with the problem it answers."""
    kept = VisitPlan(
        first_on=problem.first,
        last_on=problem.last,
        seed=seed,
        problem=problem.model_dump(mode="json"),
        plan=plan.model_dump(mode="json"),
        made_at=context.now(session),
        made_by=context.actor(session),
        replaces_id=replaces.id if replaces else None,
    )
    session.add(kept)
    session.flush()
    return kept


def find_plan(session: Session, plan_id: int) -> tuple[VisitPlan, visits.PlanProblem, visits.Plan]:
    """Return a plan as kept, with its problem.

    Only if every home in it may be seen, and it tells no home's own people of an unannounced visit.

    Raises
    ------
    NotFoundError
        If there is none, or not for the caller.
    """
    kept = find(session, VisitPlan, plan_id, "上门计划", "plan of visits")
    if not _sees_all(kept, _seen_codes(session)):
        raise NotFoundError(f"没有上门计划 {plan_id}。", f"There is no plan of visits {plan_id}.")
    problem = visits.PlanProblem.model_validate({**kept.problem, "calendar": calendar_of(session)})
    return kept, problem, visits.Plan.model_validate(kept.plan)


def list_plans(session: Session) -> list[VisitPlan]:
    """Return the plans that `find_plan` finds, the newest first."""
    heavy = defer(VisitPlan.plan)
    kept = session.scalars(select(VisitPlan).order_by(VisitPlan.id.desc()).options(heavy)).all()
    seen = _seen_codes(session)
    return [plan for plan in kept if _sees_all(plan, seen)]


def apply_plan(session: Session, kept: VisitPlan, since: date) -> list[Inspection]:
    """Set day and pair of every visit of a plan from a day on; what stays as it is is not touched.

    Returns
    -------
    list[Inspection]
        Those that changed.

    Raises
    ------
    InvalidError, NotAllowedError, ConflictError
        As `plan_visit`, if something has changed since the plan was made; then nothing is applied.
    """
    plan = visits.Plan.model_validate(kept.plan)
    ahead = [visit for visit in plan.visits if visit.day >= since]
    homes = _homes(session, {visit.home for visit in ahead})
    awaited = {one.home_id: one for one in _awaited_of(session, homes.values())}
    changed = []
    for visit in ahead:
        inspection = awaited.get(homes[visit.home].id)
        if inspection is not None and not _stands(inspection, visit):
            pair = find_inspectors(session, visit.pair)
            plan_visit(session, inspection, visit.day, pair)
            changed.append(inspection)
    kept.applied_at = context.now(session)
    session.flush()
    return changed


def _awaited(session: Session, region: str) -> list[Inspection]:
    """Return the inspections of a region whose visit can be planned, by home."""
    near = [
        one
        for one in list_inspections(session)
        if _plannable(one) and one.home.county.startswith(leading(region))
    ]
    return sorted(near, key=lambda one: one.home.code)


def _awaited_of(session: Session, homes: Iterable[Home]) -> list[Inspection]:
    ids = {home.id for home in homes}
    return [one for one in list_inspections(session) if one.home_id in ids and _plannable(one)]


def _plannable(inspection: Inspection) -> bool:
    unannounced = inspection.stage is Stage.OPENED and not inspection.reason.reports_itself
    return unannounced or inspection.stage in {Stage.DESK_CHECKED, Stage.PLANNED}


def _serves(inspector: Inspector, region: str) -> bool:
    own, asked = leading(inspector.region), leading(region)
    return own.startswith(asked) or asked.startswith(own)


def _refuse_unfit(awaited: list[Inspection], inspectors: list[Inspector], region: str) -> None:
    if not awaited:
        raise InvalidError(f"{region} 没有等待上门的评定。", f"No visit is awaited in {region}.")
    if len(inspectors) < 2:
        raise InvalidError(
            f"{region} 只有 {len(inspectors)} 位评定员，至少要两位。",
            f"{region} has {len(inspectors)} inspectors; a visit takes two.",
        )
    if unknown := [one.home.code for one in awaited if one.home.latitude is None]:
        raise InvalidError(
            f"这些机构没有登记经纬度，不能计算路程：{'、'.join(unknown)}；"
            "请在 01-机构 工作簿的“纬度”“经度”两栏填写。",
            f"Latitude and longitude of {', '.join(unknown)} are not known, so there is no way to"
            " estimate travel; enter them in the workbook 01-机构, columns 纬度 and 经度.",
        )


Seen = Mapping[int, tuple[date, frozenset[str]]]
"""When each home was visited last, and by whom (addresses)."""


def _seen_last_time(session: Session, home_ids: list[int]) -> Seen:
    query = (
        select(Inspection.home_id, Inspection.visit_on, InspectionSheet.filled_by)
        .join(InspectionSheet, InspectionSheet.inspection_id == Inspection.id)
        .where(
            Inspection.home_id.in_(home_ids),
            Inspection.stage == Stage.PUBLISHED,
            Inspection.visit_on.is_not(None),
        )
        .order_by(Inspection.visit_on)
    )
    found: dict[int, tuple[date, frozenset[str]]] = {}
    for home_id, day, email in session.execute(query):
        before = found.get(home_id)
        together = before[1] | {email} if before and before[0] == day else frozenset({email})
        found[home_id] = (day, together)
    return found


def _home(
    inspection: Inspection, seen: Seen, needs: Mapping[str, str], visit_minutes: int
) -> visits.VisitHome:
    home, last = inspection.home, seen.get(inspection.home_id)
    place = visits.Place(latitude=float(home.latitude or 0), longitude=float(home.longitude or 0))
    return visits.VisitHome(
        code=home.code,
        name=home.name,
        place=place,
        minutes=visit_minutes,
        needs=frozenset(needs[service] for service in home.services if service in needs),
        due=inspection.due_on,
        weekdays=frozenset(home.opening_days),
        surprise=inspection.reason is Reason.REVIEW,
        last_visit=last[0] if last else None,
    )


def _inspector(
    session: Session,
    one: Inspector,
    awaited: list[Inspection],
    seen: Seen,
    span: tuple[date, date],
) -> visits.Inspector:
    return visits.Inspector(
        code=one.email,
        name=one.name,
        base=visits.Place(latitude=float(one.latitude), longitude=float(one.longitude)),
        skills=frozenset(one.skills),
        away=frozenset(map(date.fromisoformat, one.away)),
        most_days_a_week=one.most_days,
        barred=frozenset(
            inspection.home.code
            for inspection in awaited
            if any(barred_from(session, inspection.home, [one.email], day) for day in span)
        ),
        last_visited=frozenset(
            inspection.home.code
            for inspection in awaited
            if inspection.home_id in seen and one.email in seen[inspection.home_id][1]
        ),
    )


def _seen_codes(session: Session) -> tuple[set[str], set[str]]:
    """Return the codes of the homes a session sees, and of those its caller oversees."""
    over = select(Home.code).where(Home.id.in_(overseen(caller_in(session), today(session))))
    return set(session.scalars(select(Home.code))), set(session.scalars(over))


def _sees_all(kept: VisitPlan, seen: tuple[set[str], set[str]]) -> bool:
    """Say whether every home of a plan is seen, and those not told of it are overseen."""
    homes = kept.problem["homes"]
    untold = {home["code"] for home in homes if home.get("surprise")}
    return {home["code"] for home in homes} <= seen[0] and untold <= seen[1]


def _homes(session: Session, codes: set[str]) -> dict[str, Home]:
    found = session.scalars(select(Home).where(Home.code.in_(codes)))
    return {home.code: home for home in found}


def _stands(inspection: Inspection, visit: visits.Visit) -> bool:
    """Say whether a visit is as the plan wants it already."""
    going = {sheet.filled_by for sheet in inspection.sheets if sheet.filled_by in visit.pair}
    return inspection.visit_on == visit.day and going == set(visit.pair)
