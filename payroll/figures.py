"""The dated figures of a month, resolved once per place and spread over the people."""

from collections.abc import Iterable
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


@dataclass(frozen=True)
class Need:
    """A parameter the rules read, at which place, and for whom."""

    parameter: str
    insured_place: bool = False
    insurance: Insurance | None = None
    contract_only: bool = True

    def who(self, people: Columns) -> Mask:
        """Return the people for whom the figure is needed."""
        if self.insurance is not None:
            return people.insured[self.insurance]
        if self.insured_place:
            return people.any_insurance
        return people.contract if self.contract_only else np.ones(len(people), np.bool_)


NEEDS = (
    Need("working_time.paid_days", contract_only=False),
    Need("working_time.daily_minutes", contract_only=False),
    Need("working_time.overtime.workday_multiple", contract_only=False),
    Need("working_time.overtime.rest_day_multiple", contract_only=False),
    Need("working_time.overtime.holiday_multiple", contract_only=False),
    Need("wage.deduction_ceiling", contract_only=False),
    Need("minimum_wage.monthly"),
    Need("minimum_wage.includes_employee_insurance"),
    Need("minimum_wage.excluded"),
    Need("income_tax.brackets"),
    Need("income_tax.basic_monthly"),
    Need("income_tax.basic_yearly"),
    Need("insurance.base.floor", insured_place=True),
    Need("insurance.base.cap", insured_place=True),
    Need("insurance.rounding", insured_place=True),
    *(
        Need(f"insurance.{name}", insured_place=True, insurance=insurance)
        for name, insurance in (
            ("pension.employer_rate", Insurance.PENSION),
            ("pension.employee_rate", Insurance.PENSION),
            ("medical.employer_rate", Insurance.MEDICAL),
            ("medical.employee_rate", Insurance.MEDICAL),
            ("medical.employer_fixed", Insurance.MEDICAL),
            ("medical.employee_fixed", Insurance.MEDICAL),
            ("unemployment.employer_rate", Insurance.UNEMPLOYMENT),
            ("unemployment.employee_rate", Insurance.UNEMPLOYMENT),
            ("maternity.employee_rate", Insurance.MATERNITY),
        )
    ),
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
            missing.extend(unknown.missing)
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
