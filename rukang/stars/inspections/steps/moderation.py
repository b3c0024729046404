"""Putting the two inspectors' sheets together, and keeping how far they agreed."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from rukang.base.database.context import actor, today
from rukang.base.errors import InvalidError
from rukang.engines.rating import (
    Answer,
    Compared,
    ComparedFact,
    Edition,
    ScoreSheet,
    State,
    compare,
    compare_facts,
    moderated,
    scored,
)
from rukang.stars.inspections.editions import edition_of
from rukang.stars.inspections.life import advance, refuse_who_inspected, require
from rukang.stars.inspections.records import (
    DoubleScore,
    Inspection,
    InspectionSheet,
    Objection,
    Part,
    Stage,
)
from rukang.stars.inspections.sheet.sheets import score_sheet
from rukang.stars.interests import refuse_barred


def compared(inspection: Inspection, edition: Edition) -> tuple[Compared, ...]:
    """Return every criterion inspectors score, as the two saw it and what holds.

    Raises
    ------
    ConflictError
        If the sheets of both are not submitted.
    """
    first, second, third = _sheets(inspection, edition)
    return compare(edition, first, second, third)


def store_scores(session: Session, inspection: Inspection, edition: Edition) -> None:
    """Store what two gave apart, once, so that agreement can be counted over any time."""
    if inspection.scores:
        return
    first, second, _ = _sheets(inspection, edition)
    session.add_all(
        DoubleScore(
            home_id=inspection.home_id,
            inspection_id=inspection.id,
            edition=edition.id,
            scored_on=first.on,
            criterion=one.criterion,
            first_by=one.first_by,
            second_by=one.second_by,
            first=one.first,
            second=one.second,
        )
        for one in scored(edition, first, second)
    )
    session.flush()
    session.expire(inspection, ["scores"])


def disputed(inspection: Inspection, edition: Edition) -> tuple[Compared, ...]:
    """Return what a third has yet to decide."""
    return tuple(item for item in compared(inspection, edition) if item.settled is None)


def disputed_facts(inspection: Inspection, edition: Edition) -> tuple[ComparedFact, ...]:
    """Return the figures of the home that a third has yet to decide."""
    found = compare_facts(edition, *_sheets(inspection, edition))
    return tuple(item for item in found if not item.is_settled)


def moderate(session: Session, inspection: Inspection, note: str = "") -> None:
    """Settle every criterion and take the inspection on.

    Raises
    ------
    ModerationError
        If something is disputed and no third has judged it.
    NotAllowedError
        If who moderates is barred from the home, or inspected it.
    ConflictError
        If it is not the time.
    """
    by = actor(session)
    refuse_barred(session, inspection.home, by, today(session))
    refuse_who_inspected(inspection, by)
    require(inspection, Stage.VISITED)
    edition = edition_of(inspection)
    store_scores(session, inspection, edition)
    held_sheet(inspection, edition)
    advance(session, inspection, Stage.MODERATED, note)


def take_back(session: Session, inspection: Inspection, reason: str) -> None:
    """Take moderation back: a third can be named again, and the sheets be settled anew.

    Raises
    ------
    InvalidError
        If no reason is given.
    NotAllowedError
        If who takes it back is barred from the home, or inspected it.
    ConflictError
        If it is not the time.
    """
    by = actor(session)
    refuse_barred(session, inspection.home, by, today(session))
    refuse_who_inspected(inspection, by)
    require(inspection, Stage.MODERATED)
    if not reason.strip():
        raise InvalidError("请写明退回合议的原因。", "Say why moderation is taken back.")
    advance(session, inspection, Stage.VISITED, reason)


def held_sheet(inspection: Inspection, edition: Edition) -> ScoreSheet:
    """Return the sheet that holds: what inspectors settled, and what the home said of itself.

    A figure of the home holds as the inspectors found it: what neither knows is unknown.
    Answers and figures that an upheld objection put right stand last, and outweigh records.

    Raises
    ------
    ModerationError
        If something is disputed and no third has judged it.
    """
    settled = moderated(edition, *_sheets(inspection, edition))
    of_home = _submitted(inspection, Part.SELF)
    if of_home is not None:
        own = score_sheet(of_home, edition)
        scored = {answer.criterion for answer in settled.answers}
        settled = settled.with_answers(a for a in own.answers if a.criterion not in scored)
    for objection in inspection.objections:
        if objection.upheld:
            settled = _put_right(settled, objection)
    return settled


def put_right(answer: Answer, why: str) -> Answer:
    """Return an answer as an upheld objection makes it hold: against report and records, too."""
    says = answer.state is not State.NO_DATA
    return answer.model_copy(
        update={"contradicts": says, "evidence": answer.evidence.strip() or why}
    )


def _put_right(sheet: ScoreSheet, objection: Objection) -> ScoreSheet:
    """Return a sheet with what an upheld objection puts right, against records as well."""
    why = objection.decision or ""
    changes = [put_right(Answer.model_validate(one), why) for one in objection.changes or []]
    facts = {**sheet.facts, **(objection.facts or {})}
    known = {key: Decimal(value) for key, value in facts.items() if value is not None}
    return sheet.with_answers(changes).model_copy(update={"facts": known})


def _sheets(
    inspection: Inspection, edition: Edition
) -> tuple[ScoreSheet, ScoreSheet, ScoreSheet | None]:
    require(inspection, Stage.VISITED, Stage.MODERATED, Stage.PROPOSED, Stage.PUBLISHED)
    found = {part: _submitted(inspection, part) for part in (Part.FIRST, Part.SECOND, Part.THIRD)}
    first, second = found[Part.FIRST], found[Part.SECOND]
    if first is None or second is None:
        raise RuntimeError(f"Inspection {inspection.id} is {inspection.stage} without two sheets.")
    third = found[Part.THIRD]
    return (
        score_sheet(first, edition),
        score_sheet(second, edition),
        score_sheet(third, edition) if third else None,
    )


def _submitted(inspection: Inspection, part: Part) -> InspectionSheet | None:
    return next((s for s in inspection.sheets if s.part is part and s.submitted_at), None)
