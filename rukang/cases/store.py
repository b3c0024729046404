"""Cases opened and told on: an event and what is read out of it, in one transaction.

Everything about a case goes through `tell`. It holds the case, replays its events with the new
ones, and stores them with steps, clocks and parts as they then are; what cannot have happened is
refused, and nothing is stored. Who may act is asked where people act (`rukang.cases.acting`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from pydantic import ValidationError
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from rukang.base.clock import SHANGHAI, in_shanghai
from rukang.base.database import context
from rukang.base.database.find import find
from rukang.base.errors import InvalidError
from rukang.base.words import Text, words_of
from rukang.bodies.homes import Home
from rukang.cases.organs import organs
from rukang.cases.projecting import project
from rukang.cases.records import CaseEvent, CaseFile, CasePaper, Paper
from rukang.cases.shelf import course_on, rules_of, store_text
from rukang.casework import Event, Happened, Projection, Rules, corrected, replay

H = Happened

WORDED = ("reason", "backdated")
"""Fields of an event that people write in their own words."""

BESIDE = frozenset({H.CORRECTED, H.NOTED, H.ASSIGNED, H.RELEASED})
"""What happens to a case beside what the record of it tells."""

FOLLOWED = "按记录更正 as the record was corrected"
"""Why an event is corrected where the record it tells of was."""

GONE = "已删除 erased"
"""Stands where the words of an event were erased with the person of its case."""

ERASED: Mapping[str, Any] = {"erased": True}
"""What the words of an event become when the person of its case is erased."""


@dataclass(frozen=True)
class Told:
    """An event to be told.

    Parameters
    ----------
    kind, organ
        What happened, and the organ that acted.
    on
        The legal day; today if not given.
    given
        The other fields of `rukang.casework.Event`.
    """

    kind: Happened
    organ: str
    on: date | None = None
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Opening:
    """A case to be opened.

    Parameters
    ----------
    course, place
        Name of the course, and the division code that chooses its edition and who sees the case.
    organ, organs
        The organ that opens it; role → organ, as far as known.
    home, person_id
        Whom it is about, as far as it is about one.
    on, backdated
        The legal day, today if not given; why so late where that is more than a workday ago.
    subject
        The record it is opened for: its table and id.
    papers
        Names of papers handed in with it.
    facts
        What was told besides.
    """

    course: str
    place: str
    organ: str
    organs: Mapping[str, str] = field(default_factory=dict)
    home: Home | None = None
    person_id: int | None = None
    on: date | None = None
    backdated: str | None = None
    subject: tuple[str, int] | None = None
    papers: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def open_case(session: Session, opening: Opening, *further: Told) -> CaseFile:
    """Open a case under the edition of its day, with papers handed in and those there already.

    Parameters
    ----------
    further
        What is known to have happened since.

    Raises
    ------
    NotFoundError
        If the house knows no such course.
    InvalidError
        If no edition of it holds there on that day.
    ConflictError
        If what is told cannot have happened.
    """
    on = opening.on or context.today(session)
    course = course_on(session, opening.course, opening.place, on)
    store_text(session, course.id)
    kind, subject_id = opening.subject or (None, None)
    file = CaseFile(
        course=course.course,
        place=opening.place,
        home_id=opening.home.id if opening.home else None,
        person_id=opening.person_id,
        subject_kind=kind,
        subject_id=subject_id,
        facts=dict(opening.facts),
        edition=course.id,
        opened_on=on,
    )
    session.add(file)
    session.flush()
    late = {"backdated": opening.backdated} if opening.backdated else {}
    opened = {"course": course.id, "organs": dict(opening.organs), **late}
    told = [Told(H.OPENED, opening.organ, on, opened)]
    shared = {paper.name: paper for paper in _shared(session, file, course.papers, on)}
    if papers := tuple(dict.fromkeys((*opening.papers, *shared))):
        told.append(Told(H.PAPER_ADDED, opening.organ, on, {"papers": papers, **late}))
    new = {name: paper for name, paper in shared.items() if name not in opening.papers}
    tell(session, file, *told, *further, papers=new)
    return file


def tell(
    session: Session,
    file: CaseFile,
    *told: Told,
    papers: Mapping[str, Paper] | None = None,
    valid_to: date | None = None,
) -> Projection:
    """Add events to a case, with what is read out of them; return where it then stands.

    Parameters
    ----------
    papers
        Papers that are there already, for names among those added.
    valid_to
        Last day of the papers that are added.

    Raises
    ------
    RefusedError
        If one cannot have happened; nothing is stored then.
    InvalidError
        If one lacks what its kind needs.
    """
    lock_case(session, file)
    events = events_of(session, file)
    new = _numbered(session, events, told)
    organs(session, {name for event in new for name in _named(event)})
    rules = rules_of(session)
    now = replay([*events, *new], rules)
    for event in new:
        session.add(record_of(file, event))
        _store_papers(session, file, event, papers or {}, valid_to)
    session.flush()
    project(session, file, now, rules)
    return now


def follow(session: Session, file: CaseFile, wanted: Sequence[Told]) -> None:
    """Make a case read as a record does that people may change: what differs is corrected.

    Parameters
    ----------
    wanted
        All that happened by the record, the opening first.

    Raises
    ------
    RefusedError
        If it cannot have happened so.
    """
    there = [one for one in corrected(events_of(session, file)) if one.kind not in BESIDE]
    told = [
        _correction(wrong, right)
        for wrong, right in zip_longest(there, wanted)
        if wrong is not None and not _says(wrong, right)
    ]
    told += wanted[len(there) :]
    if told:
        tell(session, file, *told)


def _says(event: Event, told: Told | None) -> bool:
    """Return whether an event says what is told."""
    if told is None or (event.kind, event.on) != (told.kind, told.on):
        return False
    return event.outcome == told.given.get("outcome")


def _correction(wrong: Event, right: Told | None) -> Told:
    """Return the correction of an event; without what is right it never happened."""
    given: dict[str, Any] = {"corrects": wrong.seq, "reason": FOLLOWED}
    if right is not None:
        given["right"] = {
            "actor": wrong.actor,
            "backdated": FOLLOWED,
            **right.given,
            "seq": wrong.seq,
            "at": wrong.at,
            "on": right.on,
            "organ": right.organ,
            "kind": right.kind,
        }
    return Told(H.CORRECTED, wrong.organ, given=given)


def read_case(session: Session, file: CaseFile) -> tuple[Projection, Rules]:
    """Return where a case stands by its events, and what it was read by."""
    rules = rules_of(session)
    return replay(events_of(session, file), rules), rules


def find_case(session: Session, case_id: int) -> CaseFile:
    """Return a case.

    Raises
    ------
    NotFoundError
        If there is none that the session may see.
    """
    return find(session, CaseFile, case_id, "案件", "case")


def case_of(session: Session, kind: str, subject_id: int) -> CaseFile | None:
    """Return the case that was opened for a record, if there is one."""
    query = select(CaseFile).where(CaseFile.subject_kind == kind, CaseFile.subject_id == subject_id)
    return session.scalar(query)


def lock_case(session: Session, file: CaseFile) -> None:
    """Keep a case from changing under this transaction: who else tells of it waits."""
    table = CaseFile.__table__
    # Past the session on purpose: nothing changes, so there is nothing for the audit trail.
    session.connection().execute(
        update(table).where(table.c.id == file.id).values(seq=table.c.seq)  # type: ignore[arg-type]
    )
    session.refresh(file, ["seq"])


def events_of(session: Session, file: CaseFile) -> list[Event]:
    """Return the events of a case, by number."""
    query = select(CaseEvent).where(CaseEvent.case_id == file.id).order_by(CaseEvent.seq)
    return [event_of(record) for record in session.scalars(query)]


def event_of(record: CaseEvent) -> Event:
    """Return a stored event as a value."""
    return Event.model_validate(
        {
            **_with_words(record.data, record.words),
            "seq": record.seq,
            "at": moment_of(record.at),
            "on": record.on,
            "actor": record.actor,
            "organ": record.organ,
            "kind": record.kind,
        }
    )


def record_of(file: CaseFile, event: Event) -> CaseEvent:
    """Return an event as it is stored: what people wrote in their own words apart."""
    given = event.model_dump(mode="json", exclude_defaults=True)
    for name in ("seq", "at", "on", "actor", "organ", "kind"):
        given.pop(name, None)
    said = {"self": _taken(given), "right": _taken(given.get("right", {}))}
    words = {of: written for of, written in said.items() if written}
    worded = {of: sorted(written) for of, written in words.items()}
    return CaseEvent(
        case_id=file.id,
        seq=event.seq,
        at=event.at.replace(tzinfo=SHANGHAI),
        on=event.on,
        actor=event.actor,
        organ=event.organ,
        kind=event.kind,
        data={**given, **({"worded": worded} if worded else {})},
        words=words,
    )


def _taken(given: dict[str, Any]) -> dict[str, str]:
    return {name: given.pop(name) for name in WORDED if name in given}


def moment_of(at: datetime) -> datetime:
    """Return a moment on the clock of the place, as events have it."""
    return in_shanghai(at).replace(tzinfo=None)


def _with_words(data: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an event with its words, or with `GONE` where they were erased."""
    worded = data.get("worded", {})
    written = words if words != ERASED else {of: dict.fromkeys(worded[of], GONE) for of in worded}
    given = {name: value for name, value in data.items() if name != "worded"}
    if "right" in given:
        given["right"] = {**given["right"], **written.get("right", {})}
    return {**given, **written.get("self", {})}


