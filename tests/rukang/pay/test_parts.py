"""Part-time work paid twice a month: parts and month together are the net, to the fen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from payroll import Month, Policy
from rostering.sheets import WorkbookError
from rukang import migrations, pay
from rukang.base.access import Database
from rukang.base.database.context import as_actor
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.homes import find_home
from rukang.care.attendance import HoursWorked
from rukang.doors.intake.answers.part_answer import read_part_answer
from rukang.pay import PartPayment, PaymentState, PayslipRecord, Rule, RunState
from rukang.pay.run.life import reach
from rukang.work.employment import Employment, EmploymentKind
from tests import factories as make
from tests.demo import LOCAL_POLICY
from tests.factories import OCTOBER

FIRST_HALF = [date(2026, 10, day) for day in (8, 9, 12, 13, 14, 15)]
SECOND_HALF = [date(2026, 10, day) for day in (16, 19, 20, 21)]
FOUR = Decimal(4)
HALF = date(2026, 10, 15)


@pytest.fixture(scope="module")
def policy() -> Policy:
    """The figures with the demonstration home's own."""
    return Policy.load([LOCAL_POLICY])


def part_timer(
    session: Session, wage_fen: int = 2200, cycle: int = 15, code: str = "R01"
) -> Employment:
    """Return part-time work by the hour, insured against injury, with a year's totals."""
    home = make.a_home(session)
    return make.an_employment(
        session,
        make.a_resident(session, home, code),
        make.an_employer(session),
        kind=EmploymentKind.PART_TIME,
        monthly_wage_fen=0,
        hourly_wage_fen=wage_fen,
        pay_cycle_days=cycle,
    )


def some_hours(session: Session, work: Employment, days: Sequence[date]) -> None:
    """Store four hours on each day."""
    for day in days:
        hours = HoursWorked(day=day, normal=FOUR, overtime=Decimal(0), lieu=Decimal(0))
        hours.home_id, hours.resident_id = work.home_id, work.resident_id
        session.add(hours)
    session.flush()


def settle(database: Database, policy: Policy, through: date = HALF) -> list[PartPayment]:
    """Settle October's parts up to a day and return them."""
    with database.session() as session:
        home = find_home(session, "ZP001")
        settled = pay.settle_parts(
            as_actor(session, "a@example.org"), home, OCTOBER, through, policy
        )
        assert not settled.missing
        return settled.parts


def calculated(database: Database, policy: Policy) -> int:
    """Calculate October and return its run."""
    with database.session() as session:
        run_id = pay.request_run(session, find_home(session, "ZP001"), OCTOBER).id
    pay.calculate_run(database, run_id, policy)
    return run_id


def slip_of(session: Session, run_id: int) -> PayslipRecord:
    """Return the one payslip of a run."""
    (slip,) = pay.find_run(session, run_id).payslips
    return slip


@pytest.mark.parametrize(
    ("month", "cycle", "ends"),
    [
        ((2026, 10), 15, [15, 31]),
        ((2026, 9), 15, [15, 30]),
        ((2026, 2), 15, [15, 28]),
        ((2026, 10), 10, [10, 20, 31]),
        ((2026, 10), 14, [14, 28, 31]),
        ((2026, 10), 7, [7, 14, 21, 28, 31]),
        ((2026, 2), 7, [7, 14, 21, 28]),
        ((2026, 2), 2, list(range(2, 29, 2))),
        ((2026, 10), 30, [31]),
        ((2026, 10), 31, [31]),
        ((2026, 10), 20, [20, 31]),
    ],
)
def test_a_month_is_cut_without_gap(month: tuple[int, int], cycle: int, ends: list[int]) -> None:
    """Half a month at 15, thirds at 10, counted from the 1st at other cycles."""
    parts = Month(*month).parts(cycle)
    assert [last.day for _, last in parts] == ends
    assert [first.day for first, _ in parts] == [1, *(end + 1 for end in ends[:-1])]


