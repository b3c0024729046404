"""The tables of a month: people, spells of their employment, and items of their pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import numpy as np

from payroll.columns.table import Table
from payroll.money import LARGEST_FEN, Column, Mask
from payroll.policy.units import TaxCategory
from payroll.worker import AllowanceKind, Insurance, Kind, MadeIn

NOT_GIVEN = -1
"""Stands in a column for an amount, a rate or a number nobody has stated."""

NO_END = date.max.toordinal()
"""Stands in the column of last days for people who have not left."""

KINDS = tuple(Kind)
"""What the codes of `People.kind` stand for: the kinds of work."""

MADE_IN = tuple(MadeIn)
"""What the codes of pieces stand for: the hours they were made in."""

ALLOWANCE_KINDS = tuple(AllowanceKind)
"""What the codes of allowances stand for."""

TAX_CATEGORIES = tuple(TaxCategory)
"""What the codes of `People.agreement_tax` stand for."""

_A_DAY = (1, NO_END)
"""What ordinals of days are within."""


@dataclass(frozen=True)
class Spells(Table):
    """Parts of the month under one wage at one place, in order of people and time.

    ``agreed_wage`` and ``hourly_wage`` are fen a month and an hour. ``paid_leave_days`` are among
    the paid days, ``unpaid_leave_days`` among the unpaid ones.
    """

    FILL: ClassVar = {
        "agreed_wage": NOT_GIVEN,
        "hourly_wage": NOT_GIVEN,
    }

    person: Column
    agreed_wage: Column
    hourly_wage: Column
    hours: Column
    paid_days: Column
    unpaid_days: Column
    sick_days: Column
    maternity_days: Column
    paid_leave_days: Column
    unpaid_leave_days: Column
    workday_hours: Column
    rest_day_hours: Column
    holiday_hours: Column
    lieu_hours: Column

    @property
    def absent_days(self) -> Column:
        """Return the days that are not paid in full, for whatever reason."""
        return self.unpaid_days + self.sick_days + self.maternity_days

    @property
    def accounted_days(self) -> Column:
        """Return the scheduled days of which it is known how they were spent."""
        return self.paid_days + self.absent_days

    @property
    def wage(self) -> Column:
        """Return the agreed monthly wage, nil where none is agreed."""
        return np.maximum(self.agreed_wage, 0)


@dataclass(frozen=True)
class Pieces(Table):
    """Items made: quantity in hundredths, rate in hundredths of a fen, the team's with a share."""

    FILL: ClassVar = {
        "share_own": 1,
        "share_of": 1,
    }
    WITHIN: ClassVar = {
        "share_of": (1, LARGEST_FEN),
        "made_in": (0, len(MADE_IN) - 1),
    }

    person: Column
    quantity: Column
    rate: Column
    quality_deduction: Column
    share_before: Column
    share_own: Column
    share_of: Column
    made_in: Column


@dataclass(frozen=True)
class Allowances(Table):
    """Pay beside the wage."""

    FILL: ClassVar = {
        "taxable": True,
    }
    WITHIN: ClassVar = {
        "kind": (0, len(ALLOWANCE_KINDS) - 1),
    }

    person: Column
    amount: Column
    kind: Column
    taxable: Mask


@dataclass(frozen=True)
class Deductions(Table):
    """Amounts withheld beside insurance and tax."""

    person: Column
    amount: Column


@dataclass(frozen=True)
class Arrears(Table):
    """Differences of earlier months settled now; ``month`` is the ordinal of its first day.

    An amount below nil was paid or withheld too much.
    """

    WITHIN: ClassVar = {
        "month": _A_DAY,
        "amount": (-LARGEST_FEN, LARGEST_FEN),
    }

    person: Column
    month: Column
    amount: Column


@dataclass(frozen=True)
class People(Table):
    """One row a person; days of joining and leaving as ordinals (`date.toordinal`)."""

    FILL: ClassVar = {
        "joined": 1,
        "left": NO_END,
        "by_schedule": True,
        "sick_pay_share": NOT_GIVEN,
        "average_day_hours": NOT_GIVEN,
        "longest_week_hours": NOT_GIVEN,
        "pay_cycle_days": NOT_GIVEN,
        "declared_base": NOT_GIVEN,
        "pension_base": NOT_GIVEN,
        "medical_base": NOT_GIVEN,
        "unemployment_base": NOT_GIVEN,
        "injury_base": NOT_GIVEN,
        "maternity_base": NOT_GIVEN,
        "injury_rate": NOT_GIVEN,
        "injury_class": NOT_GIVEN,
        "injury_float": 100,
        "months_employed": NOT_GIVEN,
        "relief": NOT_GIVEN,
        "first_job": NOT_GIVEN,
        "agreement_tax": NOT_GIVEN,
        "housing_fund_base": NOT_GIVEN,
        "housing_fund_employee_rate": NOT_GIVEN,
        "housing_fund_employer_rate": NOT_GIVEN,
    }
    WITHIN: ClassVar = {
        "kind": (0, len(KINDS) - 1),
        "first_job": (NOT_GIVEN, 1),
        "agreement_tax": (NOT_GIVEN, len(TAX_CATEGORIES) - 1),
        "joined": _A_DAY,
        "left": _A_DAY,
    }
    LATER: ClassVar = frozenset(
        {
            "between_days",
            "advance_recovered",
            "first_job",
            "bonus_apart_before",
            "agreement_tax",
            "housing_fund_base",
            "housing_fund_employee_rate",
            "housing_fund_employer_rate",
        }
    )

    kind: Column
    joined: Column
    left: Column
    by_schedule: Mask
    scheduled_days: Column
    disabled: Mask
    sick_pay_share: Column
    average_day_hours: Column
    longest_week_hours: Column
    pay_cycle_days: Column
    pension: Mask
    medical: Mask
    unemployment: Mask
    injury: Mask
    maternity: Mask
    declared_base: Column
    pension_base: Column
    medical_base: Column
    unemployment_base: Column
    injury_base: Column
    maternity_base: Column
    injury_rate: Column
    injury_class: Column
    injury_float: Column
    accident_insurance: Column
    housing_fund_employee: Column
    housing_fund_employer: Column
    months_employed: Column
    income_before: Column
    exempt_before: Column
    insurance_before: Column
    withheld_before: Column
    special_additional: Column
    other_deductions: Column
    relief: Column
    whole_year_deduction: Mask
    paid_through: Column
    between_days: Column
    advance_recovered: Column
    first_job: Column
    bonus_apart_before: Column
    agreement_tax: Column
    housing_fund_base: Column
    housing_fund_employee_rate: Column
    housing_fund_employer_rate: Column

    def insured(self, insurance: Insurance) -> Mask:
        """Return who is covered by an insurance."""
        covered: Mask = getattr(self, insurance.value)
        return covered

    def own_base(self, insurance: Insurance) -> Column:
        """Return the declared bases that are an insurance's own."""
        base: Column = getattr(self, f"{insurance.value}_base")
        return base
