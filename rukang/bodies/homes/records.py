"""The register of homes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import JSON, ColumnElement, String
from sqlalchemy.orm import Mapped, mapped_column

from rukang.base.database.about import nobody
from rukang.base.database.base import Base, Seen
from rukang.base.database.types import ExactDecimal


class Home(Base):
    """One Rukang Home (如康家园): where it is, who answers for it, what it offers.

    ``county`` is the six-digit division code, ``opening_days`` ISO weekdays (1 is Monday),
    ``floor_area`` whole square metres, ``uscc`` the unified social credit code of the legal person.
    ``rest_minutes`` is the home's own least rest between two shifts (no law sets one), and
    ``leave_from_midnight`` whether no night may run into a day of leave. Latitude and
    longitude are degrees (WGS 84); planning visits needs them, nothing else does.
    """

    __tablename__ = "home"
    whom = nobody("a home and what it offers")

    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    county: Mapped[str] = mapped_column(String(6), index=True)
    address: Mapped[str] = mapped_column(String(200))
    legal_person: Mapped[str] = mapped_column(String(100))
    uscc: Mapped[str] = mapped_column(String(18))
    capacity: Mapped[int]
    floor_area: Mapped[int]
    opened_on: Mapped[date]
    opening_days: Mapped[list[int]] = mapped_column(JSON)
    rest_minutes: Mapped[int]
    leave_from_midnight: Mapped[bool] = mapped_column(default=True)
    services: Mapped[list[str]] = mapped_column(JSON)
    latitude: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    longitude: Mapped[Decimal | None] = mapped_column(ExactDecimal)

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a home is seen: in a place that is, or by its id."""
        return seen.in_place(cls)
