"""Inspections and what belongs to one: steps, sheets, evidence, objections, mending."""

from __future__ import annotations

import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    case,
    false,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column, object_session, relationship

from rukang.base.calendar import Calendar, Name, calendar_of
from rukang.base.database.about import nobody
from rukang.base.database.base import Base, Drawn, OfHome, OverseersOnly
from rukang.base.database.types import ExactDecimal, UtcDateTime, one_of
from rukang.bodies.homes import Home
from rukang.engines.rating import Periods, State
from rukang.stars.ratings.records import EditionText, RatingRecord


class Reason(enum.StrEnum):
    """Why an inspection was opened."""

    APPLICATION = "application"
    DUE = "due"
    REVISIT = "revisit"
    REVIEW = "review"

    @property
    def reports_itself(self) -> bool:
        """Whether the home fills a sheet of its own first."""
        return self in {Reason.APPLICATION, Reason.DUE}

    @property
    def unannounced(self) -> bool:
        """Whether the home learns of it only when the visit begins."""
        return self is Reason.REVIEW


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
    """Who a sheet is filled by.

    A sheet that was begun by somebody who was replaced is kept as that of who left: it counts for
    nothing, nobody writes on it, and who replaced them has a sheet of their own.
    """

    SELF = "self"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FIRST_LEFT = "first_left"
    SECOND_LEFT = "second_left"
    THIRD_LEFT = "third_left"

    @property
    def has_left(self) -> bool:
        """Whether who filled it was replaced."""
        return self in LEFT.values()


LEFT = {
    Part.FIRST: Part.FIRST_LEFT,
    Part.SECOND: Part.SECOND_LEFT,
    Part.THIRD: Part.THIRD_LEFT,
}
"""What becomes of the sheet of somebody who had begun and is replaced."""


class Arrival(enum.StrEnum):
    """What became of an entry when it arrived."""

    KEPT = "kept"
    CONFLICT = "conflict"
    LATE = "late"


ANNOUNCED_OPEN = text("closed_on IS NULL AND reason <> 'review'")
REVIEW_OPEN = text("closed_on IS NULL AND reason = 'review'")


class Inspection(Drawn, OverseersOnly, OfHome, Base):
    """One inspection of a home, from its opening to the published star.

    ``closed_on`` is empty while it is under way. Indexes hold that a home has at most one such, and
    one review beside it: were a review in the way of another inspection, the home would learn of
    it. ``begun_at`` is when an inspector first wrote on a sheet: until then the home sees nothing
    of a review. ``words`` are empty for a review; its cause stands apart (:class:`ReviewCause`).
    Its time limits are counted from ``proposed_on`` at every reading, because a year's calendar
    may be arranged after the proposal.
    """

    __tablename__ = "inspection"
    whom = nobody("an inspection of a home")
    __table_args__ = (
        Index(
            "uq_inspection_under_way",
            "home_id",
            unique=True,
            sqlite_where=ANNOUNCED_OPEN,
            postgresql_where=ANNOUNCED_OPEN,
        ),
        Index(
            "uq_inspection_review_under_way",
            "home_id",
            unique=True,
            sqlite_where=REVIEW_OPEN,
            postgresql_where=REVIEW_OPEN,
        ),
    )

    reason: Mapped[Reason] = mapped_column(one_of(Reason))
    words: Mapped[str] = mapped_column(String(500))
    stage: Mapped[Stage] = mapped_column(one_of(Stage))
    edition_text_id: Mapped[int] = mapped_column(ForeignKey("edition_text.id"))
    opened_on: Mapped[date]
    due_on: Mapped[date] = mapped_column(index=True)
    visit_on: Mapped[date | None] = mapped_column(index=True)
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proposed_on: Mapped[date | None]
    closed_on: Mapped[date | None] = mapped_column(index=True)
    rating_id: Mapped[int | None] = mapped_column(ForeignKey("rating.id"))
    home: Mapped[Home] = relationship()
    edition_text: Mapped[EditionText] = relationship()
    rating: Mapped[RatingRecord | None] = relationship()
    sheets: Mapped[list[InspectionSheet]] = relationship(order_by=lambda: _IN_ORDER)
    steps: Mapped[list[InspectionStep]] = relationship(order_by="InspectionStep.id")
    objections: Mapped[list[Objection]] = relationship(order_by="Objection.id")
    actions: Mapped[list[CorrectiveAction]] = relationship(order_by="CorrectiveAction.id")
    scores: Mapped[list[DoubleScore]] = relationship(order_by="DoubleScore.id")

    @property
    def objections_until(self) -> date | None:
        """Return the last day on which the home may object to what is proposed."""
        return self.limits_by(self._calendar)[0]

    @property
    def publish_by(self) -> date | None:
        """Return the last day on which the result should be published."""
        return self.limits_by(self._calendar)[1]

    @property
    def limits_mark(self) -> Name | None:
        """Return the mark that must stand beside both days, if their year is not arranged yet."""
        until = self.publish_by
        if self.proposed_on is None or until is None:
            return None
        return self._calendar.mark([self.proposed_on, until])

    @property
    def limits_provisional(self) -> bool:
        """Return whether both days may still move when the year's notice arrives."""
        return self.limits_mark is not None

    @property
    def _calendar(self) -> Calendar:
        session = object_session(self)
        if session is None:
            raise RuntimeError("The limits of an inspection are counted while its session is open.")
        return calendar_of(session)

    def limits_by(self, calendar: Calendar) -> tuple[date | None, date | None]:
        """Return the last day to object and the last to publish, as a calendar gives them."""
        if self.proposed_on is None:
            return None, None
        periods = Periods.model_validate(self.edition_text.content["periods"])
        until = calendar.workday_after(self.proposed_on, periods.objection_workdays)
        return until, calendar.workday_after(until, periods.publication_workdays)

    @classmethod
    def seen_by_home(cls) -> ColumnElement[bool]:
        """Let a home see a review from the moment its visit begins, and all others at once."""
        return or_(cls.reason != Reason.REVIEW, cls.begun_at.is_not(None))


