"""Numbers of people, wherever they stand in a workbook: nothing that is said of it holds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from rostering.sheets import WorkbookError
from rukang import migrations
from rukang.base.access import Database
from rukang.base.database.sealing.vault import Vault
from rukang.base.telling import told
from rukang.doors.cli.console.words import words
from rukang.doors.intake import NotAllImportedError, import_workbooks
from rukang.forms.workbooks.records import ImportedFile
from tests.conftest import NOW
from tests.demo import DEMO
from tests.factories import a_citizen_id

CITIZEN = a_citizen_id(date(1990, 1, 1))
SECRETS = {
    "citizen": CITIZEN,
    "certificate": CITIZEN + "42",
    "account": "6200000000000000018",
    "full-width": "".join(chr(ord(one) + 0xFEE0) for one in CITIZEN),
    "spaced": f"{CITIZEN[:6]} {CITIZEN[6:14]} {CITIZEN[14:]}",
    "number": 370000199001010002,
}
BOOKS = sorted(path.name for path in DEMO.glob("*.xlsx"))

Secrets = Iterator[object]
Change = Callable[[Workbook, Secrets], None]


def _every_cell(book: Workbook, secrets: Secrets) -> None:
    for sheet in book.worksheets:
        for cell in sheet[2]:
            cell.value = next(secrets)


def _every_other_cell(book: Workbook, secrets: Secrets) -> None:
    """Leave the form, so that the sheets behind it are read."""
    for sheet in book.worksheets:
        if sheet.title not in {"填报信息", "评定信息"}:
            for cell in sheet[3]:
                cell.value = next(secrets)


def _every_header(book: Workbook, secrets: Secrets) -> None:
    for sheet in book.worksheets:
        for number, cell in enumerate(sheet[1]):
            cell.value = next(secrets) if number else cell.value


def _one_header(book: Workbook, secrets: Secrets) -> None:
    book.worksheets[-1].cell(1, 3).value = next(secrets)


def _no_headers(book: Workbook, secrets: Secrets) -> None:
    for sheet in book.worksheets:
        sheet.delete_rows(1)
        for cell in sheet[1]:
            cell.value = next(secrets)


def _sheet_name(book: Workbook, secrets: Secrets) -> None:
    for sheet in book.worksheets[1:]:
        sheet.title = str(next(secrets))[-31:]


def _remark(book: Workbook, secrets: Secrets) -> None:
    sheet = book.worksheets[-1]
    sheet.cell(2, sheet.max_column + 3).value = f"证件号 {next(secrets)}，请核对"


CHANGES: dict[str, Change] = {
    "cells": _every_cell,
    "other cells": _every_other_cell,
    "headers": _every_header,
    "one header": _one_header,
    "no headers": _no_headers,
    "sheet name": _sheet_name,
    "remark": _remark,
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with the register alone; what is said does not depend on its kind."""
    file = tmp_path_factory.mktemp("masked") / "masked.sqlite"
    database = Database(f"sqlite:///{file}", Vault([Fernet.generate_key().decode()]), lambda: NOW)
    migrations.upgrade(database.engine)
    import_workbooks(database, [DEMO / "01-机构.xlsx"])
    yield database
    database.close()


def holds_a_number(text: str) -> bool:
    """Return whether a text holds so many digits in a row that somebody may be found by them."""
    plain = unicodedata.normalize("NFKC", text)
    return re.search(r"\d{12}", re.sub(r"[\s\-.,]", "", plain)) is not None


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("change", CHANGES)
def test_no_word_about_a_workbook_holds_a_number(
    database: Database, tmp_path: Path, change: str, book: str
) -> None:
    """On the command line, in answers and pages, in the ledger: under every spelling."""
    secrets = list(SECRETS.values())[BOOKS.index(book) % len(SECRETS) :]
    workbook = load_workbook(DEMO / book)
    CHANGES[change](workbook, cycle([*secrets, *SECRETS.values()]))
    path = tmp_path / f"{CITIZEN}-{book}"
    workbook.save(path)
    try:
        import_workbooks(database, [path])
    except WorkbookError as error:
        said = [words(error), str(told(error)), repr(error.findings), str(error)]
        assert not any(map(holds_a_number, said)), said[0]
        assert "*" in said[0]
    with database.session() as session:
        assert not any(map(holds_a_number, session.scalars(select(ImportedFile.name))))


def test_a_number_as_file_name_is_hidden_in_the_ledger(database: Database, tmp_path: Path) -> None:
    """A sound workbook that somebody named after a person."""
    path = tmp_path / f"{CITIZEN}.xlsx"
    path.write_bytes((DEMO / "03-员工与排班.xlsx").read_bytes())
    assert import_workbooks(database, [path])[0].stored
    with database.session() as session:
        names = session.scalars(select(ImportedFile.name)).all()
    assert f"{CITIZEN[:4]}{'*' * 10}{CITIZEN[-4:]}.xlsx" in names


