"""Contracts by pieces alone, and the shares of teams, from the records to the payslip."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from payroll import Piece, Policy, RefusedInput, Share, yuan
from rukang import pay
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.bodies.homes import find_home
from rukang.care.attendance import HoursWorked
from rukang.pay import RunState, find_run, payslip_of, team_shares_of
from rukang.pay.run.life import reach
from rukang.people import Resident
from rukang.work.employment import Employment, PayBasis
from rukang.work.teams import MadeDuring, TeamMember, TeamWork, by_weight
from tests import factories as make
from tests.demo import LOCAL_POLICY
from tests.factories import OCTOBER

WORKED = [day for day in days_of_month(OCTOBER) if Calendar().kind_of(day).works]
SATURDAY, FIRST = date(2026, 10, 17), date(2026, 10, 1)


@pytest.fixture(scope="module")
def policy() -> Policy:
    """The figures with the demonstration home's own."""
    return Policy.load([LOCAL_POLICY])


def by_pieces(session: Session, code: str = "R01", **fields: object) -> Employment:
    """Return a contract that pays by pieces alone, worked on every workday of October."""
    home = find_home(session, "ZP001") if code != "R01" else make.a_home(session)
    work = make.an_employment(
        session,
        make.a_resident(session, home, code),
        make.an_employer(session, f"单位 {code}"),
        pay_basis=PayBasis.PIECES,
        monthly_wage_fen=0,
        insured_from=None,
        **fields,
    )
    make.a_tax_year(session, work)
    make.some_marks(session, work.resident, WORKED)
    return work


def slips(database: Database, policy: Policy) -> dict[str, dict[str, int]]:
    """Calculate October and return everybody's lines by code."""
    with database.session() as session:
        run_id = pay.request_run(session, find_home(session, "ZP001"), OCTOBER).id
    pay.calculate_run(database, run_id, policy)
    with database.session() as session:
        return {
            record.employment.resident.code: {
                line.code: line.amount_fen for line in payslip_of(record).lines
            }
            | {"net": record.net_fen}
            for record in find_run(session, run_id).payslips
        }


def of_day(session: Session, who: Resident, day: date, quantity: int) -> None:
    """Store pieces of one day at 0.40 yuan."""
    made = make.some_pieces(session, who, OCTOBER, "包装", quantity, "0.40")
    made.day = day
    session.flush()


@pytest.mark.parametrize(("pieces", "top_up"), [(5000, 21000), (5524, 40), (5525, 0), (6250, 0)])
def test_pieces_are_all_the_pay_and_reach_the_minimum(
    empty_database: Database, policy: Policy, pieces: int, top_up: int
) -> None:
    """2210.00 is due for the month: 5000 × 0.40 = 2000.00 lacks 210.00, 5525 × 0.40 nothing."""
    with empty_database.session() as session:
        work = by_pieces(session)
        make.some_pieces(session, work.resident, OCTOBER, "包装", pieces, "0.40")
    slip = slips(empty_database, policy)["R01"]
    assert "monthly_wage" not in slip
    assert slip["piece_pay"] == pieces * 40
    assert (slip.get("minimum_top_up", 0), slip["gross"]) == (top_up, pieces * 40 + top_up)


def test_what_was_made_on_days_off_is_paid_at_its_multiple(
    empty_database: Database, policy: Policy
) -> None:
    """5525 × 0.40 + 100 × 0.40 × 200 % + 100 × 0.40 × 300 % = 2210 + 80 + 120 = 2410.00."""
    with empty_database.session() as session:
        who = by_pieces(session).resident
        make.some_pieces(session, who, OCTOBER, "包装", 5525, "0.40")
        make.some_marks(session, who, [SATURDAY, FIRST])
        of_day(session, who, SATURDAY, 100)
        of_day(session, who, FIRST, 100)
    slip = slips(empty_database, policy)["R01"]
    assert (slip["piece_pay"], slip["gross"]) == (241000, 241000)


