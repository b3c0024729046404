"""Sheets as they are filled: saved answer by answer, counted only once they are submitted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.errors import ConflictError, InvalidError, NotFoundError
from rukang.homes import hold
from rukang.inspections.editions import edition_of
from rukang.inspections.interests import refuse_barred
from rukang.inspections.life import advance, require, today
from rukang.inspections.records import (
    Inspection,
    InspectionSheet,
    Part,
    SheetAnswer,
    Stage,
)
from rukang.inspections.words import PARTS
from rukang.rating import (
    Answer,
    Edition,
    Outcome,
    Scorer,
    ScoreSheet,
    SheetError,
    check_sheet,
    compare,
)

FILLED_AT = {
    Part.SELF: (Stage.OPENED,),
    Part.FIRST: (Stage.PLANNED,),
    Part.SECOND: (Stage.PLANNED,),
    Part.THIRD: (Stage.VISITED,),
}
"""When each sheet may be filled."""

SKEW = timedelta(minutes=5)
"""How far a device's clock may be ahead."""

ASKED = {Part.SELF: frozenset({Scorer.SELF_REPORT, Scorer.INSPECTOR})}
"""Whose criteria a sheet asks; inspectors' sheets ask those that inspectors score."""


def start_sheet(
    session: Session, inspection: Inspection, part: Part, email: str, name: str
) -> InspectionSheet:
    """Give somebody a sheet of an inspection to fill; one that is empty goes to another person.

    Raises
    ------
    NotAllowedError
        If an inspector belongs to the home or has declared a conflict of interest.
    ConflictError
        If the sheet has answers of somebody else, or the person has another sheet of it.
    """
    on = inspection.visit_on or today(session)
    if part is not Part.SELF:
        refuse_barred(session, inspection.home, email, on)
    taken = {sheet.part: sheet for sheet in inspection.sheets}
    if any(sheet.filled_by == email and sheet.part is not part for sheet in inspection.sheets):
        raise ConflictError(
            f"{email} 在评定 {inspection.id} 中已有一份评分表；两人须各自评定。",
            f"{email} has a sheet of inspection {inspection.id} already; each sheet needs a person"
            " of its own.",
        )
    sheet = taken.get(part)
    if sheet is None:
        sheet = InspectionSheet(
            home_id=inspection.home_id, inspection_id=inspection.id, part=part, facts={}
        )
        session.add(sheet)
    elif sheet.filled_by != email and sheet.answers:
        raise ConflictError(
            f"{PARTS[part].zh}的评分表已由 {sheet.name} 填写，不能换人。",
            f"{sheet.name} has begun the sheet of the {PARTS[part].en}; nobody else can take it.",
        )
    sheet.filled_by, sheet.name = email, name
    session.flush()
    session.expire(inspection, ["sheets"])
    return sheet


def own_sheet(inspection: Inspection, email: str) -> InspectionSheet:
    """Return the sheet a person fills.

    Raises
    ------
    NotFoundError
        If they have none in this inspection.
    """
    for sheet in inspection.sheets:
        if sheet.filled_by == email:
            return sheet
    raise NotFoundError(
        f"{email} 在评定 {inspection.id} 中没有评分表。",
        f"{email} has no sheet of inspection {inspection.id}.",
    )


def save_answer(
    session: Session, sheet: InspectionSheet, answer: Answer, written_at: datetime
) -> SheetAnswer:
    """Keep an answer; one that was written before the one kept already changes nothing.

    Sending the same answer again is sending it once, so a device may repeat what it is unsure of.

    Raises
    ------
    ConflictError
        If the sheet is submitted, or it is not the time to fill it.
    SheetError
        If the edition does not allow the answer.
    InvalidError
        If the criterion is not for this sheet, or the moment lies ahead.
    """
    edition = edition_of(sheet.inspection)
    hold(session, sheet.home_id)
    session.refresh(sheet, ["submitted_at", "answers"])
    refuse_closed(sheet)
    _refuse_unfit(session, sheet, edition, answer, written_at)
    found = next((one for one in sheet.answers if one.criterion == answer.criterion), None)
    if found is None:
        found = SheetAnswer(home_id=sheet.home_id, sheet_id=sheet.id, criterion=answer.criterion)
        session.add(found)
    elif found.written_at >= written_at:
        return found
    found.state, found.value, found.note = answer.state, _text(answer.value), answer.evidence
    found.written_at, found.received_at = written_at, session.info["clock"]()
    session.flush()
    session.expire(sheet, ["answers"])
    return found


