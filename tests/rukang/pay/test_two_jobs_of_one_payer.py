"""From a contract to an agreement with the same employer within a month: two jobs, two payslips."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from payroll import Policy
from rukang import pay
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.doors.intake.answers.bank_answer import read_bank_answer
from rukang.pay.documents.by_employer import write_each
from rukang.pay.documents.month import paid_month
from rukang.work.employment import EmploymentKind
from tests.bank import answered
from tests.demo import LOCAL_POLICY
from tests.factories import (
    OCTOBER,
    a_home,
    a_resident,
    a_tax_year,
    an_employer,
    an_employment,
    some_marks,
    some_pieces,
)
from tests.wages import lock


@pytest.fixture
def october(empty_database: Database) -> int:
    """R01's contract ends on the 14th, the agreement begins on the 15th: the locked run's id."""
    with empty_database.session() as session:
        home = a_home(session)
        resident, employer = a_resident(session, home), an_employer(session)
        contract = an_employment(session, resident, employer, ended_on=date(2026, 10, 14))
        a_tax_year(session, contract)
        an_employment(
            session,
            resident,
            employer,
            kind=EmploymentKind.AGREEMENT,
            started_on=date(2026, 10, 15),
            monthly_wage_fen=0,
            declared_base_fen=0,
            insured_from=None,
        )
        days = [day for day in days_of_month(OCTOBER) if Calendar().kind_of(day).works]
        some_marks(session, resident, days)
        some_pieces(session, resident, OCTOBER, "纸盒折叠", 100, "0.35")
        run_id = pay.request_run(session, home, OCTOBER).id
    pay.calculate_run(empty_database, run_id, Policy.load([LOCAL_POLICY]))
    lock(empty_database, run_id)
    return run_id


def test_both_jobs_are_paid(empty_database: Database, october: int) -> None:
    """9 × 2210 ÷ 21.75 = 914.48 less 463.91 are 450.57; 100 × 0.35 = 35.00; nobody is missing."""
    with empty_database.session() as session:
        run = pay.find_run(session, october)
        assert [slip.net_fen for slip in run.payslips] == [450_57, 35_00]
        assert run.missing == []
        assert len(pay.variances(None, run)) == 2


def test_their_papers_are_two_and_read_back(
    empty_database: Database, october: int, tmp_path: Path
) -> None:
    """Each payslip has its file; of the bank's two rows each answers its own payment."""
    with empty_database.session() as session:
        run = pay.find_run(session, october)
        slips = write_each(session, paid_month(session, run), tmp_path)
        assert [path.name for path in slips] == ["ZP001-R01.pdf", "ZP001-R01-2.pdf"]
        path = pay.write_bank_list(session, pay.send(session, run), tmp_path / "bank.xlsx")
        outcomes = [("成功", ""), ("失败", "户名不符")]
        answers = read_bank_answer(answered(path, outcomes), run)
        assert [answer.payslip_id for answer in answers] == [slip.id for slip in run.payslips]
        so_far = pay.take_answers(session, run, answers)
        assert (so_far.paid, so_far.paid_fen, so_far.failed) == (1, 450_57, 1)
