"""Everyone's month as columns: one array per field, one row per person, in fen and hundredths."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import numpy as np

from payroll.money import Column, Mask
from payroll.month import Month
from payroll.refuse import whole_month
from payroll.worker import DayCount, Insurance, TaxYear, WorkerMonth

NO_TAX_YEAR = TaxYear(months_employed=1)
"""Stands in the columns of people for whom no tax is computed."""


@dataclass(frozen=True)
class Places:
    """Where people work or are insured: the distinct places and, per person, which of them."""

    codes: tuple[str, ...]
    row: Column

    @classmethod
    def of(cls, places: Iterable[str]) -> "Places":
        """Gather the distinct places in order of first appearance."""
        rows: dict[str, int] = {}
        row = np.array([rows.setdefault(place, len(rows)) for place in places], np.int64)
        return cls(tuple(rows), row)

    def code(self, person: int) -> str:
        """Return one person's place."""
        return self.codes[int(self.row[person])]


@dataclass(frozen=True)
class Columns:
    """The inputs of all people, axis: person; days and hours in hundredths."""

    month: Month
    workers: tuple[WorkerMonth, ...]
    work_places: Places
    insured_places: Places
    contract: Mask
    monthly_paid: Mask
    by_schedule: Mask
    whole_month: Mask
    disabled: Mask
    insured: dict[Insurance, Mask]
    agreed_wage: Column
    scheduled_days: Column
    paid_days: Column
    unpaid_days: Column
    workday_hours: Column
    rest_day_hours: Column
    holiday_hours: Column
    deductions: Column
    declared_base: Column
    accident_insurance: Column

    def __len__(self) -> int:
        return len(self.workers)

    @classmethod
    def of(cls, month: Month, workers: Sequence[WorkerMonth]) -> "Columns":
        """Turn people into columns."""
        people = tuple(workers)

        def whole(read: Callable[[WorkerMonth], int]) -> Column:
            return np.fromiter(map(read, people), np.int64, len(people))

        def yes(read: Callable[[WorkerMonth], bool]) -> Mask:
            return np.fromiter(map(read, people), np.bool_, len(people))

        return cls(
            month=month,
            workers=people,
            work_places=Places.of(worker.work_place for worker in people),
            insured_places=Places.of(w.insured_place or w.work_place for w in people),
            contract=yes(lambda w: w.contract),
            monthly_paid=yes(lambda w: w.agreed_wage_fen is not None),
            by_schedule=yes(lambda w: w.day_count is DayCount.SCHEDULED),
            whole_month=yes(lambda w: whole_month(month, w)),
            disabled=yes(lambda w: w.disabled),
            insured={kind: yes(partial(_insured, kind)) for kind in Insurance},
            agreed_wage=whole(lambda w: w.agreed_wage_fen or 0),
            scheduled_days=whole(lambda w: hundredths(w.scheduled_days)),
            paid_days=whole(lambda w: hundredths(w.paid_days)),
            unpaid_days=whole(lambda w: hundredths(w.unpaid_days)),
            workday_hours=whole(lambda w: hundredths(w.overtime.workday_hours)),
            rest_day_hours=whole(lambda w: hundredths(w.overtime.rest_day_hours)),
            holiday_hours=whole(lambda w: hundredths(w.overtime.holiday_hours)),
            deductions=whole(lambda w: sum(item.amount_fen for item in w.deductions)),
            declared_base=whole(lambda w: w.declared_base_fen or 0),
            accident_insurance=whole(lambda w: w.accident_insurance_fen),
        )

    @property
    def any_insurance(self) -> Mask:
        """Return who is covered by at least one insurance."""
        covered: Mask = np.logical_or.reduce(list(self.insured.values()))
        return covered

    @property
    def all_insurances(self) -> Mask:
        """Return who is covered by all five insurances."""
        covered: Mask = np.logical_and.reduce(list(self.insured.values()))
        return covered

    def tax_year(self, read: Callable[[TaxYear], int]) -> Column:
        """Return one field of everyone's tax year."""
        years = (worker.tax_year or NO_TAX_YEAR for worker in self.workers)
        return np.fromiter(map(read, years), np.int64, len(self))


def _insured(insurance: Insurance, worker: WorkerMonth) -> bool:
    return insurance in worker.insured


def hundredths(value: Decimal) -> int:
    """Return days, hours or pieces as whole hundredths."""
    return int(value * 100)