def test_time_off_makes_up_for_a_rest_day(empty_database: Database, policy: Policy) -> None:
    """8 hours on a Saturday, all in lieu: 5525 × 0.40 + 100 × 0.40 = 2250.00."""
    with empty_database.session() as session:
        who = by_pieces(session).resident
        make.some_pieces(session, who, OCTOBER, "包装", 5525, "0.40")
        make.some_marks(session, who, [SATURDAY])
        of_day(session, who, SATURDAY, 100)
        eight = Decimal(8)
        hours = HoursWorked(day=SATURDAY, normal=Decimal(0), overtime=eight, lieu=eight)
        hours.home_id, hours.resident_id, hours.employer_id = who.home_id, who.id, None
        session.add(hours)
    slip = slips(empty_database, policy)["R01"]
    assert (slip["piece_pay"], slip["gross"]) == (225000, 225000)


def test_a_day_off_worked_without_its_pieces_is_asked_about(
    empty_database: Database, policy: Policy
) -> None:
    """Nobody could say what the overtime earned: in words, for this person alone."""
    with empty_database.session() as session:
        who = by_pieces(session).resident
        make.some_pieces(session, who, OCTOBER, "包装", 5525, "0.40")
        make.some_marks(session, who, [SATURDAY])
    with pytest.raises(RefusedInput, match="有休息日加班，却没有约定月工资"):
        slips(empty_database, policy)


def test_a_month_of_leave_needs_no_pieces(empty_database: Database, policy: Policy) -> None:
    """All workdays of personal leave: nothing earned, nothing due, and the month is computed."""
    with empty_database.session() as session:
        home = make.a_home(session)
        who, other = make.a_resident(session, home), make.a_resident(session, home, "R02")
        paper = make.an_employer(session)
        terms = {"pay_basis": PayBasis.PIECES, "monthly_wage_fen": 0, "insured_from": None}
        for resident in (who, other):
            make.a_tax_year(session, make.an_employment(session, resident, paper, **terms))
        for day in WORKED:
            make.some_marks(session, who, [], PERSONAL_LEAVE=day)
        make.some_marks(session, other, WORKED)
    found = slips(empty_database, policy)
    assert found.keys() == {"R01"}  # R02 worked all month, and nobody said what was made
    # The three statutory holidays are paid to who is employed: 2210 − 2210 ÷ 21.75 × 18 = 381.03.
    assert (found["R01"]["gross"], found["R01"]["net"]) == (38103, 38103)


@pytest.mark.parametrize(
    ("kind", "asked"), [("ANNUAL_LEAVE", True), ("PERSONAL_LEAVE", False), ("IN_LIEU", False)]
)
def test_leave_on_pay_is_asked_about(
    empty_database: Database, policy: Policy, kind: str, asked: bool
) -> None:
    """No wage by time can pay it: the payslip says that it is not in the pay."""
    with empty_database.session() as session:
        home = make.a_home(session)
        work = make.an_employment(
            session,
            make.a_resident(session, home),
            make.an_employer(session),
            pay_basis=PayBasis.PIECES,
            monthly_wage_fen=0,
            insured_from=None,
        )
        make.a_tax_year(session, work)
        make.some_marks(session, work.resident, WORKED, **{kind: date(2026, 10, 12)})
        make.some_pieces(session, work.resident, OCTOBER, "包装", 6250, "0.40")
    slips(empty_database, policy)
    with empty_database.session() as session:
        run = pay.request_run(session, find_home(session, "ZP001"), OCTOBER)
        codes = {code for code, _ in payslip_of(run.payslips[0]).warnings}
        assert ("leave_without_wage" in codes) == asked