_inspection = Inspection.__table__.c
_SEEN = select(_inspection.id).where(
    or_(_inspection.reason != Reason.REVIEW, _inspection.begun_at.is_not(None))
)


class ReviewCause(OverseersOnly, OfHome, Base):
    """What caused a review, in words that may be a complainant's: never for the home's eyes."""

    __tablename__ = "review_cause"
    # Of the words, which may be a complainant's, the trail keeps a fingerprint only.
    whom = nobody("about a home; never for the home's eyes", "words")

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), unique=True)
    words: Mapped[str] = mapped_column(String(500))

    @classmethod
    def seen_by_home(cls) -> ColumnElement[bool]:
        """Let no home see any."""
        return false()


class InspectionStep(OverseersOnly, OfHome, Base):
    """One step of an inspection: from which stage to which, when, by whom, and what was said."""

    __tablename__ = "inspection_step"
    whom = nobody("who acted in office, by account")

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    before: Mapped[Stage | None] = mapped_column(one_of(Stage))
    after: Mapped[Stage] = mapped_column(one_of(Stage))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(320))
    note: Mapped[str] = mapped_column(String(500))

    @classmethod
    def seen_by_home(cls) -> ColumnElement[bool]:
        """Let a home see the steps of what it sees."""
        return cls.inspection_id.in_(_SEEN)


class InspectionSheet(Drawn, OverseersOnly, OfHome, Base):
    """A sheet one person fills; nothing of it counts before it is submitted."""

    __tablename__ = "inspection_sheet"
    whom = nobody("about a home, filled by an account in office")
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
    entries: Mapped[list[SheetEntry]] = relationship(order_by="SheetEntry.sequence")
    evidence: Mapped[list[Evidence]] = relationship(order_by="Evidence.id")

    @classmethod
    def seen_by_home(cls) -> ColumnElement[bool]:
        """Let a home see the sheets of what it sees."""
        return cls.inspection_id.in_(_SEEN)


_IN_ORDER: ColumnElement[int] = case(
    {part: number for number, part in enumerate(Part)}, value=InspectionSheet.part
)
"""Sheets in the order of their parts; their ids are drawn."""


