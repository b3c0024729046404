"""From what is recorded of a month to what the engine is given, and to the payslip."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from payroll import Insurance, LeaveKind, Month, Payslip, Policy, WorkerMonth, compute
from rukang import pay
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.errors import InvalidError
from rukang.bodies.homes import Home
from rukang.care.attendance import HoursWorked
from rukang.pay import PayItem, PayItemKind
from rukang.pay.documents.month import paid_month
from rukang.pay.documents.offices.insurance_sheets import SHARES, declaration, movements
from rukang.pay.documents.offices.tax_sheet import tax_sheet
from rukang.pay.month.workers import workers_of
from rukang.pay.year.tax_years import year_so_far
from rukang.people import Resident
from rukang.work.employment import Employment, EmploymentKind
from tests.demo import LOCAL_POLICY
from tests.factories import (
    OCTOBER,
    a_home,
    a_resident,
    a_tax_year,
    an_agreement,
    an_employer,
    an_employment,
    some_marks,
    some_pieces,
)
from tests.pdf import pages_of
from tests.wages import lock

POLICY = Policy.load([LOCAL_POLICY])
WORKDAYS = [day for day in days_of_month(OCTOBER) if Calendar().kind_of(day).works]


def _worker(session: Session, home: Home) -> WorkerMonth:
    ((_, worker),) = workers_of(session, home, OCTOBER, POLICY)
    return worker


def _slip(worker: WorkerMonth) -> Payslip:
    return compute(Month(2026, 10), [worker], POLICY).payslip(0)


def _somebody(session: Session, **terms: Any) -> tuple[Home, Resident, Employment]:
    home = a_home(session)
    resident = a_resident(session, home)
    work = an_employment(session, resident, an_employer(session), **terms)
    a_tax_year(session, work)
    return home, resident, work


def _part_timer(session: Session) -> tuple[Home, Resident, Employment]:
    return _somebody(
        session,
        kind=EmploymentKind.PART_TIME,
        monthly_wage_fen=0,
        hourly_wage_fen=2300,
        pay_cycle_days=15,
        insured_from=OCTOBER,
    )


def _hours(session: Session, resident: Resident, day: int, **hours: str) -> HoursWorked:
    given = {"normal": Decimal(0), "overtime": Decimal(0), "lieu": Decimal(0)}
    of = HoursWorked(
        home_id=resident.home_id,
        resident_id=resident.id,
        day=date(2026, 10, day),
        **{**given, **{name: Decimal(value) for name, value in hours.items()}},
    )
    session.add(of)
    session.flush()
    return of


def _item(session: Session, resident: Resident, kind: PayItemKind, fen: int, **more: Any) -> None:
    values = {"month": OCTOBER, "name": "示例", "taxable": True, **more}
    item = PayItem(
        home_id=resident.home_id, resident_id=resident.id, kind=kind, amount_fen=fen, **values
    )
    session.add(item)
    session.flush()


def test_part_time_work_is_paid_by_the_hour(empty_database: Database) -> None:
    """Hours by day and week, work injury alone, tax like a wage; attendance marks are not asked."""
    with empty_database.session() as session:
        home, resident, _ = _part_timer(session)
        for day in (8, 9, 12, 13, 14, 15, 16):
            _hours(session, resident, day, normal="4")
        _hours(session, resident, 19, normal="2")
        worker = _worker(session, home)
    assert (worker.hours, worker.insured) == (30, {Insurance.INJURY})
    assert worker.part_time is not None
    assert worker.part_time.average_day_hours == Decimal("3.75")
    assert (worker.part_time.longest_week_hours, worker.part_time.pay_cycle_days) == (20, 15)
    slip = _slip(worker)
    assert slip.amount_fen("hourly_wage") == 30 * 2300
    assert slip.amount_fen("injury_employer") == 18_02  # 4504 × 0.4 %
    assert slip.amount_fen("pension_employee") == 0


def test_the_papers_of_part_time_work(empty_database: Database, tmp_path: Path) -> None:
    """Hours in the easy-read payslip, work injury declared, taxed like a wage."""
    with empty_database.session() as session:
        home, resident, _ = _part_timer(session)
        _hours(session, resident, 8, normal="3.5")
        run_id = pay.request_run(session, home, OCTOBER).id
    pay.calculate_run(empty_database, run_id, POLICY)
    with empty_database.session() as session:
        run = pay.find_run(session, run_id)
        pay.write_documents(session, run, tmp_path / "wages")
        month = paid_month(session, run)
        assert [row[0] for row in tax_sheet(session, month, POLICY).rows] == ["R01"]
        (declared, _) = declaration(session, month).rows
        assert declared[SHARES.index(("工伤（单位）", "injury_employer")) + 5] == Decimal("18.02")
        assert [row[0] for row in movements(session, month).rows] == ["增加"]
    (easy,) = pages_of((tmp_path / "wages" / "payslips-easy-read.pdf").read_bytes())
    assert "你上班的小时\n3.5 小时" in easy


def test_overtime_is_what_the_hours_say(empty_database: Database) -> None:
    """Workday, rest day and holiday apart; presence on a day off without hours is a whole day."""
    with empty_database.session() as session:
        home, resident, work = _somebody(session)
        off = [date(2026, 10, day) for day in (1, 18, 25)]
        some_marks(session, resident, [*WORKDAYS, *off])
        _hours(session, resident, 8, overtime="1")
        # A second row of the day, with the employer's name, adds to the first.
        _hours(session, resident, 8, overtime="0.5").employer_id = work.employer_id
        _hours(session, resident, 1, overtime="3")
        _hours(session, resident, 18, overtime="4", lieu="2")
        overtime = _worker(session, home).overtime
    assert (overtime.workday_hours, overtime.holiday_hours) == (Decimal("1.5"), 3)
    assert (overtime.rest_day_hours, overtime.lieu_hours) == (12, 2)


@pytest.mark.parametrize(("share", "paid", "leave"), [(None, 21, 0), ("0.8", 20, 1)])
def test_sick_leave_is_paid_by_the_employers_rule(
    empty_database: Database, share: str | None, paid: int, leave: int
) -> None:
    """In full without one; else at its share, never below the county's floor."""
    with empty_database.session() as session:
        home, resident, work = _somebody(session)
        work.employer.sick_pay_share = None if share is None else Decimal(share)
        some_marks(session, resident, WORKDAYS, SICK_LEAVE=date(2026, 10, 12))
        worker = _worker(session, home)
    assert (worker.paid_days, worker.leave_days(LeaveKind.SICK)) == (paid, leave)
    # 2210 ÷ 21.75 × 0.8 = 81.287
    assert _slip(worker).amount_fen("sick_pay") == (8129 if leave else 0)


