"""The dated figures of a month, resolved once per place and spread over the rows that need them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cached_property

import numpy as np

from payroll.columns import TAX_CATEGORIES, Columns, Labels
from payroll.money import ROUNDINGS, Column, Fraction, Mask, fraction
from payroll.month import Month
from payroll.policy import Missing, Policy, Resolved, UnknownFigure
from payroll.policy.units import TaxCategory
from payroll.worker import ANNUAL, Insurance

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
    since: Column | None = None
    """The day of the month from which it holds, where it is not the first; nil where it is none."""

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
    """Return whose pay is taxed as wages and who holds a disability certificate."""
    return taxed_as_wages(people) & people.of_people.disabled


def insured(people: Columns) -> Mask:
    """Return the people with any insurance."""
    return people.any_insurance


def by_injury_class(people: Columns) -> Mask:
    """Return the people insured for work injury whose employer states a class, not a rate."""
    each = people.of_people
    return each.injury & (each.injury_rate < 0)


def recovered_from(people: Columns) -> Mask:
    """Return from whose wage an advance is recovered while later wages are to come."""
    who: Mask = (people.of_people.advance_recovered > 0) & ~people.leaving
    return who


def sick(people: Columns) -> Mask:
    """Return the people with sick leave and a monthly wage."""
    return people.of_spells(people.spells.sick_days * (people.spells.agreed_wage > 0)) > 0


def sick_without_own_rule(people: Columns) -> Mask:
    """Return those of them whose employer has no rule of its own."""
    return sick(people) & (people.of_people.sick_pay_share < 0)


def taxed_as_wages(people: Columns) -> Mask:
    """Return whose pay is taxed as wages: employees, and agreements declared so."""
    return people.employed | people.agreement_taxed_as(TaxCategory.WAGES)


def taxed_as_labour(people: Columns) -> Mask:
    """Return whose pay under an agreement is taxed as labour remuneration."""
    return people.agreement_taxed_as(TaxCategory.LABOUR)


def category_by_place(people: Columns) -> Mask:
    """Return the agreements of which nobody stated the tax category: their place may."""
    return ~people.employed & (people.of_people.agreement_tax < 0)


def with_annual_bonus(people: Columns) -> Mask:
    """Return who has the bonus of a year this month."""
    return people.allowances_of(*ANNUAL) > 0


def with_fund_base(people: Columns) -> Mask:
    """Return whose housing fund is reckoned from a base."""
    who: Mask = people.of_people.housing_fund_base >= 0
    return who


def taxed_with_fund(people: Columns) -> Mask:
    """Return whose pay is taxed as wages and who has a housing fund."""
    each = people.of_people
    entered = (each.housing_fund_employee > 0) | (each.housing_fund_employer > 0)
    return taxed_as_wages(people) & (entered | with_fund_base(people))


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
    Need("wage.agreement_floor", lambda people: ~people.employed, optional=True),
    Need("insurance.registration_days", under_contract),
    Need("wage.advance_recovery_share", recovered_from, optional=True),
    Need("leave.sick_pay_share", sick_without_own_rule),
    Need("leave.sick_pay_floor_share", sick, optional=True),
    Need("minimum_wage.monthly", under_contract, Axis.SPELL),
    Need("minimum_wage.hourly", lambda people: people.part_time, Axis.SPELL),
    Need("minimum_wage.includes_employee_insurance", under_contract),
    Need("minimum_wage.excluded", lambda people: people.employed),
    Need("income_tax.brackets", taxed_as_wages),
    Need("income_tax.basic_monthly", taxed_as_wages),
    Need("income_tax.basic_yearly", taxed_as_wages),
    Need("income_tax.bonus_brackets", with_annual_bonus, optional=True),
    Need("income_tax.labour_least_cost", taxed_as_labour),
    Need("income_tax.labour_cost_share", taxed_as_labour),
    Need("income_tax.labour_brackets", taxed_as_labour),
    Need("income_tax.disabled_relief_rate", disabled_employees, optional=True),
    Need("income_tax.disabled_relief_amount", disabled_employees, optional=True),
    Need("income_tax.disabled_relief_cap", disabled_employees, optional=True),
    Need("insurance.base.floor", insured, Axis.INSURED),
    Need("insurance.base.cap", insured, Axis.INSURED),
    Need(
        "insurance.rounding",
        lambda people: people.any_insurance | with_fund_base(people),
        Axis.INSURED,
    ),
    Need("housing_fund.rounding", with_fund_base, Axis.INSURED, optional=True),
    Need("housing_fund.rate_floor", with_fund_base, Axis.INSURED),
    Need("housing_fund.rate_cap", with_fund_base, Axis.INSURED),
    Need("housing_fund.exempt_rate", taxed_with_fund),
    Need("housing_fund.exempt_multiple", taxed_with_fund),
    Need("housing_fund.average_wage", taxed_with_fund, optional=True),
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


CATEGORY = Need("income_tax.agreement_category", category_by_place, optional=True)
"""Read before the others, as it says whose pay is taxed how."""


def classified(policy: Policy, people: Columns) -> tuple[Columns, Figure]:
    """Return people with the tax category that their place gives to agreements that state none.

    Where the place says nothing either, it stays open and the payslip asks.
    """
    figure = _resolve(policy, people, CATEGORY, [])
    if not figure.found:
        return people, figure
    each = people.of_people
    codes = np.array([*(TAX_CATEGORIES.index(it.value) for it in figure.found), -1], np.int64)
    given = np.where(figure.is_known, codes[figure.row], each.agreement_tax)
    return replace(people, of_people=replace(each, agreement_tax=given)), figure


def resolve(policy: Policy, people: Columns) -> dict[str, Figure]:
    """Return every figure of the month by parameter.

    Raises
    ------
    UnknownFigure
        Naming all figures that are unknown at any of the places, not only the first.
    """
    missing: list[Lack] = []
    figures = {need.parameter: _resolve(policy, people, need, missing) for need in NEEDS}
    if missing:
        raise UnknownToSome(missing)
    for need in NEEDS:
        if need.parameter in CHANGING and (later := _changed(policy, people, need)):
            figures[later_of(need.parameter)] = later
    return figures


CHANGING = ("minimum_wage.monthly", "minimum_wage.hourly")
"""Figures that may change within a month and are then counted by days."""


def later_of(parameter: str) -> str:
    """Return under which name the figure stands that replaces another within the month."""
    return f"{parameter}.later"


def _changed(policy: Policy, people: Columns, need: Need) -> Figure | None:
    """Return the figures that replace others within the month, None where nothing changes.

    Where a later day is not known, what held on the first goes on.
    """
    places, who = _rows(people, need)
    row_of, day_of = (np.full(len(places.values), fill, np.int64) for fill in (NOBODY, 0))
    found: list[Resolved] = []
    for place in np.unique(places.row[who]):
        if change := _change(policy, need.parameter, places.values[place], people.month):
            found.append(change[1])
            row_of[place], day_of[place] = len(found) - 1, change[0].day
    if not found:
        return None
    row = np.where(who, row_of[places.row], NOBODY)
    spells_of = None if people.one_spell_each else people.spells_of
    since = np.where(who, day_of[places.row], 0)
    return Figure(need.parameter, tuple(found), row, spells_of, optional=True, since=since)


def _change(
    policy: Policy, parameter: str, place: str, month: Month
) -> tuple[date, Resolved] | None:
    """Return the day on which a figure becomes what it is at the month's end, and that figure."""
    try:
        first, last = (policy.value(parameter, place, day) for day in (month.first, month.last))
    except UnknownFigure:
        return None
    if first.value == last.value:
        return None
    since = max(last.valid_from, last.via.valid_from if last.via else last.valid_from)
    return max(since, month.first), last


