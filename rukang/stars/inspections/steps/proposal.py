"""From the settled sheet to a published star: proposal, objections, publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from rukang.base.database.context import actor, today
from rukang.base.database.find import find_in
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError
from rukang.bodies.homes import lock_home
from rukang.engines.rating import Answer, Edition, ScoreSheet, SheetError, check_sheet
from rukang.stars.inspections.cases import open_objection, tell_decided
from rukang.stars.inspections.editions import edition_of
from rukang.stars.inspections.life import advance, measured_month, refuse_who_inspected, require
from rukang.stars.inspections.records import Inspection, Objection, Stage
from rukang.stars.inspections.steps.actions import open_actions
from rukang.stars.inspections.steps.moderation import held_sheet, put_right
from rukang.stars.interests import refuse_barred
from rukang.stars.ratings.records import RatingRecord
from rukang.stars.ratings.service import fill_measured, store_rating
from rukang.stars.register import StarEvent, grant


def propose(session: Session, inspection: Inspection, note: str = "") -> RatingRecord:
    """Rate the settled sheet, freeze what the records say, and open the time for objections.

    Measured criteria are read now, over the months that ended by the day of the visit; the rating
    keeps their values with where each was read.

    Raises
    ------
    SheetError
        If the sheet holds what the edition does not allow.
    NotAllowedError
        If who proposes is barred from the home, or inspected it.
    ConflictError
        If it is not the time, or data without which there is no rating are missing.
    """
    by = actor(session)
    refuse_barred(session, inspection.home, by, today(session))
    refuse_who_inspected(inspection, by)
    require(inspection, Stage.MODERATED)
    edition = edition_of(inspection)
    sheet = _measured(session, inspection, edition)
    rating = store_rating(session, inspection.home, edition, sheet)
    _refuse_missing(rating)
    inspection.rating_id, inspection.proposed_on = rating.id, today(session)
    advance(session, inspection, Stage.PROPOSED, note)
    session.expire(inspection, ["rating"])
    return rating


def object_to(session: Session, inspection: Inspection, words: str) -> Objection:
    """Keep what a home says against a proposed result.

    Raises
    ------
    ConflictError
        If nothing is proposed, or the time for objections is over.
    InvalidError
        If nothing is said.
    """
    lock_home(session, inspection.home_id)
    session.refresh(inspection, ["stage", "proposed_on"])
    require(inspection, Stage.PROPOSED)
    now = today(session)
    if inspection.objections_until is not None and now > inspection.objections_until:
        raise ConflictError(
            f"异议期已于 {inspection.objections_until} 结束，今天是 {now}，不能再提出异议；"
            "公布后如有新的事实，可申请重新评定。",
            f"Objections were possible until {inspection.objections_until}; today is {now}. With"
            " new facts, apply for another inspection after publication.",
        )
    if not words.strip():
        raise InvalidError("请写明异议内容。", "Say what you object to.")
    objection = Objection(
        home_id=inspection.home_id,
        inspection_id=inspection.id,
        made_on=now,
        by=actor(session),
        words=words.strip(),
    )
    session.add(objection)
    session.flush()
    open_objection(session, objection)
    session.expire(inspection, ["objections"])
    return objection


def decide(
    session: Session,
    inspection: Inspection,
    objection: Objection,
    decision: str,
    changes: Sequence[Answer] = (),
    facts: Mapping[str, Decimal | None] | None = None,
) -> None:
    """Uphold an objection with what puts things right, or (without anything) reject it.

    Answers may be of any criterion, measured ones included: they outweigh the records. Facts are
    figures of the home, None for one that turns out to be unknown.

    An upheld objection takes the proposal back to moderation; propose again, with a new time for
    objections.

    Raises
    ------
    NotAllowedError
        If who decides is barred from the home, filled a sheet of the inspection, or made the
        objection.
    ConflictError
        If it is decided already.
    InvalidError
        If no reason is given.
    SheetError
        If the edition does not allow an answer or a figure.
    """
    right, by = facts or {}, actor(session)
    refuse_barred(session, inspection.home, by, today(session))
    lock_home(session, inspection.home_id)
    session.refresh(objection)
    require(inspection, Stage.PROPOSED)
    _refuse_partial(inspection, objection, by)
    if objection.upheld is not None:
        raise ConflictError(
            f"异议 {objection.id} 已于 {objection.decided_on} 处理。",
            f"Objection {objection.id} was decided on {objection.decided_on}.",
        )
    if not decision.strip():
        raise InvalidError("请写明处理理由。", "Say why.")
    _check(inspection, changes, right)
    objection.upheld = bool(changes or right)
    objection.decided_on, objection.decided_by = today(session), by
    objection.decision = decision.strip()
    right_answers = [put_right(answer, objection.decision) for answer in changes]
    objection.changes = [answer.model_dump(mode="json") for answer in right_answers]
    objection.facts = {key: None if one is None else str(one) for key, one in right.items()}
    session.flush()
    tell_decided(session, objection)
    if objection.upheld:
        advance(session, inspection, Stage.MODERATED, f"异议成立：{decision.strip()}"[:500])


def publish(session: Session, inspection: Inspection, note: str = "") -> StarEvent:
    """Publish a proposed result: enter its star, and open what the home has to mend.

    Raises
    ------
    NotAllowedError
        If who publishes is barred from the home, or inspected it.
    ConflictError
        If nothing is proposed, objections are still possible, or one is undecided.
    InvalidError
        If it is late and nobody says why.
    """
    by = actor(session)
    refuse_barred(session, inspection.home, by, today(session))
    refuse_who_inspected(inspection, by)
    require(inspection, Stage.PROPOSED)
    now, until = today(session), inspection.objections_until
    if until is not None and now <= until:
        raise ConflictError(
            f"异议期到 {until} 为止（含当日），今天是 {now}，还不能公布。",
            f"Objections are possible until {until}; today is {now}: it cannot be published yet.",
        )
    if waiting := [one.id for one in inspection.objections if one.upheld is None]:
        raise ConflictError(
            f"还有 {len(waiting)} 件异议没有处理，不能公布。",
            f"{len(waiting)} objections are undecided; it cannot be published yet.",
        )
    if (last := inspection.publish_by) is not None and now > last and not note.strip():
        raise InvalidError(
            f"应于 {last} 前公布，今天是 {now}；请写明逾期的原因。",
            f"It should have been published by {last}, today is {now}; say why it is late.",
        )
    if inspection.rating is None:
        raise RuntimeError(f"Inspection {inspection.id} is proposed without a rating.")
    edition = edition_of(inspection)
    advance(session, inspection, Stage.PUBLISHED, note)
    open_actions(session, inspection, edition)
    return grant(session, inspection.home, inspection.rating, edition, now)


def find_objection(session: Session, inspection: Inspection, objection_id: int) -> Objection:
    """Return an objection of an inspection.

    Raises
    ------
    NotFoundError
        If the inspection has none of that id.
    """
    inside = Objection.inspection_id == inspection.id
    return find_in(session, Objection, inside, objection_id, "异议", "objection")


def _measured(session: Session, inspection: Inspection, edition: Edition) -> ScoreSheet:
    sheet = held_sheet(inspection, edition)
    return fill_measured(session, inspection.home, edition, sheet, measured_month(sheet.on))


def _refuse_missing(rating: RatingRecord) -> None:
    if rating.star is None:
        missing = [step["words"] for step in rating.result["path"]]
        raise ConflictError(
            f"缺少数据，不能评定：{'；'.join(words['zh'] for words in missing)}。",
            f"Data are missing: {'; '.join(words['en'] for words in missing)}.",
        )


def _refuse_partial(inspection: Inspection, objection: Objection, by: str) -> None:
    if by in {sheet.filled_by for sheet in inspection.sheets} | {objection.by}:
        raise NotAllowedError(
            f"{by} 参与了这次评定或提出了异议，须由另一人处理。",
            f"{by} took part in this inspection or made the objection; somebody else decides.",
        )


def _check(
    inspection: Inspection, changes: Sequence[Answer], facts: Mapping[str, Decimal | None]
) -> None:
    edition = edition_of(inspection)
    sheet = held_sheet(inspection, edition).with_answers(changes)
    # Of a figure that is unknown its name is checked.
    given = {key: Decimal(0) if one is None else one for key, one in facts.items()}
    sheet = sheet.model_copy(update={"facts": {**sheet.facts, **given}})
    if problems := check_sheet(edition, sheet):
        raise SheetError(problems)
