"""The cases of an inspection: what a home has to mend, and what it objects to.

Who has to act, by when, and whether it is over is the case's to say; the records keep what was
said. A record of before cases were kept gets its case when something happens to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.database import context
from rukang.bodies.homes import Home
from rukang.cases import (
    CaseFile,
    Opening,
    Told,
    Wanted,
    case_of,
    late_query,
    open_case,
    organ_of_home,
    organ_of_place,
    tell,
)
from rukang.casework import Happened
from rukang.stars.inspections.records import CorrectiveAction, Inspection, Objection

CORRECTION, OBJECTION = "correction", "objection"
"""Courses, shipped with `rukang.cases`."""

MEND, CONFIRM, DECIDE = "mend", "confirm", "decide"
"""Their steps."""

WITHDRAWN = "评定已撤回 the inspection was withdrawn"
AGAIN = "再次报告整改 reported again"


def open_correction(session: Session, action: CorrectiveAction) -> CaseFile:
    """Open the case of something to mend, with what its record tells has happened."""
    home = session.get_one(Home, action.home_id)
    now = context.today(session)
    days = (action.reported_on, action.confirmed_on, now)
    on = min(day for day in days if day is not None)
    office = organ_of_place(home.county)
    opening = Opening(
        course=CORRECTION,
        place=home.county,
        organ=office,
        organs={"home": organ_of_home(home), "federation": office},
        home=home,
        on=on,
        backdated=_late(on, now),
        subject=(CORRECTION, action.id),
    )
    due = {"name": "correct_by", "day": action.due_on, "backdated": _late(on, now)}
    told = [Told(Happened.DAY_SET, office, on, due), *_mended(session, action, home)]
    return open_case(session, opening, *told)


def correction_of(session: Session, action: CorrectiveAction) -> CaseFile:
    """Return the case of something to mend."""
    return case_of(session, CORRECTION, action.id) or open_correction(session, action)


def tell_reported(session: Session, action: CorrectiveAction) -> None:
    """Tell that the home says it has mended something; a second time it is a note."""
    file, home = correction_of(session, action), session.get_one(Home, action.home_id)
    if MEND in _live(file):
        done = {"step": MEND, "outcome": "reported"}
        tell(session, file, Told(Happened.DONE, organ_of_home(home), given=done))
    else:
        tell(session, file, Told(Happened.NOTED, organ_of_home(home), given={"reason": AGAIN}))


def tell_confirmed(session: Session, action: CorrectiveAction) -> None:
    """Tell that an inspector saw it mended, with or without a report of the home."""
    file, home = correction_of(session, action), session.get_one(Home, action.home_id)
    seen = {"step": MEND, "outcome": "seen"}
    confirmed = {"step": CONFIRM, "outcome": "mended"}
    told = [Told(Happened.DONE, organ_of_place(home.county), given=confirmed)]
    if MEND in _live(file):
        told.insert(0, Told(Happened.DONE, organ_of_home(home), given=seen))
    tell(session, file, *told)


def overdue(session: Session, on: date) -> list[CorrectiveAction]:
    """Return what should have been mended before a day and nobody has confirmed."""
    query, _ = late_query(session, on, Wanted(course=CORRECTION))
    late = query.subquery()
    actions = (
        select(CorrectiveAction)
        .join(late, late.c.subject_id == CorrectiveAction.id)
        .order_by(CorrectiveAction.due_on, CorrectiveAction.id)
    )
    return list(session.scalars(actions))


def open_objection(session: Session, objection: Objection) -> CaseFile:
    """Open the case of an objection, with its decision if it has one."""
    home = session.get_one(Home, objection.home_id)
    office, late = organ_of_place(home.county), _late(objection.made_on, context.today(session))
    opening = Opening(
        course=OBJECTION,
        place=home.county,
        organ=organ_of_home(home),
        organs={"federation": office},
        home=home,
        on=objection.made_on,
        backdated=late,
        subject=(OBJECTION, objection.id),
    )
    return open_case(session, opening, *_decided(objection, office, late))


def objection_case(session: Session, objection: Objection) -> CaseFile:
    """Return the case of an objection."""
    return case_of(session, OBJECTION, objection.id) or open_objection(session, objection)


def tell_decided(session: Session, objection: Objection) -> None:
    """Tell how an objection was decided."""
    file = case_of(session, OBJECTION, objection.id)
    if file is None:
        open_objection(session, objection)
    else:
        home = session.get_one(Home, objection.home_id)
        tell(session, file, *_decided(objection, organ_of_place(home.county), None))


def void_objections(session: Session, inspection: Inspection) -> None:
    """Close the cases of objections that nobody decides any more."""
    office = organ_of_place(inspection.home.county)
    for objection in inspection.objections:
        if objection.upheld is None:
            file = objection_case(session, objection)
            tell(session, file, Told(Happened.VOIDED, office, given={"reason": WITHDRAWN}))


def _live(file: CaseFile) -> set[str]:
    return {step.step for step in file.steps if step.state.is_live}


def _mended(session: Session, action: CorrectiveAction, home: Home) -> Iterator[Told]:
    """Yield what the record of an action tells."""
    now, done = context.today(session), Happened.DONE
    mended = action.reported_on or action.confirmed_on
    if mended is not None:
        outcome = "reported" if action.reported_on else "seen"
        given = {"step": MEND, "outcome": outcome, "backdated": _late(mended, now)}
        yield Told(done, organ_of_home(home), mended, given)
    if action.confirmed_on is not None:
        on = action.confirmed_on
        given = {"step": CONFIRM, "outcome": "mended", "backdated": _late(on, now)}
        yield Told(done, organ_of_place(home.county), on, given)


def _decided(objection: Objection, office: str, late: str | None) -> Iterator[Told]:
    if objection.upheld is not None:
        outcome = "upheld" if objection.upheld else "rejected"
        given = {
            "step": DECIDE,
            "outcome": outcome,
            "reason": objection.decision,
            "actor": objection.decided_by,
            "backdated": late,
        }
        yield Told(Happened.DONE, office, objection.decided_on, given)


def _late(on: date, now: date) -> str | None:
    """Return why something is recorded late, where it is."""
    return "按已有记录补立 from the record kept before" if on < now else None
