"""What the wage rules are given when somebody has more than one employment in a month."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from payroll import Policy
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.base.errors import InvalidError
from rukang.bodies.homes import Home
from rukang.pay import calculate_run, correct, find_run, inputs_of, payslip_of, request_run
from rukang.pay.documents.month import paid_month
from rukang.pay.documents.offices.insurance_sheets import movements
from rukang.pay.month.workers import workers_of
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
from tests.wages import lock

LAST, NEXT = date(2026, 10, 14), date(2026, 10, 15)


def _leaver(session: Session) -> tuple[Home, Resident, Employment]:
    """Return somebody whose contract ended in mid-October, with pieces made in that month."""
    home = a_home(session)
    resident = a_resident(session, home)
    contract = an_employment(session, resident, an_employer(session), ended_on=LAST)
    a_tax_year(session, contract)
    some_marks(
        session, resident, [day for day in days_of_month(OCTOBER) if Calendar().kind_of(day).works]
    )
    some_pieces(session, resident, OCTOBER, "纸盒折叠", 100, "0.35")
    return home, resident, contract


def test_pieces_of_an_only_employment_are_its_own(empty_database: Database) -> None:
    """A contract may have pieces beside the wage."""
    with empty_database.session() as session:
        home, _, _ = _leaver(session)
        ((_, worker),) = workers_of(session, home, OCTOBER, Policy.load())
        assert [piece.item for piece in worker.pieces] == ["纸盒折叠"]


def test_pieces_beside_a_contract_are_the_agreements(empty_database: Database) -> None:
    """Who goes from a contract to assisted employment is paid for the pieces once."""
    with empty_database.session() as session:
        home, resident, contract = _leaver(session)
        agreement = an_agreement(session, resident, an_employer(session, "示例工坊"))
        pairs = workers_of(session, home, OCTOBER, Policy.load())
        pieces = {work.id: len(worker.pieces) for work, worker in pairs}
        assert pieces == {contract.id: 0, agreement.id: 1}


def test_pieces_of_two_contracts_are_not_paid_twice(empty_database: Database) -> None:
    """Nobody knows for whom they were made, so the run says so instead of guessing."""
    with empty_database.session() as session:
        home, resident, _ = _leaver(session)
        an_employment(session, resident, an_employer(session, "示例另一家"), started_on=NEXT)
        with pytest.raises(InvalidError, match=r"R01 .*无法判断计件属于哪家单位"):
            workers_of(session, home, OCTOBER, Policy.load())


def test_a_raise_within_the_month_is_one_job_under_two_terms(empty_database: Database) -> None:
    """One payslip: the first half at the old wage, the second at the new one."""
    with empty_database.session() as session:
        home, resident, before = _leaver(session)
        after = an_employment(
            session, resident, before.employer, started_on=NEXT, monthly_wage_fen=260_000
        )
        ((work, worker),) = workers_of(session, home, OCTOBER, Policy.load())
    assert work.id == after.id
    (earlier,) = worker.earlier
    assert (earlier.agreed_wage_fen, worker.agreed_wage_fen) == (221_000, 260_000)
    # 9 workdays and 3 holidays of October lie before the 15th, 12 workdays from then on.
    assert (earlier.paid_days, worker.paid_days, worker.scheduled_days) == (9, 12, 21)
    assert (worker.joined, worker.left) == (before.started_on, None)
    assert [piece.item for piece in worker.pieces] == ["纸盒折叠"]
    assert len(worker.insured) == 5


def test_a_contract_that_becomes_part_time_within_the_month_is_refused(
    empty_database: Database,
) -> None:
    """Monthly wage and hourly wage make no single payslip: the words say what to do."""
    with empty_database.session() as session:
        home, resident, before = _leaver(session)
        an_employment(
            session,
            resident,
            before.employer,
            kind=EmploymentKind.PART_TIME,
            started_on=NEXT,
            hourly_wage_fen=2300,
            pay_cycle_days=15,
        )
        with pytest.raises(InvalidError, match="既有劳动合同又有非全日制"):
            workers_of(session, home, OCTOBER, Policy.load())


def test_new_terms_go_on_with_the_year_and_the_arrears(empty_database: Database) -> None:
    """Tax and differences belong to the job, whichever of its records pays them."""
    policy = Policy.load([LOCAL_POLICY])
    with empty_database.session() as session:
        home, resident, before = _leaver(session)
        days = days_of_month(date(2026, 11, 1))
        some_marks(session, resident, [day for day in days if Calendar().kind_of(day).works])
        run_id = request_run(as_actor(session, "专员"), home, OCTOBER).id
        home_id, first = home.id, before.id
    calculate_run(empty_database, run_id, policy)
    lock(empty_database, run_id)
    with empty_database.session() as session:
        run = find_run(session, run_id)
        correct(
            as_actor(session, "专员"), run, first, {"paid_days": "8", "unpaid_days": "1"}, "补记"
        )
        work = session.get_one(Employment, first)
        an_employment(session, work.resident, work.employer, started_on=NEXT)
        home = session.get_one(Home, home_id)
        gross = run.payslips[0].gross_fen
        november = request_run(as_actor(session, "专员"), home, date(2026, 11, 1)).id
    calculate_run(empty_database, november, policy)
    with empty_database.session() as session:
        ((record, worker),) = inputs_of(find_run(session, november))
        assert record.employment_id != first
        assert worker.tax_year is not None
        assert worker.tax_year.months_employed == 11
        assert worker.tax_year.income_fen == 1_989_000 + gross
        # Nothing may be kept from the minimum wage: told, and under the person's code.
        steps = find_run(session, november).steps
        assert any("差额未结清的 1 人：R01；" in step.note for step in steps)


def test_a_contract_to_the_10th_and_a_new_one_from_the_20th(empty_database: Database) -> None:
    """15 paid days: 15 × 2210 ÷ 21.75 = 1524.14; the six days between belong to neither."""
    with empty_database.session() as session:
        home = a_home(session)
        resident, employer = a_resident(session, home), an_employer(session)
        first = an_employment(session, resident, employer, ended_on=date(2026, 10, 10))
        a_tax_year(session, first)
        an_employment(session, resident, employer, started_on=date(2026, 10, 20))
        worked = [day for day in days_of_month(OCTOBER) if Calendar().kind_of(day).works]
        held = [day for day in worked if day.day <= 10 or day.day >= 20]
        some_marks(session, resident, held)
        ((_, worker),) = workers_of(session, home, OCTOBER, Policy.load())
        assert [spell.paid_days for spell in worker.spells] == [15]
        assert (worker.scheduled_days, worker.between_days) == (21, 6)
        run = request_run(session, home, OCTOBER)
    calculate_run(empty_database, run.id, Policy.load([LOCAL_POLICY]))
    with empty_database.session() as session:
        (slip,) = find_run(session, run.id).payslips
        assert slip.gross_fen == 152_414


def test_joins_leaves_and_joins_twice_again_at_other_wages(empty_database: Database) -> None:
    """To the 5th at 2210, the 10th to 15th at 2610, from the 26th at 2400: 3, 5 and 5 paid days.

    8 scheduled days lie between. (3 × 2210 + 5 × 2610 + 5 × 2400) ÷ 21.75 = 1456.55; the minimum
    of 13 days is 1320.92; own shares 463.91, once: net 992.64.
    """
    spells = ((None, 5, 221_000), (10, 15, 261_000), (26, None, 240_000))
    with empty_database.session() as session:
        home = a_home(session)
        resident, employer = a_resident(session, home), an_employer(session)
        held = set()
        for first, last, wage in spells:
            began = {} if first is None else {"started_on": date(2026, 10, first)}
            ends = last and date(2026, 10, last)
            work = an_employment(
                session, resident, employer, ended_on=ends, monthly_wage_fen=wage, **began
            )
            if first is None:
                a_tax_year(session, work)
            held |= set(range(first or 1, (last or 31) + 1))
        worked = [day for day in days_of_month(OCTOBER) if Calendar().kind_of(day).works]
        some_marks(session, resident, [day for day in worked if day.day in held])
        ((_, worker),) = workers_of(session, home, OCTOBER, Policy.load())
        assert [spell.paid_days for spell in worker.spells] == [3, 5, 5]
        assert (worker.scheduled_days, worker.between_days) == (21, 8)
        run_id = request_run(session, home, OCTOBER).id
    calculate_run(empty_database, run_id, Policy.load([LOCAL_POLICY]))
    with empty_database.session() as session:
        (record,) = find_run(session, run_id).payslips
        assert (record.gross_fen, record.net_fen) == (145_655, 99_264)
        slip = payslip_of(record)
        assert slip.amount_fen("applicable_minimum") == 132_092
        assert slip.amount_fen("minimum_top_up") == 0


@pytest.mark.parametrize(
    ("last", "net"),
    [
        # Insured in October: 2210 less own shares of 463.91 on the floor 4504.
        (None, 174_609),
        (date(2026, 10, 1), 174_609),
        # September was the last insured month: nothing is kept, the wage is paid whole.
        (date(2026, 9, 1), 221_000),
    ],
)
def test_insurance_ends_while_work_goes_on(
    empty_database: Database, last: date | None, net: int
) -> None:
    """No shares after the last insured month; the insurance file tells it in that month."""
    with empty_database.session() as session:
        home = a_home(session)
        resident = a_resident(session, home)
        a_tax_year(session, an_employment(session, resident, an_employer(session), insured_to=last))
        worked = [day for day in days_of_month(OCTOBER) if Calendar().kind_of(day).works]
        some_marks(session, resident, worked)
        run_id = request_run(session, home, OCTOBER).id
    calculate_run(empty_database, run_id, Policy.load([LOCAL_POLICY]))
    with empty_database.session() as session:
        run = find_run(session, run_id)
        assert [slip.net_fen for slip in run.payslips] == [net]
        leaving = [row[0] for row in movements(session, paid_month(session, run)).rows]
        assert leaving == (["减少"] if last == OCTOBER else [])
