"""The life of an inspection: which stage follows which, and the step that is written down.

opened → self-reported → desk-checked → planned → visited → moderated → proposed → published

A review opens without the home's own report, and is planned at once. An upheld objection takes a
proposal back to moderation. Until it is published an inspection can be withdrawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.clock import in_shanghai
from rukang.database.find import find
from rukang.errors import ConflictError, InvalidError
from rukang.homes import Home, hold
from rukang.inspections.records import Inspection, InspectionStep, Stage
from rukang.inspections.words import STAGES

NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.OPENED: frozenset({Stage.SELF_REPORTED}),
    Stage.SELF_REPORTED: frozenset({Stage.DESK_CHECKED, Stage.OPENED}),
    Stage.DESK_CHECKED: frozenset({Stage.PLANNED}),
    Stage.PLANNED: frozenset({Stage.PLANNED, Stage.VISITED}),
    Stage.VISITED: frozenset({Stage.MODERATED}),
    Stage.MODERATED: frozenset({Stage.PROPOSED}),
    Stage.PROPOSED: frozenset({Stage.MODERATED, Stage.PUBLISHED}),
}
"""What may follow each stage; withdrawing is possible from all of these."""


def advance(
    session: Session, inspection: Inspection, to: Stage, by: str, note: str = ""
) -> InspectionStep:
    """Take an inspection to a stage and write the step down.

    Raises
    ------
    ConflictError
        If that stage does not follow the one it is at.
    """
    hold(session, inspection.home_id)
    session.refresh(inspection, ["stage"])
    if to not in following(inspection):
        now, wanted = STAGES[inspection.stage], STAGES[to]
        raise ConflictError(
            f"评定 {inspection.id} 现在是“{now.zh}”，不能直接到“{wanted.zh}”。",
            f"Inspection {inspection.id} is {now.en}; it cannot become {wanted.en} from there.",
        )
    before, inspection.stage = inspection.stage, to
    if to.closed:
        inspection.closed_on = today(session)
    return write_step(session, inspection, before, by, note)


def write_step(
    session: Session, inspection: Inspection, before: Stage | None, by: str, note: str
) -> InspectionStep:
    """Write down how an inspection came to its present stage."""
    step = InspectionStep(
        home_id=inspection.home_id,
        inspection_id=inspection.id,
        before=before,
        after=inspection.stage,
        at=session.info["clock"](),
        by=by,
        note=note.strip(),
    )
    session.add(step)
    session.flush()
    session.expire(inspection, ["steps"])
    return step


def following(inspection: Inspection) -> frozenset[Stage]:
    """Return the stages that may follow."""
    if inspection.stage.closed:
        return frozenset()
    found = NEXT[inspection.stage] | {Stage.WITHDRAWN}
    unannounced = not inspection.reason.reports_itself
    return found | {Stage.PLANNED} if unannounced and inspection.stage is Stage.OPENED else found


def withdraw(session: Session, inspection: Inspection, by: str, reason: str) -> None:
    """End an inspection without a result.

    Raises
    ------
    InvalidError
        If no reason is given.
    ConflictError
        If it is closed already.
    """
    if not reason.strip():
        raise InvalidError("请写明撤回的原因。", "Say why the inspection is withdrawn.")
    advance(session, inspection, Stage.WITHDRAWN, by, reason)


def find_inspection(session: Session, inspection_id: int) -> Inspection:
    """Return an inspection.

    Raises
    ------
    NotFoundError
        If there is none that the session may see.
    """
    return find(session, Inspection, inspection_id, "评定", "inspection")


def list_inspections(
    session: Session, stage: Stage | None = None, home_code: str | None = None
) -> Sequence[Inspection]:
    """Return the inspections the session may see, the newest first; of a stage, or of a home."""
    query = select(Inspection).join(Home, Home.id == Inspection.home_id)
    if stage is not None:
        query = query.where(Inspection.stage == stage)
    if home_code is not None:
        query = query.where(Home.code == home_code)
    return session.scalars(query.order_by(Inspection.opened_on.desc(), Inspection.id.desc())).all()


def require(inspection: Inspection, *stages: Stage) -> None:
    """Refuse what is done at other stages.

    Raises
    ------
    ConflictError
        If the inspection is at none of the stages.
    """
    if inspection.stage not in stages:
        now, wanted = STAGES[inspection.stage], [STAGES[stage] for stage in stages]
        raise ConflictError(
            f"评定 {inspection.id} 现在是“{now.zh}”；只有在“{'、'.join(w.zh for w in wanted)}”"
            "时才能这样做。",
            f"Inspection {inspection.id} is {now.en}; this is done only while it is"
            f" {' or '.join(w.en for w in wanted)}.",
        )


def today(session: Session) -> date:
    """Return the day it is in Binzhou by the session's clock."""
    return in_shanghai(session.info["clock"]()).date()


def under_way(session: Session, home_id: int) -> Inspection | None:
    """Return the inspection of a home that is not closed, if there is one."""
    query = select(Inspection).where(Inspection.home_id == home_id, Inspection.closed_on.is_(None))
    return session.scalar(query)
