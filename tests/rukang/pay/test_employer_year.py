"""The year of an employer from its books and the locked runs, and the evidence written of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from payroll import Policy
from payroll.employer import statement
from payroll.policy import LocalFigure, supply
from rukang import pay
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.errors import InvalidError, NotFoundError
from rukang.pay import Books
from rukang.work.employment import Employment
from tests.conftest import NOW
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

USCC = "91371681MA3TEST01X"


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    """The demo's rule base with an example of a local average wage."""
    path = tmp_path / "average.yaml"
    figure = {
        "parameter": "levy.local_average_wage",
        "place": "371600",
        "first": date(2026, 1, 1),
        "value": "50000",
        "document": "示例，非官方",
        "date": date(2026, 6, 1),
    }
    supply(path, Policy.load().parameters, LocalFigure.model_validate(figure))
    return Policy.load([LOCAL_POLICY, path])


@pytest.fixture
def october(empty_database: Database, policy: Policy) -> Database:
    """A locked October of a severely disabled person (R01), and one with a short contract (R02)."""
    with empty_database.session() as session:
        home, employer = a_home(session), an_employer(session, uscc=USCC)
        for code, grade in (("R01", 2), ("R02", 3)):
            resident = a_resident(session, home, code, grade=grade)
            work = an_employment(session, resident, employer)
            a_tax_year(session, work)
            worked = [day for day in days_of_month(OCTOBER) if Calendar().kind_of(day).works]
            some_marks(session, resident, worked)
        work.started_on, work.ended_on = date(2026, 1, 1), date(2026, 12, 30)
        run_id = pay.request_run(session, home, OCTOBER).id
    pay.calculate_run(empty_database, run_id, policy)
    lock(empty_database, run_id)
    return empty_database


def _books(**changes: object) -> Books:
    given = {"uscc": USCC, "year": 2026, "staff": ["100"] * 12, "wages": "6000000.00"}
    return Books.model_validate(given | changes)


def test_people_come_from_the_locked_runs(october: Database, policy: Policy) -> None:
    """October counts for one, with severity; eleven months of contract count for nothing."""
    with october.session() as session:
        year = pay.employer_year(session, _books())
    first, second = year.people
    assert (first.severe, first.contract_months >= 12, len(first.months)) == (True, True, 1)
    assert (second.severe, second.contract_months) == (False, 11)
    owed = statement(year, policy).levy
    assert [(item.months, item.counts_as) for item in owed.people] == [(1, 2), (0, 1)]
    assert float(owed.counted) == pytest.approx(2 / 12)


def test_what_is_not_locked_does_not_count(empty_database: Database) -> None:
    """A year without a locked run has nobody."""
    with empty_database.session() as session:
        an_employer(session, uscc=USCC)
        assert pay.employer_year(session, _books()).people == ()


def test_a_whole_year_of_contract(october: Database) -> None:
    """To the last of December it is twelve months."""
    with october.session() as session:
        work = session.query(Employment).filter(Employment.ended_on.is_not(None)).one()
        work.ended_on = date(2026, 12, 31)
        session.flush()
        assert pay.employer_year(session, _books()).people[1].contract_months == 12


def test_the_evidence_is_a_workbook(october: Database, policy: Policy, tmp_path: Path) -> None:
    """Levy, people with reasons, twelve months of VAT with what fails, deduction, documents."""
    with october.session() as session:
        year = pay.employer_year(session, _books())
    found = statement(year, policy)
    path = pay.write_statement(year, found, policy, tmp_path / "statement.xlsx", NOW)
    book = load_workbook(path)
    assert book.sheetnames == ["保障金", "人员", "增值税", "企业所得税", "依据"]
    people = list(book["人员"].iter_rows(values_only=True))
    assert "合同 11 个月，不足 12 个月" in str(people[-1])
    vat = list(book["增值税"].iter_rows(values_only=True))
    assert "不少于 10 人" in str(vat[11])
    assert len(vat) == 2 + 12 + 1
    levy = dict(row[:2] for row in book["保障金"].iter_rows(values_only=True))
    assert levy["实缴额（元） Levy due"] == found.levy.amount_fen / 100


def test_an_unknown_employer_is_named(empty_database: Database) -> None:
    """By its number."""
    with empty_database.session() as session, pytest.raises(NotFoundError, match=USCC):
        pay.employer_year(session, _books())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("uscc: X\nyear: 2026\nstaff: [1]\nwages: 1\n", "staff"),
        ("uscc: X\nyear: 2026\nstaf: []\nwages: 1\n", "staf"),
        ("uscc: [\n", "books.yaml"),
        (None, "books.yaml"),
    ],
)
def test_books_that_cannot_be_read_are_refused(
    tmp_path: Path, text: str | None, words: str
) -> None:
    """File and key are named."""
    path = tmp_path / "books.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidError, match=words):
        pay.read_books(path)