def test_half_a_month_is_paid_and_the_rest_follows(
    empty_database: Database, policy: Policy
) -> None:
    """24 h × 22.00 = 528.00 to the 15th; the month 40 h × 22.00 = 880.00, so 352.00 are left."""
    with empty_database.session() as session:
        work = part_timer(session)
        make.a_tax_year(session, work)
        some_hours(session, work, FIRST_HALF)
    (part,) = settle(empty_database, policy)
    assert (part.first, part.last, part.amount_fen) == (date(2026, 10, 1), HALF, 52800)
    assert part.state is PaymentState.SENT
    assert settle(empty_database, policy) == []  # asking twice settles nothing twice
    with empty_database.session() as session:
        some_hours(session, session.get_one(Employment, part.employment_id), SECOND_HALF)
    run_id = calculated(empty_database, policy)
    with empty_database.session() as session:
        slip = slip_of(session, run_id)
        assert (slip.net_fen, slip.paid_in_parts_fen, slip.due_fen) == (88000, 52800, 35200)
        # The employer's alone, by the month: 4504.00 × 0.4 % = 18.02.
        assert pay.payslip_of(slip).amount_fen("injury_employer") == 1802


def test_tax_is_that_of_the_month(empty_database: Database, policy: Policy) -> None:
    """500.00 an hour, 90 000 earned and 1980.00 withheld by September.

    To the 15th: 24 h = 12 000; (102 000 − 50 000) × 10 % − 2520 = 2680, less 1980 is 700: 11 300.
    The month: 40 h = 20 000; (110 000 − 50 000) × 10 % − 2520 = 3480, less 1980 is 1500: 18 500,
    of which 7200 are left: 16 h = 8000 less the other 800 of tax.
    """
    with empty_database.session() as session:
        work = part_timer(session, 50_000)
        make.a_tax_year(session, work, income_fen=9_000_000, insurance_fen=0, tax_fen=198_000)
        some_hours(session, work, [*FIRST_HALF, *SECOND_HALF])
    (part,) = settle(empty_database, policy)
    assert part.amount_fen == 1_130_000
    run_id = calculated(empty_database, policy)
    with empty_database.session() as session:
        slip = slip_of(session, run_id)
        assert (slip.tax_fen, slip.net_fen, slip.due_fen) == (150_000, 1_850_000, 720_000)


def test_three_parts_at_a_cycle_of_ten(empty_database: Database, policy: Policy) -> None:
    """8 h, 24 h and 8 h at 22.00: 176.00, 528.00, and 176.00 with the month; 880.00 in all."""
    with empty_database.session() as session:
        work = part_timer(session, cycle=10)
        make.a_tax_year(session, work)
        some_hours(session, work, [*FIRST_HALF, *SECOND_HALF])
    parts = settle(empty_database, policy, date(2026, 10, 31))
    assert [part.amount_fen for part in parts] == [17600, 61600]
    run_id = calculated(empty_database, policy)
    with empty_database.session() as session:
        slip = slip_of(session, run_id)
        assert (slip.due_fen, slip.due_fen + sum(of.amount_fen for of in slip.parts)) == (
            8800,
            88000,
        )


def test_terms_change_and_pieces_have_their_day(empty_database: Database, policy: Policy) -> None:
    """22.00 to the 15th, 25.00 from the 16th; 100 × 0.40 on the 12th, 50 × 0.40 of no day.

    To the 15th: 24 h × 22.00 + 40.00 = 568.00. The month: 528.00 + 16 h × 25.00 + 60.00 = 988.00,
    so 420.00 are left: 400.00 and the 20.00 of which no day is known.
    """
    with empty_database.session() as session:
        work = part_timer(session)
        make.a_tax_year(session, work)
        some_hours(session, work, [*FIRST_HALF, *SECOND_HALF])
        work.ended_on = HALF
        make.an_employment(
            session,
            work.resident,
            work.employer,
            kind=EmploymentKind.PART_TIME,
            started_on=date(2026, 10, 16),
            monthly_wage_fen=0,
            hourly_wage_fen=2500,
            pay_cycle_days=15,
        )
        for quantity, day in ((100, date(2026, 10, 12)), (50, None)):
            item = "包装" if day else "分拣"
            made = make.some_pieces(session, work.resident, OCTOBER, item, quantity, "0.40")
            made.day = day
    (part,) = settle(empty_database, policy)
    assert part.amount_fen == 56800
    run_id = calculated(empty_database, policy)
    with empty_database.session() as session:
        slip = slip_of(session, run_id)
        assert (slip.net_fen, slip.due_fen) == (98800, 42000)


