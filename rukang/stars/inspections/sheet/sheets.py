"""Sheets: whose one is, when it may be filled, and how the rating engine takes it."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from rukang.base.database.context import today
from rukang.base.errors import ConflictError, NotFoundError
from rukang.bodies.homes import lock_home
from rukang.engines.rating import Answer, Edition, ScoreSheet
from rukang.stars.inspections.life import begin, require
from rukang.stars.inspections.records import (
    LEFT,
    Inspection,
    InspectionSheet,
    Part,
    SheetAnswer,
    Stage,
)
from rukang.stars.inspections.words import PARTS
from rukang.stars.interests import refuse_barred

FILLED_AT = {
    Part.SELF: (Stage.OPENED,),
    Part.FIRST: (Stage.PLANNED,),
    Part.SECOND: (Stage.PLANNED,),
    Part.THIRD: (Stage.VISITED,),
}
"""When each sheet may be filled."""


def own_sheet(session: Session, inspection: Inspection, email: str) -> InspectionSheet:
    """Return the sheet a person fills.

    Raises
    ------
    NotFoundError
        If they have none in this inspection.
    NotAllowedError
        If they are an inspector barred from the home by now.
    """
    for sheet in inspection.sheets:
        if sheet.filled_by == email and not sheet.part.has_left:
            if sheet.part is not Part.SELF:
                refuse_barred(session, inspection.home, email, today(session))
            return sheet
    raise NotFoundError(
        f"{email} 在评定 {inspection.id} 中没有评分表。",
        f"{email} has no sheet of inspection {inspection.id}.",
    )


def sheets_of(session: Session, email: str) -> list[InspectionSheet]:
    """Return the sheets somebody still has to submit, the earliest visit first."""
    query = (
        select(InspectionSheet)
        .join(Inspection, InspectionSheet.inspection_id == Inspection.id)
        .where(
            InspectionSheet.filled_by == email,
            InspectionSheet.submitted_at.is_(None),
            InspectionSheet.part.not_in(LEFT.values()),
            Inspection.closed_on.is_(None),
        )
        .order_by(Inspection.visit_on, Inspection.id)
        .options(joinedload(InspectionSheet.inspection).joinedload(Inspection.home))
    )
    return list(session.scalars(query))


def take_up(session: Session, sheet: InspectionSheet) -> None:
    """Begin to write on a sheet; refused once it is submitted, or when it is not its time.

    With the first writing of an inspector the visit has begun.

    Raises
    ------
    ConflictError
        If it is submitted, at another stage, or before the day of the visit.
    NotAllowedError
        If its inspector is barred from the home by now.
    """
    if sheet.part.has_left:
        raise ConflictError(
            f"{sheet.name} 已由他人接替，这份评分表保留原样，不能再改。",
            f"{sheet.name} was replaced; the sheet is kept as it is and cannot be changed.",
        )
    if sheet.submitted_at is not None:
        raise ConflictError(
            f"{sheet.name} 的评分表已提交，不能再改。",
            f"The sheet of {sheet.name} is submitted and can no longer be changed.",
        )
    require(sheet.inspection, *FILLED_AT[sheet.part])
    if sheet.part is not Part.SELF:
        refuse_barred(session, sheet.inspection.home, sheet.filled_by, today(session))
        begin(session, sheet.inspection)


def refuse_untimely(session: Session, sheet: InspectionSheet) -> None:
    """Refuse an entry when the sheet is not filled; one after submission is let in, as late.

    Raises
    ------
    ConflictError
        If the inspection is at another stage.
    """
    if sheet.submitted_at is None:
        take_up(session, sheet)


def lock_sheet(session: Session, sheet: InspectionSheet) -> None:
    """Let nobody else write on a sheet until this is done, and read anew what stands in it."""
    lock_home(session, sheet.home_id)
    session.refresh(sheet, ["submitted_at", "facts", "answers", "entries", "evidence"])


def score_sheet(sheet: InspectionSheet, edition: Edition) -> ScoreSheet:
    """Return a sheet as the rating engine takes it."""
    inspection = sheet.inspection
    return ScoreSheet(
        home=inspection.home.code,
        home_name=inspection.home.name,
        edition=edition.id,
        on=inspection.visit_on or inspection.opened_on,
        inspectors=(_told_apart(sheet),),
        facts={key: Decimal(value) for key, value in sheet.facts.items()},
        answers=tuple(_answer(sheet, one) for one in sheet.answers),
    )


def _answer(sheet: InspectionSheet, one: SheetAnswer) -> Answer:
    return Answer(
        criterion=one.criterion,
        state=one.state,
        value=one.value,
        evidence=one.note,
        inspector="" if sheet.part is Part.SELF else _told_apart(sheet),
        contradicts=one.contradicts,
    )


def _told_apart(sheet: InspectionSheet) -> str:
    """Return the name on a sheet, with its part where another of the inspection has the same."""
    names = [one.name for one in sheet.inspection.sheets if one.part is not Part.SELF]
    return sheet.name if names.count(sheet.name) < 2 else f"{sheet.name}（{PARTS[sheet.part].zh}）"
