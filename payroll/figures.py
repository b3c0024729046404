"""The dated figures of a month, resolved once per place and spread over the rows that need them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np

from payroll.columns import Columns, Labels
from payroll.money import ROUNDINGS, Column, Fraction, Mask, fraction
from payroll.policy import Missing, Policy, Resolved, UnknownFigure
from payroll.worker import Insurance

NOBODY = -1
"""Row of a person for whom a figure is not needed."""


@dataclass(frozen=True)
class Figure:
    """One parameter for every row of an axis: the distinct figures and which of them applies.

    The axis is people, or spells; `of` answers for a person on either.
    """

    parameter: str
    found: tuple[Resolved, ...]
    row: Column
    spells_of: Callable[[int], range] | None = None
    optional: bool = False

    def of(self, person: int) -> tuple[Resolved, ...]:
        """Return the figures that apply to a person: one, or one a place if that changed."""
        rows = (person,) if self.spells_of is None else self.spells_of(person)
        found = (self.found[which] for row in rows if (which := int(self.row[row])) != NOBODY)
        # Two places of work may share the figure of their province or nation.
        return tuple({item.key: item for item in found}.values())

    def at(self, person: int) -> Resolved | None:
        """Return the figure that applies to a person last, or None where none is needed."""
        found = self.of(person)
        return found[-1] if found else None

    def _spread(self, values: Iterable[int]) -> Column:
        # The last slot answers row -1: a row without the figure counts with nothing.
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
    def rate(self) -> Fraction:
        """Return rates as exact numerators and denominators; one for all where they agree.

        Whoever does not need a figure has no amount to apply it to, so that one for all is right;
        of an optional figure only if nobody lacks it.
        """
        parts = {fraction(item.value) for item in self.found}
        if len(parts) == 1 and not (self.optional and not self.is_known.all()):
            return parts.pop()
        each = [fraction(item.value) for item in self.found]
        return self._spread(top for top, _ in each), np.maximum(
            self._spread(unit for _, unit in each), 1
        )

    @cached_property
    def roundings(self) -> Column | int:
        """Return roundings as codes, one for all where they agree, and -1 for rows without one."""
        codes = [ROUNDINGS.index(item.value) for item in self.found]
        if len(set(codes)) == 1:
            return codes[0]
        return np.array([*codes, NOBODY], dtype=np.int64)[self.row]

    @cached_property
    def is_known(self) -> Mask:
        """Return for which rows there is a figure."""
        known: Mask = self.row != NOBODY
        return known


class Axis(Enum):
    """For which rows, and at which of their places, a figure is looked up."""

    WORK = "people, at the place where they work last"
    SPELL = "spells, each at its place of work"
    INSURED = "people, at the place where they are insured"


@dataclass(frozen=True)
class Need:
    """A parameter the rules read, for whom, and at which of their places.

    An optional one may be unknown: then the payslip says so instead of the run being refused.
    """

    parameter: str
    who: Callable[[Columns], Mask]
    axis: Axis = Axis.WORK
    optional: bool = False


def everyone(people: Columns) -> Mask:
    """Return all people."""
    return np.ones(len(people), np.bool_)


def under_contract(people: Columns) -> Mask:
    """Return the people under a labour contract."""
    return people.contract


def disabled_employees(people: Columns) -> Mask:
    """Return the employees who hold a disability certificate."""
    return people.employed & people.of_people.disabled


def insured(people: Columns) -> Mask:
    """Return the people with any insurance."""
    return people.any_insurance


def by_injury_class(people: Columns) -> Mask:
    """Return the people insured for work injury whose employer states a class, not a rate."""
    each = people.of_people
    return each.injury & (each.injury_rate < 0)


def sick(people: Columns) -> Mask:
    """Return the people with sick leave and a monthly wage."""
    return people.of_spells(people.spells.sick_days * (people.spells.agreed_wage > 0)) > 0


def sick_without_own_rule(people: Columns) -> Mask:
    """Return those of them whose employer has no rule of its own."""
    return sick(people) & (people.of_people.sick_pay_share < 0)


def _rate(name: str, insurance: Insurance) -> Need:
    """Return the need of one insurance's rate, for those who have that insurance."""
    return Need(
        f"insurance.{name}", lambda people: people.of_people.insured(insurance), Axis.INSURED
    )


NEEDS = (
    Need("working_time.paid_days", everyone, Axis.SPELL),
    Need("working_time.daily_minutes", everyone, Axis.SPELL),
    Need("working_time.overtime.workday_multiple", everyone, Axis.SPELL),
    Need("working_time.overtime.rest_day_multiple", everyone, Axis.SPELL),
    Need("working_time.overtime.holiday_multiple", everyone, Axis.SPELL),
    Need("working_time.overtime.monthly_max_minutes", under_contract),
    Need("working_time.part_time.daily_minutes", lambda people: people.part_time),
    Need("working_time.part_time.weekly_minutes", lambda people: people.part_time),
    Need("working_time.part_time.pay_cycle_days", lambda people: people.part_time),
    Need("wage.deduction_ceiling", everyone),
    Need("leave.sick_pay_share", sick_without_own_rule),
    Need("leave.sick_pay_floor_share", sick, optional=True),
    Need("minimum_wage.monthly", under_contract, Axis.SPELL),
    Need("minimum_wage.hourly", lambda people: people.part_time, Axis.SPELL),
    Need("minimum_wage.includes_employee_insurance", under_contract),
    Need("minimum_wage.excluded", lambda people: people.employed),
    Need("income_tax.brackets", lambda people: people.employed),
    Need("income_tax.basic_monthly", lambda people: people.employed),
    Need("income_tax.basic_yearly", lambda people: people.employed),
    Need("income_tax.disabled_relief_rate", disabled_employees, optional=True),
    Need("insurance.base.floor", insured, Axis.INSURED),
    Need("insurance.base.cap", insured, Axis.INSURED),
    Need("insurance.rounding", insured, Axis.INSURED),
    Need("insurance.injury.base_rates", by_injury_class, Axis.INSURED),
    Need("insurance.injury.float_steps", by_injury_class, Axis.INSURED),
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
    places, who = _rows(people, need)
    row_of = np.full(len(places.values), NOBODY, np.int64)
    found: list[Resolved] = []
    asked = np.zeros(len(places.values), np.bool_)
    asked[places.row[who]] = True
    for place in np.flatnonzero(asked):
        try:
            found.append(policy.value(need.parameter, places.values[place], people.month.first))
        except UnknownFigure as unknown:
            missing.extend(() if need.optional else unknown.missing)
        else:
            row_of[place] = len(found) - 1
    spells_of = None
    if need.axis is Axis.SPELL and not people.one_spell_each:
        spells_of = people.spells_of
    if len(found) == 1 and who.all():
        row = np.broadcast_to(np.int64(0), who.shape)  # one cell for everybody
    else:
        row = np.where(who, row_of[places.row], NOBODY)
    return Figure(need.parameter, tuple(found), row, spells_of, need.optional)


def _rows(people: Columns, need: Need) -> tuple[Labels, Mask]:
    """Return the places of an axis, and which of its rows need the figure."""
    who = need.who(people)
    match need.axis:
        case Axis.INSURED:
            return people.insured_places, who
        case Axis.SPELL:
            return people.work_places, who[people.spells.person]
        case Axis.WORK:
            last = Labels(people.work_places.values, people.work_places.row[people.last_spell])
            return last, who
