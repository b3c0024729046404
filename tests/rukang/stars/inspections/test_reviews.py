"""Dynamic management: each sign of the edition, met and not met."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from rukang.care.attendance import AttendanceDay, DayMarks, Presence
from rukang.engines.rating import Edition, Measure, load_edition
from rukang.pay import request_run
from rukang.pay.store.records import Payment, PaymentState, PayslipRecord, PayStep, RunState
from rukang.stars.inspections import Reason, signs
from rukang.stars.inspections.cases import open_correction
from rukang.stars.inspections.records import CorrectiveAction
from rukang.stars.measured import measured
from tests.factories import (
    a_complaint,
    a_resident,
    an_employer,
    an_employment,
    an_incident,
    close_complaint,
)
from tests.rukang.stars.inspections.scenario import Round

ON = date(2026, 11, 2)  # a Monday
EDITION = load_edition("example-2026")


def _found(round_: Round, edition: Edition = EDITION) -> dict[str, int]:
    round_.clock.to(ON)
    return {one.rule.id: one.count for one in signs(round_.session, round_.home, edition, ON)}


def test_a_quiet_home_shows_none(round_: Round) -> None:
    """No records are no sign."""
    assert _found(round_) == {}


@pytest.mark.parametrize(
    ("day", "grave", "found"),
    [
        (ON - timedelta(days=365), True, {"D1": 1}),
        (ON - timedelta(days=366), True, {}),
        (ON - timedelta(days=1), True, {"D1": 1}),
        (ON - timedelta(days=1), False, {}),
    ],
)
def test_a_grave_incident_within_a_year(
    round_: Round, day: date, grave: bool, found: dict[str, int]
) -> None:
    """On the first day of the window and the last; a minor one is none."""
    round_.clock.to(ON)
    an_incident(round_.session, round_.home, "E1", day, grave=grave)
    assert _found(round_) == found


def test_two_complaints_upheld_within_half_a_year(round_: Round) -> None:
    """One is not enough, nor one that is open or not upheld."""
    round_.clock.to(ON)
    days = [ON - timedelta(days=n) for n in (10, 20, 30)]
    first, second, third = (
        a_complaint(round_.session, round_.home, f"C{n}", day) for n, day in enumerate(days)
    )
    close_complaint(round_.session, round_.home, first, ON, upheld=True)
    close_complaint(round_.session, round_.home, second, ON, upheld=False)
    assert _found(round_) == {}
    close_complaint(round_.session, round_.home, third, ON, upheld=True)
    assert _found(round_) == {"D2": 2}


@pytest.mark.parametrize(("closed", "found"), [(4, {}), (5, {"D3": 5})])
def test_five_opening_days_in_a_row_without_anybody(
    round_: Round, closed: int, found: dict[str, int]
) -> None:
    """The home opens Monday to Saturday; Sundays and the National Day holidays do not count.

    Somebody who is there for half a day is enough.
    """
    present = DayMarks(Presence.SICK_LEAVE, Presence.PRESENT)
    resident = a_resident(round_.session, round_.home)
    opening = [
        day for day in (ON - timedelta(days=n) for n in range(62, 0, -1)) if day.isoweekday() != 7
    ]
    for day in opening[: len(opening) - closed - 1]:  # 31 October is a Saturday, no workday
        round_.session.add(
            AttendanceDay(home_id=round_.home.id, resident_id=resident.id, day=day, marks=present)
        )
    round_.session.flush()
    assert _found(round_) == found


@pytest.mark.parametrize(
    ("paid_at", "found"),
    [
        (datetime(2026, 10, 15, 10, 0, tzinfo=UTC), {}),
        (datetime(2026, 10, 16, 10, 0, tzinfo=UTC), {"D4": 1}),
        (None, {"D4": 1}),
    ],
)
def test_wages_after_the_agreed_day(
    round_: Round, paid_at: datetime | None, found: dict[str, int]
) -> None:
    """September is due on 15 October: paid that day is in time, later or never is not."""
    session, home = round_.session, round_.home
    work = an_employment(session, a_resident(session, home), an_employer(session), pay_day=15)
    run = request_run(session, home, date(2026, 9, 1))
    totals = ("gross", "employee_shares", "tax", "deductions", "net", "employer_cost")
    slip = PayslipRecord(
        home_id=home.id,
        run_id=run.id,
        employment_id=work.id,
        slip={},
        **{f"{name}_fen": 100 for name in totals},
    )
    session.add(slip)
    session.flush()
    if paid_at is not None:
        session.add(
            Payment(
                home_id=home.id, run_id=run.id, payslip_id=slip.id, amount_fen=100,
                state=PaymentState.PAID, message="", at=paid_at,
            )
        )  # fmt: skip
        session.flush()
    assert _found(round_) == found


@pytest.mark.parametrize(
    ("called_paid", "on_time"),
    [
        (datetime(2026, 10, 15, 10, 0, tzinfo=UTC), True),
        (datetime(2026, 10, 15, 16, 30, tzinfo=UTC), False),  # the 16th in Binzhou
        (None, False),
    ],
)
def test_cash_on_the_agreed_day_is_on_time_everywhere(
    round_: Round, called_paid: datetime | None, on_time: bool
) -> None:
    """Wages paid without a bank: the measure and the sign of a review give the same answer."""
    session, home = round_.session, round_.home
    work = an_employment(session, a_resident(session, home), an_employer(session), pay_day=15)
    run = request_run(session, home, date(2026, 9, 1))
    totals = ("gross", "employee_shares", "tax", "deductions", "net", "employer_cost")
    cents = {f"{name}_fen": 100 for name in totals}
    slip = PayslipRecord(home_id=home.id, run_id=run.id, employment_id=work.id, slip={}, **cents)
    session.add(slip)
    if called_paid is not None:
        step = PayStep(home_id=home.id, run_id=run.id, state=RunState.PAID, at=called_paid,
                       by="clerk@example.org", note="现金发放")  # fmt: skip
        session.add(step)
    session.flush()
    session.expire_all()
    assert _found(round_) == ({} if on_time else {"D4": 1})
    share = measured(session, home, date(2026, 10, 1))[Measure.WAGES_ON_TIME_SHARE]
    assert share.value == (1 if on_time else 0)


@pytest.mark.parametrize(
    ("due_on", "confirmed", "found"),
    [
        (ON - timedelta(days=1), None, {"D5": 1}),
        (ON, None, {}),
        (ON - timedelta(days=9), date(2026, 3, 2), {}),
    ],
)
def test_mending_overdue(
    round_: Round, due_on: date, confirmed: date | None, found: dict[str, int]
) -> None:
    """Past its day and not confirmed."""
    inspection = round_.opened(Reason.REVIEW, "核实")
    action = CorrectiveAction(
        home_id=round_.home.id, inspection_id=inspection.id, criterion="B1", words="示例",
        due_on=due_on, confirmed_on=confirmed,
    )  # fmt: skip
    round_.session.add(action)
    round_.session.flush()
    open_correction(round_.session, action)
    assert _found(round_) == found
