"""What every workbook begins with: which home it is about, and which month."""

from __future__ import annotations

from pydantic import Field

from rostering.sheets import Located, SheetRow, Text, WorkbookReader, read_sheet
from rukang.forms.workbooks.workbook import HEADING, HOME, MONTH
from rukang.forms.workbooks.written import Month

FORM = HEADING


class Form(SheetRow):
    """The one row of the sheet 填报信息."""

    home: Text = Field(alias=HOME)
    month: Month = Field(alias=MONTH)


def read_form(book: WorkbookReader) -> Located[Form]:
    """Return the one row of the sheet 填报信息.

    Raises
    ------
    WorkbookError
        If there is not exactly one sound row: nothing else can be judged without it.
    """
    rows = read_sheet(book, FORM, Form)
    if len(rows) != 1 and not book.findings:
        book.add(
            f"应有且只有一行，现有 {len(rows)} 行",
            f"exactly one row expected, there are {len(rows)}",
            sheet=FORM,
        )
    book.raise_findings()
    return rows[0]
