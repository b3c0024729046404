"""Wage runs and their payslips."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rukang.database.base import Base, OfHome
from rukang.database.types import UtcDateTime, one_of
from rukang.employment.records import Employment


class RunState(enum.StrEnum):
    """Life of a wage run as far as this version carries it."""

    REQUESTED = "requested"
    CALCULATED = "calculated"


class PayRun(OfHome, Base):
    """The wages of one home for one month; asking twice gives the same run.

    ``inputs`` are the frozen inputs of the engine, ``digest`` fingerprints inputs and result.
    """

    __tablename__ = "pay_run"
    __table_args__ = (UniqueConstraint("home_id", "month"),)

    month: Mapped[date] = mapped_column(index=True)
    state: Mapped[RunState] = mapped_column(one_of(RunState))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    inputs: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    digest: Mapped[str | None] = mapped_column(String(64))
    payslips: Mapped[list[PayslipRecord]] = relationship(
        back_populates="run", order_by="PayslipRecord.id"
    )


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
