"""Who employs a resident, and on what terms."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Composite, Mapped, composite, mapped_column, relationship

from rukang.base.clock import overlap
from rukang.base.database.about import nobody, through
from rukang.base.database.base import Base, OfHome, OfPayer, Seen
from rukang.base.database.types import ExactDecimal, one_of
from rukang.base.database.vault import Sealed
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
    whom = nobody("a company and what it pays")

    uscc: Mapped[str] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    county: Mapped[str] = mapped_column(String(6))
    insured_place: Mapped[str] = mapped_column(String(6))
    injury_rate: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    rate_document: Mapped[str] = mapped_column(String(200))
    day_count: Mapped[DayCount] = mapped_column(one_of(DayCount))
    accident_premium_fen: Mapped[int]
    sick_pay_share: Mapped[Decimal | None] = mapped_column(ExactDecimal)

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which an employer is seen: of residents, or as payer."""
        work = Employment.__table__.c
        known = or_(work.home_id.in_(seen.homes), *seen.about(Employment, work))
        employers = select(work.employer_id).where(known)
        return or_(cls.id.in_(employers), cls.id.in_(seen.payers))


class EmploymentKind(enum.StrEnum):
    """Labour contract, part-time work, or an agreement without labour relation."""

    CONTRACT = "劳动合同"
    PART_TIME = "非全日制"
    AGREEMENT = "辅助性就业协议"


class PayBasis(enum.StrEnum):
    """By what a labour contract pays."""

    MONTH = "月薪"
    PIECES = "计件"


class AgreementTax(enum.StrEnum):
    """As what income the payer declares what an agreement pays, by its tax office's word."""

    LABOUR = "劳务报酬"
    WAGES = "工资薪金"
    UNDECIDED = "未定"


class Employment(OfPayer, OfHome, Base):
    """One resident's work for one employer; dates inclusive, money in fen a month.

    ``declared_base_fen`` is last year's average wage (or the agreed wage in a first year), from
    which the contribution base is clamped; ``insured_from`` and ``insured_to`` the first days of
    the first and the last insured month, the last open while insurance goes on.
    Part-time work has an hourly wage in fen and the days of its pay cycle instead of a month's.
    ``pay_basis`` is by what a labour contract pays: one by pieces has no wage by time at all; None
    is by the month, or as its kind of work pays.
    ``pay_day`` is the agreed day of the following month on which a month's wage is due.
    ``first_job`` says that it is the person's first wage of the calendar year in which it began,
    ``first_job_evidence`` how that is known; None means that nobody was asked. ``agreement_tax``
    is the tax category of an agreement's pay; None leaves it to the rule of the place.
    ``fund_base_fen`` with both rates is what the housing fund is reckoned from each month; None
    leaves it to amounts entered by month.
    """

    __tablename__ = "employment"
    whom = through("resident_id")
    __table_args__ = (UniqueConstraint("resident_id", "employer_id", "started_on"),)

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    kind: Mapped[EmploymentKind] = mapped_column(one_of(EmploymentKind))
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    monthly_wage_fen: Mapped[int]
    hourly_wage_fen: Mapped[int | None]
    pay_cycle_days: Mapped[int | None]
    pay_basis: Mapped[PayBasis | None] = mapped_column(one_of(PayBasis))
    pay_day: Mapped[int | None]
    declared_base_fen: Mapped[int]
    insured_from: Mapped[date | None]
    insured_to: Mapped[date | None]
    account_cipher: Mapped[str] = mapped_column(String(300))
    account_lookup: Mapped[str] = mapped_column(String(64), index=True)
    account_masked: Mapped[str] = mapped_column(String(24))
    bank: Mapped[str] = mapped_column(String(60))
    first_job: Mapped[bool | None]
    first_job_evidence: Mapped[str] = mapped_column(String(200), default="")
    agreement_tax: Mapped[AgreementTax | None] = mapped_column(one_of(AgreementTax))
    fund_base_fen: Mapped[int | None]
    fund_own_rate: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    fund_employer_rate: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    resident: Mapped[Resident] = relationship(lazy="joined")
    employer: Mapped[Employer] = relationship(lazy="joined")
    account: Composite[Sealed] = composite(
        Sealed, "account_cipher", "account_lookup", "account_masked"
    )

    @property
    def job(self) -> Job:
        """Return who works for whom, and whether under a labour relation."""
        return (self.resident_id, self.employer_id, self.kind is not EmploymentKind.AGREEMENT)

    @property
    def by_pieces(self) -> bool:
        """Return whether it is a labour contract whose pay is pieces alone."""
        return self.kind is EmploymentKind.CONTRACT and self.pay_basis is PayBasis.PIECES

    def insured_in(self, month: date) -> bool:
        """Return whether a month, by its first day, is an insured one."""
        begun = self.insured_from is not None and self.insured_from <= month
        return begun and (self.insured_to is None or month <= self.insured_to)

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
    whom = through("employment_id")
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
