"""Who employs a resident, and on what terms."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Composite, Mapped, composite, mapped_column, relationship

from rukang.clock import overlap
from rukang.database.base import Base, OfHome
from rukang.database.types import ExactDecimal, one_of
from rukang.database.vault import Sealed
from rukang.people.records import Resident


class DayCount(enum.StrEnum):
    """How an employer prices a part of a month."""

    PAID_DAYS = "21.75"
    SCHEDULED = "应出勤天数"


class Employer(Base):
    """A company (or the home itself) that pays residents, with the figures only it can know.

    ``injury_rate`` is the work-injury rate of the employer's own notice, ``insured_place`` the
    division in which it pays the insurances, ``rate_document`` where its rate is written.
    ``sick_pay_share`` is what it pays of the wage in sick leave; None is all of it.
    """

    __tablename__ = "employer"

    uscc: Mapped[str] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    county: Mapped[str] = mapped_column(String(6))
    insured_place: Mapped[str] = mapped_column(String(6))
    injury_rate: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    rate_document: Mapped[str] = mapped_column(String(200))
    day_count: Mapped[DayCount] = mapped_column(one_of(DayCount))
    accident_premium_fen: Mapped[int]
    sick_pay_share: Mapped[Decimal | None] = mapped_column(ExactDecimal)


class EmploymentKind(enum.StrEnum):
    """Labour contract, part-time work, or an agreement without labour relation."""

    CONTRACT = "劳动合同"
    PART_TIME = "非全日制"
    AGREEMENT = "辅助性就业协议"


class Employment(OfHome, Base):
    """One resident's work for one employer; dates inclusive, money in fen a month.

    ``declared_base_fen`` is last year's average wage (or the agreed wage in a first year), from
    which the contribution base is clamped; ``insured_from`` the first insured month's first day.
    Part-time work has an hourly wage in fen and the days of its pay cycle instead of a month's.
    ``pay_day`` is the agreed day of the following month on which a month's wage is due.
    """

    __tablename__ = "employment"
    __table_args__ = (UniqueConstraint("resident_id", "employer_id", "started_on"),)

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    kind: Mapped[EmploymentKind] = mapped_column(one_of(EmploymentKind))
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    monthly_wage_fen: Mapped[int]
    hourly_wage_fen: Mapped[int | None]
    pay_cycle_days: Mapped[int | None]
    pay_day: Mapped[int | None]
    declared_base_fen: Mapped[int]
    insured_from: Mapped[date | None]
    account_cipher: Mapped[str] = mapped_column(String(300))
    account_lookup: Mapped[str] = mapped_column(String(64), index=True)
    account_masked: Mapped[str] = mapped_column(String(24))
    bank: Mapped[str] = mapped_column(String(60))
    resident: Mapped[Resident] = relationship(lazy="joined")
    employer: Mapped[Employer] = relationship(lazy="joined")
    account: Composite[Sealed] = composite(
        Sealed, "account_cipher", "account_lookup", "account_masked"
    )

    @property
    def job(self) -> Job:
        """Return who works for whom, and whether under a labour relation."""
        return (self.resident_id, self.employer_id, self.kind is not EmploymentKind.AGREEMENT)

    def held(self, first: date, last: date) -> bool:
        """Return whether these terms held on some day of a span, ends included."""
        return overlap(self.started_on, self.ended_on, first, last)


Job = tuple[int, int, bool]
"""A resident's work for an employer; it goes on where other terms begin as another record."""


class TaxToDate(OfHome, Base):
    """What this employer paid and withheld from January up to and including ``through``.

    The starting point of cumulative withholding; amounts in fen. ``full_last_year`` says
    that the same employer withheld in all twelve months of last year and the income was at most
    60 000 yuan.

    References
    ----------
    国家税务总局公告2018年第61号 (cumulative withholding);
    国家税务总局公告2020年第19号 (60 000 yuan).
    """

    __tablename__ = "tax_to_date"
    __table_args__ = (UniqueConstraint("employment_id", "through"),)

    employment_id: Mapped[int] = mapped_column(ForeignKey("employment.id"), index=True)
    through: Mapped[date]
    months: Mapped[int]
    income_fen: Mapped[int]
    insurance_fen: Mapped[int]
    special_additional_fen: Mapped[int]
    tax_fen: Mapped[int]
    full_last_year: Mapped[bool]
    employment: Mapped[Employment] = relationship(lazy="joined")
