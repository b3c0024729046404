"""Paying through the bank: sent once, answered in part, sent again, never paid twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from payroll import Policy
from rostering.sheets import WorkbookError
from rukang import pay
from rukang.base.access import Database
from rukang.base.database.context import as_actor
from rukang.base.errors import ConflictError, InvalidError
from rukang.doors.intake.answers.bank_answer import read_bank_answer
from rukang.pay import BankAnswer, PaymentState, PayRun, RunState
from tests.bank import answered
from tests.demo import LOCAL_POLICY
from tests.factories import an_october
from tests.wages import lock

OTHER = "园长"


@pytest.fixture
def locked(empty_database: Database) -> int:
    """A locked October of four people."""
    with empty_database.session() as session:
        run_id = an_october(session).id
    pay.calculate_run(empty_database, run_id, Policy.load([LOCAL_POLICY]))
    lock(empty_database, run_id)
    return run_id


def _answers(run: PayRun, failed: set[str] = frozenset()) -> list[BankAnswer]:
    return [
        BankAnswer(slip.id, slip.net_fen, slip.employment.resident.code not in failed, "账号不符")
        for slip in run.payslips
    ]


def test_what_failed_is_sent_again_and_nothing_twice(empty_database: Database, locked: int) -> None:
    """One of four fails; only that one goes again; then the run can be called paid."""
    with empty_database.session() as session:
        run = pay.find_run(session, locked)
        assert len(pay.send(session, run)) == 4
        assert pay.send(session, run) == []
        so_far = pay.take_answers(session, run, _answers(run, failed={"R05"}))
        assert (so_far.paid, so_far.failed, so_far.waiting) == (3, 1, 0)
        with pytest.raises(ConflictError, match="1 笔失败"):
            pay.advance(as_actor(session, OTHER), run, RunState.PAID, note="就这样")
        again = pay.send(session, run)
        assert [slip.employment.resident.code for slip in again] == ["R05"]
        so_far = pay.take_answers(session, run, _answers(run))
        assert so_far.is_complete
        assert so_far.paid_fen == sum(slip.net_fen for slip in run.payslips)
        pay.advance(as_actor(session, OTHER), run, RunState.PAID)
        assert run.state is RunState.PAID


def test_paid_otherwise_needs_a_word(empty_database: Database, locked: int) -> None:
    """A run that never went to the bank is called paid only with how."""
    with empty_database.session() as session:
        run = pay.find_run(session, locked)
        with pytest.raises(ConflictError, match="怎样发放"):
            pay.advance(as_actor(session, OTHER), run, RunState.PAID)
        pay.advance(as_actor(session, OTHER), run, RunState.PAID, note="现金，签收单附后")


def test_only_a_locked_run_goes_to_the_bank(empty_database: Database) -> None:
    """Not a draft."""
    with empty_database.session() as session:
        run = an_october(session)
        with pytest.raises(ConflictError, match="锁定以后"):
            pay.send(session, run)


def test_a_wrong_answer_changes_nothing(empty_database: Database, locked: int) -> None:
    """Another amount, a stranger, both outcomes, a paid one that fails: all told, none kept."""
    with empty_database.session() as session:
        run = pay.find_run(session, locked)
        pay.send(session, run)
        first, second, *_ = _answers(run)
        for answers, words in (
            ([first, BankAnswer(second.payslip_id, 1, True)], "不符"),
            ([first, BankAnswer(9999, 1, True)], "没有送过银行"),
            ([first, BankAnswer(first.payslip_id, first.amount_fen, False)], "既成功又失败"),
        ):
            with pytest.raises(InvalidError, match=words):
                pay.take_answers(session, run, answers)
        assert {p.state for p in pay.payments_of(session, run)} == {PaymentState.SENT}
        pay.take_answers(session, run, [first])
        pay.take_answers(session, run, [first])
        with pytest.raises(InvalidError, match="不能再记为失败"):
            pay.take_answers(session, run, [BankAnswer(first.payslip_id, first.amount_fen, False)])


def test_the_answer_is_read_from_the_banks_workbook(
    empty_database: Database, locked: int, tmp_path: Path
) -> None:
    """The list that was sent comes back with 结果 and 原因."""
    with empty_database.session() as session:
        run = pay.find_run(session, locked)
        path = pay.write_bank_list(session, pay.send(session, run), tmp_path / "bank.xlsx")
        outcomes = [("成功", ""), ("失败", "户名不符"), ("成功", ""), ("成功", "")]
        answers = read_bank_answer(answered(path, outcomes), run)
        assert [answer.is_paid for answer in answers] == [True, False, True, True]
        assert pay.take_answers(session, run, answers).failed == 1
        assert pay.payments_of(session, run)[1].message == "户名不符"


@pytest.mark.parametrize(
    ("outcomes", "code", "words"),
    [
        ([("好的", "")] * 4, None, "应为 成功 或 失败"),
        ([("成功", "")] * 4, "R99", "没有"),
    ],
)
def test_a_workbook_that_says_something_else_is_refused(
    empty_database: Database,
    locked: int,
    tmp_path: Path,
    outcomes: list[tuple[str, str]],
    code: str | None,
    words: str,
) -> None:
    """Sheet, row and column are named."""
    with empty_database.session() as session:
        run = pay.find_run(session, locked)
        path = pay.write_bank_list(session, pay.send(session, run), tmp_path / "bank.xlsx")
        with pytest.raises(WorkbookError, match=words) as refused:
            read_bank_answer(answered(path, outcomes, code), run)
        assert "代发清单" in str(refused.value)
