"""A roster as a workbook: the month on one landscape page, wishes and explanations behind it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from rukang.base.papers.grid import Grid, open_workbook
from rukang.base.papers.xlsx import A4, FOOTER
from rukang.rosters.documents.look import (
    DAY_FILLS,
    DAY_MARKS,
    MARKS_EXPLAINED,
    SHORT_FILL,
    fills,
    heads,
    state,
)
from rukang.rosters.documents.remarks import Remarks
from rukang.rosters.documents.remarks_sheet import write_remarks
from rukang.rosters.table import CoverRow, RosterTable, TableRow

WHO = ("编号", "姓名", "岗位")
TOTALS = ("天数", "工时")
HEAD = 1
"""Row of the dates; weekdays and marks follow, then the staff."""

FIRST_STAFF = HEAD + 3
SHADE = "#E8ECF0"


def write_roster(table: RosterTable, remarks: Remarks, path: Path, made_at: datetime) -> Path:
    """Write the workbook and return its path; the same roster and moment give the same file."""
    with open_workbook(path, made_at) as book:
        _write_month(Grid(book, "班表"), table)
        write_remarks(Grid(book, "意愿与说明"), remarks)
    return path


def _write_month(grid: Grid, table: RosterTable) -> None:
    grid.put(0, 0, f"{table.title}（{state(table)}）", bold=True, font_size=14)
    _write_head(grid, table)
    for down, row in enumerate(table.rows, start=FIRST_STAFF):
        _write_staff(grid, table, down, row)
    below = FIRST_STAFF + len(table.rows)
    for down, cover in enumerate(table.cover, start=below):
        _write_cover(grid, down, cover)
    _write_legend(grid, table, below + len(table.cover) + 1)
    _set_up_page(grid, table)


def _write_head(grid: Grid, table: RosterTable) -> None:
    look = {"bold": True, "border": 1, "align": "center", "bg_color": SHADE}
    for at, text in enumerate(WHO):
        grid.page.merge_range(HEAD, at, HEAD + 2, at, text, grid.format(**look))
    for at, day in enumerate(table.days, start=len(WHO)):
        shaded = {**look, "bg_color": DAY_FILLS.get(day.kind, "#FFFFFF")}
        grid.put(HEAD, at, day.date.day, **shaded)
        grid.put(HEAD + 1, at, day.weekday, **shaded)
        grid.put(HEAD + 2, at, DAY_MARKS[day.kind], **shaded)
    for at, text in enumerate(TOTALS, start=len(WHO) + len(table.days)):
        grid.page.merge_range(HEAD, at, HEAD + 2, at, text, grid.format(**look))


def _write_staff(grid: Grid, table: RosterTable, down: int, row: TableRow) -> None:
    colours = fills(table)
    for at, text in enumerate((row.code, row.name, row.post)):
        grid.put(down, at, text, border=1)
    for at, (day, cell) in enumerate(zip(table.days, row.cells, strict=True), start=len(WHO)):
        colour = colours[cell] if cell else DAY_FILLS.get(day.kind, "#FFFFFF")
        grid.put(down, at, cell, border=1, align="center", bg_color=colour)
    after = len(WHO) + len(table.days)
    grid.put(down, after, row.days, border=1)
    grid.put(down, after + 1, row.hours, border=1, align="right")


def _write_cover(grid: Grid, down: int, cover: CoverRow) -> None:
    look = {"border": 1, "bold": True, "bg_color": SHADE}
    name = f"{cover.shift} {cover.name} 在岗/期望"
    grid.page.merge_range(down, 0, down, len(WHO) - 1, name, grid.format(**look))
    for at, pair in enumerate(zip(cover.assigned, cover.wanted, strict=True), start=len(WHO)):
        short = {"bg_color": SHORT_FILL, "bold": True} if pair[0] < pair[1] else {}
        text = heads(*pair).replace(" ", "\n")
        grid.put(down, at, text, border=1, align="center", text_wrap=True, font_size=8, **short)
    if any(
        assigned < wanted for assigned, wanted in zip(cover.assigned, cover.wanted, strict=True)
    ):
        grid.page.set_row(down, 26)


def _write_legend(grid: Grid, table: RosterTable, top: int) -> None:
    grid.put(top, 0, "图例 Legend", bold=True)
    for down, shift in enumerate(table.legend, start=top + 1):
        night = "（夜班 night）" if shift.is_night else ""
        grid.put(down, 0, shift.code, border=1, align="center", bg_color=fills(table)[shift.code])
        grid.put(down, 1, f"{shift.name} {shift.clock}{night}")
    last = top + 1 + len(table.legend)
    grid.put(last, 0, MARKS_EXPLAINED)
    grid.put(last + 1, 0, "在岗/期望：缺 n 表示少 n 人 n fewer than wanted", bg_color=SHORT_FILL)
    if table.calendar_mark:
        grid.put(last + 2, 0, " ".join(table.calendar_mark), bold=True)


def _set_up_page(grid: Grid, table: RosterTable) -> None:
    after = len(WHO) + len(table.days)
    grid.page.set_column(0, 0, 7)
    grid.page.set_column(1, 2, 13)
    grid.page.set_column(len(WHO), after - 1, 4.4)
    grid.page.set_column(after, after + 1, 6)
    grid.page.freeze_panes(FIRST_STAFF, len(WHO))
    grid.page.repeat_rows(HEAD, HEAD + 2)
    grid.page.set_landscape()
    grid.page.set_paper(A4)
    grid.page.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
    grid.page.fit_to_pages(1, 0)
    grid.page.set_footer(FOOTER)
