"""The list a bank pays from. Every bank has a form of its own, so the columns are chosen.

The table holds payments and nothing else: whoever reads it, bank or product, would take a row of
sums for a payment. Count and total stand on a sheet of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from payroll import yuan
from rukang.base.papers import Sheet
from rukang.bodies.homes import Home
from rukang.pay.owed.heirs import due, to_bank
from rukang.pay.store.records import PayslipRecord
from rukang.pay.store.stored import homes_named
from rukang.people import Death, deaths, open_number
from rukang.work.employment import Employment

SHEET = "代发清单"
TOTALS = "合计"
AMOUNT = "实发金额"
REASON = "银行代发工资 bank list"

Cell = str | Decimal


@dataclass(frozen=True)
class Going:
    """A payment of a list, in fen; ``death`` is that whose heirs' payee is paid instead."""

    work: Employment
    home: Home
    amount_fen: int
    death: Death | None


Column = Callable[[Session, Going], Cell]


def _name(_: Session, going: Going) -> str:
    return going.death.payee if going.death else going.work.resident.person.name


def _bank(_: Session, going: Going) -> str:
    return going.death.bank if going.death else going.work.bank


def _account(session: Session, going: Going) -> str:
    return open_number(session, going.death or going.work, "account", REASON)


def _citizen_id(session: Session, going: Going) -> str:
    if going.death:
        return ""
    return open_number(session, going.work.resident.person, "citizen_id", REASON)


COLUMNS: dict[str, Column] = {
    "编号": lambda _, going: going.work.resident.code,
    "收款方姓名": _name,
    "身份证号": _citizen_id,
    "开户行": _bank,
    "收款方账号": _account,
    AMOUNT: lambda _, going: yuan(going.amount_fen),
    "付款单位": lambda _, going: going.work.employer.name,
    "机构": lambda _, going: going.home.code,
}
"""Every column there is; which of them a bank wants differs from bank to bank."""

USUAL = ("编号", "收款方姓名", "开户行", "收款方账号", AMOUNT, "付款单位", "机构")


def bank_rows(
    session: Session, records: Sequence[PayslipRecord], columns: Sequence[str] = USUAL
) -> list[tuple[Cell, ...]]:
    """Return one row per payment above nil, in the chosen columns.

    Of somebody who died the heirs' payee is paid; while nobody named one, there is no row.
    Opening an account or an ID writes an entry in the audit trail.

    Raises
    ------
    KeyError
        If a column is not one of :data:`COLUMNS`.
    """
    chosen = [COLUMNS[column] for column in columns]
    return [
        tuple(column(session, going) for column in chosen) for going in _going(session, records)
    ]


def _going(session: Session, records: Sequence[PayslipRecord]) -> list[Going]:
    amounts, slips = due(session, records), to_bank(session, records)
    if not slips:
        return []
    dead = deaths(session)
    homes = homes_named(session, {slip.home_id for slip in slips})
    return [
        Going(
            slip.employment,
            homes[slip.home_id],
            amounts[slip.id],
            dead.get(slip.employment.resident.person_id),
        )
        for slip in slips
    ]


def bank_sheets(
    session: Session, records: Sequence[PayslipRecord], columns: Sequence[str] = USUAL
) -> list[Sheet]:
    """Return the list as a sheet, and beside it the count of payments with their total."""
    rows = bank_rows(session, records, columns)
    total = yuan(sum(going.amount_fen for going in _going(session, records)))
    sums = Sheet(TOTALS, ["笔数 Payments", "金额（元） Yuan"], [(len(rows), total)])
    return [Sheet(SHEET, columns, rows), sums]
