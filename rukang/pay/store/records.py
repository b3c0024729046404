"""Wage runs, the steps of their life, their payslips, and corrections of locked months."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from payroll import AllowanceKind
from payroll.worker import BONUSES
from rukang.base.database.about import nobody, through
from rukang.base.database.base import Base, Drawn, OfHome
from rukang.base.database.types import UtcDateTime, one_of
from rukang.bodies.homes.records import Home
from rukang.care.attendance.records import PAYER
from rukang.forms import Field, column
from rukang.forms.workbooks.written import NOT, YUAN
from rukang.people.named import RESIDENT_CODE
from rukang.work.employment.records import Employer, Employment


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
    figures and result as ``digest_version`` says (`payroll.payslips.fingerprint`; a run calculated
    by an older version names none, and its digest fits one alone). They hold no names
    (``nameless``), so that the digest verifies when a person is erased; only a run calculated by
    an older version holds them until it is opened. ``waiting`` is by how much pay of earlier months
    that is to be given back, and that no wage of this month can bear, grew or shrank with it:
    employment, month, line, fen. It goes into the ledgers when the run is locked.
    """

    __tablename__ = "pay_run"
    whom = nobody("many at once: what is one person's stands in the payslip", "inputs")
    __table_args__ = (UniqueConstraint("home_id", "month"),)

    month: Mapped[date] = mapped_column(index=True)
    state: Mapped[RunState] = mapped_column(one_of(RunState))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    known_on: Mapped[date | None]
    inputs: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    digest: Mapped[str | None] = mapped_column(String(64))
    digest_version: Mapped[int | None]
    nameless: Mapped[bool] = mapped_column(default=True)
    waiting: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    payslips: Mapped[list[PayslipRecord]] = relationship(
        back_populates="run", order_by="PayslipRecord.id"
    )
    missing: Mapped[list[PayMissing]] = relationship(back_populates="run", order_by="PayMissing.id")
    steps: Mapped[list[PayStep]] = relationship(back_populates="run", order_by="PayStep.id")


class PayStep(OfHome, Base):
    """One step in a run's life: the state it reached, when, by whom, and why where that is said."""

    __tablename__ = "pay_step"
    whom = nobody("who acted in office, by account")

    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"), index=True)
    state: Mapped[RunState] = mapped_column(one_of(RunState))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(500))
    run: Mapped[PayRun] = relationship(back_populates="steps")


class PayslipRecord(OfHome, Base):
    """One person's pay in a run; totals in fen, ``slip`` the engine's explained lines."""

    __tablename__ = "payslip"
    whom = through("employment_id")
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
    home: Mapped[Home] = relationship(viewonly=True)
    parts: Mapped[list[PartPayment]] = relationship(order_by="PartPayment.first", lazy="selectin")

    @property
    def paid_in_parts_fen(self) -> int:
        """Return what of the month's pay was settled before it was over."""
        return sum(part.amount_fen for part in self.parts)

    @property
    def due_fen(self) -> int:
        """Return what is paid with the month itself: its net less what was settled in parts."""
        return max(self.net_fen - self.paid_in_parts_fen, 0)

    @property
    def overpaid_fen(self) -> int:
        """Return by how much the parts exceed the month's net; the worker owes it."""
        return max(self.paid_in_parts_fen - self.net_fen, 0)

    @property
    def advance_fen(self) -> int:
        """Return what the employer advances: what shares, tax and deductions exceed gross by."""
        kept = self.employee_shares_fen + self.tax_fen + self.deductions_fen
        return self.net_fen - (self.gross_fen - kept)


