"""The life of an inspection: which stage follows which, and the step that is written down.

opened → self-reported → desk-checked → planned → visited → moderated → proposed → published

A review opens without the home's own report, is planned at once, and goes on beside whatever else
is under way: the home sees nothing of it until the visit begins. An upheld objection takes a
proposal back to moderation; moderation can be taken back with a reason. Until it is published an
inspection can be withdrawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pendulum
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from rukang.base.database import context
from rukang.base.database.context import today
from rukang.base.database.find import find
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError
from rukang.bodies.homes import Home, lock_home
from rukang.stars.inspections.cases import void_objections
from rukang.stars.inspections.limits import visit_days_early
from rukang.stars.inspections.records import (
    Inspection,
    InspectionStep,
    Part,
    Reason,
    ReviewCause,
    Stage,
)
from rukang.stars.inspections.words import STAGES
from rukang.stars.interests import refuse_barred

NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.OPENED: frozenset({Stage.SELF_REPORTED}),
    Stage.SELF_REPORTED: frozenset({Stage.DESK_CHECKED, Stage.OPENED}),
    Stage.DESK_CHECKED: frozenset({Stage.PLANNED}),
    Stage.PLANNED: frozenset({Stage.PLANNED, Stage.VISITED}),
    Stage.VISITED: frozenset({Stage.MODERATED}),
    Stage.MODERATED: frozenset({Stage.PROPOSED, Stage.VISITED}),
    Stage.PROPOSED: frozenset({Stage.MODERATED, Stage.PUBLISHED}),
}
"""What may follow each stage; withdrawing is possible from all of these."""


def advance(session: Session, inspection: Inspection, to: Stage, note: str = "") -> InspectionStep:
    """Take an inspection to a stage and write the step down.

    Raises
    ------
    ConflictError
        If that stage does not follow the one it is at.
    """
    lock_home(session, inspection.home_id)
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
    return write_step(session, inspection, before, note)


def write_step(
    session: Session, inspection: Inspection, before: Stage | None, note: str
) -> InspectionStep:
    """Write down how an inspection came to its present stage."""
    step = InspectionStep(
        home_id=inspection.home_id,
        inspection_id=inspection.id,
        before=before,
        after=inspection.stage,
        at=context.now(session),
        by=context.actor(session),
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
    at_once = not inspection.reason.reports_itself and inspection.stage is Stage.OPENED
    return found | {Stage.PLANNED} if at_once else found


def withdraw(session: Session, inspection: Inspection, reason: str) -> None:
    """End an inspection without a result.

    Raises
    ------
    InvalidError
        If no reason is given.
    NotAllowedError
        If who withdraws it is barred from the home.
    ConflictError
        If it is closed already.
    """
    refuse_barred(session, inspection.home, context.actor(session), today(session))
    if not reason.strip():
        raise InvalidError("请写明撤回的原因。", "Say why the inspection is withdrawn.")
    advance(session, inspection, Stage.WITHDRAWN, reason)
    void_objections(session, inspection)


def find_inspection(session: Session, inspection_id: int) -> Inspection:
    """Return an inspection.

    Raises
    ------
    NotFoundError
        If there is none that the session may see.
    """
    return find(session, Inspection, inspection_id, "评定", "inspection")


def words_of(session: Session, inspection: Inspection) -> str:
    """Return why an inspection was opened; of a review only to those who oversee the home."""
    query = select(ReviewCause.words).where(ReviewCause.inspection_id == inspection.id)
    return session.scalar(query) or inspection.words


def list_inspections(
    session: Session, stage: Stage | None = None, home_code: str | None = None
) -> Sequence[Inspection]:
    """Return the inspections the session may see, the newest first; of a stage, or of a home."""
    return session.scalars(inspections_query(stage, home_code)).all()


def inspections_query(
    stage: Stage | None = None, home_code: str | None = None
) -> Select[tuple[Inspection]]:
    """Return the query of `list_inspections`, each with its home and edition."""
    beside = (contains_eager(Inspection.home), joinedload(Inspection.edition_text))
    query = select(Inspection).join(Inspection.home).options(*beside)
    if stage is not None:
        query = query.where(Inspection.stage == stage)
    if home_code is not None:
        query = query.where(Home.code == home_code)
    return query.order_by(Inspection.opened_on.desc(), Home.code, Inspection.id)


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


def under_way(session: Session, home_id: int, *, unannounced: bool = False) -> Inspection | None:
    """Return the inspection of a home that is not closed, if there is one; or its review."""
    review = Inspection.reason == Reason.REVIEW
    query = select(Inspection).where(
        Inspection.home_id == home_id,
        Inspection.closed_on.is_(None),
        review if unannounced else ~review,
    )
    return session.scalar(query)


def refuse_who_inspected(inspection: Inspection, email: str) -> None:
    """Refuse that who inspected a home also settles, proposes or publishes its result.

    Whatever roles one account has, nobody takes a star from the visit to the register alone.

    Raises
    ------
    NotAllowedError
        If they fill or filled a sheet of the inspection.
    """
    if email in {one.filled_by for one in inspection.sheets if one.part is not Part.SELF}:
        raise NotAllowedError(
            f"{email} 是评定 {inspection.id} 的评定员；合议、公示和公布须由另一人办理。",
            f"{email} inspects in inspection {inspection.id}; somebody else settles, proposes and"
            " publishes it.",
        )


def begin(session: Session, inspection: Inspection) -> None:
    """Note that the visit has begun; from now on the home sees also what came unannounced.

    Sheets open on the day of the visit, or as many days before as the installation tolerates.

    Raises
    ------
    ConflictError
        If the day of the visit has not come.
    """
    now, day = today(session), inspection.visit_on
    if day is not None and now < day - timedelta(days=visit_days_early()):
        raise ConflictError(
            f"上门日期是 {day}，今天是 {now}；到那天才能填写评分表。",
            f"The visit is on {day}, today is {now}; the sheet can be filled from that day on.",
        )
    if inspection.begun_at is None:
        inspection.begun_at = context.now(session)
        session.flush()


def measured_month(on: date) -> date:
    """Return the first day of the last month that is over on a day (its last day included)."""
    day = pendulum.date(on.year, on.month, on.day)
    ended = day if day == day.end_of("month") else day.subtract(months=1)
    return date(ended.year, ended.month, 1)
