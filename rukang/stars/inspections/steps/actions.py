"""What a home has to mend after an inspection, by when, and who saw it mended."""

from __future__ import annotations

import pendulum
from sqlalchemy.orm import Session

from rukang.base.database.context import actor, today
from rukang.base.database.find import find_in
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.homes import lock_home
from rukang.engines.rating import CriterionScore, Edition, Rating, State
from rukang.stars.inspections.cases import (
    correction_of,
    open_correction,
    tell_confirmed,
    tell_reported,
)
from rukang.stars.inspections.records import CorrectiveAction, Inspection
from rukang.stars.interests import refuse_barred


def open_actions(
    session: Session, inspection: Inspection, edition: Edition
) -> list[CorrectiveAction]:
    """Open an action for every criterion that was not met, and every veto that struck."""
    if inspection.rating is None:
        raise RuntimeError(f"Inspection {inspection.id} has no rating to act on.")
    rating = Rating.model_validate(inspection.rating.result)
    now = today(session)
    day = pendulum.date(now.year, now.month, now.day)
    due_on = day.add(days=edition.periods.correction_days)
    found = [
        CorrectiveAction(
            home_id=inspection.home_id,
            inspection_id=inspection.id,
            criterion=item.id,
            words=f"{item.title.zh}：{item.reason.zh}",
            due_on=due_on,
        )
        for item in rating.criteria.values()
        if needs_mending(item)
    ]
    session.add_all(found)
    session.flush()
    for action in found:
        open_correction(session, action)
    session.expire(inspection, ["actions"])
    return found


def needs_mending(item: CriterionScore) -> bool:
    """Say whether a criterion earned nothing of what it could, or nobody could say."""
    if item.state is State.NOT_APPLICABLE:
        return False
    nothing = item.points > 0 and item.earned == 0
    return nothing or item.state in {State.NOT_MET, State.NO_DATA}


def report(session: Session, inspection: Inspection, action: CorrectiveAction, words: str) -> None:
    """Keep that the home says it has mended something.

    Raises
    ------
    InvalidError
        If it does not say how.
    ConflictError
        If it was confirmed already.
    """
    if not words.strip():
        raise InvalidError("请写明怎样整改的。", "Say what was done.")
    lock_home(session, inspection.home_id)
    session.refresh(action)
    if correction_of(session, action).ended_on is not None:
        raise _confirmed(action)
    tell_reported(session, action)
    action.reported_on, action.reported = today(session), words.strip()
    session.flush()


def confirm(session: Session, inspection: Inspection, action: CorrectiveAction) -> None:
    """Keep that an inspector saw it mended.

    Raises
    ------
    NotAllowedError
        If the inspector belongs to the home or has declared a conflict of interest.
    ConflictError
        If it was confirmed already.
    """
    now, by = today(session), actor(session)
    refuse_barred(session, inspection.home, by, now)
    lock_home(session, inspection.home_id)
    session.refresh(action)
    if correction_of(session, action).ended_on is not None:
        raise _confirmed(action)
    tell_confirmed(session, action)
    action.confirmed_on, action.confirmed_by = now, by
    session.flush()


def find_action(session: Session, inspection: Inspection, action_id: int) -> CorrectiveAction:
    """Return what is to be mended after an inspection.

    Raises
    ------
    NotFoundError
        If the inspection asks for none of that id.
    """
    inside = CorrectiveAction.inspection_id == inspection.id
    return find_in(session, CorrectiveAction, inside, action_id, "整改事项", "corrective action")


def _confirmed(action: CorrectiveAction) -> ConflictError:
    return ConflictError(
        f"整改事项 {action.id} 已于 {action.confirmed_on} 确认。",
        f"Action {action.id} was confirmed on {action.confirmed_on}.",
    )
