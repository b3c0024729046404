"""Random months of invented people, within what the law and the model allow."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from payroll import (
    Allowance,
    AllowanceKind,
    DayCount,
    Deduction,
    Insurance,
    Kind,
    Leave,
    LeaveKind,
    MadeIn,
    Overtime,
    PartTime,
    Piece,
    Spell,
    TaxYear,
    WorkerMonth,
    team_shares,
)

COUNTIES = ("371602", "371603", "371621", "371622", "371623", "371625", "371681")

shares = st.lists(st.integers(1, 50), min_size=1, max_size=4).flatmap(
    lambda weights: st.sampled_from(team_shares(weights))
)
pieces = st.builds(
    Piece,
    item=st.sampled_from(["手工串珠", "纸盒折叠"]),
    quantity=st.integers(0, 2000),
    rate_fen=st.decimals(0, 500, places=1),
    quality_deduction_fen=st.integers(0, 2000),
    share=shares,
    made_in=st.sampled_from(MadeIn),
)
allowances = st.builds(
    Allowance,
    name=st.just("津贴"),
    amount_fen=st.integers(0, 100000),
    kind=st.sampled_from(AllowanceKind),
    taxable=st.booleans(),
)


@st.composite
def tax_years(draw: st.DrawFn) -> TaxYear:
    """A year so far whose income stayed within the standard deduction, so that no debt is due."""
    months = draw(st.integers(1, 10))
    return TaxYear(
        months_employed=months,
        income_fen=draw(st.integers(0, 500_000 * (months - 1))),
        insurance_fen=draw(st.integers(0, 2_000_000)),
        withheld_fen=draw(st.integers(0, 100_000)),
        special_additional_fen=draw(st.integers(0, 2_000_000)),
        relief_fen=draw(st.none() | st.integers(0, 100_000)),
        whole_year_deduction=draw(st.booleans()),
    )


hours = st.decimals(0, 20, places=1)
overtime = st.builds(Overtime, workday_hours=hours, rest_day_hours=hours, holiday_hours=hours)


@st.composite
def contract_workers(draw: st.DrawFn) -> WorkerMonth:
    """A worker under a labour contract, here for most of the month or hardly any of it."""
    unpaid, sick, maternity = (
        draw(st.integers(0, 4) | st.integers(5, 10)),
        draw(st.integers(0, 2)),
        draw(st.integers(0, 1)),
    )
    before = draw(st.integers(0, 8))  # days under an earlier wage, perhaps elsewhere
    leave = ((LeaveKind.SICK, sick), (LeaveKind.MATERNITY, maternity))
    wage = draw(st.integers(100_000, 6_000_000))
    return WorkerMonth(
        id="x",
        name="示例职工",
        kind=Kind.LABOUR_CONTRACT,
        employer=draw(st.sampled_from("AB")),
        work_place=draw(st.sampled_from(COUNTIES)),
        joined=date(2024, 1, 1),
        day_count=draw(st.sampled_from(DayCount)),
        agreed_wage_fen=wage,
        scheduled_days=Decimal(21),
        earlier=(
            (
                Spell(
                    work_place=draw(st.sampled_from(COUNTIES)),
                    agreed_wage_fen=draw(st.integers(100_000, wage)),
                    paid_days=Decimal(before),
                ),
            )
            if before
            else ()
        ),
        paid_days=Decimal(21 - before - unpaid - sick - maternity),
        unpaid_days=Decimal(unpaid),
        leave=tuple(Leave(kind=kind, days=Decimal(days)) for kind, days in leave),
        sick_pay_share=draw(st.decimals(0, 1, places=2)),
        pieces=tuple(draw(st.lists(pieces, max_size=2))),
        overtime=draw(overtime),
        allowances=tuple(draw(st.lists(allowances, max_size=2))),
        # Far above the minimum a tenth of the wage stays within every limit.
        deductions=(Deduction(name="损坏赔偿", amount_fen=wage // 10),) if wage > 500_000 else (),
        insured=draw(st.just(frozenset(Insurance)) | st.frozensets(st.sampled_from(Insurance))),
        declared_base_fen=draw(st.integers(0, 5_000_000)) if wage > 500_000 else wage,
        injury_rate=draw(st.decimals(0, Decimal("0.02"), places=4)),
        tax_year=draw(tax_years()),
        disabled=draw(st.booleans()),
    )


agreement_workers = st.builds(
    WorkerMonth,
    id=st.just("x"),
    name=st.just("示例服务对象"),
    kind=st.just(Kind.ASSISTED_AGREEMENT),
    employer=st.just("H"),
    work_place=st.sampled_from(COUNTIES),
    joined=st.just(date(2026, 1, 5)),
    pieces=st.lists(pieces, max_size=3).map(tuple),
    accident_insurance_fen=st.integers(0, 1000),
)


def _numbered(workers: list[WorkerMonth]) -> list[WorkerMonth]:
    return [worker.model_copy(update={"id": f"W{n}"}) for n, worker in enumerate(workers)]


part_time_workers = st.builds(
    WorkerMonth,
    id=st.just("x"),
    name=st.just("示例职工"),
    kind=st.just(Kind.PART_TIME),
    employer=st.just("P"),
    work_place=st.sampled_from(COUNTIES),
    joined=st.just(date(2026, 1, 5)),
    hourly_wage_fen=st.integers(1000, 10_000),
    hours=st.decimals(0, 90, places=1),
    part_time=st.just(
        PartTime(average_day_hours=Decimal(4), longest_week_hours=Decimal(24), pay_cycle_days=15)
    ),
    pieces=st.lists(pieces, max_size=2).map(tuple),
    tax_year=st.just(TaxYear(months_employed=10)),
)

groups = st.lists(
    contract_workers() | agreement_workers | part_time_workers, min_size=1, max_size=8
).map(_numbered)
"""A mixed group of people with different ids."""
