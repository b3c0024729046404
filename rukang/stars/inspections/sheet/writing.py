"""Writing on a sheet: entries are kept one by one, and count once it is submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy.orm import Session

from rukang.base.database import context
from rukang.base.errors import InvalidError
from rukang.base.words import words_of
from rukang.engines.rating import Answer, Edition, ScoreSheet, SheetError, State, check_sheet
from rukang.stars.inspections.editions import edition_of
from rukang.stars.inspections.records import Arrival, InspectionSheet, SheetAnswer, SheetEntry
from rukang.stars.inspections.sheet.asked import (
    asked_facts,
    asked_of,
    contradictable_of,
    optional_of,
)
from rukang.stars.inspections.sheet.entries import FACT, Written, receive, repeated, standing
from rukang.stars.inspections.sheet.sheets import lock_sheet, refuse_untimely, score_sheet, take_up
from rukang.stars.inspections.words import PARTS


@dataclass(frozen=True)
class Given:
    """What was written of a criterion; without a state it is a note, and no answer yet.

    ``contradicts`` says that an inspector found otherwise than the home reports or the records say;
    the note gives the reason.
    """

    criterion: str
    state: State | None
    value: Decimal | str | None = None
    note: str = ""
    contradicts: bool = False

    @property
    def content(self) -> dict[str, str | bool | None]:
        """Return it as an entry keeps it."""
        plain = {"state": self.state, "value": _text(self.value), "note": self.note}
        return plain | ({"contradicts": True} if self.contradicts else {})

    def as_answer(self) -> Answer:
        """Return it as the rating engine takes it; only where it has a state.

        Raises
        ------
        InvalidError
            If value and state do not go together, or a reason is missing.
        """
        said = {
            "state": self.state,
            "value": self.value,
            "evidence": self.note,
            "contradicts": self.contradicts,
        }
        try:
            return Answer.model_validate({"criterion": self.criterion, **said})
        except ValidationError as error:
            words = words_of(error)
            raise InvalidError(f"{words.zh}。", f"{words.en}.") from error


def take_answer(
    session: Session, sheet: InspectionSheet, given: Given, written: Written
) -> SheetEntry:
    """Keep what a device wrote of a criterion, and say what became of it.

    Sending the same entry again is sending it once. Where it was written over something else than
    what stands, both are kept and the entry conflicts; after submission it is late, for the officer
    to read, and changes nothing.

    Raises
    ------
    ConflictError
        If it is not the time to fill the sheet, or something else came under the entry's id.
    SheetError
        If the edition does not allow the answer.
    InvalidError
        If the criterion is not for this sheet.
    """
    value, name = given.content, given.criterion
    lock_sheet(session, sheet)
    if found := repeated(session, sheet, name, value, written):
        return found
    refuse_untimely(session, sheet)
    _refuse_unfit(sheet, edition_of(sheet.inspection), given)
    entry = receive(session, sheet, name, value, written)
    if entry.arrival is Arrival.KEPT:
        _store_answer(session, sheet, given, entry)
    return entry


def take_fact(
    session: Session,
    sheet: InspectionSheet,
    key: str,
    value: Decimal | None,
    written: Written,
    *,
    unknown: bool = False,
) -> SheetEntry:
    """Keep what a device wrote of one figure of the home.

    Parameters
    ----------
    value
        None takes the figure off, as if nothing had been written of it.
    unknown
        That it could not be found out: then there is no value, and the figure is answered.

    Raises
    ------
    ConflictError
        As for an answer.
    SheetError
        If the edition asks for no such figure, or it is negative.
    InvalidError
        If the figure is not for this sheet, or is said to be unknown beside a value.
    """
    content, name = content_of_fact(value, unknown), FACT + key
    lock_sheet(session, sheet)
    if found := repeated(session, sheet, name, content, written):
        return found
    refuse_untimely(session, sheet)
    edition = edition_of(sheet.inspection)
    # What is checked of a figure that is taken off or unknown is its name.
    facts = {key: Decimal(0) if value is None else value}
    _check(edition, score_sheet(sheet, edition).model_copy(update={"facts": facts}))
    _refuse_unasked_fact(sheet, edition, key)
    entry = receive(session, sheet, name, content, written)
    if entry.arrival is Arrival.KEPT:
        others = {one: text for one, text in sheet.facts.items() if one != key}
        sheet.facts = others if value is None else others | {key: str(value)}
        session.flush()
    return entry


def save_answer(
    session: Session, sheet: InspectionSheet, answer: Answer, written_at: datetime
) -> SheetEntry:
    """Write an answer over whatever stands: for what is read here, such as a workbook.

    Raises
    ------
    ConflictError
        If the sheet is submitted, or it is not the time to fill it.
    SheetError
        If the edition does not allow the answer.
    InvalidError
        If the criterion is not for this sheet.
    """
    lock_sheet(session, sheet)
    take_up(session, sheet)
    given = Given(answer.criterion, answer.state, answer.value, answer.evidence, answer.contradicts)
    return take_answer(session, sheet, given, _over(sheet, answer.criterion, written_at))


def save_facts(
    session: Session, sheet: InspectionSheet, facts: Mapping[str, Decimal | None]
) -> None:
    """Write figures of the home over whatever stands; others stay as they are.

    None says that a figure could not be found out.

    Raises
    ------
    ConflictError
        If the sheet is submitted.
    SheetError
        If the edition asks for no such figure, or one is negative.
    """
    lock_sheet(session, sheet)
    take_up(session, sheet)
    at = context.now(session)
    for key, value in facts.items():
        over = _over(sheet, FACT + key, at)
        take_fact(session, sheet, key, value, over, unknown=value is None)


def _over(sheet: InspectionSheet, name: str, at: datetime) -> Written:
    """Return an entry of the server's own, which is written over what stands."""
    stands = standing(sheet).get(name)
    others = [one.entry for one in stands.others] if stands else []
    return Written(str(uuid4()), stands.entry.sequence if stands else 0, at, others)