def save_facts(session: Session, sheet: InspectionSheet, facts: Mapping[str, Decimal]) -> None:
    """Keep the figures of the home that a sheet states, in place of those before.

    Raises
    ------
    ConflictError
        If the sheet is submitted.
    SheetError
        If the edition asks for no such figure, or one is negative.
    """
    hold(session, sheet.home_id)
    session.refresh(sheet, ["submitted_at"])
    refuse_closed(sheet)
    edition = edition_of(sheet.inspection)
    _check(edition, score_sheet(sheet, edition).model_copy(update={"facts": dict(facts)}))
    sheet.facts = {key: str(value) for key, value in facts.items()}
    session.flush()


def submit(
    session: Session, sheet: InspectionSheet, seen: Mapping[str, datetime], by: str
) -> InspectionSheet:
    """Submit a sheet: from now on it counts and never changes.

    Parameters
    ----------
    seen
        When each answer that the device holds was written; what has not arrived, or arrived from
        elsewhere, is refused, so that nothing is lost between device and server.

    Raises
    ------
    ConflictError
        If answers or evidence have not arrived, or the sheet is submitted.
    InvalidError
        If a criterion has no answer.
    """
    hold(session, sheet.home_id)
    session.refresh(sheet)
    refuse_closed(sheet)
    _refuse_missing(sheet, seen)
    sheet.submitted_at = session.info["clock"]()
    session.flush()
    _follow(session, sheet.inspection, sheet, by)
    return sheet


def score_sheet(sheet: InspectionSheet, edition: Edition) -> ScoreSheet:
    """Return a sheet as the rating engine takes it."""
    inspection = sheet.inspection
    return ScoreSheet(
        home=inspection.home.code,
        home_name=inspection.home.name,
        edition=edition.id,
        on=inspection.visit_on or inspection.opened_on,
        inspectors=(sheet.name,),
        facts={key: Decimal(value) for key, value in sheet.facts.items()},
        answers=tuple(_answer(sheet, one) for one in sheet.answers),
    )


def asked_of(sheet: InspectionSheet, edition: Edition) -> tuple[str, ...]:
    """Return the criteria a sheet has to answer, in the order of the edition."""
    scorers = ASKED.get(sheet.part, frozenset({Scorer.INSPECTOR}))
    asked = [item.id for item in edition.criteria.values() if item.scorer in scorers]
    if sheet.part is not Part.THIRD:
        return tuple(asked)
    by_part = {one.part: score_sheet(one, edition) for one in sheet.inspection.sheets}
    found = compare(edition, by_part[Part.FIRST], by_part[Part.SECOND])
    return tuple(one.criterion.id for one in found if one.outcome is Outcome.DISPUTED)


def optional_of(sheet: InspectionSheet, edition: Edition) -> tuple[str, ...]:
    """Return the criteria a sheet may answer besides: what records answer where there are any.

    A home that keeps no records here is still rated: the first inspector reads its papers. What
    the records say outweighs it.
    """
    if sheet.part is not Part.FIRST:
        return ()
    measured = edition.criteria.values()
    return tuple(item.id for item in measured if item.scorer is Scorer.MEASURED)


def sheets_of(session: Session, email: str) -> list[InspectionSheet]:
    """Return the sheets somebody still has to submit, the earliest visit first."""
    query = (
        select(InspectionSheet)
        .join(Inspection, InspectionSheet.inspection_id == Inspection.id)
        .where(
            InspectionSheet.filled_by == email,
            InspectionSheet.submitted_at.is_(None),
            Inspection.closed_on.is_(None),
        )
        .order_by(Inspection.visit_on, Inspection.id)
    )
    return list(session.scalars(query))


