"""The courses a house knows: those shipped here, and its own; a name is looked up, never opened.

A course is kept with its text when a case is first opened under it, and from then on that text
holds, whatever a later version ships: a published edition never changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from sqlalchemy import select
from sqlalchemy.orm import Session

from rostering.sheets.masking import shown
from rukang.base.calendar import calendar_of
from rukang.base.database import context
from rukang.base.database.locking import lock_all
from rukang.base.errors import ConflictError, InvalidError, NotFoundError
from rukang.base.words import words_of
from rukang.cases.records import CourseText
from rukang.casework import Course, CourseError, Rules, edition_on, parse_course, together

KEPT = "course_texts"
"""Where a session remembers the texts it has read."""

_SHELF = files("rukang.cases").joinpath("courses")


@cache
def shipped() -> Mapping[str, str]:
    """Return the texts of the courses shipped with this package, by `Course.id`."""
    texts = [
        one.read_text(encoding="utf-8")
        for one in sorted(_SHELF.iterdir(), key=lambda one: one.name)
        if one.name.endswith(".yaml")
    ]
    return {_parsed(text).id: text for text in texts}


@cache
def run_here() -> frozenset[str]:
    """Return the names (`Step.run`) under which this house's own code ends steps."""
    steps = (step for text in shipped().values() for step in _parsed(text).steps.values())
    return frozenset(step.run for step in steps if step.run is not None)


def texts(session: Session) -> dict[str, str]:
    """Return the text of every course the house knows, by `Course.id`; those kept go first.

    Read once in a transaction: a text that is kept never changes.
    """
    if KEPT not in session.info:
        kept = session.execute(select(CourseText.name, CourseText.content)).tuples()
        session.info[KEPT] = dict(kept.all())
    return {**shipped(), **session.info[KEPT]}


def courses(session: Session) -> dict[str, Course]:
    """Return every course the house knows, by `Course.id`."""
    return {name: _parsed(text) for name, text in texts(session).items()}


def rules_of(session: Session) -> Rules:
    """Return what cases are read by: courses, and the calendar of the moment."""
    return Rules(courses(session), calendar_of(session))


def course_on(session: Session, name: str, place: str, day: date) -> Course:
    """Return the edition of a course under which a case is opened in a place on a day.

    Raises
    ------
    NotFoundError
        If the house knows no such course.
    InvalidError
        If no edition holds there on that day.
    """
    known = courses(session)
    if name not in (names := sorted({one.course for one in known.values()})):
        raise NotFoundError(
            f"没有流程 {shown(name)}（现有：{'、'.join(names)}）。",
            f"There is no course {shown(name)} (there are: {', '.join(names)}).",
        )
    try:
        return edition_on(known, name, place, day)
    except CourseError as error:
        raise InvalidError.of(words_of(error)) from error


def store_text(session: Session, name: str) -> None:
    """Store the text of a course that cases are opened under, once."""
    texts(session)
    query = select(CourseText.id).where(CourseText.name == name)
    if name not in session.info[KEPT]:
        lock_all(session, CourseText)
        if session.scalar(query) is None:
            _add(session, name, shipped()[name])


def add_course(session: Session, text: str) -> Course:
    """Add a course of this house, for whoever runs the installation.

    Raises
    ------
    CourseError
        With every fault; or if an edition of the same place holds on the same days.
    ConflictError
        If there is one of this name and edition: a published edition never changes.
    """
    course = parse_course(text, "流程 / course")
    lock_all(session, CourseText)
    known = courses(session)
    if course.id in known:
        raise ConflictError(
            f"{course.id} 已有，文字不能再改；请换一个 edition。",
            f"There is {course.id} already, and it never changes; give the new text an edition of"
            " its own.",
        )
    together([*known.values(), course])
    _refuse_without_steps(course)
    _add(session, course.id, text)
    return course


def _refuse_without_steps(course: Course) -> None:
    """Refuse an edition of a shipped course that lacks a step which this house's code ends."""
    ours = (one for one in map(_parsed, shipped().values()) if one.course == course.course)
    for name, step in ((name, step) for one in ours for name, step in one.steps.items()):
        there = course.steps.get(name)
        lacks = there is None or there.run != step.run or set(step.results) - set(there.results)
        if step.run is not None and lacks:
            raise InvalidError(
                f"{course.id} 缺少步骤 {name}（run: {step.run}，结果 {'、'.join(step.results)}），"
                "本系统按这些名称登记；请保留它们，其余可改。",
                f"{course.id} lacks the step {name} (run: {step.run}, outcomes"
                f" {', '.join(step.results)}) that this house records under these names; keep them"
                " and change the rest.",
            )


def _add(session: Session, name: str, text: str) -> None:
    session.add(
        CourseText(
            name=name,
            digest=digest_of(text),
            content=text,
            kept_at=context.now(session),
            kept_by=context.actor(session),
        )
    )
    session.flush()
    session.info.pop(KEPT, None)


def digest_of(text: str) -> str:
    """Return the digest by which a text is told from another."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=256)
def _parsed(text: str) -> Course:
    return parse_course(text, "流程 / course")
