"""Wages by the agreed day, and arrears that were paid afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from payroll import Policy
from rukang import pay
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.bodies.homes import find_home
from rukang.engines.rating import Measure
from rukang.engines.rating.criteria.measure import Measurement
from rukang.pay import BankAnswer, RunState, due_on
from rukang.stars.measured import measured
from rukang.work.employment import Employment
from tests.demo import LOCAL_POLICY
from tests.factories import (
    a_home,
    a_resident,
    a_tax_year,
    an_employer,
    an_employment,
    some_marks,
)
from tests.rukang.stars.measures.conftest import Read
from tests.wages import lock

AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 1) for month in (8, 9, 10))
WAGES = {"R1": 460_000, "R2": 221_000}
AWAY = date(2026, 8, 12)
"""A day on which R1 is marked absent: a correction makes it a day worked."""


@pytest.fixture
def policy() -> Policy:
    """The rule base with the figures of the demonstration."""
    return Policy.load([LOCAL_POLICY])


@pytest.fixture
def database(empty_database: Database) -> Database:
    """Two people to be paid on the 15th, with attendance of three months."""
    with empty_database.session() as session:
        home, employer = a_home(session), an_employer(session)
        months = (AUGUST, SEPTEMBER, OCTOBER)
        days = [d for month in months for d in days_of_month(month) if Calendar().kind_of(d).works]
        for code, wage in WAGES.items():
            resident = a_resident(session, home, code)
            terms = {"monthly_wage_fen": wage, "declared_base_fen": wage, "pay_day": 15}
            work = an_employment(session, resident, employer, **terms)
            year = {"through": date(2026, 7, 31), "months": 7, "income_fen": 7 * wage}
            a_tax_year(session, work, **year)
            some_marks(session, resident, days, **({"ABSENT": AWAY} if code == "R1" else {}))
    return empty_database


def _locked(database: Database, policy: Policy, month: date) -> int:
    with database.session() as session:
        run = pay.request_run(session, find_home(session, "ZP001"), month)
    pay.calculate_run(database, run.id, policy)
    lock(database, run.id)
    return run.id


def _paid(database: Database, run_id: int, day: date, failed: str = "") -> None:
    """Let the bank's answer be entered at noon of a day, in Shanghai."""
    noon = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    then = Database(database.url, database.vault, lambda: noon)
    with then.session() as session:
        run = pay.find_run(session, run_id)
        answers = [
            BankAnswer(slip.id, slip.net_fen, slip.employment.resident.code != failed)
            for slip in pay.send(session, run)
        ]
        pay.take_answers(session, run, answers)
    then.close()


def _read(
    database: Database, measure: Measure, month: date, months: int = 1, policy: Policy | None = None
) -> Measurement | None:
    with database.session() as session:
        home = find_home(session, "ZP001")
        return measured(session, home, month, {measure: months}, policy).get(measure)


def _on_time(database: Database, month: date, months: int = 1) -> Measurement | None:
    return _read(database, Measure.WAGES_ON_TIME_SHARE, month, months)


@pytest.mark.parametrize(("day", "value"), [(15, 1), (16, 0)])
def test_paid_on_the_agreed_day_or_after(
    database: Database, policy: Policy, day: int, value: int
) -> None:
    """August's wages are due on the 15th of September, that day included."""
    _paid(database, _locked(database, policy, AUGUST), date(2026, 9, day))
    found = _on_time(database, SEPTEMBER)
    assert found is not None
    assert found.value == value
    assert found.evidence.startswith(f"2026-09 工资发放回单 receipts of wages：{2 * value}/2；")
    assert "payslip 2 条" in found.evidence


def test_what_fell_due_before_or_was_not_paid_for_is_another_months(
    database: Database, policy: Policy
) -> None:
    """August's wages fall due in September alone, and are late if the bank refused them."""
    _paid(database, _locked(database, policy, AUGUST), date(2026, 9, 10), failed="R2")
    assert _on_time(database, AUGUST) is None
    assert _on_time(database, OCTOBER) is None
    found = _on_time(database, OCTOBER, 2)
    assert found is not None
    assert found.value == Decimal("0.5")
    assert "2 个月中 1 个月有记录（缺 2026-10）" in found.evidence
    _locked(database, policy, SEPTEMBER)
    found = _on_time(database, OCTOBER, 2)
    assert found is not None
    assert found.value == Decimal("0.25")
    assert "2 个月中 2 个月有记录 2 of 2" in found.evidence


