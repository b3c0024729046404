"""Whose sheet it is: given to somebody, taken over by another, kept of who had begun."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.database.context import actor, today
from rukang.base.errors import ConflictError
from rukang.stars.inspections.records import LEFT, Inspection, InspectionSheet, Inspector, Part
from rukang.stars.inspections.words import PARTS
from rukang.stars.interests import Bar, barred_from, refuse_barred


def give_third(
    session: Session, inspection: Inspection, email: str, name: str, note: str = ""
) -> None:
    """Give a third inspector the sheet of what the two saw differently.

    Parameters
    ----------
    note
        Why another third is named, where the one before had begun; their sheet is kept.

    Raises
    ------
    NotAllowedError
        If who names them, or the third, is barred from the home.
    ConflictError
        As `start_sheet`.
    """
    refuse_barred(session, inspection.home, actor(session), today(session))
    start_sheet(session, inspection, Part.THIRD, email, name, note)


def start_sheet(
    session: Session, inspection: Inspection, part: Part, email: str, name: str, note: str = ""
) -> InspectionSheet:
    """Give somebody a sheet of an inspection to fill; one that is empty goes to another person.

    Parameters
    ----------
    note
        Why somebody who has begun is replaced. What they wrote is kept as it is, and who replaces
        them begins a sheet of their own.

    Raises
    ------
    NotAllowedError
        If an inspector belongs to the home or has declared a conflict of interest.
    ConflictError
        If the sheet has answers of somebody else and no reason to replace them is given, one who
        had begun was replaced on it before, or the person has another sheet of it.
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
    told = called(session, inspection, part, email, name)
    sheet = taken.get(part)
    if sheet is not None and sheet.filled_by != email and (sheet.entries or sheet.evidence):
        _retire(session, sheet, taken, note)
        sheet = None
    if sheet is None:
        sheet = InspectionSheet(
            home_id=inspection.home_id, inspection_id=inspection.id, part=part, facts={}
        )
        session.add(sheet)
    sheet.filled_by, sheet.name = email, told
    session.flush()
    session.expire(inspection, ["sheets"])
    return sheet


def _retire(
    session: Session, sheet: InspectionSheet, taken: Mapping[Part, InspectionSheet], note: str
) -> None:
    """Keep the sheet of somebody who had begun and is replaced."""
    part = sheet.part
    if part not in LEFT or not note.strip():
        raise ConflictError(
            f"{PARTS[part].zh}的评分表已由 {sheet.name} 填写；要换人，请写明原因，已填的会保留。",
            f"{sheet.name} has begun the sheet of the {PARTS[part].en}; to replace them, say why:"
            " what they wrote is kept.",
        )
    if LEFT[part] in taken:
        raise ConflictError(
            f"{PARTS[part].zh}已换过一次人，{sheet.name} 也已填写；请撤回这次评定，重新发起。",
            f"The {PARTS[part].en} was replaced before, and {sheet.name} has begun, too; withdraw"
            " the inspection and open another.",
        )
    sheet.part = LEFT[part]
    session.flush()


def called(session: Session, inspection: Inspection, part: Part, email: str, name: str) -> str:
    """Return what somebody is called on a sheet, so that two people of one name are two.

    Of inspectors of one name the first on the list keeps it plain, the next is 王伟（2）; whoever
    is not on the list and meets their name on the inspection is told apart by the part they have.
    """
    if part is Part.SELF:
        return name
    same = select(Inspector.email).where(Inspector.name == name).order_by(Inspector.id)
    listed = list(session.scalars(same))
    place = listed.index(email) + 1 if email in listed else 1
    told = name if place == 1 else f"{name}（{place}）"
    others = {one.name for one in inspection.sheets if one.filled_by != email}
    return f"{told}（{PARTS[part].zh}）" if told in others else told


def to_replace(session: Session, inspection: Inspection) -> dict[str, Bar]:
    """Return whose sheet still to be submitted has to go to somebody else, and why.

    A conflict of interest declared after the visit was planned bars at once.
    """
    waiting = [
        one.filled_by
        for one in inspection.sheets
        if one.part in LEFT and one.submitted_at is None and not inspection.stage.closed
    ]
    on = max(today(session), inspection.visit_on or today(session))
    return {
        **barred_from(session, inspection.home, waiting, on),
        **barred_from(session, inspection.home, waiting, today(session)),
    }