def refuse_closed(sheet: InspectionSheet) -> None:
    """Refuse to change a sheet that is submitted, or at a time when it is not filled.

    Raises
    ------
    ConflictError
        With which of the two it is.
    """
    if sheet.submitted_at is not None:
        raise ConflictError(
            f"{sheet.name} 的评分表已提交，不能再改。",
            f"The sheet of {sheet.name} is submitted and can no longer be changed.",
        )
    require(sheet.inspection, *FILLED_AT[sheet.part])


def _follow(session: Session, inspection: Inspection, sheet: InspectionSheet, by: str) -> None:
    """Take the inspection on where the sheet was the last one awaited."""
    if sheet.part is Part.SELF:
        advance(session, inspection, Stage.SELF_REPORTED, by)
        return
    done = {one.part for one in inspection.sheets if one.submitted_at is not None}
    if sheet.part is not Part.THIRD and {Part.FIRST, Part.SECOND} <= done:
        advance(session, inspection, Stage.VISITED, by)


def _refuse_unfit(
    session: Session,
    sheet: InspectionSheet,
    edition: Edition,
    answer: Answer,
    written_at: datetime,
) -> None:
    asked = (*asked_of(sheet, edition), *optional_of(sheet, edition))
    if answer.criterion not in asked:
        raise InvalidError(
            f"{PARTS[sheet.part].zh}的评分表不填 {answer.criterion}；"
            f"要填的是：{'、'.join(asked)}。",
            f"The sheet of the {PARTS[sheet.part].en} does not ask {answer.criterion}; it asks"
            f" {', '.join(asked)}.",
        )
    if written_at > session.info["clock"]() + SKEW:
        raise InvalidError(
            f"填写时间 {written_at:%Y-%m-%d %H:%M} 晚于现在；请校准设备的时钟。",
            f"The answer was written at {written_at:%Y-%m-%d %H:%M}, which lies ahead; set the"
            " clock of the device.",
        )
    _check(edition, score_sheet(sheet, edition).model_copy(update={"answers": (answer,)}))


def _check(edition: Edition, sheet: ScoreSheet) -> None:
    # The visit may be later than the edition; that is the inspection's matter, not the answer's.
    dated = sheet.model_copy(update={"on": max(edition.valid_from, sheet.on)})
    if edition.valid_to is not None:
        dated = dated.model_copy(update={"on": min(edition.valid_to, dated.on)})
    if problems := check_sheet(edition, dated):
        raise SheetError(problems)


def _refuse_missing(sheet: InspectionSheet, seen: Mapping[str, datetime]) -> None:
    """Refuse a sheet of which something has not arrived, or is still without an answer."""
    here = {one.criterion: one.written_at for one in sheet.answers}
    if differing := sorted(name for name in {**here, **seen} if here.get(name) != seen.get(name)):
        raise ConflictError(
            f"这些指标的答案与设备上的不一致，请等它们传完再提交：{'、'.join(differing)}。",
            f"The answers to {', '.join(differing)} differ from those on the device; submit once"
            " they have arrived.",
        )
    if waiting := [one.name for one in sheet.evidence if one.complete_at is None]:
        raise ConflictError(
            f"还有 {len(waiting)} 份佐证材料没有传完：{'、'.join(waiting)}。",
            f"{len(waiting)} pieces of evidence have not arrived: {', '.join(waiting)}.",
        )
    asked = asked_of(sheet, edition_of(sheet.inspection))
    if open_ := [name for name in asked if name not in here]:
        raise InvalidError(
            f"还有 {len(open_)} 项没有填：{'、'.join(open_)}；查不到的请填“无数据”。",
            f"{len(open_)} criteria have no answer: {', '.join(open_)}; where nothing could be"
            " found, say so.",
        )


def _answer(sheet: InspectionSheet, one: SheetAnswer) -> Answer:
    return Answer(
        criterion=one.criterion,
        state=one.state,
        value=one.value,
        evidence=one.note,
        inspector="" if sheet.part is Part.SELF else sheet.name,
    )


def _text(value: Decimal | str | None) -> str | None:
    return None if value is None else str(value)
