"""Ratings as they were given; a stored rating never changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from rukang.database.base import Base, OfHome
from rukang.database.types import UtcDateTime


class RatingRecord(OfHome, Base):
    """One rating of a home: its edition, its sheet as filled, its result and content hash."""

    __tablename__ = "rating"

    edition: Mapped[str] = mapped_column(String(40))
    rated_on: Mapped[date] = mapped_column(index=True)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    star: Mapped[int | None]
    sheet: Mapped[dict[str, Any]] = mapped_column(JSON)
    result: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