Lack = tuple[Missing, Column]
"""A figure nobody has, and the people who need it."""


class UnknownToSome(UnknownFigure):
    """Figures that the rules need and nobody has supplied, with the people who need each."""

    def __init__(self, lacks: Iterable[Lack]) -> None:
        self.lacks = tuple(lacks)
        super().__init__(missing for missing, _ in self.lacks)


def _resolve(policy: Policy, people: Columns, need: Need, missing: list[Lack]) -> Figure:
    places, who = _rows(people, need)
    row_of = np.full(len(places.values), NOBODY, np.int64)
    found: list[Resolved] = []
    asked = np.zeros(len(places.values), np.bool_)
    asked[places.row[who]] = True
    for place in np.flatnonzero(asked):
        try:
            found.append(policy.value(need.parameter, places.values[place], people.month.first))
        except UnknownFigure as unknown:
            rows = np.flatnonzero(who & (places.row == place))
            persons = people.spells.person[rows] if need.axis is Axis.SPELL else rows
            missing.extend(() if need.optional else ((of, persons) for of in unknown.missing))
        else:
            row_of[place] = len(found) - 1
    spells_of = None
    if need.axis is Axis.SPELL and not people.one_spell_each:
        spells_of = people.spells_of
    if len(found) == 1 and asked.sum() == 1 and who.all():
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
