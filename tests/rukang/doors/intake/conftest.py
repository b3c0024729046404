"""The demonstration home, imported once; and workbooks of it with something changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from payroll.policy import Policy
from rostering.sheets import Finding, WorkbookError
from rukang import migrations
from rukang.base.access import Database
from rukang.base.database.audit import AuditEntry
from rukang.base.database.sealing.vault import Vault
from rukang.doors.intake import import_workbooks
from tests.conftest import NOW
from tests.demo import DEMO

Edit = Callable[[Workbook], None]
Edited = Callable[[str, Edit], Path]
Refused = Callable[[str, Edit], list[Finding]]


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with the demonstration home, for tests that change nothing in it."""
    file = tmp_path_factory.mktemp("intake") / "demo.sqlite"
    database = Database(f"sqlite:///{file}", Vault([Fernet.generate_key().decode()]), lambda: NOW)
    migrations.upgrade(database.engine)
    import_workbooks(database, [DEMO])
    yield database
    database.close()


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """Return a copy of a demonstration workbook after an edit."""

    def edit(name: str, change: Edit) -> Path:
        book = load_workbook(next(DEMO.glob(f"{name}*.xlsx")))
        change(book)
        path = tmp_path / f"{name}.xlsx"
        book.save(path)
        return path

    return edit


@pytest.fixture(scope="session")
def policy() -> Policy:
    """Return the rule base, read once."""
    return Policy.load()


@pytest.fixture
def refused(demo_database: Database, edited: Edited, policy: Policy) -> Refused:
    """Import an edited workbook, see it refused whole, and return its findings."""

    def refuse(name: str, change: Edit) -> list[Finding]:
        before = entries(demo_database)
        with pytest.raises(WorkbookError) as caught:
            import_workbooks(demo_database, [edited(name, change)], policy=policy)
        assert entries(demo_database) == before
        return list(caught.value.findings)

    return refuse


def entries(database: Database) -> int:
    """Return how many changes the database has seen."""
    with database.session() as session:
        return session.scalar(select(func.count(AuditEntry.id))) or 0


def put(sheet: str, key: str, header: str, value: Any) -> Edit:
    """Return an edit that writes one cell: in the first row that begins with ``key``."""

    def edit(book: Workbook) -> None:
        page = book[sheet]
        column = next(cell.column for cell in page[1] if str(cell.value) == header)
        row = next(cells[0].row for cells in page.iter_rows() if str(cells[0].value) == key)
        page.cell(row, column).value = value

    return edit


def both(*edits: Edit) -> Edit:
    """Return an edit that does several."""

    def edit(book: Workbook) -> None:
        for change in edits:
            change(book)

    return edit


def cell(book: Workbook, sheet: str, key: str, header: str) -> Any:
    """Return what stands in a cell, found like :func:`put` finds it."""
    page = book[sheet]
    column = next(cell.column for cell in page[1] if str(cell.value) == header)
    return next(cells[column - 1].value for cells in page.iter_rows() if cells[0].value == key)


def only(findings: list[Finding]) -> Finding:
    """Return the one finding there is."""
    assert len(findings) == 1, [str(finding) for finding in findings]
    return findings[0]
