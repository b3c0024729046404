"""A case as people read it: where it stands, what happened, and how each clock is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from rukang.base.clock import SHANGHAI
from rukang.base.database import context
from rukang.base.definitions import Text
from rukang.bodies.homes import Home
from rukang.cases.late import APPLICANT_TITLE
from rukang.cases.organs import Organ, organs
from rukang.cases.records import CaseFile
from rukang.cases.shelf import courses
from rukang.cases.store import events_of, read_case
from rukang.casework import Clock, CountedDay, Course, Event, Happened, Move, Of, Projection, clocks

CLOCKS = {
    Of.TERM: Text(zh="期限", en="term"),
    Of.PROMISED: Text(zh="承诺期限", en="promised term"),
    Of.OFFER: Text(zh="答复移交", en="answer to an offer"),
    Of.SUPPLEMENT: Text(zh="补正材料", en="papers asked for"),
    Of.REMEDY: Text(zh="救济期限", en="time for a remedy"),
}
"""What a clock is of, in words."""


@dataclass(frozen=True)
class SeenStep:
    """A step that has begun, in words."""

    step: str
    title: Text
    round: int
    state: str
    state_title: Text
    organ: str
    organ_title: Text
    offered_to: Text | None
    assignee: str | None
    entered: date | None
    finished: date | None
    outcome: Text | None
    reason: str | None
    letter: bool


@dataclass(frozen=True)
class SeenClock:
    """A clock in words: its due day, whether it is late, and every day with its number or why."""

    step: str
    title: Text
    of: Of
    of_title: Text
    holder: Text
    started: date
    due: date | None
    late: bool
    stopped: bool
    age: int
    provisional: Text | None
    source: Text | None
    days: tuple[CountedDay, ...]


@dataclass(frozen=True)
class SeenEvent:
    """Something that happened, in words."""

    seq: int
    at: datetime
    on: date
    actor: str
    organ: Text
    kind: str
    kind_title: Text
    step: Text | None
    outcome: Text | None
    reason: str | None
    backdated: str | None
    corrects: int | None


@dataclass(frozen=True)
class SeenCase:
    """A case as people read it."""

    id: int
    course: str
    title: Text
    edition: str
    place: str
    home: str | None
    home_name: str | None
    subject_kind: str | None
    subject_id: int | None
    opened_on: date
    ended_on: date | None
    endings: list[Text]
    steps: list[SeenStep]
    clocks: list[SeenClock]
    timeline: list[SeenEvent]


def cases_query(
    course: str | None = None, home: Home | None = None, *, ended: bool | None = None
) -> Select[tuple[CaseFile]]:
    """Return the query of the cases the session may see, the newest first."""
    query = select(CaseFile).options(joinedload(CaseFile.home))
    if course is not None:
        query = query.where(CaseFile.course == course)
    if home is not None:
        query = query.where(CaseFile.home_id == home.id)
    if ended is not None:
        query = query.where(
            CaseFile.ended_on.is_not(None) if ended else CaseFile.ended_on.is_(None)
        )
    return query.order_by(CaseFile.opened_on.desc(), CaseFile.id)


def titles(session: Session) -> dict[str, Text]:
    """Return what each edition of a course is called."""
    return {name: course.title for name, course in courses(session).items()}


def ending_titles(course: Course, endings: str) -> list[Text]:
    """Return how a case ended, in words, from the names kept with it."""
    names = endings.split(",") if endings else []
    return [course.endings.get(name) or _happened(name) for name in names]


def seen_case(session: Session, file: CaseFile) -> SeenCase:
    """Return a case with its timeline and its clocks explained."""
    now, rules = read_case(session, file)
    events = events_of(session, file)
    on, course = context.today(session), now.course
    running = clocks(now, rules)
    known = organs(session, _names(now, events, running))
    return SeenCase(
        id=file.id,
        course=course.course,
        title=course.title,
        edition=course.id,
        place=file.place,
        home=file.home.code if file.home else None,
        home_name=file.home.name if file.home else None,
        subject_kind=file.subject_kind,
        subject_id=file.subject_id,
        opened_on=now.opened,
        ended_on=file.ended_on,
        endings=ending_titles(course, file.endings),
        steps=[_step(now, name, known) for name in now.steps if now.steps[name].organ],
        clocks=[_clock(one, course, on, known) for one in running],
        timeline=[_event(one, course, known) for one in events],
    )


def move_words(now: Projection, move: Move) -> Text:
    """Return a move as a button says it."""
    step = now.course.steps[move.step]
    outcome = _outcome(now.course, move.step, move.outcome)
    said = outcome or _happened(move.kind.value)
    return Text(zh=f"{step.zh}：{said.zh}", en=f"{step.en}: {said.en}")


def _names(now: Projection, events: list[Event], running: list[Clock]) -> set[str]:
    steps = {str(step.organ) for step in now.steps.values() if step.organ}
    offers = {step.offer.to for step in now.steps.values() if step.offer}
    holders = {clock.holder for clock in running if ":" in clock.holder}
    return steps | offers | holders | {event.organ for event in events}


def _step(now: Projection, name: str, known: dict[str, Organ]) -> SeenStep:
    step, course = now.steps[name], now.course
    return SeenStep(
        step=name,
        title=_title(course, name),
        round=step.round,
        state=step.state.value,
        state_title=Text(zh=step.state.zh, en=step.state.value),
        organ=str(step.organ),
        organ_title=_organ(str(step.organ), known),
        offered_to=_organ(step.offer.to, known) if step.offer else None,
        assignee=step.assignee,
        entered=step.entered,
        finished=step.finished,
        outcome=_outcome(course, name, step.outcome),
        reason=step.reason,
        letter=course.steps[name].letter is not None,
    )


def _clock(one: Clock, course: Course, on: date, known: dict[str, Organ]) -> SeenClock:
    source = course.sources.get(one.term.source) if one.term and one.term.source else None
    return SeenClock(
        step=one.step,
        title=_title(course, one.step),
        of=one.of,
        of_title=CLOCKS[one.of],
        holder=_organ(one.holder, known),
        started=one.started,
        due=one.due,
        late=one.is_late(on),
        stopped=one.stopped,
        age=one.age(on),
        provisional=one.provisional,
        source=Text(zh=source.zh, en=source.en) if source else None,
        days=one.days,
    )


def _event(one: Event, course: Course, known: dict[str, Organ]) -> SeenEvent:
    return SeenEvent(
        seq=one.seq,
        at=one.at.replace(tzinfo=SHANGHAI),  # events are on the clock of the place
        on=one.on,
        actor=one.actor,
        organ=_organ(one.organ, known),
        kind=one.kind.value,
        kind_title=_happened(one.kind.value),
        step=_title(course, one.step) if one.step else None,
        outcome=_outcome(course, one.step, one.outcome) if one.step else None,
        reason=one.reason,
        backdated=one.backdated,
        corrects=one.corrects,
    )


def _title(course: Course, step: str) -> Text:
    """Return what a step is called; one of an earlier edition by its name."""
    found = course.steps.get(step)
    return Text(zh=found.zh, en=found.en) if found else Text(zh=step, en=step)


def _outcome(course: Course, step: str, outcome: str | None) -> Text | None:
    found = course.steps.get(step)
    if outcome is None:
        return None
    if found is None or outcome not in found.results:
        return Text(zh=outcome, en=outcome)
    told = found.result(outcome)
    return Text(zh=told.zh, en=told.en)


def _organ(name: str, known: dict[str, Organ]) -> Text:
    found = known.get(name)
    return Text(zh=found.zh, en=found.en) if found else APPLICANT_TITLE


def _happened(name: str) -> Text:
    kind = next(one for one in Happened if one.value == name)
    return Text(zh=kind.zh, en=name.replace("_", " "))