def _numbered(session: Session, events: Sequence[Event], told: Iterable[Told]) -> list[Event]:
    at = moment_of(context.now(session))
    if events:
        at = max(at, events[-1].at)  # machines whose clocks differ by a little
    return [_event(session, one, len(events) + number, at) for number, one in enumerate(told, 1)]


def _named(event: Event) -> Iterator[str]:
    """Yield the organs that an event names; for one that moved away, ``to`` is a place."""
    yield from (event.organ, *event.organs.values())
    if event.to is not None and event.kind is not H.MOVED:
        yield event.to


def _event(session: Session, told: Told, seq: int, at: datetime) -> Event:
    given = {name: value for name, value in told.given.items() if value not in (None, "", ())}
    try:
        return Event.model_validate(
            {
                "actor": context.actor(session),
                **given,
                "seq": seq,
                "at": at,
                "on": told.on or at.date(),
                "organ": told.organ,
                "kind": told.kind,
            }
        )
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"])) or told.kind.value
        words = words_of(error)
        if fault["type"] == "extra_forbidden":
            words = Text(zh="没有这一项，请删去", en="there is no such field, remove it")
        raise InvalidError(
            f"“{told.kind.zh}”不完整（{where}）：{words.zh}。",
            f"{told.kind} ({where}): {words.en}.",
        ) from error