class PayMissing(OfHome, Base):
    """Somebody of the month who is not in its run, and why.

    ``reasons`` are what stops the calculation, in Chinese and English, without names. ``left_out``
    is the reason for which the person is expressly left out, by whom and when; until then the run
    cannot be locked.
    """

    __tablename__ = "pay_missing"
    whom = through("employment_id")
    __table_args__ = (UniqueConstraint("run_id", "employment_id"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"), index=True)
    employment_id: Mapped[int] = mapped_column(ForeignKey("employment.id"), index=True)
    reasons: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    left_out: Mapped[str | None] = mapped_column(String(500))
    by: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    run: Mapped[PayRun] = relationship(back_populates="missing")
    employment: Mapped[Employment] = relationship(lazy="joined")


class EntryKind(enum.StrEnum):
    """What an entry in the ledger of what somebody owes an employer is."""

    ADVANCE = "advance"
    OVERPAID = "overpaid"
    CONSENT = "consent"
    RECOVERY = "recovery"
    SETTLEMENT = "settlement"
    PAYMENT = "payment"
    WAIVER = "waiver"
    WITHHELD = "withheld"


class ReceivableEntry(OfHome, Base):
    """One entry of what somebody owes an employer; never changed.

    ``day`` is the first of the month of an advance or recovery, or that of a consent, payment or
    waiver; ``run_id`` the run that made it. ``of_month`` and ``line`` are the locked month and its
    line of which too much was paid, where an entry is of that alone; less than nil is taken back
    where the month turns out right. A waiver counts once a second person has confirmed it.
    """

    __tablename__ = "receivable_entry"
    whom = through("employment_id")

    employment_id: Mapped[int] = mapped_column(ForeignKey("employment.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("pay_run.id"), index=True)
    kind: Mapped[EntryKind] = mapped_column(one_of(EntryKind))
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date]
    of_month: Mapped[date | None]
    line: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(200))
    confirmed_by: Mapped[str | None] = mapped_column(String(200))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    employment: Mapped[Employment] = relationship(lazy="joined")

    @property
    def is_pending(self) -> bool:
        """Whether it is a waiver that nobody has confirmed yet."""
        return self.kind is EntryKind.WAIVER and self.confirmed_by is None

    @property
    def lot(self) -> tuple[date, str]:
        """Return the month it is of and the line of it, no line for an advance."""
        return self.of_month or self.day, self.line or ""

    @property
    def is_by_arrears(self) -> bool:
        """Whether a wage gave back what it is of among its arrears of earlier months."""
        return bool(self.line) and self.kind in (EntryKind.RECOVERY, EntryKind.SETTLEMENT)


class PayCorrection(OfHome, Base):
    """What was wrong in the inputs of a locked month; settled with the next open one.

    ``changes`` are fields of the engine's record (``paid_days``, ``agreed_wage_fen``, ``pieces``)
    with their right values; of several corrections the later one holds.
    """

    __tablename__ = "pay_correction"
    whom = through("employment_id")

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
    BONUS = "奖金"
    ANNUAL_BONUS = "全年奖金并入工资"
    ANNUAL_BONUS_APART = "全年奖金单独计税"
    DEDUCTION = "扣款"
    FUND_OWN = "公积金个人"
    FUND_EMPLOYER = "公积金单位"
    SPECIAL_ADDITIONAL = "专项附加扣除"
    RELIEF_TO_DATE = "累计减免税额"

    @property
    def is_allowance(self) -> bool:
        """Whether it is pay."""
        return self in ALLOWANCES

    @property
    def is_bonus(self) -> bool:
        """Whether it is a bonus, taxed in one way or another."""
        return ALLOWANCES.get(self) in BONUSES


ALLOWANCES = {
    PayItemKind.GENERAL: AllowanceKind.GENERAL,
    PayItemKind.SHIFT: AllowanceKind.SHIFT,
    PayItemKind.TEMPERATURE: AllowanceKind.TEMPERATURE,
    PayItemKind.HAZARD: AllowanceKind.HAZARD,
    PayItemKind.WELFARE: AllowanceKind.WELFARE,
    PayItemKind.MEAL: AllowanceKind.MEAL,
    PayItemKind.COMMUTING: AllowanceKind.COMMUTING,
    PayItemKind.HOUSING: AllowanceKind.HOUSING,
    PayItemKind.BONUS: AllowanceKind.BONUS,
    PayItemKind.ANNUAL_BONUS: AllowanceKind.ANNUAL_BONUS,
    PayItemKind.ANNUAL_BONUS_APART: AllowanceKind.ANNUAL_BONUS_APART,
}
"""What the wage rules call each allowance."""


class PayItem(OfHome, Base):
    """One amount of somebody's month, in fen; ``employer_id`` says whose, where it is not plain.

    ``taxable`` is false for an allowance that the tax law exempts.
    """

    __tablename__ = "pay_item"
    whom = through("resident_id")
    __table_args__ = (UniqueConstraint("resident_id", "month", "employer_id", "kind", "name"),)

    resident_id: Mapped[int] = column(RESIDENT_CODE, ForeignKey("resident.id"), index=True)
    month: Mapped[date] = mapped_column(index=True)
    kind: Mapped[PayItemKind] = column(
        Field("项目", "kind", "累计减免税额由税务机关核定，填一次，直到填新的数"),
        choices=PayItemKind,
    )
    name: Mapped[str] = column(
        Field(
            "名称", "as printed, for a deduction its reason", "印在工资条上；扣款必填事由", empty=""
        ),
        String(60),
    )
    amount_fen: Mapped[int] = column(Field("金额（元）", "amount", cell=YUAN, above=0), BigInteger)
    taxable: Mapped[bool] = column(
        Field("免税", "exempt by tax law", "仅津贴：税法规定免税的填“是”", cell=NOT, empty=True)
    )
    employer_id: Mapped[int | None] = column(PAYER, ForeignKey("employer.id"))


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
    whom = through("payslip_id")

    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"), index=True)
    payslip_id: Mapped[int] = mapped_column(ForeignKey("payslip.id"), unique=True)
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[PaymentState] = mapped_column(one_of(PaymentState))
    message: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    payslip: Mapped[PayslipRecord] = relationship(lazy="joined")


class PartPayment(OfHome, Base):
    """Pay of a part of a month, settled and paid before the month is over (part-time work).

    ``first`` and ``last`` are the days of the part, ``amount_fen`` what its hours earned after tax;
    the last part is paid with the month's wages, so that all together are the month's net.
    ``payslip_id`` is the month's payslip once it is calculated; ``message`` what the bank answered.
    """

    __tablename__ = "part_payment"
    whom = through("employment_id")
    __table_args__ = (UniqueConstraint("employment_id", "last"),)

    employment_id: Mapped[int] = mapped_column(ForeignKey("employment.id"), index=True)
    payslip_id: Mapped[int | None] = mapped_column(ForeignKey("payslip.id"), index=True)
    month: Mapped[date] = mapped_column(index=True)
    first: Mapped[date]
    last: Mapped[date]
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[PaymentState] = mapped_column(one_of(PaymentState))
    message: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(200))
    employment: Mapped[Employment] = relationship(lazy="joined")


class PayFiles(Drawn, Base):
    """An order of a month's files by employer: who asked, and when a worker had written them.

    It belongs to no home: it is shown to whoever asked, as far as they may still see everything
    that is in a file.
    """

    __tablename__ = "pay_files"
    whom = nobody("work asked for by an account in office")

    month: Mapped[date]
    each: Mapped[bool]
    asked_by: Mapped[str] = mapped_column(String(200), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    files: Mapped[list[PayFile]] = relationship(
        back_populates="of", order_by="PayFile.name", cascade="all, delete-orphan"
    )


class PayFile(Drawn, Base):
    """One file of an employer, sealed; ``homes`` are the ids of the homes whose wages are in it."""

    __tablename__ = "pay_file"
    whom = nobody("a sealed file that names many at once", "content_cipher")

    files_id: Mapped[int] = mapped_column(ForeignKey("pay_files.id"), index=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
    homes: Mapped[list[int]] = mapped_column(JSON)
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    content_cipher: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    of: Mapped[PayFiles] = relationship(back_populates="files")
    employer: Mapped[Employer] = relationship()