def _store_answer(
    session: Session, sheet: InspectionSheet, given: Given, entry: SheetEntry
) -> None:
    """Let an entry stand as the answer to its criterion; a note alone answers nothing."""
    found = next((one for one in sheet.answers if one.criterion == given.criterion), None)
    if given.state is None:
        if found is not None:
            session.delete(found)
    else:
        if found is None:
            found = SheetAnswer(home_id=sheet.home_id, sheet_id=sheet.id, criterion=given.criterion)
            session.add(found)
        found.state, found.value, found.note = given.state, _text(given.value), given.note
        found.contradicts = given.contradicts
        found.written_at, found.received_at = entry.written_at, entry.received_at
    session.flush()
    session.expire(sheet, ["answers"])


def _refuse_unfit(sheet: InspectionSheet, edition: Edition, given: Given) -> None:
    asked = (*asked_of(sheet, edition), *optional_of(sheet, edition))
    if given.contradicts:
        _refuse_contradiction(sheet, edition, given)
    elif given.criterion in contradictable_of(sheet, edition) and given.state is None:
        pass  # a note to begin with, before it is said what was found
    elif given.criterion not in asked:
        raise InvalidError(
            f"{PARTS[sheet.part].zh}的评分表不填 {given.criterion}；要填的是：{'、'.join(asked)}。",
            f"The sheet of the {PARTS[sheet.part].en} does not ask {given.criterion}; it asks"
            f" {', '.join(asked)}.",
        )
    if given.state is not None:
        answer = given.as_answer()
        _check(edition, score_sheet(sheet, edition).model_copy(update={"answers": (answer,)}))


def _refuse_contradiction(sheet: InspectionSheet, edition: Edition, given: Given) -> None:
    may = contradictable_of(sheet, edition)
    if given.criterion not in may:
        raise InvalidError(
            f"{PARTS[sheet.part].zh}的评分表不能推翻 {given.criterion}；"
            f"可以推翻的自评和记录：{'、'.join(may) or '（无）'}。",
            f"The sheet of the {PARTS[sheet.part].en} cannot contradict {given.criterion}; it may"
            f" contradict {', '.join(may) or 'nothing'}.",
        )


def _refuse_unasked_fact(sheet: InspectionSheet, edition: Edition, key: str) -> None:
    if key not in asked_facts(sheet, edition):
        raise InvalidError(
            f"{PARTS[sheet.part].zh}的评分表不填 {key}：两位评定员对它没有分歧。",
            f"The sheet of the {PARTS[sheet.part].en} does not ask {key}: the two inspectors do"
            " not differ on it.",
        )


def _check(edition: Edition, sheet: ScoreSheet) -> None:
    # The visit may be later than the edition; that is the inspection's matter, not the answer's.
    dated = sheet.model_copy(update={"on": max(edition.valid_from, sheet.on)})
    if edition.valid_to is not None:
        dated = dated.model_copy(update={"on": min(edition.valid_to, dated.on)})
    if problems := check_sheet(edition, dated):
        raise SheetError(problems)


def content_of_fact(value: Decimal | None, unknown: bool) -> dict[str, str | None]:
    """Return a figure as an entry keeps it; `unknown` is a word of its own, and not a figure."""
    if not unknown:
        return {"value": _text(value)}
    if value is not None:
        raise InvalidError(
            f"填了数值 {value}，就不能同时说“无数据”。",
            f"A figure that is given ({value}) is not unknown.",
        )
    return {"value": None, "state": State.NO_DATA.value}


def _text(value: Decimal | str | None) -> str | None:
    return None if value is None else str(value)
