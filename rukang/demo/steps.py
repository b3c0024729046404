"""An inspection step by step through the services.

Which step comes next is read off the stage it is at; each step returns the day of the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy.orm import Session

from rukang.base.database.context import as_actor
from rukang.demo.case import Case
from rukang.demo.city import OFFICER
from rukang.demo.objections import decide_objection, make_objection
from rukang.stars.inspections import (
    Inspection,
    Part,
    Stage,
    asked_of,
    desk_check,
    disputed,
    edition_of,
    find_inspectors,
    moderate,
    optional_of,
    plan_visit,
    propose,
    publish,
    start_sheet,
    withdraw,
)

NOTICE = 7
"""Days from planning to the first day of a visit."""

GIVEN_BACK = 0.15
"""How often the desk check finds a report incomplete."""

Step = Callable[[Session, Case, Inspection, date], date]
"""Takes the session, the case, its inspection and today; returns the day of the next step."""


def take_step(session: Session, case: Case, inspection: Inspection, today: date) -> date:
    """Do what comes next in an inspection, and return the day of the step after it."""
    step = STEPS[inspection.stage]
    if inspection.stage is Stage.OPENED and not inspection.reason.reports_itself:
        step = _plan
    return step(session, case, inspection, today)


def _report(session: Session, case: Case, inspection: Inspection, today: date) -> date:
    email = case.home.manager
    sheet = start_sheet(
        as_actor(session, email), inspection, Part.SELF, email, f"{case.home.code} 示例负责人"
    )
    case.fill(session, inspection, email, today, asked_of(sheet, edition_of(inspection)))
    return case.later(today, 2, 6)


def _check(session: Session, case: Case, inspection: Inspection, today: date) -> date:
    if not case.given_back and case.happens(GIVEN_BACK):
        case.given_back = True
        note = "示例：佐证材料不全，请补充后再提交"
        desk_check(as_actor(session, OFFICER), inspection, accepted=False, note=note)
    else:
        desk_check(as_actor(session, OFFICER), inspection, accepted=True)
    return case.later(today, 1, 5)


def _plan(session: Session, case: Case, inspection: Inspection, today: date) -> date:
    if case.home.withdraws:
        withdraw(as_actor(session, OFFICER), inspection, "示例：机构改造场地，撤回申请")
        return today
    first = case.later(today, NOTICE, NOTICE + 7)
    day, pair = case.diary.pair(session, case.home, first, inspection.due_on)
    going = find_inspectors(session, [one.email for one in pair])
    plan_visit(as_actor(session, OFFICER), inspection, day, going)
    return day


def _visit(session: Session, case: Case, inspection: Inspection, today: date) -> date:
    edition = edition_of(inspection)
    for sheet in list(inspection.sheets):
        if sheet.part is not Part.SELF:
            criteria = (*asked_of(sheet, edition), *optional_of(sheet, edition))
            case.fill(session, inspection, sheet.filled_by, today, criteria)
    return case.later(today, 2, 4)


def _settle(session: Session, case: Case, inspection: Inspection, today: date) -> date:
    edition = edition_of(inspection)
    if disputed(inspection, edition):
        been = {sheet.filled_by for sheet in inspection.sheets}
        one = case.diary.third(session, case.home, today, been)
        sheet = start_sheet(as_actor(session, OFFICER), inspection, Part.THIRD, one.email, one.name)
        case.fill(session, inspection, one.email, today, asked_of(sheet, edition))
    moderate(as_actor(session, OFFICER), inspection)
    return case.later(today, 1, 5)


def _propose(session: Session, case: Case, inspection: Inspection, today: date) -> date:
    propose(as_actor(session, OFFICER), inspection)
    return case.later(today, 1, 3)


def _publish(session: Session, case: Case, inspection: Inspection, today: date) -> date:
    """Let the home object, decide on that, and publish once the time is over."""
    until = inspection.objections_until or today
    if any(one.upheld is None for one in inspection.objections):
        decide_objection(session, case, inspection, today)
        return case.later(today, 1, 2)
    if today <= until:
        if not inspection.objections:
            make_objection(session, case, inspection)
        return case.later(today, 2, 3) if inspection.objections else until + timedelta(days=1)
    publish(as_actor(session, OFFICER), inspection)
    return today


STEPS: dict[Stage, Step] = {
    Stage.OPENED: _report,
    Stage.SELF_REPORTED: _check,
    Stage.DESK_CHECKED: _plan,
    Stage.PLANNED: _visit,
    Stage.VISITED: _settle,
    Stage.MODERATED: _propose,
    Stage.PROPOSED: _publish,
}
"""What is done at each stage; a review is planned at once."""
