"""The second sheet of a roster: what came of the wishes, what the roster costs, why it fails."""

from __future__ import annotations

from collections.abc import Sequence

from rukang.base.papers.cells import display_width
from rukang.base.papers.grid import Grid
from rukang.base.papers.xlsx import A4, FOOTER
from rukang.rosters.documents.remarks import Remarks

WIDTHS = (16, 14, 12, 34, 10, 18)


def write_remarks(grid: Grid, remarks: Remarks) -> None:
    """Write the remarks one block below the other; a block without lines is left out."""
    blocks: tuple[tuple[str, Sequence[str], list[tuple[str | int, ...]]], ...] = (
        ("求解 Solve", ("项目 Item", "值 Value"), [*remarks.facts]),
        ("说明 Findings", (), [(f"{zh} / {en}",) for zh, en in remarks.findings]),
        (
            "代价 Cost by rule",
            ("代价 Cost", "次数 Times", "", "规则 Rule"),
            [(price.cost, price.times, "", price.rule) for price in remarks.prices],
        ),
        (
            "意愿 Wishes",
            ("编号 Code", "姓名 Name", "日期 Day", "意愿 Wish", "权重 Weight", "结果 Outcome"),
            [
                (w.code, w.name, w.day.isoformat(), w.wish, w.weight, w.outcome)
                for w in remarks.wishes
            ],
        ),
    )
    down = 0
    for title, headers, rows in blocks:
        if rows:
            down = _write_block(grid, down, title, headers, rows) + 1
    _set_up_page(grid)


def _write_block(
    grid: Grid,
    top: int,
    title: str,
    headers: Sequence[str],
    rows: Sequence[tuple[str | int, ...]],
) -> int:
    grid.put(top, 0, title, bold=True, font_size=12)
    for at, header in enumerate(headers):
        grid.put(top + 1, at, header, bold=True, border=1, bg_color="#E8ECF0")
    first = top + 1 + bool(headers)
    for down, row in enumerate(rows, start=first):
        if len(row) == 1:
            _write_sentence(grid, down, f"{row[0]}")
            continue
        for at, cell in enumerate(row):
            grid.put(down, at, cell, border=1)
    return first + len(rows)


def _write_sentence(grid: Grid, down: int, text: str) -> None:
    """Write a sentence over the whole width, with room for all of it."""
    grid.page.merge_range(down, 0, down, len(WIDTHS) - 1, "")
    grid.put(down, 0, text, text_wrap=True)
    grid.page.set_row(down, 15 * (1 + display_width(text) // sum(WIDTHS)))


def _set_up_page(grid: Grid) -> None:
    for at, width in enumerate(WIDTHS):
        grid.page.set_column(at, at, width)
    grid.page.set_paper(A4)
    grid.page.fit_to_pages(1, 0)
    grid.page.set_footer(FOOTER)
