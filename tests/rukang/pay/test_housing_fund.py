"""The housing fund by base and rate, from a home's records to payslip, tax sheet and year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from payroll import Policy
from rukang import pay
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.bodies.homes import Home
from rukang.pay import PayItem, PayItemKind, PayRun
from rukang.pay.documents.month import paid_month
from rukang.pay.documents.offices.tax_certificate import fund_remark
from rukang.pay.documents.offices.tax_sheet import tax_columns, tax_rows
from rukang.pay.owed.corrections import field_of
from rukang.pay.year.certificates import certificates
from rukang.pay.year.tax_years import year_so_far
from rukang.people import Resident
from tests.demo import LOCAL_POLICY
from tests.factories import OCTOBER, a_home, a_resident, an_employer, an_employment, some_marks
from tests.wages import lock

NOVEMBER = date(2026, 11, 1)
FUND: dict[str, Any] = {
    "started_on": OCTOBER,
    "monthly_wage_fen": 40_000_00,
    "declared_base_fen": 10_000_00,
    "first_job": False,
    "fund_base_fen": 40_000_00,
    "fund_own_rate": Decimal("0.12"),
    "fund_employer_rate": Decimal("0.12"),
}


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    """The demo's figures, and an average wage of 8000: up to 2880.00 are free."""
    path = tmp_path / "local.yaml"
    path.write_text(
        LOCAL_POLICY.read_text(encoding="utf-8").rstrip()
        + '\n  - {parameter: housing_fund.average_wage, place: "371600", from: 2026-07-01,'
        " value: 8000}\n",
        encoding="utf-8",
    )
    return Policy.load([path])


def _october(session: Session) -> tuple[PayRun, Resident]:
    home = a_home(session)
    resident = a_resident(session, home)
    an_employment(session, resident, an_employer(session), **FUND)
    days = days_of_month(OCTOBER)
    some_marks(session, resident, [day for day in days if Calendar().kind_of(day).works])
    return pay.request_run(session, home, OCTOBER), resident


def _sheet_row(session: Session, run: PayRun) -> dict[str, Any]:
    month = paid_month(session, run)
    columns = tax_columns(Policy.load(), month)
    (row,) = tax_rows(session, month, columns)
    return dict(zip(columns, row, strict=True))


def test_base_and_rate_reach_payslip_sheet_and_year(
    empty_database: Database, policy: Policy
) -> None:
    """40000 × 12 % = 4800 on each side, 1920 of each above the limit.

    Own insurance 800 + 200 + 30 = 1030; 40000 + 1920 − 5000 − 1030 − 2880 = 33010, × 3 % = 990.30;
    40000 − 1030 − 4800 − 990.30 = 33179.70.
    """
    with empty_database.session() as session:
        run_id = _october(session)[0].id
    pay.calculate_run(empty_database, run_id, policy)
    lock(empty_database, run_id)
    with empty_database.session() as session:
        run = pay.find_run(session, run_id)
        assert pay.is_reproduced(run, policy)
        (record,) = run.payslips
        slip = pay.payslip_of(record)
        row = _sheet_row(session, run)
        (certificate,) = certificates(session, session.get_one(Home, 1), 2026, policy)
        (remark,) = fund_remark(certificate)
        year = year_so_far(session, session.get_one(Home, 1), NOVEMBER).of(record.employment)
    assert slip.amount_fen("housing_fund_employee") == 4800_00
    assert slip.amount_fen("housing_fund_employer") == 4800_00
    assert slip.amount_fen("housing_fund_taxed_employer") == 1920_00
    assert (record.tax_fen, record.net_fen) == (990_30, 33_179_70)
    assert (certificate.whole.income_fen, certificate.whole.withheld_fen) == (41_920_00, 990_30)
    assert remark.count("1,920.00") == 4  # of either side, in both languages
    # What the tax client reckons with: 41920 − 1030 − 2880.
    assert (row["本期收入"], row["住房公积金"]) == (Decimal("41920.00"), Decimal("2880.00"))
    assert (year.income_fen, year.insurance_fen) == (41_920_00, 1_030_00 + 2_880_00)


def test_an_amount_entered_for_the_month_stands_before_the_rate(
    empty_database: Database, policy: Policy
) -> None:
    """公积金个人 1000 of workbook 05 replaces 4800; the employer's side stays by rate."""
    with empty_database.session() as session:
        run, resident = _october(session)
        run_id = run.id
        session.add(
            PayItem(
                home_id=resident.home_id, resident_id=resident.id, month=OCTOBER,
                kind=PayItemKind.FUND_OWN, name="", amount_fen=1000_00, taxable=True,
            )
        )  # fmt: skip
    pay.calculate_run(empty_database, run_id, policy)
    with empty_database.session() as session:
        slip = pay.payslip_of(pay.find_run(session, run_id).payslips[0])
    assert slip.amount_fen("housing_fund_employee") == 1000_00
    assert slip.amount_fen("housing_fund_employer") == 4800_00


def test_a_corrected_base_is_settled_with_the_next_month(
    empty_database: Database, policy: Policy
) -> None:
    """Base 30000 instead of 40000: 3600 instead of 4800, so 1200 go back on either side."""
    with empty_database.session() as session:
        run, resident = _october(session)
        run_id, home_id = run.id, resident.home_id
        november = [d for d in days_of_month(NOVEMBER) if Calendar().kind_of(d).works]
        some_marks(session, resident, november)
    pay.calculate_run(empty_database, run_id, policy)
    lock(empty_database, run_id)
    with empty_database.session() as session:
        run = pay.find_run(session, run_id)
        changes = dict([field_of("公积金基数", "30000.00")])
        pay.correct(
            as_actor(session, "会计"), run, run.payslips[0].employment_id, changes, "基数误报"
        )
        next_id = pay.request_run(session, session.get_one(Home, home_id), NOVEMBER).id
    pay.calculate_run(empty_database, next_id, policy)
    with empty_database.session() as session:
        slip = pay.payslip_of(pay.find_run(session, next_id).payslips[0])
    assert slip.amount_fen("arrears_employee_share") == -1200_00
    assert slip.amount_fen("arrears_employer_cost") == -1200_00


def test_nobody_pays_into_the_fund_after_leaving(empty_database: Database, policy: Policy) -> None:
    """What October owes is paid in November to somebody who left, without a fund of November."""
    with empty_database.session() as session:
        run, resident = _october(session)
        run_id, home_id = run.id, resident.home_id
    pay.calculate_run(empty_database, run_id, policy)
    lock(empty_database, run_id)
    with empty_database.session() as session:
        run = pay.find_run(session, run_id)
        run.payslips[0].employment.ended_on = date(2026, 10, 31)
        changes = dict([field_of("月工资", "41000.00")])
        pay.correct(
            as_actor(session, "会计"), run, run.payslips[0].employment_id, changes, "工资误报"
        )
        next_id = pay.request_run(session, session.get_one(Home, home_id), NOVEMBER).id
    pay.calculate_run(empty_database, next_id, policy)
    with empty_database.session() as session:
        (record,) = pay.find_run(session, next_id).payslips
        slip = pay.payslip_of(record)
    assert slip.amount_fen("arrears") == 1000_00
    assert slip.amount_fen("housing_fund_employee") == 0
