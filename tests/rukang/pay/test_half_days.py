"""Half days become pay: each half of a day counts by its own mark.

R01 of a home in 邹平, October 2026: 18 workdays and 3 statutory holidays, 2210 yuan a month.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from payroll import LeaveKind, Month, Payslip, Policy, WorkerMonth, compute
from rukang import pay
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.base.errors import InvalidError
from rukang.bodies.homes import Home
from rukang.care.attendance import HoursWorked, Presence
from rukang.pay import correct, find_run, findings
from rukang.pay.documents.month import paid_month
from rukang.pay.documents.notes import notes_of
from rukang.pay.month.findings import Rule
from rukang.pay.month.workers import workers_of
from rukang.pay.store.stored import inputs_of
from rukang.work.employment import DayCount, Employment
from tests.demo import LOCAL_POLICY
from tests.factories import (
    OCTOBER,
    a_home,
    a_resident,
    a_tax_year,
    an_employer,
    an_employment,
    some_marks,
)
from tests.wages import lock

POLICY = Policy.load([LOCAL_POLICY])
WORKDAYS = [day for day in days_of_month(OCTOBER) if Calendar().kind_of(day).works]
HOLIDAY, SUNDAY, TUESDAY = (date(2026, 10, day) for day in (1, 18, 20))

PRESENT, PERSONAL, ABSENT = Presence.PRESENT, Presence.PERSONAL_LEAVE, Presence.ABSENT
SICK, LIEU, REST = Presence.SICK_LEAVE, Presence.IN_LIEU, Presence.REST

Halves = Mapping[date, tuple[Presence, Presence]]


def _somebody(session: Session, halves: Halves, **terms: Any) -> tuple[Home, Employment]:
    home = a_home(session)
    resident = a_resident(session, home)
    work = an_employment(session, resident, an_employer(session), **terms)
    a_tax_year(session, work)
    some_marks(session, resident, WORKDAYS, halves)
    return home, work


def _worker(session: Session, home: Home, month: date = OCTOBER) -> WorkerMonth:
    ((_, worker),) = workers_of(session, home, month, POLICY)
    return worker


def _slip(worker: WorkerMonth, month: int = 10) -> Payslip:
    return compute(Month(2026, month), [worker], POLICY).payslip(0)


@pytest.mark.parametrize(
    ("halves", "paid", "unpaid", "gross"),
    [
        # All 21 days: 2210.00.
        ((PRESENT, PRESENT), "21", "0", 2210_00),
        # 2210 − ½ × 2210 ÷ 21.75 = 2210 − 50.8046 = 2159.1954
        ((PRESENT, PERSONAL), "20.5", "0.5", 2159_20),
        ((PERSONAL, PRESENT), "20.5", "0.5", 2159_20),
        ((PRESENT, ABSENT), "20.5", "0.5", 2159_20),
        ((Presence.ANNUAL_LEAVE, ABSENT), "20.5", "0.5", 2159_20),
        # Two halves of a day make a day: 2210 − 2210 ÷ 21.75 = 2210 − 101.6092 = 2108.3908
        ((PERSONAL, ABSENT), "20", "1", 2108_39),
        ((PERSONAL, PERSONAL), "20", "1", 2108_39),
        # Paid leave, time off in lieu and the half holiday of the 8th of March are paid.
        ((PRESENT, Presence.ANNUAL_LEAVE), "21", "0", 2210_00),
        ((PRESENT, LIEU), "21", "0", 2210_00),
        ((PRESENT, Presence.HOLIDAY), "21", "0", 2210_00),
    ],
)
def test_a_day_of_two_halves(
    empty_database: Database,
    halves: tuple[Presence, Presence],
    paid: str,
    unpaid: str,
    gross: int,
) -> None:
    """Half a day missed takes half a day's wage, and the minimum wage is prorated alike."""
    with empty_database.session() as session:
        home, _ = _somebody(session, {TUESDAY: halves})
        worker = _worker(session, home)
    assert (str(worker.paid_days), str(worker.unpaid_days)) == (paid, unpaid)
    slip = _slip(worker)
    assert slip.gross_fen == gross
    assert slip.amount_fen("top_up") == 0


def test_by_scheduled_days(empty_database: Database) -> None:
    """2210 × 20.5 ÷ 21 = 2157.38."""
    with empty_database.session() as session:
        home, work = _somebody(session, {TUESDAY: (PRESENT, PERSONAL)})
        work.employer.day_count = DayCount.SCHEDULED
        worker = _worker(session, home)
    assert _slip(worker).gross_fen == 2157_38