def _shared(session: Session, file: CaseFile, wanted: Iterable[str], on: date) -> Sequence[Paper]:
    """Return the papers of the person or home that are there already and hold on a day."""
    if file.person_id is not None:
        theirs = Paper.person_id == file.person_id
    elif file.home_id is not None:
        theirs = (Paper.home_id == file.home_id) & Paper.person_id.is_(None)
    else:
        return ()
    query = select(Paper).where(
        theirs,
        Paper.name.in_(list(wanted)),
        Paper.received_on <= on,
        Paper.rejected_on.is_(None),
        or_(Paper.valid_to.is_(None), Paper.valid_to >= on),
    )
    return session.scalars(query.order_by(Paper.received_on, Paper.id)).all()


def _store_papers(
    session: Session,
    file: CaseFile,
    event: Event,
    known: Mapping[str, Paper],
    valid_to: date | None,
) -> None:
    """Note which paper a case uses, a new one or one that is there; or that it is rejected."""
    if event.kind not in {H.PAPER_ADDED, H.PAPER_REJECTED}:
        return
    query = select(CasePaper).where(CasePaper.case_id == file.id, CasePaper.name.in_(event.papers))
    used = {one.name: one for one in session.scalars(query)}
    for name in event.papers:
        if event.kind is H.PAPER_REJECTED:
            if name in used:
                session.get_one(Paper, used[name].paper_id).rejected_on = event.on
            continue
        paper = known.get(name) or _new_paper(session, file, name, event.on, valid_to)
        if name in used:
            used[name].paper_id = paper.id
        else:
            session.add(CasePaper(case_id=file.id, name=name, paper_id=paper.id))


def _new_paper(
    session: Session, file: CaseFile, name: str, on: date, valid_to: date | None
) -> Paper:
    paper = Paper(
        name=name,
        place=file.place,
        home_id=file.home_id,
        person_id=file.person_id,
        received_on=on,
        valid_to=valid_to,
        rejected_on=None,
    )
    session.add(paper)
    session.flush()
    return paper
