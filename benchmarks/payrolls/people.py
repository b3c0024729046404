"""Invented people as columns: any number, always the same for a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from payroll import Columns, Kind, Month
from payroll.columns import (
    KINDS,
    NOT_GIVEN,
    Allowances,
    Arrears,
    Deductions,
    Labels,
    People,
    Pieces,
    Spells,
)

MONTH = Month(2026, 10)
COUNTIES = ("371602", "371603", "371621", "371622", "371623", "371625", "371681")
FULL, PART, AGREEMENT = (
    KINDS.index(k) for k in (Kind.LABOUR_CONTRACT, Kind.PART_TIME, Kind.ASSISTED_AGREEMENT)
)
SCHEDULED = 2100
JOINED = date(2024, 1, 1).toordinal()

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Simple:
    """Full-time people with a whole month, in fen: what every engine here can state."""

    gross: Numbers
    declared: Numbers
    income_before: Numbers
    insurance_before: Numbers
    withheld_before: Numbers
    special: Numbers

    def __len__(self) -> int:
        return len(self.gross)


def simple(count: int, seed: int) -> Simple:
    """Return people from the minimum wage up to far above the cap, in their tenth month."""
    rng = np.random.default_rng(seed)
    gross = rng.integers(221_000, 2_600_000, count)
    special = rng.choice(np.array([0, 1_000_000, 2_000_000]), count)
    return Simple(
        gross=gross,
        declared=gross - rng.integers(0, 100_000, count),
        income_before=9 * gross,
        insurance_before=9 * (gross // 10),
        withheld_before=np.maximum(9 * gross - 4_500_000 - 9 * (gross // 10) - special, 0) // 34,
        special=special,
    )


def columns_of(people: Simple) -> Columns:
    """Return the simple people as the engine's columns."""
    count = len(people)
    yes = np.ones(count, np.bool_)
    each = People.filled(
        count,
        joined=np.full(count, JOINED),
        scheduled_days=np.full(count, SCHEDULED),
        **dict.fromkeys(("pension", "medical", "unemployment", "injury", "maternity"), yes),
        declared_base=people.declared,
        injury_rate=np.full(count, 4000),
        months_employed=np.full(count, 10),
        income_before=people.income_before,
        insurance_before=people.insurance_before,
        withheld_before=people.withheld_before,
        special_additional=people.special,
    )
    spells = Spells.filled(
        count,
        person=np.arange(count),
        agreed_wage=people.gross,
        paid_days=np.full(count, SCHEDULED),
    )
    return _columns(each, spells, Labels.same("371681", count))


def mixed(count: int, seed: int) -> Columns:
    """Return people of every kind in seven counties: pieces, leave, overtime, allowances."""
    rng = np.random.default_rng(seed)
    kind = rng.choice(np.array([FULL] * 8 + [PART, AGREEMENT]), count)
    full, part, agreement = kind == FULL, kind == PART, kind == AGREEMENT
    unpaid = 100 * rng.choice(np.array([0, 0, 0, 1, 2]), count) * full
    sick = 100 * rng.choice(np.array([0] * 9 + [2]), count) * full
    wage = rng.integers(221_000, 1_500_000, count)
    before = np.where(full, 9 * wage, 900_000)
    each = People.filled(
        count,
        kind=kind,
        joined=np.full(count, JOINED),
        by_schedule=rng.random(count) < 0.5,
        scheduled_days=np.where(full, SCHEDULED, 0),
        disabled=rng.random(count) < 0.5,
        sick_pay_share=np.full(count, 800_000),
        average_day_hours=np.where(part, 400, NOT_GIVEN),
        longest_week_hours=np.where(part, 2400, NOT_GIVEN),
        pay_cycle_days=np.where(part, 15, NOT_GIVEN),
        **dict.fromkeys(("pension", "medical", "unemployment", "maternity"), full),
        injury=~agreement,
        declared_base=np.where(agreement, NOT_GIVEN, wage),
        injury_rate=rng.choice(np.array([2000, 4000, 7000]), count),
        accident_insurance=1000 * agreement,
        months_employed=np.where(agreement, NOT_GIVEN, 10),
        income_before=before,
        insurance_before=before // 10,
        withheld_before=np.maximum(before - 4_500_000 - before // 10, 0) // 20,
    )
    spells = Spells.filled(
        count,
        person=np.arange(count),
        agreed_wage=np.where(full, wage, NOT_GIVEN),
        hourly_wage=np.where(part, 2300, NOT_GIVEN),
        hours=np.where(part, 8000, 0),
        paid_days=np.where(full, SCHEDULED - unpaid - sick, 0),
        unpaid_days=unpaid,
        sick_days=sick,
        workday_hours=rng.choice(np.array([0, 0, 400]), count) * full,
        rest_day_hours=rng.choice(np.array([0, 0, 0, 800]), count) * full,
    )
    places = Labels(COUNTIES, rng.integers(0, len(COUNTIES), count))
    return _columns(each, spells, places, rng)


def _columns(
    each: People, spells: Spells, places: Labels, rng: np.random.Generator | None = None
) -> Columns:
    """Join the tables; with a generator, half the people make pieces and all have an allowance."""
    count = len(each.kind)
    pieces, allowances = (count // 2, count) if rng is not None else (0, 0)
    rng = rng or np.random.default_rng(0)
    return Columns(
        month=MONTH,
        ids=[f"W{number}" for number in range(count)],
        names=["示例职工"] * count,
        employers=Labels(tuple(f"E{n}" for n in range(50)), np.arange(count) % 50),
        insured_places=places,
        rate_documents=Labels.same("示例：单位核定通知", count),
        of_people=each,
        spells=spells,
        work_places=places,
        pieces=Pieces.filled(
            pieces,
            person=np.sort(rng.integers(0, count, pieces)),
            quantity=rng.integers(100, 20_000, pieces),
            rate=rng.integers(100, 5000, pieces),
        ),
        items=Labels.same("手工串珠", pieces),
        allowances=Allowances.filled(
            allowances,
            person=np.arange(allowances),
            amount=rng.integers(0, 30_000, allowances),
            kind=rng.integers(0, 8, allowances),
        ),
        allowance_names=Labels.same("津贴", allowances),
        deductions=Deductions.filled(0),
        deduction_names=Labels.same("", 0),
        arrears=Arrears.filled(0),
        arrear_lines=Labels.same("", 0),
    )