def test_half_a_day_is_all_that_was_worked(empty_database: Database) -> None:
    """July 2026 has 23 workdays; one half pays ½ × 2210 ÷ 21.75 = 50.80."""
    july = date(2026, 7, 1)
    days = [day for day in days_of_month(july) if Calendar().kind_of(day).works]
    with empty_database.session() as session:
        home = a_home(session)
        resident = a_resident(session, home)
        work = an_employment(session, resident, an_employer(session), insured_from=None)
        a_tax_year(session, work, through=date(2026, 6, 30), months=6)
        missed = dict.fromkeys(days, (PERSONAL, PERSONAL))
        some_marks(session, resident, days, missed | {days[0]: (PRESENT, PERSONAL)})
        worker = _worker(session, home, july)
    assert (worker.paid_days, worker.unpaid_days) == (Decimal("0.5"), Decimal("22.5"))
    assert _slip(worker, 7).gross_fen == 50_80


def test_half_a_day_of_sick_leave_at_a_share(empty_database: Database) -> None:
    """½ × 2210 ÷ 21.75 × 0.8 = 40.64 beside 20.5 paid days, 2159.20."""
    with empty_database.session() as session:
        home, work = _somebody(session, {TUESDAY: (PRESENT, SICK)})
        work.employer.sick_pay_share = Decimal("0.8")
        worker = _worker(session, home)
    assert (worker.paid_days, worker.unpaid_days) == (Decimal("20.5"), 0)
    assert worker.leave_days(LeaveKind.SICK) == Decimal("0.5")
    slip = _slip(worker)
    assert slip.amount_fen("sick_pay") == 40_64
    assert slip.gross_fen == 2159_20 + 40_64


@pytest.mark.parametrize(
    ("day", "halves", "hours", "more"),
    [
        # 2210 ÷ (21.75 × 8) = 12.7011 an hour; a rest day 4 × 200 %, a holiday 4 × 300 %.
        (SUNDAY, (PRESENT, REST), {"rest_day_hours": "4"}, 101_61),
        (HOLIDAY, (Presence.HOLIDAY, PRESENT), {"holiday_hours": "4"}, 152_41),
        # What is no work on a day off neither pays nor costs.
        (SUNDAY, (PRESENT, PERSONAL), {"rest_day_hours": "4"}, 101_61),
        (HOLIDAY, (PERSONAL, ABSENT), {}, 0),
        (SUNDAY, (SICK, REST), {}, 0),
    ],
)
def test_half_a_day_off_worked_is_half_a_day_of_overtime(
    empty_database: Database,
    day: date,
    halves: tuple[Presence, Presence],
    hours: dict[str, str],
    more: int,
) -> None:
    """Half the standard hours, and the wage stays whole."""
    with empty_database.session() as session:
        home, _ = _somebody(session, {day: halves})
        worker = _worker(session, home)
    overtime = worker.overtime.model_dump(exclude_defaults=True)
    assert {name: str(value) for name, value in overtime.items() if value} == hours
    assert _slip(worker).gross_fen == 2210_00 + more


def test_hours_say_more_than_a_half(empty_database: Database) -> None:
    """A Sunday's half of which three hours were entered is three hours."""
    with empty_database.session() as session:
        home, work = _somebody(session, {SUNDAY: (PRESENT, REST)})
        _hours(session, work, SUNDAY, overtime="3")
        worker = _worker(session, home)
    assert worker.overtime.rest_day_hours == 3


def _hours(session: Session, work: Employment, day: date, **hours: str) -> None:
    given = {"normal": "0", "overtime": "0", "lieu": "0"} | hours
    values = {name: Decimal(value) for name, value in given.items()}
    of = {"home_id": work.home_id, "resident_id": work.resident_id, "day": day}
    session.add(HoursWorked(**of, **values))
    session.flush()


def test_rest_for_half_of_a_workday_is_a_gap_of_that_half(empty_database: Database) -> None:
    """Rest says nothing about scheduled time: the half is named, and nothing is deducted."""
    with empty_database.session() as session:
        home, _ = _somebody(session, {TUESDAY: (PRESENT, REST), SUNDAY: (PRESENT, REST)})
        with pytest.raises(InvalidError) as caught:
            _worker(session, home)
    assert "无考勤记录：10月20日下午；" in f"{caught.value.zh}；"
    assert "no attendance record on 2026-10-20 (afternoon)" in caught.value.en


