"""A problem as a workbook: written and read back, and every wrong row located."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from rostering import Fixed, Problem, Request, Unavailable, read, read_workbook, write_workbook
from rostering.sheets import WorkbookError
from tests.rostering.tiny import one


@pytest.fixture
def problem() -> Problem:
    """A problem with something in every sheet."""
    return one(
        "早.夜中",
        name="示例 example",
        requests=[Request(staff="A", day=1, wanted=False, weight=5)],
        unavailable=[Unavailable(staff="A", day=1, from_midnight=True)],
        cover=[{"day": 2, "shift": "夜", "minimum": 1, "wanted": 1, "price": 7, "last_price": 9}],
        fixed=[Fixed(staff="A", day=0, shift="早"), Fixed(staff="A", day=3)],
        history=[{"staff": "A", "shifts": [None, "早", "夜"]}],
        shift_limits={"夜": 2, "早": 3},
        max_minutes=2400,
        min_rest_minutes=660,
    )


@pytest.fixture
def changed(problem: Problem, tmp_path: Path) -> Callable[..., Path]:
    """Write the problem with some cells changed: sheet, cell, value."""

    def written(*changes: tuple[str, str, Any]) -> Path:
        path = tmp_path / "排班.xlsx"
        write_workbook(problem, path)
        book = load_workbook(path)
        for sheet, cell, value in changes:
            book[sheet][cell] = value
        book.save(path)
        return path

    return written


def test_written_problem_reads_back_equal(problem: Problem, changed: Callable[..., Path]) -> None:
    """Nothing is lost on the way through a workbook, and ``read`` knows it by its content."""
    assert read_workbook(changed()) == problem
    assert read(changed()) == problem


def test_at_least_one_says_it_once(changed: Callable[..., Path]) -> None:
    """Without 期望人数 only the limits speak; with it heads above cost something."""
    (least,) = read_workbook(changed(("需求", "E2", None), ("需求", "H2", None))).cover
    assert (least.minimum, least.wanted, least.over_weight) == (1, 1, 0)
    (wanted,) = read_workbook(changed(("需求", "E2", 2), ("需求", "H2", None))).cover
    assert (wanted.minimum, wanted.wanted, wanted.over_weight) == (1, 2, 1)


def test_json_is_read_by_its_content(problem: Problem, tmp_path: Path) -> None:
    """A problem saved as JSON is read too."""
    path = tmp_path / "problem.json"
    path.write_text(problem.model_dump_json(), encoding="utf-8")
    assert read(path) == problem


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "zh"),
    [
        ("班次", "H2", "晚", "晚 没有登记"),
        ("班次", "A3", "早", "重复"),
        ("班次", "C2", "二十五点", "钟点"),
        ("人员", "D2", "夜:2", "班次=次数"),
        ("人员", "D2", "晚=2", "晚 没有登记"),
        ("需求", "A2", "2026-10-05", "这里是文字"),
        ("需求", "B2", "晚", "晚 没有登记"),
        ("请求", "A2", "B", "B 没有登记"),
        ("请求", "D2", "不", "应为“是”或“否”"),
    ],
)
def test_wrong_cell_is_located(
    changed: Callable[..., Path], sheet: str, cell: str, value: str, zh: str
) -> None:
    """Each wrong cell is found at its place."""
    with pytest.raises(WorkbookError) as refused:
        read_workbook(changed((sheet, cell, value)))
    found = {(item.sheet, f"{item.column}{item.row}"): item.zh for item in refused.value.findings}
    assert zh in found[sheet, cell]


def test_days_outside_the_period(problem: Problem, changed: Callable[..., Path]) -> None:
    """Leave after the period and history within it are both told."""
    path = changed(("休假", "B2", problem.date(30)), ("历史", "B2", problem.date(0)))
    with pytest.raises(WorkbookError) as refused:
        read_workbook(path)
    assert [item.sheet for item in refused.value.findings] == ["休假", "历史"]


def test_limits_that_contradict_each_other(changed: Callable[..., Path]) -> None:
    """Limits a person cannot keep at once are told like every other finding."""
    with pytest.raises(WorkbookError, match="最少 3000 分钟多于最多 2400 分钟"):
        read_workbook(changed(("人员", "E2", 3000)))
