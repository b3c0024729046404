"""The dated figures of a month, resolved once per place and spread over the people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from payroll.columns import Columns
from payroll.money import Column, Mask, Rounding, fraction
from payroll.month import Month
from payroll.policy import Missing, Name, Policy, Resolved, Standing, UnknownFigure
from payroll.worker import Insurance, WorkerMonth

NOBODY = -1
"""Row of a person for whom a figure is not needed."""


@dataclass(frozen=True)
class Figure:
    """One parameter for everyone: the distinct figures and, per person, which of them applies."""

    parameter: str
    found: tuple[Resolved, ...]
    row: NDArray[np.int64]

    def at(self, person: int) -> Resolved | None:
        """Return the figure that applies to a person, or None where none is needed."""
        row = int(self.row[person])
        return None if row == NOBODY else self.found[row]

    def _spread(self, values: Iterable[int]) -> Column:
        # The last slot answers row -1: a person without the figure counts with nothing.
        return np.array([*values, 0], dtype=np.int64)[self.row]

    @cached_property
    def fen(self) -> Column:
        """Return amounts in fen."""
        return self._spread(item.fen for item in self.found)

    @cached_property
    def hundredths(self) -> Column:
        """Return days or multiples in hundredths."""
        return self._spread(int(item.value * 100) for item in self.found)

    @cached_property
    def whole(self) -> Column:
        """Return whole numbers and flags."""
        return self._spread(int(item.value) for item in self.found)

    @cached_property
    def rate(self) -> tuple[Column, Column]:
        """Return rates as exact numerators and denominators."""
        parts = [fraction(item.value) for item in self.found]
        return self._spread(top for top, _ in parts), np.maximum(
            self._spread(unit for _, unit in parts), 1
        )

    @cached_property
    def roundings(self) -> list[Rounding | None]:
        """Return each person's rounding."""
        values = [*(item.value for item in self.found), None]
        return [values[row] for row in self.row]


def everyone(people: Columns) -> Mask:
    """Return all people."""
    return np.ones(len(people), np.bool_)


def under_contract(people: Columns) -> Mask:
    """Return the people under a labour contract."""
    return people.contract


def disabled_under_contract(people: Columns) -> Mask:
    """Return those of them who hold a disability certificate."""
    return people.contract & people.disabled


def insured(people: Columns) -> Mask:
    """Return the people with any insurance."""
    return people.any_insurance


@dataclass(frozen=True)
class Need:
    """A parameter the rules read, for whom, and at which of their places.

    An optional one may be unknown: then the payslip says so instead of the run being refused.
    """

    parameter: str
    who: Callable[[Columns], Mask]
    insured_place: bool = False
    optional: bool = False


def _rate(name: str, insurance: Insurance) -> Need:
    """Return the need of one insurance's rate, for those who have that insurance."""
    return Need(f"insurance.{name}", lambda people: people.insured[insurance], insured_place=True)


NEEDS = (
    Need("working_time.paid_days", everyone),
    Need("working_time.daily_minutes", everyone),
    Need("working_time.overtime.workday_multiple", everyone),
    Need("working_time.overtime.rest_day_multiple", everyone),
    Need("working_time.overtime.holiday_multiple", everyone),
    Need("wage.deduction_ceiling", everyone),
    Need("minimum_wage.monthly", under_contract),
    Need("minimum_wage.includes_employee_insurance", under_contract),
    Need("minimum_wage.excluded", under_contract),
    Need("income_tax.brackets", under_contract),
    Need("income_tax.basic_monthly", under_contract),
    Need("income_tax.basic_yearly", under_contract),
    Need("income_tax.disabled_relief_rate", disabled_under_contract, optional=True),
    Need("insurance.base.floor", insured, insured_place=True),
    Need("insurance.base.cap", insured, insured_place=True),
    Need("insurance.rounding", insured, insured_place=True),
    _rate("pension.employer_rate", Insurance.PENSION),
    _rate("pension.employee_rate", Insurance.PENSION),
    _rate("medical.employer_rate", Insurance.MEDICAL),
    _rate("medical.employee_rate", Insurance.MEDICAL),
    _rate("medical.employer_fixed", Insurance.MEDICAL),
    _rate("medical.employee_fixed", Insurance.MEDICAL),
    _rate("unemployment.employer_rate", Insurance.UNEMPLOYMENT),
    _rate("unemployment.employee_rate", Insurance.UNEMPLOYMENT),
    _rate("maternity.employee_rate", Insurance.MATERNITY),
)
"""Every figure the rules read. Figures hold for the month as they stand on its first day."""


def resolve(policy: Policy, people: Columns) -> dict[str, Figure]:
    """Return every figure of the month by parameter.

    Raises
    ------
    UnknownFigure
        Naming all figures that are unknown at any of the places, not only the first.
    """
    missing: list[Missing] = []
    figures = {need.parameter: _resolve(policy, people, need, missing) for need in NEEDS}
    if missing:
        raise UnknownFigure(missing)
    return figures


def _resolve(policy: Policy, people: Columns, need: Need, missing: list[Missing]) -> Figure:
    places = people.insured_places if need.insured_place else people.work_places
    who = need.who(people)
    row_of = np.full(len(places.codes), NOBODY, np.int64)
    found: list[Resolved] = []
    for place in np.unique(places.row[who]):
        try:
            found.append(policy.value(need.parameter, places.codes[place], people.month.first))
        except UnknownFigure as unknown:
            missing.extend(() if need.optional else unknown.missing)
        else:
            row_of[place] = len(found) - 1
    return Figure(need.parameter, tuple(found), np.where(who, row_of[places.row], NOBODY))


def injury_rates(people: Columns) -> Figure:
    """Return the work-injury rates of the employers' own notices, as figures of local standing."""
    notices: dict[tuple[object, ...], int] = {}
    found: list[Resolved] = []
    row = np.full(len(people), NOBODY, np.int64)
    for person in np.flatnonzero(people.insured[Insurance.INJURY]).tolist():
        worker = people.workers[person]
        place = people.insured_places.code(person)
        notice = (worker.injury_rate, worker.injury_rate_document, worker.employer, place)
        if notice not in notices:
            notices[notice] = len(found)
            found.append(_own_injury_rate(people.month, worker, place))
        row[person] = notices[notice]
    return Figure("insurance.injury.employer_rate", tuple(found), row)


def _own_injury_rate(month: Month, worker: WorkerMonth, place: str) -> Resolved:
    return Resolved(
        parameter="insurance.injury.employer_rate",
        name=Name(zh="工伤保险单位费率", en="Work injury, employer rate"),
        unit="rate",
        value=worker.injury_rate,
        place=place,
        valid_from=month.first,
        valid_to=month.last,
        document=worker.injury_rate_document or "单位填报，未附核定通知",
        article=None,
        source=f"单位 {worker.employer} 填报",
        standing=Standing.LOCAL,
        checked=month.first,
    )