def test_what_is_not_due_yet_is_not_late(database: Database, policy: Policy) -> None:
    """The clock stands at 2 November: October's wages are due on the 15th."""
    run = [_locked(database, policy, month) for month in (AUGUST, SEPTEMBER, OCTOBER)][-1]
    november = date(2026, 11, 1)
    assert _on_time(database, november) is None
    _paid(database, run, date(2026, 11, 2), failed="R2")
    found = _on_time(database, november)
    assert found is not None
    assert found.value == 1
    assert "1/1" in found.evidence


def test_paid_without_a_bank_counts_from_the_day_it_was_said(
    database: Database, policy: Policy
) -> None:
    """Called paid on 2 November: too late for August, in time for October."""
    for month in (AUGUST, SEPTEMBER, OCTOBER):
        run_id = _locked(database, policy, month)
        with database.session() as session:
            run = pay.find_run(session, run_id)
            pay.advance(as_actor(session, "园长"), run, RunState.PAID, note="现金，签收单附后")
    values = [_on_time(database, date(2026, month, 1)) for month in (9, 11)]
    assert [found.value for found in values if found] == [0, 1]


def test_without_an_agreed_day_nothing_is_counted(database: Database, policy: Policy) -> None:
    """One without: told. All without: no figure."""
    run = _locked(database, policy, AUGUST)
    _paid(database, run, date(2026, 9, 15))
    _agree(database, run, R2=None)
    found = _on_time(database, SEPTEMBER)
    assert found is not None
    assert "未约定发薪日 1 笔不计" in found.evidence
    assert "1/1" in found.evidence
    _agree(database, run, R1=None)
    assert _on_time(database, SEPTEMBER) is None


def _agree(database: Database, run_id: int, **days: int | None) -> None:
    with database.session() as session:
        for slip in pay.find_run(session, run_id).payslips:
            code = slip.employment.resident.code
            if code in days:
                slip.employment.pay_day = days[code]


@pytest.mark.parametrize(("day", "due"), [(31, 30), (30, 30), (1, 1), (None, None)])
def test_a_day_the_month_does_not_have_is_its_last(
    database: Database, policy: Policy, day: int | None, due: int | None
) -> None:
    """August's wage agreed for the 31st is due on 30 September."""
    run = _locked(database, policy, AUGUST)
    _agree(database, run, R1=day, R2=day)
    with database.session() as session:
        found = due_on(pay.find_run(session, run).payslips[0])
    assert found == (due and date(2026, 9, due))


def _arrears(database: Database, month: date, policy: Policy | None) -> Measurement | None:
    return _read(database, Measure.ARREARS_SHARE, month, policy=policy)


def _corrected(database: Database, run_id: int, changes: dict[str, Any]) -> None:
    with database.session() as session:
        run = pay.find_run(session, run_id)
        work = session.get_one(Employment, run.payslips[0].employment_id)
        assert work.resident.code == "R1"
        pay.correct(as_actor(session, "工资专员"), run, work.id, changes, "考勤记错")


def test_arrears_are_open_until_a_locked_month_pays_them(
    database: Database, policy: Policy
) -> None:
    """A day of 4600 yuan a month, by hand 4600 ÷ 21.75 = 211.49: found, then paid in September."""
    august = _locked(database, policy, AUGUST)
    nothing = _arrears(database, AUGUST, policy)
    _corrected(database, august, {"paid_days": "21", "unpaid_days": "0"})
    still_open = _arrears(database, AUGUST, policy)
    _locked(database, policy, SEPTEMBER)
    paid = _arrears(database, SEPTEMBER, policy)
    assert nothing is not None
    assert nothing.value == 1
    assert "没有查出欠付" in nothing.evidence
    assert still_open is not None
    assert still_open.value == 0
    assert "已补发 0.00 元/查出 211.49 元" in still_open.evidence
    assert paid is not None
    assert paid.value == 1
    assert "已补发 211.49 元/查出 211.49 元" in paid.evidence
    assert "pay_run 1 条" in paid.evidence


def test_what_is_to_be_recovered_is_not_owed(database: Database, policy: Policy) -> None:
    """A day too many was paid: nothing is owed to the person."""
    august = _locked(database, policy, AUGUST)
    _corrected(database, august, {"paid_days": "18", "unpaid_days": "3"})
    found = _arrears(database, AUGUST, policy)
    assert found is not None
    assert "没有查出欠付" in found.evidence


def test_arrears_need_a_locked_run_and_the_rule_base(database: Database, policy: Policy) -> None:
    """Without either there is no figure."""
    assert _arrears(database, AUGUST, policy) is None
    _locked(database, policy, AUGUST)
    assert _arrears(database, AUGUST, None) is None
    assert _arrears(database, AUGUST, policy) is not None


def test_without_a_wage_run_nothing_is_known(read: Read) -> None:
    """No figure, rather than a nil."""
    assert read(Measure.WAGES_ON_TIME_SHARE) is None
