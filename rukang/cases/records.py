"""Cases as stored: their events, which are the truth, and what is read out of them.

Events are only ever added (the database refuses anything else). Steps, clocks and who has a part
are written anew in the transaction of each event, and can be made again from the events alone.
"""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rukang.base.database.about import nobody, through
from rukang.base.database.base import Base, Drawn, Seen
from rukang.base.database.types import UtcDateTime, one_of
from rukang.bodies.homes.records import Home
from rukang.casework import Happened, Of, State

WORDS = 2000
"""Longest reason of an event, in characters."""


class CourseText(Base):
    """An edition of a course as worded when it was first used, or added here; it never changes.

    ``name`` is the course with its edition (``complaint@1``), ``digest`` that of the YAML.
    """

    __tablename__ = "course_text"
    whom = nobody("the text of a procedure")

    name: Mapped[str] = mapped_column(String(121), unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kept_by: Mapped[str] = mapped_column(String(320))


class CaseFile(Drawn, Base):
    """A case: under which course, about which person, in which home and place.

    ``subject_kind`` and ``subject_id`` name the record it was opened for, where there is one.
    ``facts`` were told when it was opened. What stands below is read out of its events: edition,
    days, number of the last event, and the names of its endings with commas between.
    """

    __tablename__ = "case_file"
    whom = through("person_id")
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id"),
        Index("ix_case_file_course_opened_on", "course", "opened_on"),
    )

    course: Mapped[str] = mapped_column(String(60))
    place: Mapped[str] = mapped_column(String(12), index=True)
    home_id: Mapped[int | None] = mapped_column(ForeignKey("home.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    subject_kind: Mapped[str | None] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    edition: Mapped[str] = mapped_column(String(121))
    opened_on: Mapped[date]
    ended_on: Mapped[date | None] = mapped_column(index=True)
    endings: Mapped[str] = mapped_column(String(400), default="")
    seq: Mapped[int] = mapped_column(default=0)

    home: Mapped[Home | None] = relationship()
    events: Mapped[list[CaseEvent]] = relationship(order_by="CaseEvent.seq", viewonly=True)
    steps: Mapped[list[CaseStep]] = relationship(order_by="CaseStep.id", viewonly=True)

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a case is seen: in a place, or by who has a part."""
        return or_(seen.in_place(_located(cls)), cls.id.in_(_of_parts(seen)))


class CaseEvent(Base):
    """One thing that happened to a case; ``data`` are the fields of `rukang.casework.Event`.

    ``words`` are the reasons somebody gave. They alone can be taken away, all at once, when the
    person of the case is erased.
    """

    __tablename__ = "case_event"
    whom = through("case_id")
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    on: Mapped[date]
    actor: Mapped[str] = mapped_column(String(320))
    organ: Mapped[str] = mapped_column(String(120))
    kind: Mapped[Happened] = mapped_column(one_of(Happened))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    words: Mapped[dict[str, Any]] = mapped_column(JSON)

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which an event is seen: with its case."""
        return cls.case_id.in_(_of_cases(seen))


class CaseStep(Base):
    """A step that has begun, in its present round: what it is in, and who is responsible.

    ``offered_to`` is the organ that has yet to accept it; until then it is ``organ``'s.
    """

    __tablename__ = "case_step"
    whom = nobody("read out of events; organs and accounts in office")
    __table_args__ = (
        UniqueConstraint("case_id", "step"),
        Index("ix_case_step_organ_state", "organ", "state"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    step: Mapped[str] = mapped_column(String(60))
    round: Mapped[int]
    state: Mapped[State] = mapped_column(one_of(State))
    organ: Mapped[str | None] = mapped_column(String(120))
    offered_to: Mapped[str | None] = mapped_column(String(120))
    assignee: Mapped[str | None] = mapped_column(String(320))
    entered: Mapped[date | None]
    finished: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(String(60))

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a step is seen: with its case."""
        return cls.case_id.in_(_of_cases(seen))


class CaseClock(Base):
    """A clock that runs: whose it is, and what its due day is counted from.

    No due day is kept: ``run`` (`rukang.casework.Run`) gives it under the calendar of the moment.
    It is empty where no term is known.
    """

    __tablename__ = "case_clock"
    whom = nobody("read out of events; organs in office")

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    step: Mapped[str] = mapped_column(String(60))
    of: Mapped[Of] = mapped_column(one_of(Of))
    holder: Mapped[str] = mapped_column(String(120), index=True)
    started: Mapped[date]
    escalates: Mapped[bool]
    run: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a clock is seen: with its case."""
        return cls.case_id.in_(_of_cases(seen))


class CasePart(Base):
    """An organ that is responsible for a live step, or is offered one, with its home and place."""

    __tablename__ = "case_part"
    whom = nobody("read out of events; organs in office")
    __table_args__ = (UniqueConstraint("case_id", "organ"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    organ: Mapped[str] = mapped_column(String(120))
    home_id: Mapped[int | None] = mapped_column(ForeignKey("home.id"), index=True)
    place: Mapped[str] = mapped_column(String(12), index=True)

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a part is seen: with its case."""
        return cls.case_id.in_(_of_cases(seen))


class Paper(Base):
    """A paper that was handed in once, and stands for every case of the person or home since.

    ``name`` means the same in every course. ``valid_to`` is its last day, none if it has none; one
    that was rejected is not used again.
    """

    __tablename__ = "paper"
    whom = through("person_id")

    name: Mapped[str] = mapped_column(String(60))
    place: Mapped[str] = mapped_column(String(12), index=True)
    home_id: Mapped[int | None] = mapped_column(ForeignKey("home.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    received_on: Mapped[date]
    valid_to: Mapped[date | None]
    rejected_on: Mapped[date | None]

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a paper is seen: in a place."""
        return seen.in_place(_located(cls))


class CasePaper(Base):
    """Which paper a case uses under a name of its course."""

    __tablename__ = "case_paper"
    whom = nobody("which paper a case uses")
    __table_args__ = (UniqueConstraint("case_id", "name"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    name: Mapped[str] = mapped_column(String(60))
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which it is seen: with its case."""
        return cls.case_id.in_(_of_cases(seen))


PROJECTED = (CaseStep, CaseClock, CasePart)
"""Tables that can be made again from the events alone."""


def _located(record: Any) -> Any:
    """Return a record as its home and place, as the scope asks for them."""
    return SimpleNamespace(id=record.home_id, county=record.place)


def _of_parts(seen: Seen) -> Any:
    part = CasePart.__table__.c
    return select(part.case_id).where(seen.in_place(_located(part)))


def _of_cases(seen: Seen) -> Any:
    case = CaseFile.__table__.c
    return select(case.id).where(or_(seen.in_place(_located(case)), case.id.in_(_of_parts(seen))))
