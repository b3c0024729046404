"""What happened to the star of a home; events are added, and never rewritten."""

from __future__ import annotations

import enum
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rukang.base.database.about import nobody
from rukang.base.database.base import Base, OfHome
from rukang.base.database.types import ExactDecimal, UtcDateTime, one_of
from rukang.base.definitions import Text
from rukang.bodies.homes import Home
from rukang.stars.ratings.records import RatingRecord

MOST_STARS = 5
"""No scheme on file gives more."""

LONGEST_WORDS = 500
"""Most characters of a public reason."""


class EventKind(enum.StrEnum):
    """Why a star stands as it does."""

    GRANTED = "granted"
    LOWERED = "lowered"
    REMOVED = "removed"
    CORRECTED = "corrected"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _KINDS[self]


_KINDS = {
    EventKind.GRANTED: Text(zh="评定", en="rated"),
    EventKind.LOWERED: Text(zh="降级", en="lowered"),
    EventKind.REMOVED: Text(zh="取消星级", en="removed"),
    EventKind.CORRECTED: Text(zh="更正", en="corrected"),
}


class StarEvent(OfHome, Base):
    """The star a home holds from a day on.

    ``star`` is 0 where none is held. It holds from ``effective_on`` to ``valid_until``, both
    included, unless another event takes over on ``replaced_on``: that column follows from the
    other events and makes the register of any day one plain query. ``words`` are public and name
    no person. ``corrects_id`` is the event whose mistake this one mends.
    """

    __tablename__ = "star_event"
    whom = nobody("public, and names no person")
    __table_args__ = (Index("ix_star_event_held", "effective_on", "replaced_on"),)

    kind: Mapped[EventKind] = mapped_column(one_of(EventKind))
    star: Mapped[int]
    edition: Mapped[str] = mapped_column(String(40))
    effective_on: Mapped[date]
    valid_until: Mapped[date]
    replaced_on: Mapped[date | None]
    revisit_on: Mapped[date | None] = mapped_column(index=True)
    rating_id: Mapped[int | None] = mapped_column(ForeignKey("rating.id"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("star_event.id"))
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    home: Mapped[Home] = relationship(lazy="raise")
    rating: Mapped[RatingRecord | None] = relationship(lazy="raise")


class RatingLoss(OfHome, Base):
    """What a published rating did not earn on one criterion; common failings are counted on these.

    ``lost`` are points; of a criterion without points, 0 where it was not met.
    """

    __tablename__ = "rating_loss"
    whom = nobody("points of a home")
    __table_args__ = (UniqueConstraint("rating_id", "criterion"),)

    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"), index=True)
    edition: Mapped[str] = mapped_column(String(40))
    criterion: Mapped[str] = mapped_column(String(12))
    title_zh: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200))
    lost: Mapped[Decimal] = mapped_column(ExactDecimal)
    points: Mapped[Decimal] = mapped_column(ExactDecimal)