def _sound(folder: Path, *, but: str = "") -> Path:
    """Return a folder with the demonstration's workbooks, without one."""
    for path in DEMO.glob("*.xlsx"):
        if path.name != but:
            (folder / path.name).write_bytes(path.read_bytes())
    return folder


def _titles(error: NotAllImportedError) -> list[str]:
    return [one.kind for one in error.done]


def test_strangers_in_a_folder_hold_nobody_up(empty_database: Database, tmp_path: Path) -> None:
    """They are named and left out; all seven workbooks beside them are stored."""
    folder = _sound(tmp_path)
    Workbook().save(folder / "00-别的表.xlsx")
    (folder / "~$02-人员.xlsx").write_bytes(b"lock")
    (folder / "通知.pdf").write_bytes(b"%PDF-1.7")
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (folder / ".hidden").write_bytes(b"")
    with pytest.raises(NotAllImportedError) as caught:
        import_workbooks(empty_database, [folder])
    assert _titles(caught.value) == [Path(book).stem for book in BOOKS]
    assert [one.stored for one in caught.value.done].count(True) == 6  # the score sheet is checked
    assert {one.file for one in caught.value.findings} == {
        "00-别的表.xlsx", "~$02-人员.xlsx", "通知.pdf", "坏.xlsx",
    }  # fmt: skip


def test_a_bad_file_holds_up_what_refers_to_it_and_nothing_else(
    empty_database: Database, tmp_path: Path
) -> None:
    """Without its people, contracts and attendance wait; staff and quality records do not."""
    folder = _sound(tmp_path, but="02-人员.xlsx")
    book = load_workbook(DEMO / "02-人员.xlsx")
    book["入园人员"]["C2"] = "男性"
    book.save(folder / "02-人员.xlsx")
    with pytest.raises(NotAllImportedError) as caught:
        import_workbooks(empty_database, [folder])
    assert _titles(caught.value) == ["01-机构", "03-员工与排班", "06-星级评定", "07-质量记录"]
    held_up = [one for one in caught.value.findings if "02-人员.xlsx" in one.zh]
    assert [one.file for one in held_up] == ["04-用工单位.xlsx", "05-出勤与计件.xlsx"]
    (folder / "02-人员.xlsx").write_bytes((DEMO / "02-人员.xlsx").read_bytes())
    assert [one.kind for one in import_workbooks(empty_database, [folder]) if one.stored] == [
        "02-人员", "04-用工单位", "05-出勤与计件",
    ]  # fmt: skip


SERIAL_HEADERS = ["序号", "序 号", "No.", "ＮＯ", "#", "行号", "顺序号", "流水号", "S/N", "序"]


@pytest.mark.parametrize("header", SERIAL_HEADERS)
def test_a_number_of_lines_is_no_code(database: Database, tmp_path: Path, header: str) -> None:
    """It is not suggested for a code, nor taken as one; beside a code it is passed over."""
    book = load_workbook(DEMO / "02-人员.xlsx")
    book["入园人员"]["A1"] = header
    path = tmp_path / "02.xlsx"
    book.save(path)
    with pytest.raises(WorkbookError) as caught:
        import_workbooks(database, [path])
    assert not any("是不是" in one.zh for one in caught.value.findings)
    assert any(one.header == "编号" for one in caught.value.findings)
    assert any(one.column == "A" and "另一个人" in one.zh for one in caught.value.findings)

    book = load_workbook(DEMO / "02-人员.xlsx")
    book["入园人员"].insert_cols(1)
    for row in range(1, book["入园人员"].max_row + 1):
        book["入园人员"].cell(row, 1).value = row - 1 if row > 1 else header
    book.save(path)
    assert import_workbooks(database, [path])[0].rows == 126


def _numbered(path: Path, sheet: str) -> Path:
    book = load_workbook(DEMO / path.name)
    del book[book.sheetnames[-1]]
    page = book[sheet]
    for row in range(2, page.max_row + 1):
        page.cell(row, 1).value = str(row - 1)
    book.save(path)
    return path


@pytest.mark.parametrize(("book", "sheet"), [("02", "入园人员"), ("03", "员工与合同")])
def test_codes_that_merely_count_the_lines_are_refused(
    database: Database, tmp_path: Path, book: str, sheet: str
) -> None:
    """1, 2, 3 … under 编号 are asked about; codes a home has long used are not."""
    name = next(one for one in BOOKS if one.startswith(book))
    with pytest.raises(WorkbookError) as caught:
        import_workbooks(database, [_numbered(tmp_path / name, sheet)])
    found = [one for one in caught.value.findings if "像是序号" in one.zh]
    assert [(one.sheet, one.row, one.column) for one in found] == [(sheet, 2, "A")]