def test_every_kind_of_leave_has_its_mark(empty_database: Database) -> None:
    """Marriage, bereavement and time off in lieu are paid, maternity leave is the insurance's."""
    with empty_database.session() as session:
        home, resident, _ = _somebody(session)
        kinds = ("MARRIAGE_LEAVE", "BEREAVEMENT_LEAVE", "IN_LIEU", "MATERNITY_LEAVE")
        away = {kind: date(2026, 10, 12 + n) for n, kind in enumerate(kinds)}
        some_marks(session, resident, WORKDAYS, **away)
        worker = _worker(session, home)
    assert (worker.paid_days, worker.unpaid_days) == (20, 0)
    assert worker.leave_days(LeaveKind.MATERNITY) == 1


def test_allowances_deductions_and_funds_reach_the_payslip(empty_database: Database) -> None:
    """Each in its line; an exempt allowance is not taxed, the fund is deducted before tax."""
    with empty_database.session() as session:
        home, resident, _ = _somebody(session, monthly_wage_fen=300_000)
        some_marks(session, resident, WORKDAYS)
        _item(session, resident, PayItemKind.GENERAL, 100_00, name="")
        _item(session, resident, PayItemKind.TEMPERATURE, 200_00, taxable=False)
        _item(session, resident, PayItemKind.DEDUCTION, 50_00)
        _item(session, resident, PayItemKind.FUND_OWN, 110_50)
        _item(session, resident, PayItemKind.FUND_EMPLOYER, 110_50)
        _item(session, resident, PayItemKind.SPECIAL_ADDITIONAL, 1000_00)
        _item(session, resident, PayItemKind.SPECIAL_ADDITIONAL, 900_00, month=date(2026, 9, 1))
        _item(session, resident, PayItemKind.RELIEF_TO_DATE, 10_00, month=date(2026, 8, 1))
        _item(session, resident, PayItemKind.RELIEF_TO_DATE, 12_00, month=date(2026, 9, 1))
        worker = _worker(session, home)
    assert [item.name for item in worker.allowances] == ["一般津贴", "示例"]
    assert worker.tax_year is not None
    # September stands in the totals on file already.
    assert worker.tax_year.special_additional_fen == 1000_00
    # The newest holds until another is stated.
    assert worker.tax_year.relief_fen == 12_00
    slip = _slip(worker)
    assert slip.amount_fen("allowances") == 300_00
    assert slip.amount_fen("deductions") == 50_00
    assert slip.amount_fen("housing_fund_employee") == 110_50
    assert slip.amount_fen("housing_fund_employer") == 110_50