def test_a_rise_between_two_half_days(empty_database: Database) -> None:
    """Terms change between whole days, marks count by halves.

    1–3, 8–10 and 12–14 October are 9 days at 2210, of them ½ not paid, the other 12 − ½ at 2600;
    the ¾ day by which 21 days are short of 21.75 goes by the days of each, 9 and 12 of 21:
    (2210 × (8.5 + 9 × 0.75 ÷ 21) + 2600 × (11.5 + 12 × 0.75 ÷ 21)) ÷ 21.75
    = (2210 × 8.821428… + 2600 × 11.928571…) ÷ 21.75 = 50509.642857… ÷ 21.75 = 2322.2824….
    """
    with empty_database.session() as session:
        home, before = _somebody(
            session,
            {date(2026, 10, 8): (PRESENT, PERSONAL), TUESDAY: (PERSONAL, PRESENT)},
            ended_on=date(2026, 10, 14),
        )
        an_employment(
            session,
            before.resident,
            before.employer,
            started_on=date(2026, 10, 15),
            monthly_wage_fen=260_000,
        )
        worker = _worker(session, home)
    (earlier,) = worker.earlier
    assert (earlier.paid_days, worker.paid_days) == (Decimal("8.5"), Decimal("11.5"))
    assert (earlier.unpaid_days, worker.unpaid_days) == (Decimal("0.5"), Decimal("0.5"))
    assert _slip(worker).gross_fen == 2322_28


def test_a_locked_month_is_corrected_to_half_a_day(empty_database: Database) -> None:
    """As a number or as text; November takes back ½ × 3000 ÷ 21.75 = 68.97 of October."""
    november = date(2026, 11, 1)
    with empty_database.session() as session:
        home, work = _somebody(session, {}, monthly_wage_fen=300_000)
        days = [day for day in days_of_month(november) if Calendar().kind_of(day).works]
        some_marks(session, work.resident, days)
        run_id, work_id = pay.request_run(as_actor(session, "专员"), home, OCTOBER).id, work.id
    pay.calculate_run(empty_database, run_id, POLICY)
    lock(empty_database, run_id)
    with empty_database.session() as session:
        run = find_run(session, run_id)
        changes = {"paid_days": 20.5, "unpaid_days": "0.5"}
        correct(as_actor(session, "专员"), run, work_id, changes, "下午请了事假")
        home = session.get_one(Home, run.home_id)
        later = pay.request_run(as_actor(session, "专员"), home, november).id
    pay.calculate_run(empty_database, later, POLICY)
    with empty_database.session() as session:
        ((_, worker),) = inputs_of(find_run(session, later))
        assert [(item.line, item.amount_fen) for item in worker.arrears] == [
            ("monthly_wage", -68_97)
        ]


def test_what_is_told_of_half_days(empty_database: Database) -> None:
    """Half a day of sick leave is half a day of the note; one half there is attendance."""
    leave = dict.fromkeys(WORKDAYS, (Presence.ANNUAL_LEAVE, Presence.ANNUAL_LEAVE))
    with empty_database.session() as session:
        home, _ = _somebody(session, leave | {TUESDAY: (PRESENT, SICK)})
        run_id = pay.request_run(as_actor(session, "专员"), home, OCTOBER).id
    pay.calculate_run(empty_database, run_id, POLICY)
    with empty_database.session() as session:
        run = find_run(session, run_id)
        assert findings(session, session.get_one(Home, run.home_id), run, POLICY) == ()
        notes = [note.text for note in notes_of(session, paid_month(session, run))]
        assert any("病假 0.5 天按全额工资计发" in text.zh for text in notes)
        assert any("sick leave (days: 0.5)" in text.en for text in notes)


@pytest.mark.parametrize(("lieu", "found"), [("4", set()), ("3", {Rule.LIEU_IN_HOURS})])
def test_half_a_day_in_lieu_stands_in_half_a_days_hours(
    empty_database: Database, lieu: str, found: set[Rule]
) -> None:
    """Half of the Tuesday for four hours of the Sunday; three account for three eighths only."""
    with empty_database.session() as session:
        home, work = _somebody(session, {SUNDAY: (PRESENT, REST), TUESDAY: (PRESENT, LIEU)})
        _hours(session, work, SUNDAY, overtime="4", lieu=lieu)
        run_id = pay.request_run(as_actor(session, "专员"), home, OCTOBER).id
    pay.calculate_run(empty_database, run_id, POLICY)
    with empty_database.session() as session:
        run = find_run(session, run_id)
        of = findings(session, session.get_one(Home, run.home_id), run, POLICY)
    assert {finding.rule for finding in of} == found
