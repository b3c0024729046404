"""``rukang form``: workbooks to fill in, what their columns mean, and single records."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from rukang.base.clock import days_of_month
from rukang.base.database import context
from rukang.base.papers.private_files import private_files
from rukang.bodies.homes import find_home
from rukang.care.quality import ACTS
from rukang.doors.cli.acts import add_acts
from rukang.doors.cli.common import Data, HomeCode, Month, Out, console, say, signed
from rukang.doors.intake.kinds import BOOKS
from rukang.forms import Book, Form, cells_of, write_blank, write_filled
from rukang.forms.workbooks.guide import chapter
from rukang.people.entries import enter_record, remove_record

app = typer.Typer(no_args_is_help=True, add_completion=False)

FORMS = {form.code: form for book in BOOKS.values() for form in book.single}


def _book(name: str) -> Book:
    if name not in BOOKS:
        known = "、".join(BOOKS)
        raise typer.BadParameter(f"没有工作簿 {name!r}；有 {known} / no such workbook: {known}")
    return BOOKS[name]


def _form(code: str) -> Form:
    if code not in FORMS:
        known = "、".join(FORMS)
        raise typer.BadParameter(f"没有这种表 {code!r}；有 {known} / no such form: {known}")
    return FORMS[code]


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise typer.BadParameter(
            f"{text!r} 请写成 名称=值，如 day=2026-10-05 / write NAME=VALUE, like day=2026-10-05"
        )
    return name.strip(), value.strip()


Wanted = Annotated[
    Any, typer.Argument(parser=_book, metavar="BOOK", help="哪一种，如 quality / which workbook")
]

WantedForm = Annotated[
    Any, typer.Argument(parser=_form, metavar="FORM", help="哪一种，如 incidents / which form")
]
Given = Annotated[
    list[Any],
    typer.Option(
        "--set",
        parser=_pair,
        metavar="NAME=VALUE",
        help="一个值，可写多个；是和否写 true、false / a value, repeat for each",
    ),
]
RecordId = Annotated[
    int | None, typer.Option("--id", metavar="ID", help="要改的记录编号 / the record to change")
]


@app.command("columns")
def columns(book: Wanted) -> None:
    """说明每一列填什么 / say what each column takes."""
    typer.echo(chapter(book))


@app.command("blank")
def blank(book: Wanted, home: HomeCode, month: Month, out: Out = Path(), data: Data = None) -> None:
    """写出空表，带下拉选项和说明 / write it blank, with choices and notes."""
    _write(book, home, month, out, data, is_blank=True)


@app.command("export")
def export(
    book: Wanted, home: HomeCode, month: Month, out: Out = Path(), data: Data = None
) -> None:
    """写出已有记录，可改好再导入 / write what is recorded; it can be corrected and imported."""
    _write(book, home, month, out, data, is_blank=False)


@app.command("list")
def list_records(form: WantedForm, home: HomeCode, month: Month, data: Data = None) -> None:
    """列出一个月的记录 / list the records of a month."""
    _, database = signed(data)
    days = days_of_month(month)
    with database.session() as session:
        found = form.list(session, find_home(session, home).id, days[0], days[-1])
        rows = [(str(record.id), *_written(record)) for record in found]
    if rows:
        table = Table("id", *form.headers)
        for row in rows:
            table.add_row(*row)
        console.print(table)
    else:
        say("没有记录 / nothing is recorded")


@app.command("enter")
def enter_one(
    form: WantedForm, home: HomeCode, given: Given, record: RecordId = None, data: Data = None
) -> None:
    """登记一条，或改一条 / enter a record, or change one."""
    _, database = signed(data)
    with database.session() as session:
        kept = enter_record(session, find_home(session, home), form, dict(given), record)
        say(f"✓ {form.sheet} {kept.id}：{'，'.join(_written(kept))}")


@app.command("remove")
def remove_one(
    form: WantedForm,
    home: HomeCode,
    record: Annotated[int, typer.Argument(help="记录编号 / id of the record")],
    data: Data = None,
) -> None:
    """删去登记错了的一条，审计记录会保留 / take away what was entered by mistake."""
    _, database = signed(data)
    with database.session() as session:
        remove_record(session, find_home(session, home), form, record)
    say(f"✓ {form.sheet} {record}")


def _written(record: Any) -> list[str]:
    return ["" if cell is None else str(cell) for cell in cells_of(record).values()]


def _write(
    book: Book, code: str, month: date, out: Path, data: Path | None, *, is_blank: bool
) -> None:
    _, database = signed(data)
    with database.session() as session, private_files(out) as draft:
        home, made_at = find_home(session, code), context.now(session)
        name = f"{book.title}-{home.code}-{month:%Y-%m}.xlsx"
        if is_blank:
            write_blank(draft / name, book, home.code, month, made_at)
        else:
            write_filled(draft / name, book, session, home, month, made_at)
    say(f"✓ {out / name}")


add_acts(app, ACTS)
