"""Wage runs, the steps of their life, their payslips, and corrections of locked months."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from payroll import AllowanceKind
from rukang.database.base import Base, OfHome
from rukang.database.types import UtcDateTime, one_of
from rukang.employment.records import Employment


class RunState(enum.StrEnum):
    """Life of a wage run, in order; from ``LOCKED`` on its figures never change."""

    DRAFT = "draft"
    CALCULATED = "calculated"
    APPROVED = "approved"
    LOCKED = "locked"
    PAID = "paid"
    RECONCILED = "reconciled"
    DECLARED = "declared"

    @property
    def has_payslips(self) -> bool:
        """Whether the run has been calculated."""
        return self is not RunState.DRAFT

    @property
    def is_final(self) -> bool:
        """Whether the run's figures can no longer change."""
        return self in FINAL


FINAL = (RunState.LOCKED, RunState.PAID, RunState.RECONCILED, RunState.DECLARED)
"""States in which inputs and payslips are locked, by the database itself (migration 0003)."""


class PayRun(OfHome, Base):
    """The wages of one home for one month; asking twice gives the same run.

    ``inputs`` are the frozen inputs of the engine in the order of the payslips, ``known_on`` the
    day by whose knowledge of the figures they were computed, ``digest`` fingerprints inputs,
    figures and result.
    """

    __tablename__ = "pay_run"
    __table_args__ = (UniqueConstraint("home_id", "month"),)

    month: Mapped[date] = mapped_column(index=True)
    state: Mapped[RunState] = mapped_column(one_of(RunState))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    known_on: Mapped[date | None]
    inputs: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    digest: Mapped[str | None] = mapped_column(String(64))
    payslips: Mapped[list[PayslipRecord]] = relationship(
        back_populates="run", order_by="PayslipRecord.id"
    )
    steps: Mapped[list[PayStep]] = relationship(back_populates="run", order_by="PayStep.id")


class PayStep(OfHome, Base):
    """One step in a run's life: the state it reached, when, by whom, and why where that is said."""

    __tablename__ = "pay_step"

    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"), index=True)
    state: Mapped[RunState] = mapped_column(one_of(RunState))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(500))
    run: Mapped[PayRun] = relationship(back_populates="steps")


class PayslipRecord(OfHome, Base):
    """One person's pay in a run; totals in fen, ``slip`` the engine's explained lines."""

    __tablename__ = "payslip"
    __table_args__ = (UniqueConstraint("run_id", "employment_id"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"), index=True)
    employment_id: Mapped[int] = mapped_column(ForeignKey("employment.id"), index=True)
    gross_fen: Mapped[int] = mapped_column(BigInteger)
    employee_shares_fen: Mapped[int] = mapped_column(BigInteger)
    tax_fen: Mapped[int] = mapped_column(BigInteger)
    deductions_fen: Mapped[int] = mapped_column(BigInteger)
    net_fen: Mapped[int] = mapped_column(BigInteger)
    employer_cost_fen: Mapped[int] = mapped_column(BigInteger)
    slip: Mapped[dict[str, Any]] = mapped_column(JSON)
    run: Mapped[PayRun] = relationship(back_populates="payslips")
    employment: Mapped[Employment] = relationship(lazy="joined")


class PayCorrection(OfHome, Base):
    """What was wrong in the inputs of a locked month; settled with the next open one.

    ``changes`` are fields of the engine's record (``paid_days``, ``agreed_wage_fen``, ``pieces``)
    with their right values; of several corrections the later one holds.
    """

    __tablename__ = "pay_correction"

    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"), index=True)
    employment_id: Mapped[int] = mapped_column(ForeignKey("employment.id"), index=True)
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(200))


class PayItemKind(enum.StrEnum):
    """What else a month pays, takes or deducts from tax, beside wages, hours and pieces."""

    GENERAL = "一般津贴"
    SHIFT = "中夜班津贴"
    TEMPERATURE = "高温低温津贴"
    HAZARD = "有毒有害津贴"
    WELFARE = "福利费"
    MEAL = "伙食补贴"
    COMMUTING = "交通补贴"
    HOUSING = "住房补贴"
    DEDUCTION = "扣款"
    FUND_OWN = "公积金个人"
    FUND_EMPLOYER = "公积金单位"
    SPECIAL_ADDITIONAL = "专项附加扣除"
    RELIEF_TO_DATE = "累计减免税额"

    @property
    def is_allowance(self) -> bool:
        """Whether it is pay."""
        return self in ALLOWANCES


ALLOWANCES = {
    PayItemKind.GENERAL: AllowanceKind.GENERAL,
    PayItemKind.SHIFT: AllowanceKind.SHIFT,
    PayItemKind.TEMPERATURE: AllowanceKind.TEMPERATURE,
    PayItemKind.HAZARD: AllowanceKind.HAZARD,
    PayItemKind.WELFARE: AllowanceKind.WELFARE,
    PayItemKind.MEAL: AllowanceKind.MEAL,
    PayItemKind.COMMUTING: AllowanceKind.COMMUTING,
    PayItemKind.HOUSING: AllowanceKind.HOUSING,
}
"""What the wage rules call each allowance."""


class PayItem(OfHome, Base):
    """One amount of somebody's month, in fen; ``employer_id`` says whose, where it is not plain.

    ``taxable`` is false for an allowance that the tax law exempts.
    """

    __tablename__ = "pay_item"
    __table_args__ = (UniqueConstraint("resident_id", "month", "employer_id", "kind", "name"),)

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"))
    month: Mapped[date] = mapped_column(index=True)
    kind: Mapped[PayItemKind] = mapped_column(one_of(PayItemKind))
    name: Mapped[str] = mapped_column(String(60))
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    taxable: Mapped[bool]


class PaymentState(enum.StrEnum):
    """What became of a payment through the bank."""

    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"


class Payment(OfHome, Base):
    """A payslip's net pay on its way through the bank; sent again if it failed, never once paid.

    ``message`` is what the bank answered.
    """

    __tablename__ = "payment"

    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"), index=True)
    payslip_id: Mapped[int] = mapped_column(ForeignKey("payslip.id"), unique=True)
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[PaymentState] = mapped_column(one_of(PaymentState))
    message: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    payslip: Mapped[PayslipRecord] = relationship(lazy="joined")
