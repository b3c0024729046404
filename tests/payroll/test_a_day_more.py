"""One paid day more in a month, over all there is in one: never less, never more than two days."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payroll import (
    DayCount,
    Insurance,
    Kind,
    Leave,
    LeaveKind,
    Month,
    Policy,
    Spell,
    TaxYear,
    WorkerMonth,
    compute,
)

MINIMUM = {"371681": 221_000, "371621": 202_000}
"""Monthly minimum wages of October 2026, second and third tier."""

DAYS_A_MONTH = Fraction("21.75")
ROUNDINGS = 3
"""Fen by which wage, leave and top-up may be off, each rounded by itself."""


@st.composite
def a_day_more(draw: st.DrawFn) -> tuple[WorkerMonth, WorkerMonth]:
    """A month with a day that is missed, and the same month with that day paid."""
    scheduled = draw(st.integers(16, 24))
    parts = draw(st.lists(st.integers(0, scheduled), min_size=4, max_size=4).map(sorted))
    before, paid, sick, maternity = (
        parts[0],
        parts[1] - parts[0],
        parts[2] - parts[1],
        parts[3] - parts[2],
    )
    missed = scheduled - parts[3]
    if not missed:
        paid, missed = (paid - 1, 1) if paid else (0, 0)
    if not missed:
        before, sick, maternity, missed = 0, 0, 0, scheduled
    between = draw(st.sampled_from([0, missed - 1])) if before else 0
    earlier_place, place = draw(st.lists(st.sampled_from(list(MINIMUM)), min_size=2, max_size=2))
    wages = st.integers(221_000, 900_000)
    month = WorkerMonth(
        id="missed",
        name="示例职工",
        kind=Kind.LABOUR_CONTRACT,
        employer="A",
        work_place=place,
        insured_place="371681",
        joined=date(2024, 1, 1),
        day_count=DayCount.PAID_DAYS,
        agreed_wage_fen=draw(wages),
        scheduled_days=Decimal(scheduled),
        between_days=Decimal(between),
        earlier=(
            (
                Spell(
                    work_place=earlier_place,
                    agreed_wage_fen=draw(wages),
                    paid_days=Decimal(before),
                ),
            )
            if before
            else ()
        ),
        paid_days=Decimal(paid),
        unpaid_days=Decimal(missed - between),
        leave=(
            Leave(kind=LeaveKind.SICK, days=Decimal(sick)),
            Leave(kind=LeaveKind.MATERNITY, days=Decimal(maternity)),
        ),
        sick_pay_share=Decimal(draw(st.integers(0, 100))) / 100,
        insured=draw(st.sampled_from([frozenset(Insurance), frozenset()])),
        declared_base_fen=221_000,
        injury_rate=Decimal("0.004"),
        tax_year=TaxYear(months_employed=10),
    )
    more = {"id": "paid", "paid_days": month.paid_days + 1, "unpaid_days": month.unpaid_days - 1}
    return month, month.model_copy(update=more)


@given(months=a_day_more())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_paid_day_more_never_lowers_pay_nor_pays_three(
    demo: Policy, months: tuple[WorkerMonth, WorkerMonth]
) -> None:
    """Wage, sick pay, maternity pay and top-up together, at any wages, places and spells.

    Nor is anybody paid below paid days × wage ÷ 21.75, of each spell its own, up to the wage.
    """
    computed = compute(Month(2026, 10), list(months), demo)
    missed, paid = computed.amounts("gross").tolist()
    assert paid >= missed - ROUNDINGS
    dearest = max(
        max(spell.agreed_wage_fen or 0, MINIMUM[spell.work_place]) for spell in months[1].spells
    )
    assert paid - missed <= 2 * dearest / DAYS_A_MONTH + ROUNDINGS
    for month, wage in zip(months, computed.amounts("monthly_wage").tolist(), strict=True):
        days = sum((spell.paid_days for spell in month.spells), Decimal(0))
        # Beyond 21.75 paid days a month is whole: the days of all spells count a little less.
        part = min(1, DAYS_A_MONTH / Fraction(days)) if days else 1
        least = sum(
            Fraction(spell.paid_days) * (spell.agreed_wage_fen or 0) / DAYS_A_MONTH
            for spell in month.spells
        )
        assert wage >= least * part - 1


@given(
    days=st.lists(st.integers(1, 6), min_size=3, max_size=3),
    between=st.integers(0, 5),
    first=st.sampled_from(list(MINIMUM)),
)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_minimum_of_every_place_in_every_spell_needs_no_top_up(
    demo: Policy, days: list[int], between: int, first: str
) -> None:
    """Who joins, leaves and joins again elsewhere, each time at the place's minimum, has it."""
    places = [first, *(place for place in MINIMUM if place != first), first]
    *earlier, own = (
        Spell(work_place=place, agreed_wage_fen=MINIMUM[place], paid_days=Decimal(count))
        for place, count in zip(places, days, strict=True)
    )
    slip = compute(Month(2026, 10), [_of_spells(earlier, own, sum(days), between)], demo).payslip(0)
    assert slip.amount_fen("minimum_top_up") == 0
    assert slip.amount_fen("monthly_wage") == slip.amount_fen("applicable_minimum")


def test_a_change_of_place_between_two_spells(demo: Policy) -> None:
    """6 days at 2210 in 邹平, 6 between, 9 at 2020 in 惠民: (13260 + 18180) ÷ 21.75 = 1445.52."""
    first = Spell(work_place="371681", agreed_wage_fen=221_000, paid_days=Decimal(6))
    second = Spell(work_place="371621", agreed_wage_fen=202_000, paid_days=Decimal(9))
    slip = compute(Month(2026, 10), [_of_spells([first], second, 15, 6)], demo).payslip(0)
    assert slip.gross_fen == slip.amount_fen("applicable_minimum") == 144_552


def _of_spells(earlier: list[Spell], own: Spell, paid: int, between: int) -> WorkerMonth:
    """Return a month of nothing but paid days and days between."""
    return WorkerMonth(
        id="spells",
        name="示例职工",
        kind=Kind.LABOUR_CONTRACT,
        employer="A",
        work_place=own.work_place,
        joined=date(2024, 1, 1),
        day_count=DayCount.PAID_DAYS,
        agreed_wage_fen=own.agreed_wage_fen,
        scheduled_days=Decimal(paid + between),
        between_days=Decimal(between),
        earlier=tuple(earlier),
        paid_days=own.paid_days,
        tax_year=TaxYear(months_employed=10),
    )
