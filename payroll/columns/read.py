"""Records as columns: how each column reads a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np

from payroll.columns.table import Table
from payroll.columns.tables import (
    ALLOWANCE_KINDS,
    KINDS,
    MADE_IN,
    NO_END,
    NOT_GIVEN,
    TAX_CATEGORIES,
)
from payroll.worker import (
    PAID_IN_FULL,
    Allowance,
    Arrear,
    DayCount,
    Deduction,
    Insurance,
    LeaveKind,
    PartTime,
    Piece,
    Spell,
    TaxYear,
    WorkerMonth,
)


def hundredths(value: Decimal) -> int:
    """Return days, hours or pieces as whole hundredths."""
    return int(value * 100)


def millionths(value: Decimal | None) -> int:
    """Return a rate as whole millionths."""
    return NOT_GIVEN if value is None else int(value * 10**6)


def _or_none(value: int | None) -> int:
    return NOT_GIVEN if value is None else int(value)


_T = TypeVar("_T", bound=Table)
_R = TypeVar("_R")


def read(kind: type[_T], readers: Mapping[str, Callable[[_R], Any]], rows: Sequence[_R]) -> _T:
    """Return a table of records, one row each."""
    columns = {
        name: np.array([read(row) for row in rows], dtype=None if rows else np.int64)
        for name, read in readers.items()
    }
    return kind.filled(len(rows), **columns)


def _of_tax_year(read: Callable[[TaxYear], int]) -> Callable[[WorkerMonth], int]:
    return lambda worker: read(worker.tax_year) if worker.tax_year else 0


def _of_part_time(read: Callable[[PartTime], int]) -> Callable[[WorkerMonth], int]:
    return lambda worker: read(worker.part_time) if worker.part_time else NOT_GIVEN


def _insured(insurance: Insurance) -> Callable[[WorkerMonth], bool]:
    return lambda worker: insurance in worker.insured


def _own_base(insurance: Insurance) -> Callable[[WorkerMonth], int]:
    return lambda worker: worker.declared_bases.get(insurance, NOT_GIVEN)


PERSON: dict[str, Callable[[WorkerMonth], Any]] = {
    "kind": lambda w: KINDS.index(w.kind),
    "joined": lambda w: w.joined.toordinal(),
    "left": lambda w: w.left.toordinal() if w.left else NO_END,
    "by_schedule": lambda w: w.day_count is DayCount.SCHEDULED,
    "scheduled_days": lambda w: hundredths(w.scheduled_days),
    "advance_recovered": lambda w: w.advance_recovered_fen,
    "between_days": lambda w: hundredths(w.between_days),
    "disabled": lambda w: w.disabled,
    "sick_pay_share": lambda w: millionths(w.sick_pay_share),
    "average_day_hours": _of_part_time(lambda part: hundredths(part.average_day_hours)),
    "longest_week_hours": _of_part_time(lambda part: hundredths(part.longest_week_hours)),
    "pay_cycle_days": _of_part_time(lambda part: part.pay_cycle_days),
    **{insurance.value: _insured(insurance) for insurance in Insurance},
    "declared_base": lambda w: _or_none(w.declared_base_fen),
    **{f"{insurance.value}_base": _own_base(insurance) for insurance in Insurance},
    "injury_rate": lambda w: millionths(w.injury_rate),
    "injury_class": lambda w: _or_none(w.injury_class),
    "injury_float": lambda w: hundredths(w.injury_float),
    "accident_insurance": lambda w: w.accident_insurance_fen,
    "housing_fund_employee": lambda w: w.housing_fund_employee_fen,
    "housing_fund_employer": lambda w: w.housing_fund_employer_fen,
    "months_employed": lambda w: w.tax_year.months_employed if w.tax_year else NOT_GIVEN,
    "income_before": _of_tax_year(lambda year: year.income_fen),
    "exempt_before": _of_tax_year(lambda year: year.exempt_fen),
    "insurance_before": _of_tax_year(lambda year: year.insurance_fen),
    "withheld_before": _of_tax_year(lambda year: year.withheld_fen),
    "special_additional": _of_tax_year(lambda year: year.special_additional_fen),
    "other_deductions": _of_tax_year(lambda year: year.other_deductions_fen),
    "relief": lambda w: _or_none(w.tax_year.relief_fen if w.tax_year else None),
    "whole_year_deduction": lambda w: bool(w.tax_year and w.tax_year.whole_year_deduction),
    "paid_through": _of_tax_year(lambda year: year.paid_through or 0),
    "first_job": lambda w: _or_none(w.tax_year.first_job if w.tax_year else None),
    "bonus_apart_before": _of_tax_year(lambda year: year.bonus_apart_fen),
    "agreement_tax": lambda w: (
        NOT_GIVEN if w.agreement_tax is None else TAX_CATEGORIES.index(w.agreement_tax)
    ),
    "housing_fund_base": lambda w: _or_none(w.housing_fund_base_fen),
    "housing_fund_employee_rate": lambda w: millionths(w.housing_fund_employee_rate),
    "housing_fund_employer_rate": lambda w: millionths(w.housing_fund_employer_rate),
}
SPELL: dict[str, Callable[[tuple[int, Spell]], Any]] = {
    "person": lambda row: row[0],
    "agreed_wage": lambda row: _or_none(row[1].agreed_wage_fen),
    "hourly_wage": lambda row: _or_none(row[1].hourly_wage_fen),
    "hours": lambda row: hundredths(row[1].hours),
    "paid_days": lambda row: hundredths(row[1].paid_days),
    "unpaid_days": lambda row: hundredths(row[1].unpaid_days),
    "sick_days": lambda row: hundredths(row[1].leave_days(LeaveKind.SICK)),
    "maternity_days": lambda row: hundredths(row[1].leave_days(LeaveKind.MATERNITY)),
    "paid_leave_days": lambda row: hundredths(row[1].leave_days(*PAID_IN_FULL)),
    "unpaid_leave_days": lambda row: hundredths(row[1].leave_days(LeaveKind.UNPAID)),
    "workday_hours": lambda row: hundredths(row[1].overtime.workday_hours),
    "rest_day_hours": lambda row: hundredths(row[1].overtime.rest_day_hours),
    "holiday_hours": lambda row: hundredths(row[1].overtime.holiday_hours),
    "lieu_hours": lambda row: hundredths(row[1].overtime.lieu_hours),
}
PIECE: dict[str, Callable[[tuple[int, Piece]], Any]] = {
    "person": lambda row: row[0],
    "quantity": lambda row: hundredths(row[1].quantity),
    "rate": lambda row: hundredths(row[1].rate_fen),
    "quality_deduction": lambda row: row[1].quality_deduction_fen,
    "share_before": lambda row: row[1].share.before,
    "share_own": lambda row: row[1].share.own,
    "share_of": lambda row: row[1].share.of,
    "made_in": lambda row: MADE_IN.index(row[1].made_in),
}
ALLOWANCE: dict[str, Callable[[tuple[int, Allowance]], Any]] = {
    "person": lambda row: row[0],
    "amount": lambda row: row[1].amount_fen,
    "kind": lambda row: ALLOWANCE_KINDS.index(row[1].kind),
    "taxable": lambda row: row[1].taxable,
}
DEDUCTION: dict[str, Callable[[tuple[int, Deduction]], Any]] = {
    "person": lambda row: row[0],
    "amount": lambda row: row[1].amount_fen,
}
ARREAR: dict[str, Callable[[tuple[int, Arrear]], Any]] = {
    "person": lambda row: row[0],
    "month": lambda row: row[1].month.toordinal(),
    "amount": lambda row: row[1].amount_fen,
}
