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
    Overtime,
    Piece,
    TaxYear,
    WorkerMonth,
)

COUNTIES = ("371602", "371603", "371621", "371622", "371623", "371625", "371681")

pieces = st.builds(
    Piece,
    item=st.sampled_from(["手工串珠", "纸盒折叠"]),
    quantity=st.integers(0, 2000),
    rate_fen=st.decimals(0, 500, places=1),
)
allowances = st.builds(
    Allowance,
    name=st.just("津贴"),
    amount_fen=st.integers(0, 100000),
    kind=st.sampled_from(AllowanceKind),
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
    """A worker under a labour contract, paid enough days to owe nothing."""
    unpaid = draw(st.integers(0, 6))
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
        paid_days=Decimal(21 - unpaid),
        unpaid_days=Decimal(unpaid),
        pieces=tuple(draw(st.lists(pieces, max_size=2))),
        overtime=draw(overtime),
        allowances=tuple(draw(st.lists(allowances, max_size=2))),
        # Far above the minimum a tenth of the wage stays within every limit.
        deductions=(Deduction(name="损坏赔偿", amount_fen=wage // 10),) if wage > 500_000 else (),
        insured=frozenset(Insurance),
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


groups = st.lists(contract_workers() | agreement_workers, min_size=1, max_size=8).map(_numbered)
"""A mixed group of people with different ids."""