def test_hours_taken_back_after_a_part_are_owed(empty_database: Database, policy: Policy) -> None:
    """528.00 were paid for 24 h, 20 h were right: 440.00, so 88.00 are a receivable once locked."""
    with empty_database.session() as session:
        work = part_timer(session)
        make.a_tax_year(session, work)
        some_hours(session, work, FIRST_HALF)
    settle(empty_database, policy)
    with empty_database.session() as session:
        first = session.query(HoursWorked).order_by(HoursWorked.day).first()
        session.delete(first)
    run_id = calculated(empty_database, policy)
    with empty_database.session() as session:
        run = pay.find_run(session, run_id)
        (slip,) = run.payslips
        assert (slip.net_fen, slip.due_fen, slip.overpaid_fen) == (44000, 0, 8800)
        reach(as_actor(session, "b@example.org"), run, RunState.APPROVED)
        pay.advance(as_actor(session, "a@example.org"), run, RunState.LOCKED)
        (owing,) = pay.receivables(session, find_home(session, "ZP001"))
        assert owing.open_fen == 8800
        assert "分期" in owing.entries[0].note


def test_a_calculated_month_pays_what_is_left(empty_database: Database, policy: Policy) -> None:
    """No part is settled any more; taken back to a draft, it is."""
    with empty_database.session() as session:
        work = part_timer(session)
        make.a_tax_year(session, work)
        some_hours(session, work, FIRST_HALF)
    run_id = calculated(empty_database, policy)
    with pytest.raises(ConflictError, match="已经算好"):
        settle(empty_database, policy)
    with empty_database.session() as session:
        run = pay.find_run(session, run_id)
        pay.reopen(as_actor(session, "a@example.org"), run, "先付半月")
    assert len(settle(empty_database, policy)) == 1
    calculated(empty_database, policy)
    with empty_database.session() as session:
        assert slip_of(session, run_id).due_fen == 0
        pay.reopen(as_actor(session, "a@example.org"), pay.find_run(session, run_id), "再算")
    calculated(empty_database, policy)
    with empty_database.session() as session:
        assert slip_of(session, run_id).paid_in_parts_fen == 52800


@pytest.mark.parametrize("through", [date(2026, 9, 30), date(2026, 11, 1)])
def test_the_day_is_one_of_the_month(
    empty_database: Database, policy: Policy, through: date
) -> None:
    """Neither before nor after it."""
    with empty_database.session() as session:
        part_timer(session)
    with pytest.raises(InvalidError, match="之内"):
        settle(empty_database, policy, through)


def test_a_day_to_come_has_no_hours_yet(empty_database: Database, policy: Policy) -> None:
    """On 2 November the half of November is still to be worked."""
    with empty_database.session() as session:
        part_timer(session)
        home, november = find_home(session, "ZP001"), date(2026, 11, 1)
        with pytest.raises(InvalidError, match="还没有到"):
            pay.settle_parts(
                as_actor(session, "a@b.cn"), home, november, date(2026, 11, 15), policy
            )


def test_the_bank_answers_part_by_part(
    empty_database: Database, policy: Policy, tmp_path: Path
) -> None:
    """A list with its days, an answer, what failed goes again, what was paid stays so."""
    with empty_database.session() as session:
        work = part_timer(session)
        make.a_tax_year(session, work)
        some_hours(session, work, FIRST_HALF)
    settle(empty_database, policy)
    answer = _answered(empty_database, tmp_path, {"结果": "失败", "原因": "账号有误"})
    with empty_database.session() as session:
        (part,) = pay.part_payments(session, find_home(session, "ZP001"), OCTOBER)
        (said,) = read_part_answer(answer, [part])
        pay.answer_part(session, said.part, is_paid=said.is_paid, message=said.message)
        assert (part.state, part.message) == (PaymentState.FAILED, "账号有误")
        assert pay.send_again(session, find_home(session, "ZP001"), OCTOBER) == [part]
        pay.answer_part(session, part, is_paid=True)
        with pytest.raises(ConflictError, match="不能再记为失败"):
            pay.answer_part(session, part, is_paid=False)
    run_id = calculated(empty_database, policy)
    with empty_database.session() as session:
        so_far = pay.paid_so_far(session, pay.find_run(session, run_id))
        assert (so_far.paid, so_far.paid_fen, so_far.waiting) == (1, 52800, 0)
        assert so_far.is_complete


