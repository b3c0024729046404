"""First jobs, bonuses and agreements, from the records of a home to the payslip and the year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from payroll import Month, Payslip, Policy, compute
from rukang import pay
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.bodies.homes import Home
from rukang.pay import PayItem, PayItemKind
from rukang.pay.month.workers import workers_of
from rukang.pay.year.tax_years import year_so_far
from rukang.people import Resident
from rukang.work.employment import AgreementTax
from tests.demo import LOCAL_POLICY
from tests.factories import (
    OCTOBER,
    a_home,
    a_resident,
    an_agreement,
    an_employer,
    an_employment,
    some_marks,
    some_pieces,
)
from tests.wages import lock

POLICY = Policy.load([LOCAL_POLICY])
WORKDAYS = [day for day in days_of_month(OCTOBER) if Calendar().kind_of(day).works]
NOVEMBER = date(2026, 11, 1)
RICH: dict[str, Any] = {
    "started_on": OCTOBER,
    "monthly_wage_fen": 12_000_00,
    "declared_base_fen": 12_000_00,
}


def _slip(session: Session, home: Home) -> Payslip:
    ((_, worker),) = workers_of(session, home, OCTOBER, POLICY)
    return compute(Month(2026, 10), [worker], POLICY).payslip(0)


def _joiner(session: Session, **terms: Any) -> tuple[Home, Resident]:
    home = a_home(session)
    resident = a_resident(session, home)
    an_employment(session, resident, an_employer(session), **RICH, **terms)
    some_marks(session, resident, WORKDAYS)
    return home, resident


@pytest.mark.parametrize(("first", "fen"), [(True, 0), (False, 172_92), (None, 172_92)])
def test_the_first_job_of_the_year(empty_database: Database, first: bool | None, fen: int) -> None:
    """Joins in October: 12000 − 5000 − 1236 = 5764, × 3 % = 172.92; with ten months' 5000 nil."""
    with empty_database.session() as session:
        home, _ = _joiner(session, first_job=first, first_job_evidence="示例：本人声明")
        slip = _slip(session, home)
    assert slip.amount_fen("income_tax") == fen
    assert ("first_job_not_asked" in dict(slip.warnings)) == (first is None)


def _bonus(session: Session, resident: Resident, kind: PayItemKind, month: date = OCTOBER) -> None:
    values = {"home_id": resident.home_id, "resident_id": resident.id, "month": month}
    session.add(PayItem(**values, kind=kind, name="年终奖", amount_fen=12_000_00, taxable=True))
    session.flush()


def test_a_bonus_apart_is_no_part_of_the_year(empty_database: Database) -> None:
    """12000 ÷ 12 = 1000, 3 %: 360 beside 172.92; November goes on with the wage alone."""
    with empty_database.session() as session:
        home, resident = _joiner(session, first_job=False)
        _bonus(session, resident, PayItemKind.ANNUAL_BONUS_APART)
        run_id = pay.request_run(session, home, OCTOBER).id
    pay.calculate_run(empty_database, run_id, POLICY)
    lock(empty_database, run_id)
    with empty_database.session() as session:
        home = session.get_one(Home, 1)
        run = pay.find_run(session, run_id)
        (record,) = run.payslips
        slip = pay.payslip_of(record)
        year = year_so_far(session, home, NOVEMBER).of(record.employment)
        assert pay.is_reproduced(run, POLICY)
    assert (slip.amount_fen("income_tax"), slip.amount_fen("annual_bonus_tax")) == (172_92, 360_00)
    assert record.tax_fen == 532_92
    # 24000 − 1236 − 172.92 − 360
    assert record.net_fen == 22_231_08
    assert (year.income_fen, year.withheld_fen, year.bonus_apart_fen) == (
        12_000_00,
        172_92,
        12_000_00,
    )
    (line,) = (line for line in slip.lines if line.code == "annual_bonus_tax")
    # With the wages the month would withhold (5764 + 12000) × 3 % − 172.92 = 360 more.
    assert "单独计税 360.00" in line.zh
    assert "本月多扣 360.00" in line.zh


@pytest.mark.parametrize(
    ("category", "tax"),
    [
        (AgreementTax.LABOUR, 560_00),
        (AgreementTax.WAGES, 0),
        (AgreementTax.UNDECIDED, 0),
        (None, 0),
    ],
)
def test_pay_under_an_agreement(
    empty_database: Database, category: AgreementTax | None, tax: int
) -> None:
    """3600 as labour remuneration: (3600 − 800) × 20 % = 560; undecided stays a question."""
    with empty_database.session() as session:
        home = a_home(session)
        resident = a_resident(session, home)
        work = an_agreement(session, resident, an_employer(session))
        work.started_on = OCTOBER
        work.agreement_tax = category
        some_pieces(session, resident, OCTOBER, "手工串珠", 1000, "3.60")
        slip = _slip(session, home)
    assert slip.amount_fen("income_tax") == tax
    asked = category in (None, AgreementTax.UNDECIDED)
    assert ("agreement_tax_undetermined" in dict(slip.warnings)) == asked


def test_the_place_decides_for_agreements_that_say_nothing(
    empty_database: Database, tmp_path: Any
) -> None:
    """A local figure holds where the agreement states none, is cited; its own word goes first."""
    path = tmp_path / "local.yaml"
    path.write_text(
        "document: 示例税务局答复\ndate: 2026-01-01\nfigures:\n"
        "  - {parameter: income_tax.agreement_category, place: '371681', from: 2026-01-01,"
        " value: labour_remuneration}\n",
        encoding="utf-8",
    )
    policy = Policy.load([LOCAL_POLICY, path])
    with empty_database.session() as session:
        home = a_home(session)
        resident = a_resident(session, home)
        work = an_agreement(session, resident, an_employer(session))
        work.started_on = OCTOBER
        some_pieces(session, resident, OCTOBER, "手工串珠", 1000, "3.60")
        ((_, worker),) = workers_of(session, home, OCTOBER, policy)
        slip = compute(Month(2026, 10), [worker], policy).payslip(0)
        (line,) = (line for line in slip.lines if line.code == "income_tax")
        assert (line.amount_fen, "示例税务局答复" in line.zh) == (560_00, True)
        work.agreement_tax = AgreementTax.UNDECIDED
        ((_, worker),) = workers_of(session, home, OCTOBER, policy)
        assert compute(Month(2026, 10), [worker], policy).payslip(0).amount_fen("income_tax") == 0