def test_relief_and_deductions_stay_with_the_employer_of_their_month(
    empty_database: Database,
) -> None:
    """September's, with the first employer, are not the second one's too."""
    with empty_database.session() as session:
        home = a_home(session)
        resident = a_resident(session, home)
        before = an_employment(session, resident, an_employer(session), ended_on=date(2026, 9, 30))
        after = an_employment(
            session, resident, an_employer(session, "示例另一家"), started_on=OCTOBER
        )
        for kind in (PayItemKind.RELIEF_TO_DATE, PayItemKind.SPECIAL_ADDITIONAL):
            _item(session, resident, kind, 90_00, month=date(2026, 9, 1))
            _item(session, resident, kind, 10_00)
        september = year_so_far(session, home, date(2026, 9, 1)).of(before)
        october = year_so_far(session, home, OCTOBER)
        assert (september.relief_fen, september.special_additional_fen) == (90_00, 90_00)
        assert (october.of(after).relief_fen, october.of(after).special_additional_fen) == (
            10_00,
            10_00,
        )
        # Who has left is not given more, however late the rest is settled.
        assert october.of(before).special_additional_fen == 90_00


def test_amounts_of_two_employers_need_the_employers_name(empty_database: Database) -> None:
    """Named they are that employer's; unnamed the run says that nobody knows whose they are."""
    with empty_database.session() as session:
        home, resident, first = _somebody(session, ended_on=date(2026, 10, 14))
        other = an_employer(session, "示例另一家")
        second = an_employment(session, resident, other, started_on=date(2026, 10, 15))
        some_marks(session, resident, WORKDAYS)
        _hours(session, resident, 8, overtime="1")  # the day tells whose they are
        _item(session, resident, PayItemKind.GENERAL, 100_00, employer_id=other.id)
        pairs = dict(workers_of(session, home, OCTOBER, POLICY))
        assert [len(pairs[work].allowances) for work in (first, second)] == [0, 1]
        assert [pairs[work].overtime.workday_hours for work in (first, second)] == [1, 0]
        _item(session, resident, PayItemKind.MEAL, 100_00)
        with pytest.raises(InvalidError, match="无法判断津贴与扣款属于哪家单位"):
            workers_of(session, home, OCTOBER, POLICY)


def test_an_agreement_that_ended_is_settled_without_its_premium(empty_database: Database) -> None:
    """Pieces of October counted too few: November pays them, and no accident insurance."""
    with empty_database.session() as session:
        home = a_home(session)
        resident = a_resident(session, home)
        work = an_agreement(session, resident, an_employer(session))
        work.ended_on = date(2026, 10, 31)
        some_pieces(session, resident, OCTOBER, "手工串珠", 100, "1.20")
        october = pay.request_run(session, home, OCTOBER).id
        november = pay.request_run(session, home, date(2026, 11, 1)).id
    pay.calculate_run(empty_database, october, POLICY)
    lock(empty_database, october)
    made = {"item": "手工串珠", "quantity": "110", "rate_fen": "120"}
    with empty_database.session() as session:
        run = pay.find_run(session, october)
        pay.correct(session, run, run.payslips[0].employment_id, {"pieces": [made]}, "补记")
    pay.calculate_run(empty_database, november, POLICY)
    with empty_database.session() as session:
        (slip,) = pay.find_run(session, november).payslips
        assert (slip.net_fen, slip.employer_cost_fen) == (12_00, 12_00)
