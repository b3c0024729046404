"""Inspections and what belongs to one: steps, sheets, evidence, objections, mending."""

from __future__ import annotations

import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from rukang.database.base import Base, OfHome
from rukang.database.types import ExactDecimal, UtcDateTime, one_of
from rukang.homes import Home
from rukang.rating import State
from rukang.rating.records import RatingRecord


class Reason(enum.StrEnum):
    """Why an inspection was opened."""

    APPLICATION = "application"
    DUE = "due"
    REVISIT = "revisit"
    REVIEW = "review"

    @property
    def reports_itself(self) -> bool:
        """Whether the home fills a sheet of its own first; a review comes unannounced."""
        return self in {Reason.APPLICATION, Reason.DUE}


class Stage(enum.StrEnum):
    """How far an inspection has come."""

    OPENED = "opened"
    SELF_REPORTED = "self_reported"
    DESK_CHECKED = "desk_checked"
    PLANNED = "planned"
    VISITED = "visited"
    MODERATED = "moderated"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def closed(self) -> bool:
        """Whether nothing more happens to its sheets."""
        return self in {Stage.PUBLISHED, Stage.WITHDRAWN}


class Part(enum.StrEnum):
    """Who a sheet is filled by."""

    SELF = "self"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


class EditionText(Base):
    """An edition as it stood when an inspection was opened under it; kept once for each wording."""

    __tablename__ = "edition_text"

    edition: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class Inspection(OfHome, Base):
    """One inspection of a home, from its opening to the published star.

    ``closed_on`` is empty while it is under way; a home has at most one such, which an index holds.
    ``objections_until`` and ``publish_by`` are working days after the proposal, both included.
    """

    __tablename__ = "inspection"
    __table_args__ = (
        Index(
            "uq_inspection_under_way",
            "home_id",
            unique=True,
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
    )

    reason: Mapped[Reason] = mapped_column(one_of(Reason))
    words: Mapped[str] = mapped_column(String(500))
    stage: Mapped[Stage] = mapped_column(one_of(Stage))
    edition_text_id: Mapped[int] = mapped_column(ForeignKey("edition_text.id"))
    opened_on: Mapped[date]
    due_on: Mapped[date] = mapped_column(index=True)
    visit_on: Mapped[date | None] = mapped_column(index=True)
    proposed_on: Mapped[date | None]
    objections_until: Mapped[date | None]
    publish_by: Mapped[date | None]
    closed_on: Mapped[date | None] = mapped_column(index=True)
    rating_id: Mapped[int | None] = mapped_column(ForeignKey("rating.id"))
    home: Mapped[Home] = relationship()
    edition_text: Mapped[EditionText] = relationship()
    rating: Mapped[RatingRecord | None] = relationship()
    sheets: Mapped[list[InspectionSheet]] = relationship(order_by="InspectionSheet.id")
    steps: Mapped[list[InspectionStep]] = relationship(order_by="InspectionStep.id")
    objections: Mapped[list[Objection]] = relationship(order_by="Objection.id")
    actions: Mapped[list[CorrectiveAction]] = relationship(order_by="CorrectiveAction.id")
    scores: Mapped[list[DoubleScore]] = relationship(order_by="DoubleScore.id")


class InspectionStep(OfHome, Base):
    """One step of an inspection: from which stage to which, when, by whom, and what was said."""

    __tablename__ = "inspection_step"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    before: Mapped[Stage | None] = mapped_column(one_of(Stage))
    after: Mapped[Stage] = mapped_column(one_of(Stage))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(320))
    note: Mapped[str] = mapped_column(String(500))


class InspectionSheet(OfHome, Base):
    """A sheet one person fills; nothing of it counts before it is submitted."""

    __tablename__ = "inspection_sheet"
    __table_args__ = (
        UniqueConstraint("inspection_id", "part"),
        UniqueConstraint("inspection_id", "filled_by"),
    )

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    part: Mapped[Part] = mapped_column(one_of(Part))
    filled_by: Mapped[str] = mapped_column(String(320), index=True)
    name: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, str]] = mapped_column(JSON)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    inspection: Mapped[Inspection] = relationship(back_populates="sheets")
    answers: Mapped[list[SheetAnswer]] = relationship(order_by="SheetAnswer.id")
    evidence: Mapped[list[Evidence]] = relationship(order_by="Evidence.id")


