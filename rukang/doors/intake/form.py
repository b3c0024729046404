"""What every workbook begins with: which home it is about, and which month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator, Field
from sqlalchemy.orm import Session

from payroll.policy import Policy
from rostering.sheets import Located, SheetRow, Text, WorkbookReader, cell_error, read_sheet
from rukang.base.clock import first_of_month
from rukang.bodies.homes import Home
from rukang.forms.workbook import HEADING, HOME, MONTH

FORM = HEADING


def _month(cell: object) -> date:
    if isinstance(cell, datetime) and cell.day == 1:
        return cell.date()
    try:
        return first_of_month(cell if isinstance(cell, str) else "")
    except ValueError:
        raise cell_error("应为月份，例如 2026-10", "a month such as 2026-10 expected") from None


Month = Annotated[date, BeforeValidator(_month)]
"""A month, typed as 2026-10 or as the date of its first day."""


class Form(SheetRow):
    """The one row of the sheet 填报信息."""

    home: Text = Field(alias=HOME)
    month: Month = Field(alias=MONTH)


@dataclass(frozen=True)
class Intake:
    """A workbook on its way into the records of a home.

    ``month`` is the first day of the workbook's month; ``policy`` gives the dated rule base to the
    checks that need a figure of it, ``yours`` the homes the caller may import this kind for: the
    session itself sees all.
    """

    book: WorkbookReader
    session: Session
    home: Home
    month: date
    policy: Callable[[], Policy]
    yours: frozenset[int]


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
