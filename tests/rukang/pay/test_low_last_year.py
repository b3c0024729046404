"""The 60 000 yuan of the year before, from totals on file and from the system's own locked runs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from payroll import (
    DayCount,
    Insurance,
    Kind,
    Month,
    Policy,
    TaxYear,
    WorkerMonth,
    compute,
    year_after,
)
from rukang.base.access import Database
from rukang.bodies.homes import Home
from rukang.pay import PayRun, RunState
from rukang.pay.run.left_open import left_open
from rukang.pay.store.records import PayslipRecord
from rukang.pay.year.tax_years import year_so_far
from rukang.work.employment import Employment
from tests.conftest import NOW
from tests.demo import LOCAL_POLICY
from tests.factories import a_home, a_resident, a_tax_year, an_employer, an_employment

JANUARY = date(2026, 1, 1)


def _somebody(session: Session) -> tuple[Home, Employment]:
    home = a_home(session)
    work = an_employment(
        session, a_resident(session, home), an_employer(session), started_on=date(2024, 1, 1)
    )
    return home, work


def _run(session: Session, work: Employment, month: date, gross_fen: int) -> None:
    """Store a locked month of last year with one payslip."""
    run = PayRun(
        home_id=work.home_id, month=month, state=RunState.CALCULATED, requested_at=NOW, inputs=[]
    )
    session.add(run)
    session.flush()
    totals = dict.fromkeys(
        ("employee_shares_fen", "tax_fen", "deductions_fen", "net_fen", "employer_cost_fen"), 0
    )
    session.add(
        PayslipRecord(
            home_id=work.home_id, run_id=run.id, employment_id=work.id, slip={},
            gross_fen=gross_fen, **totals,
        )
    )  # fmt: skip
    session.flush()
    run.state = RunState.LOCKED
    session.flush()


@pytest.mark.parametrize(
    ("months", "income", "whole"),
    [(12, 6_000_000, True), (12, 6_000_001, False), (11, 5_000_000, False)],
)
def test_totals_of_last_december_serve_in_january(
    empty_database: Database, months: int, income: int, whole: bool
) -> None:
    """Twelve months and at most 60 000 yuan to the fen; else the row is not used, and told."""
    with empty_database.session() as session:
        home, work = _somebody(session)
        a_tax_year(session, work, through=date(2025, 12, 31), months=months, income_fen=income)
        assert year_so_far(session, home, JANUARY).of(work).whole_year_deduction is whole
        run = PayRun(home_id=home.id, month=JANUARY, state=RunState.DRAFT, requested_at=NOW)
        session.add(run)
        session.flush()
        assert ("R01 上年12月的年度累计没有用到" in left_open(session, run, ())) is not whole


@pytest.mark.parametrize(("last", "whole"), [(500_000, True), (500_001, False), (None, False)])
def test_locked_runs_of_last_year_serve(
    empty_database: Database, last: int | None, whole: bool
) -> None:
    """Nine months of totals with 45 000, and three locked months of 5000, no fen more."""
    with empty_database.session() as session:
        home, work = _somebody(session)
        a_tax_year(session, work, through=date(2025, 9, 30), months=9, income_fen=4_500_000)
        for month, gross in ((10, 500_000), (11, 500_000), (12, last)):
            if gross is not None:
                _run(session, work, date(2025, month, 1), gross)
        assert year_so_far(session, home, JANUARY).of(work).whole_year_deduction is whole


def test_seven_thousand_a_month_is_first_withheld_from_in_october() -> None:
    """To September 63000 − 60000 − 9 × 721 < 0; in October 70000 − 60000 − 7210 = 2790, × 3 %."""
    policy = Policy.load([LOCAL_POLICY])
    year, withheld = TaxYear(months_employed=1, whole_year_deduction=True), []
    for month in range(1, 11):
        worker = WorkerMonth(
            id="R01", name="示例职工", kind=Kind.LABOUR_CONTRACT, employer="A", work_place="371681",
            joined=date(2024, 1, 1), day_count=DayCount.PAID_DAYS, scheduled_days=Decimal(21),
            paid_days=Decimal(21), agreed_wage_fen=700_000, declared_base_fen=700_000,
            insured=frozenset(Insurance), injury_rate=Decimal("0.004"), tax_year=year,
        )  # fmt: skip
        slip = compute(Month(2026, month), [worker], policy).payslip(0)
        withheld.append(slip.amount_fen("income_tax"))
        year = year_after(worker, slip)
    assert withheld == [0] * 9 + [83_70]