class SheetAnswer(OfHome, Base):
    """What a sheet says of one criterion.

    ``written_at`` is when it was written on the device, ``received_at`` when it arrived: a late
    arrival never replaces what was written after it.
    """

    __tablename__ = "sheet_answer"
    __table_args__ = (UniqueConstraint("sheet_id", "criterion"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("inspection_sheet.id"), index=True)
    criterion: Mapped[str] = mapped_column(String(12))
    state: Mapped[State] = mapped_column(one_of(State))
    value: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(String(1000))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Evidence(OfHome, Base):
    """A photograph or file shown for a criterion: its hash, its type, where and when it was taken.

    It arrives in parts; ``complete_at`` is set once all are there and their hash is the one named.
    ``latitude`` and ``longitude`` are degrees as the device gave them, or empty.
    """

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("sheet_id", "criterion", "sha256"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("inspection_sheet.id"), index=True)
    criterion: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str | None] = mapped_column(String(40))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    latitude: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    longitude: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    announced_at: Mapped[datetime] = mapped_column(UtcDateTime)
    complete_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sheet: Mapped[InspectionSheet] = relationship(back_populates="evidence")


class EvidencePart(OfHome, Base):
    """One part of a file, sealed with the installation's key: faces and rooms are in it."""

    __tablename__ = "evidence_part"
    __table_args__ = (UniqueConstraint("evidence_id", "number"),)

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), index=True)
    number: Mapped[int]
    size: Mapped[int]
    content_cipher: Mapped[bytes] = deferred(mapped_column(LargeBinary))


class DoubleScore(OfHome, Base):
    """The points two inspectors gave a criterion apart; agreement is counted on these.

    Of a criterion without points, 1 stands for met and 0 for not met.
    """

    __tablename__ = "double_score"
    __table_args__ = (Index("ix_double_score_round", "edition", "scored_on"),)

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    edition: Mapped[str] = mapped_column(String(40))
    scored_on: Mapped[date]
    criterion: Mapped[str] = mapped_column(String(12))
    first_by: Mapped[str] = mapped_column(String(60))
    second_by: Mapped[str] = mapped_column(String(60))
    first: Mapped[Decimal] = mapped_column(ExactDecimal)
    second: Mapped[Decimal] = mapped_column(ExactDecimal)


class Objection(OfHome, Base):
    """What a home says against a proposed result, and what was decided.

    ``changes`` are the answers that an upheld objection puts right, by criterion.
    """

    __tablename__ = "objection"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    made_on: Mapped[date]
    by: Mapped[str] = mapped_column(String(320))
    words: Mapped[str] = mapped_column(String(2000))
    upheld: Mapped[bool | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None] = mapped_column(String(320))
    decision: Mapped[str | None] = mapped_column(String(2000))
    changes: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)


class CorrectiveAction(OfHome, Base):
    """What a home has to mend after an inspection, by when, and whether somebody saw it mended."""

    __tablename__ = "corrective_action"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    criterion: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(String(500))
    due_on: Mapped[date] = mapped_column(index=True)
    reported_on: Mapped[date | None]
    reported: Mapped[str | None] = mapped_column(String(500))
    confirmed_on: Mapped[date | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(320))


class Interest(OfHome, Base):
    """Why somebody may not inspect a home: worked there, is related, does business with it.

    Days are inclusive; an open end is still so.
    """

    __tablename__ = "interest"
    __table_args__ = (UniqueConstraint("home_id", "email", "held_from"),)

    email: Mapped[str] = mapped_column(String(320), index=True)
    words: Mapped[str] = mapped_column(String(200))
    held_from: Mapped[date]
    held_to: Mapped[date | None]


class Inspector(Base):
    """Somebody who inspects: what they know, where they set out from, how often they can.

    ``most_days`` are days of visits a week; ``away`` are days (ISO) on which they cannot.
    """

    __tablename__ = "inspector"

    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    region: Mapped[str] = mapped_column(String(6), index=True)
    latitude: Mapped[Decimal] = mapped_column(ExactDecimal)
    longitude: Mapped[Decimal] = mapped_column(ExactDecimal)
    skills: Mapped[list[str]] = mapped_column(JSON)
    most_days: Mapped[int]
    away: Mapped[list[str]] = mapped_column(JSON)


class VisitPlan(Base):
    """A plan of visits as it was solved: the problem, the plan, its cost, bound and gap.

    Homes stand in it by code; whoever may not see one of them does not see the plan.
    """

    __tablename__ = "visit_plan"

    first_on: Mapped[date]
    last_on: Mapped[date]
    seed: Mapped[int]
    problem: Mapped[dict[str, Any]] = mapped_column(JSON)
    plan: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(320))
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("visit_plan.id"))
