"""The list a bank pays from. Every bank has a form of its own, so the columns are chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from payroll import yuan
from rukang.documents import Sheet
from rukang.pay.records import PayslipRecord
from rukang.people import open_number

SHEET = "代发清单"
AMOUNT = "实发金额"
REASON = "银行代发工资 bank list"

Cell = str | Decimal
Column = Callable[[Session, PayslipRecord], Cell]


def _account(session: Session, record: PayslipRecord) -> str:
    return open_number(session, record.employment, "account", REASON)


def _citizen_id(session: Session, record: PayslipRecord) -> str:
    return open_number(session, record.employment.resident.person, "citizen_id", REASON)


COLUMNS: dict[str, Column] = {
    "编号": lambda _, record: record.employment.resident.code,
    "收款方姓名": lambda _, record: record.employment.resident.person.name,
    "身份证号": _citizen_id,
    "开户行": lambda _, record: record.employment.bank,
    "收款方账号": _account,
    AMOUNT: lambda _, record: yuan(record.net_fen),
    "付款单位": lambda _, record: record.employment.employer.name,
}
"""Every column there is; which of them a bank wants differs from bank to bank."""

USUAL = ("编号", "收款方姓名", "开户行", "收款方账号", AMOUNT, "付款单位")


def bank_rows(
    session: Session, records: Sequence[PayslipRecord], columns: Sequence[str] = USUAL
) -> list[tuple[Cell, ...]]:
    """Return one row per payment above nil, in the chosen columns.

    Opening an account or an ID writes an entry in the audit trail.

    Raises
    ------
    KeyError
        If a column is not one of :data:`COLUMNS`.
    """
    chosen = [COLUMNS[column] for column in columns]
    paid = [record for record in records if record.net_fen > 0]
    return [tuple(column(session, record) for column in chosen) for record in paid]


def bank_sheet(
    session: Session, records: Sequence[PayslipRecord], columns: Sequence[str] = USUAL
) -> Sheet:
    """Return the list as a sheet, with the count of payments and their total below."""
    rows = bank_rows(session, records, columns)
    total = yuan(sum(record.net_fen for record in records if record.net_fen > 0))
    closing: dict[str, Cell] = {columns[0]: f"合计 {len(rows)} 笔", AMOUNT: total}
    return Sheet(SHEET, columns, [*rows, tuple(closing.get(column) for column in columns)])
