"""What is late, of whom, where: one query for every course.

The database keeps what due days are counted from (`rukang.casework.Run`), and no due day. Clocks
that count from the same give the same day, so each is counted once under the calendar of the
moment, and the days go along with the query as one parameter: it orders and cuts by them, and a
holiday announced this morning moves every due day at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session, joinedload

from rukang.base.calendar import calendar_of
from rukang.base.definitions import Text
from rukang.base.divisions import leading
from rukang.bodies.homes import Home
from rukang.cases.organs import Organ, organs
from rukang.cases.records import CaseClock, CaseFile
from rukang.cases.shelf import courses
from rukang.casework import Course, Of, Reckoned, Rules, Run, reckon

WHO_IS_LATE = (Of.TERM, Of.PROMISED, Of.OFFER, Of.SUPPLEMENT)
"""Clocks of which somebody is late; of a remedy nobody is."""


@dataclass(frozen=True)
class Late:
    """Something late: in which case, of whom, where, and since when.

    Parameters
    ----------
    title, step_title
        Of the course and its step, in words.
    holder
        Whose it is; none for what an applicant has to do.
    provisional
        The mark that must stand beside the due day, if it rests on a year not arranged yet.
    """

    case_id: int
    course: str
    title: Text
    step: str
    step_title: Text
    of: Of
    holder: str
    holder_title: Text
    place: str
    home: str | None
    home_name: str | None
    due: date
    since: date
    days: int
    escalates: bool
    provisional: Text | None


@dataclass(frozen=True)
class Wanted:
    """Which of what is late: all, or of a course, a holder, or a place by its division code."""

    course: str | None = None
    holder: str | None = None
    region: str = ""

    @property
    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions on clocks joined with their cases."""
        found: list[ColumnElement[bool]] = [CaseClock.of.in_(WHO_IS_LATE)]
        if self.course is not None:
            found.append(CaseFile.course == self.course)
        if self.holder is not None:
            found.append(CaseClock.holder == self.holder)
        if self.region:
            found.append(CaseFile.place.startswith(leading(self.region)))
        return tuple(found)


def late_page(
    session: Session, on: date, wanted: Wanted, limit: int, offset: int = 0
) -> tuple[Sequence[Late], int]:
    """Return a page of what is late on a day, the longest first, and how much there is in all."""
    query, counted = late_query(session, on, wanted)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.execute(query.limit(limit).offset(offset)).all() if total > offset else []
    return [*_told(session, rows, on, counted)], total


def late_query(
    session: Session, on: date, wanted: Wanted
) -> tuple[Select[Any], Mapping[str, Reckoned]]:
    """Return the query of what is late on a day, the longest first, and the runs as counted.

    Its columns are case id, course, edition, place, step, clock (``of``), holder, escalates, run,
    due day (ISO), code and name of the home, and the case's subject.
    """
    counted = _counted(session, on, wanted)
    days = ((run, found.due) for run, found in counted.items())
    late = [(run, due.isoformat()) for run, due in days if due is not None and due < on]
    dues = _table_of(session, late)
    query = (
        select(
            CaseFile.id, CaseFile.course, CaseFile.edition, CaseFile.place, CaseClock.step,
            CaseClock.of, CaseClock.holder, CaseClock.escalates, CaseClock.run, dues.c.due,
            Home.code, Home.name, CaseFile.subject_id,
        )
        .join(CaseClock, CaseClock.case_id == CaseFile.id)
        .join(dues, dues.c.run == CaseClock.run)
        .outerjoin(Home, Home.id == CaseFile.home_id)
        .where(*wanted.conditions)
        .order_by(dues.c.due, CaseFile.id, CaseClock.id)
    )  # fmt: skip
    return query, counted


def untimed_query(wanted: Wanted) -> Select[tuple[CaseFile]]:
    """Return the query of cases with a step of which no term is known, the oldest first."""
    mine = (CaseClock.case_id == CaseFile.id, CaseClock.run.is_(None), *wanted.conditions)
    since = select(func.min(CaseClock.started)).where(*mine).correlate(CaseFile).scalar_subquery()
    return (
        select(CaseFile)
        .options(joinedload(CaseFile.home))
        .where(select(CaseClock.id).where(*mine).correlate(CaseFile).exists())
        .order_by(since, CaseFile.id)
    )


def _counted(session: Session, on: date, wanted: Wanted) -> dict[str, Reckoned]:
    """Count every run that could be late, each once."""
    query = (
        select(CaseClock.run)
        .join(CaseFile, CaseFile.id == CaseClock.case_id)
        .where(CaseClock.run.is_not(None), CaseClock.started <= on, *wanted.conditions)
        .distinct()
    )
    rules = Rules({}, calendar_of(session))
    runs = session.scalars(query)
    return {run: reckon(Run.model_validate_json(run), rules) for run in runs if run is not None}


def _table_of(session: Session, late: Sequence[tuple[str, str]]) -> Any:
    """Return runs and their due days as a table of the query, given as one parameter of JSON."""
    pairs = literal(json.dumps(late), String)
    if session.connection().dialect.name == "postgresql":
        each = func.jsonb_array_elements(cast(pairs, JSONB)).table_valued(column("value", JSONB))
    else:
        each = func.json_each(pairs).table_valued(column("value", String))
    run, due = (each.c.value.op("->>")(literal_column(place)) for place in "01")
    return select(
        type_coerce(run, String).label("run"), type_coerce(due, String).label("due")
    ).subquery("late")


def _told(
    session: Session, rows: Sequence[Any], on: date, counted: Mapping[str, Reckoned]
) -> list[Late]:
    known = courses(session)
    named = organs(session, {row.holder for row in rows if ":" in row.holder})
    return [_late(row, on, counted[row.run], known[row.edition], named) for row in rows]


def _late(row: Any, on: date, found: Reckoned, course: Course, named: Mapping[str, Organ]) -> Late:
    due = date.fromisoformat(row.due)
    holder = named.get(row.holder)
    step = course.steps[row.step]
    return Late(
        case_id=row.id,
        course=row.course,
        title=course.title,
        step=row.step,
        step_title=Text(zh=step.zh, en=step.en),
        of=row.of,
        holder=row.holder,
        holder_title=Text(zh=holder.zh, en=holder.en) if holder else APPLICANT_TITLE,
        place=row.place,
        home=row.code,
        home_name=row.name,
        due=due,
        since=due + timedelta(days=1),
        days=(on - due).days,
        escalates=row.escalates,
        provisional=found.provisional,
    )


APPLICANT_TITLE = Text(zh="申请人", en="applicant")
