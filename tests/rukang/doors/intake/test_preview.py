"""A preview says what a workbook would change, and stores nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from rukang.base.access import Database
from rukang.base.database.upsert import Changes
from rukang.bodies.homes import find_home
from rukang.doors.intake import import_workbooks, in_words
from rukang.doors.intake.kinds import BOOKS
from rukang.forms import Book, write_blank, write_filled
from tests.demo import DEMO
from tests.rukang.doors.intake.conftest import Edited, both, entries, put

OCTOBER = date(2026, 10, 1)
MADE_AT = datetime(2026, 11, 2, tzinfo=UTC)


def test_what_would_change_is_counted_and_not_stored(
    demo_database: Database, edited: Edited
) -> None:
    """One name corrected, one shift more, one day of leave less; afterwards all is as before."""
    before = entries(demo_database)

    def rows(book: Workbook) -> None:
        book["班次"].append(["加", "加班", "护理", "08:00", "12:00", 240, 240, "否"])
        book["休假"].delete_rows(2)

    names = [put(sheet, "S03", "姓名", "换了名") for sheet in ("员工与合同", "上周班表")]
    edit = both(put("员工与合同", "S02", "岗位", "护理员"), *names, rows)
    path = edited("03", edit)
    (seen,) = import_workbooks(demo_database, [path], preview=True)
    assert not seen.stored
    assert seen.changes["员工与合同"] == Changes(changed=2)
    assert seen.changes["班次"] == Changes(added=1)
    assert seen.changes["休假"].removed >= 1
    words = next(in_words(seen.changes))
    assert words.zh == "员工与合同：改 2 条，增 0 条，删 0 条"
    assert entries(demo_database) == before
    assert import_workbooks(demo_database, [path], preview=True)[0].changes == seen.changes


@pytest.mark.parametrize("name", ["02", "03", "04", "05", "07"])
def test_the_same_again_changes_nothing(demo_database: Database, edited: Edited, name: str) -> None:
    """A workbook with a remark more says what is stored already."""
    path = edited(name, lambda book: book["说明"].__setitem__("A9", "另一份文件"))
    (seen,) = import_workbooks(demo_database, [path], preview=True)
    assert set(seen.changes.values()) <= {Changes()}, seen.changes


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_what_is_written_reads_back_as_it_is(
    demo_database: Database, tmp_path: Path, book: Book
) -> None:
    """What the records hold, written and looked at again, would change nothing."""
    with demo_database.session() as session:
        home = find_home(session, "ZP001")
        path = write_filled(tmp_path / "a.xlsx", book, session, home, OCTOBER, MADE_AT)
    (seen,) = import_workbooks(demo_database, [path], preview=True)
    assert seen.changes.keys() == {form.sheet for form in book.forms}
    assert set(seen.changes.values()) == {Changes()}, seen.changes
    assert seen.rows


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_a_blank_one_has_every_header_and_says_what_to_enter(tmp_path: Path, book: Book) -> None:
    """Each sheet has the columns that are read, in order, with a note at each."""
    written = load_workbook(write_blank(tmp_path / "b.xlsx", book, "ZP001", OCTOBER, MADE_AT))
    for form in book.forms:
        page, row = written[form.sheet], form.row_of(OCTOBER)
        assert [cell.value for cell in page[1]] == [of.alias for of in row.model_fields.values()]
        assert all(cell.comment for cell in page[1]), form.sheet
        assert page.max_row == 1


def test_the_demo_is_a_month_of_the_form(demo_database: Database) -> None:
    """The demonstration workbooks are there to be compared with."""
    assert sorted(file.name[:2] for file in DEMO.glob("*.xlsx")) == [f"{n:02}" for n in range(1, 8)]
    assert entries(demo_database)