@pytest.mark.parametrize(
    ("cells", "header"),
    [
        ({"编号": "R09", "结果": "成功"}, "编号"),
        ({"期间": "2026-10-16 至 2026-10-31", "结果": "成功"}, "编号"),
        ({"实发金额": 1, "结果": "成功"}, "实发金额"),
        ({"结果": "好"}, "结果"),
    ],
)
def test_a_wrong_answer_is_told(
    empty_database: Database,
    policy: Policy,
    tmp_path: Path,
    cells: Mapping[str, object],
    header: str,
) -> None:
    """At its cell, and nothing is noted."""
    with empty_database.session() as session:
        work = part_timer(session)
        make.a_tax_year(session, work)
        some_hours(session, work, FIRST_HALF)
    settle(empty_database, policy)
    answer = _answered(empty_database, tmp_path, cells)
    with empty_database.session() as session:
        parts = pay.part_payments(session, find_home(session, "ZP001"), OCTOBER)
        with pytest.raises(WorkbookError) as caught:
            read_part_answer(answer, parts)
        assert [finding.header for finding in caught.value.findings] == [header]


def _answered(database: Database, folder: Path, cells: Mapping[str, object]) -> Path:
    """Write October's list of parts, fill in cells as a bank does, and return the file."""
    path = folder / "parts.xlsx"
    with database.session() as session:
        parts = pay.part_payments(session, find_home(session, "ZP001"), OCTOBER)
        pay.write_part_list(session, parts, path)
    book = load_workbook(path)
    page = book["代发清单"]
    heads = [str(cell.value) for cell in page[1]] + ["结果", "原因"]
    for at, head in enumerate(heads, start=1):
        page.cell(1, at).value = head
        if head in cells:
            page.cell(2, at).value = cells[head]
    book.save(path)
    return path


def test_findings_say_whether_the_law_is_kept(empty_database: Database, policy: Policy) -> None:
    """A month in one payment is asked about, so is a cycle above 15 days; two payments are not."""
    with empty_database.session() as session:
        work = part_timer(session)
        make.a_tax_year(session, work)
        some_hours(session, work, FIRST_HALF)
    run_id = calculated(empty_database, policy)
    (told,) = _told(empty_database, run_id, policy)
    assert "2026-10-15" in told
    with empty_database.session() as session:
        pay.reopen(as_actor(session, "a@example.org"), pay.find_run(session, run_id), "先付半月")
    settle(empty_database, policy)
    calculated(empty_database, policy)
    assert _told(empty_database, run_id, policy) == []
    with empty_database.session() as session:
        pay.reopen(as_actor(session, "a@example.org"), pay.find_run(session, run_id), "更正周期")
        session.get_one(Employment, work.id).pay_cycle_days = 30
    calculated(empty_database, policy)
    (told,) = _told(empty_database, run_id, policy)
    assert "30 天" in told


def _told(database: Database, run_id: int, policy: Policy) -> list[str]:
    with database.session() as session:
        run, home = pay.find_run(session, run_id), find_home(session, "ZP001")
        found = pay.findings(session, home, run, policy)
        return [item.evidence.zh for item in found if item.rule is Rule.PAID_IN_PARTS]


def test_parts_on_record_keep_the_program_from_going_back(
    empty_database: Database, policy: Policy
) -> None:
    """The older program would pay them again; without any the table goes, and comes again."""
    migrations.downgrade(empty_database.engine, "0036")
    migrations.upgrade(empty_database.engine)
    with empty_database.session() as session:
        work = part_timer(session)
        make.a_tax_year(session, work)
        some_hours(session, work, FIRST_HALF)
    settle(empty_database, policy)
    with pytest.raises(ConflictError, match="再付一次"):
        migrations.downgrade(empty_database.engine, "0036")
    with empty_database.session() as session:
        assert len(pay.part_payments(session, find_home(session, "ZP001"), OCTOBER)) == 1