def test_a_team_of_contract_and_agreement_adds_up(empty_database: Database, policy: Policy) -> None:
    """100 × 1.00 by 1 : 1 : 1 is 33.33, 33.34 and 33.33, on each payslip and in the list."""
    with empty_database.session() as session:
        first = by_pieces(session)
        second = by_pieces(session, "R02")
        home = find_home(session, "ZP001")
        third = make.a_resident(session, home, "R03")
        make.an_agreement(session, third, make.an_employer(session, "乙"))
        common = {"home_id": home.id, "month": OCTOBER, "team": "一组"}
        session.add(
            TeamWork(
                **common,
                item="纸盒",
                day=None,
                made_during=MadeDuring.NORMAL,
                quantity=100,
                quality_deduction_fen=0,
                rate=Decimal("1.00"),
            )
        )
        for who in (third, first.resident, second.resident):
            session.add(TeamMember(**common, resident_id=who.id, weight=Decimal("7.5")))
    found = slips(empty_database, policy)
    assert [found[code]["piece_pay"] for code in ("R01", "R02", "R03")] == [3333, 3334, 3333]
    with empty_database.session() as session:
        (shared,) = team_shares_of(session, find_home(session, "ZP001"), OCTOBER)
        assert [member.amount_fen for member in shared.members] == [3333, 3334, 3333]
        assert yuan(shared.total_fen) == Decimal("100.00")


def test_a_teams_overtime_is_listed_at_its_multiple(empty_database: Database) -> None:
    """100 × 1.00 × 150 % by 2 : 1 is 100.00 and 50.00."""
    with empty_database.session() as session:
        first, second = by_pieces(session), by_pieces(session, "R02")
        common = {"home_id": first.home_id, "month": OCTOBER, "team": "一组"}
        amounts = {"quantity": 100, "quality_deduction_fen": 0, "rate": Decimal("1.00")}
        late = MadeDuring.WORKDAY
        session.add(TeamWork(**common, item="纸盒", day=None, made_during=late, **amounts))
        for work, weight in ((first, 2), (second, 1)):
            who = work.resident_id
            session.add(TeamMember(**common, resident_id=who, weight=Decimal(weight)))
        session.flush()
        (shared,) = team_shares_of(session, find_home(session, "ZP001"), OCTOBER)
        assert [member.amount_fen for member in shared.members] == [10000, 5000]


def test_a_correction_gives_a_member_another_share(
    empty_database: Database, policy: Policy
) -> None:
    """A locked share is corrected as pieces: half of 100 × 50.00 is 2500.00 in place of 3600.00."""
    with empty_database.session() as session:
        make.some_pieces(session, by_pieces(session).resident, OCTOBER, "纸盒", 9000, "0.40")
    slips(empty_database, policy)
    half = Piece(
        item="纸盒",
        quantity=Decimal(100),
        rate_fen=Decimal(5000),
        share=Share(before=0, own=1, of=2),
    )
    with empty_database.session() as session:
        home = find_home(session, "ZP001")
        run = pay.request_run(session, home, OCTOBER)
        for state in (RunState.APPROVED, RunState.LOCKED):
            reach(as_actor(session, "b@example.org"), run, state)
        (slip,) = run.payslips
        changes = {"pieces": [half.model_dump(mode="json")]}
        pay.correct(as_actor(session, "a@example.org"), run, slip.employment_id, changes, "漏记")
        (owed,) = pay.owed(session, home, date(2026, 11, 1), policy).values()
        assert {item.line: item.amount_fen for item in owed} == {"piece_pay": -110000}


@pytest.mark.parametrize(
    ("weights", "own"),
    [
        ([Decimal(8), Decimal(12)], [8, 12]),
        ([Decimal("7.5"), Decimal(12)], [75, 120]),
        ([Decimal("0.01"), Decimal(120)], [1, 12000]),
    ],
)
def test_weights_stay_readable(weights: list[Decimal], own: list[int]) -> None:
    """Whole hours stay what they are; decimals are counted in their last place."""
    assert [share.own for share in by_weight(weights)] == own