class SheetEntry(OfHome, Base):
    """Something written on a sheet, as it arrived; nothing of it is ever changed or left out.

    ``entry`` is the id its device gave it, so that what is sent twice is kept once. ``field`` is a
    criterion, or a figure of the home as ``fact:KEY``. ``sequence`` is the order of arrival, which
    decides; ``base`` is the sequence of what it was written over, 0 for nothing. ``written_at`` is
    the device's clock, for the record only. ``settled_by`` is the entry that chose between this
    conflict and what stood.
    """

    __tablename__ = "sheet_entry"
    whom = nobody("about a home; nobody of it is to be named")
    __table_args__ = (
        UniqueConstraint("sheet_id", "entry"),
        UniqueConstraint("sheet_id", "sequence"),
    )

    sheet_id: Mapped[int] = mapped_column(ForeignKey("inspection_sheet.id"), index=True)
    entry: Mapped[str] = mapped_column(String(36))
    field: Mapped[str] = mapped_column(String(60))
    sequence: Mapped[int]
    base: Mapped[int]
    arrival: Mapped[Arrival] = mapped_column(one_of(Arrival))
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    settled_by: Mapped[str | None] = mapped_column(String(36))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SheetAnswer(OfHome, Base):
    """What a sheet says of one criterion: the entry that stands, as the rating takes it.

    ``contradicts`` says that an inspector found otherwise than the home reports or the records say.
    """

    __tablename__ = "sheet_answer"
    whom = nobody("about a home; nobody of it is to be named")
    __table_args__ = (UniqueConstraint("sheet_id", "criterion"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("inspection_sheet.id"), index=True)
    criterion: Mapped[str] = mapped_column(String(12))
    state: Mapped[State] = mapped_column(one_of(State))
    value: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(String(1000))
    contradicts: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Evidence(OfHome, Base):
    """A photograph or file shown for a criterion: its hash, its type, where and when it was taken.

    It arrives in parts; ``complete_at`` is set once all are there and their hash is the one named.
    ``sha256`` is of what was sent; ``kept_sha256`` and ``size`` are of what is kept, once it has
    arrived. A file without ``kept_sha256`` is kept as it came: it is older than that figure.
    ``latitude`` and ``longitude`` are degrees as the device gave them, or empty.
    """

    __tablename__ = "evidence"
    whom = nobody("about a home; the file itself is sealed")
    __table_args__ = (UniqueConstraint("sheet_id", "criterion", "sha256"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("inspection_sheet.id"), index=True)
    criterion: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str | None] = mapped_column(String(40))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    kept_sha256: Mapped[str | None] = mapped_column(String(64))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    latitude: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    longitude: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    announced_at: Mapped[datetime] = mapped_column(UtcDateTime)
    complete_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sheet: Mapped[InspectionSheet] = relationship(back_populates="evidence")

    @property
    def late(self) -> bool:
        """Whether it came after the sheet was submitted; then it is for the officer to read."""
        submitted = self.sheet.submitted_at
        return submitted is not None and self.announced_at > submitted


class EvidencePart(OfHome, Base):
    """One part of a file, sealed with the installation's key: faces and rooms are in it."""

    __tablename__ = "evidence_part"
    whom = nobody("a part of a sealed file")
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
    whom = nobody("points two inspectors gave in office")
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

    ``changes`` are the answers that an upheld objection puts right, by criterion, ``facts`` the
    figures of the home, null for unknown.
    """

    __tablename__ = "objection"
    whom = nobody("what a home says, by an account in office")

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    made_on: Mapped[date]
    by: Mapped[str] = mapped_column(String(320))
    words: Mapped[str] = mapped_column(String(2000))
    upheld: Mapped[bool | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None] = mapped_column(String(320))
    decision: Mapped[str | None] = mapped_column(String(2000))
    changes: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    facts: Mapped[dict[str, str | None] | None] = mapped_column(JSON)
    inspection: Mapped[Inspection] = relationship(viewonly=True)


class CorrectiveAction(OfHome, Base):
    """What a home has to mend after an inspection, by when, and whether somebody saw it mended."""

    __tablename__ = "corrective_action"
    whom = nobody("what a home has to mend")

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    criterion: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(String(500))
    due_on: Mapped[date] = mapped_column(index=True)
    reported_on: Mapped[date | None]
    reported: Mapped[str | None] = mapped_column(String(500))
    confirmed_on: Mapped[date | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(320))
    inspection: Mapped[Inspection] = relationship(viewonly=True)


class Inspector(Base):
    """Somebody who inspects: what they know, where they set out from, how often they can.

    ``most_days`` are days of visits a week; ``away`` are days (ISO) on which they cannot.
    """

    __tablename__ = "inspector"
    whom = nobody("an inspector in office")

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
    whom = nobody("homes and inspectors in office")

    first_on: Mapped[date]
    last_on: Mapped[date]
    seed: Mapped[int]
    problem: Mapped[dict[str, Any]] = mapped_column(JSON)
    plan: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(320))
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("visit_plan.id"))
