"""Ratings as they were given; a stored rating never changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rukang.base.database.about import nobody
from rukang.base.database.base import Base, OfHome
from rukang.base.database.types import UtcDateTime


class EditionText(Base):
    """An edition as it stood when a home was rated under it; kept once for each wording."""

    __tablename__ = "edition_text"
    whom = nobody("a document of criteria")

    edition: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class OwnEdition(Base):
    """An edition of this installation, put in force here; it never changes, and ends by a day.

    ``last_on`` is the last day on which homes are rated under it, none while it is not retired;
    its own validity holds besides. What was opened or rated under it before goes on as it was.
    """

    __tablename__ = "own_edition"
    whom = nobody("a document of criteria")

    edition: Mapped[str] = mapped_column(String(40), unique=True)
    edition_text_id: Mapped[int] = mapped_column(ForeignKey("edition_text.id"), index=True)
    put_in_force_at: Mapped[datetime] = mapped_column(UtcDateTime)
    put_in_force_by: Mapped[str] = mapped_column(String(200))
    last_on: Mapped[date | None]
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_by: Mapped[str | None] = mapped_column(String(200))
    retired_why: Mapped[str | None] = mapped_column(String(400))
    text: Mapped[EditionText] = relationship()


class RatingRecord(OfHome, Base):
    """One rating of a home: its edition, its sheet as filled, its result and content hash.

    ``edition_digest`` names the kept wording of its edition (`EditionText.digest`); none where it
    was rated before that was kept, by one that is shipped.
    """

    __tablename__ = "rating"
    whom = nobody("points and star of a home")

    edition: Mapped[str] = mapped_column(String(40))
    rated_on: Mapped[date] = mapped_column(index=True)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    star: Mapped[int | None]
    sheet: Mapped[dict[str, Any]] = mapped_column(JSON)
    result: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    edition_digest: Mapped[str | None] = mapped_column(String(64))
