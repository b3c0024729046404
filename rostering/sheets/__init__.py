"""Read worksheets into validated rows, and say of every wrong cell where it is and how to mend it.

A row is a frozen pydantic class; the aliases of its fields are the headers of the sheet::

    class StaffRow(SheetRow):
        code: Text = Field(alias="工号")
        joined: Day = Field(alias="入职日期")
        weekly: Hours = Field(alias="周工时", default=Decimal(40), le=40)
        skills: ListOfText = Field(alias="技能", default=())
        left: Day | None = Field(alias="离职日期", default=None)


    with open_workbook(path) as book:  # raises WorkbookError when it closes
        staff = read_sheet(book, "人员", StaffRow)
        unique(book, staff, "工号")
        for item in staff:  # Located[StaffRow]
            if item.value.left and item.value.left < item.value.joined:
                book.report(item, "离职日期", zh="不能早于入职日期", en="before the joining date")

All problems of a file are gathered; leaving the ``with`` block raises one :class:`WorkbookError`
with every :class:`Finding`: file, sheet, row, column, header, what was found, what is expected in
Chinese and English. Rows with a problem are not returned; ``book.raise_findings()`` stops early.

Cells. An empty cell is an absent value: a field with a default accepts it, one without reports it.
``Text`` ``OptionalText`` ``Day`` ``Clock`` (minute of the day) ``Whole`` ``Hours`` (Decimal)
``YuanFen`` (yuan in the cell, integer fen in Python) ``Rate`` (Decimal) ``YesNo`` (是/否)
``ListOfText`` (parted by 、，,;；). Ranges and choices are pydantic's own: ``Field(ge=0, le=24)``,
``Literal["男", "女"]``, enums. A validator of your own raises :func:`cell_error` ``(zh, en)``.

Headers. Every field without a default needs its column; a column no field knows is reported, with
the nearest known header, unless the row model says ``extra="ignore"``. Blank rows are skipped.
"""

from rostering.sheets.cells import (
    Clock,
    Day,
    Hours,
    ListOfText,
    OptionalText,
    Rate,
    Text,
    Whole,
    YesNo,
    YuanFen,
    cell_error,
)
from rostering.sheets.finding import Finding, WorkbookError
from rostering.sheets.located import Located
from rostering.sheets.reader import WorkbookReader, open_workbook
from rostering.sheets.rows import SheetRow, read_sheet, unique

__all__ = [
    "Clock",
    "Day",
    "Finding",
    "Hours",
    "ListOfText",
    "Located",
    "OptionalText",
    "Rate",
    "SheetRow",
    "Text",
    "Whole",
    "WorkbookError",
    "WorkbookReader",
    "YesNo",
    "YuanFen",
    "cell_error",
    "open_workbook",
    "read_sheet",
    "unique",
]
