"""A sheet of people, and a way to write a workbook with one thing wrong."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from openpyxl import Workbook
from pydantic import Field

from rostering.sheets import (
    Clock,
    Day,
    Finding,
    Hours,
    ListOfText,
    OptionalText,
    Rate,
    SheetRow,
    Text,
    Whole,
    WorkbookError,
    YesNo,
    YuanFen,
    open_workbook,
    read_sheet,
)


class Person(SheetRow):
    """One field of every cell type."""

    code: Text = Field(alias="工号")
    joined: Day = Field(alias="入职日期")
    weekly: Hours = Field(alias="周工时", le=40)
    wage: YuanFen = Field(alias="工资")
    heads: Whole = Field(alias="人数", ge=1)
    share: Rate = Field(alias="比例")
    night: YesNo = Field(alias="夜班")
    begins: Clock = Field(alias="开始")
    sex: Literal["男", "女"] = Field(alias="性别")
    skills: ListOfText = Field(alias="技能", default=())
    note: OptionalText = Field(alias="备注", default=None)
    left: Day | None = Field(alias="离职日期", default=None)


SOUND: dict[str, Any] = {
    "工号": "S01",
    "入职日期": date(2026, 10, 1),
    "周工时": 37.5,
    "工资": 2010.1,
    "人数": 3,
    "比例": 0.08,
    "夜班": "是",
    "开始": "07:30",
    "性别": "女",
    "技能": "照护、夜间",
    "备注": None,
    "离职日期": None,
}

Write = Callable[[list[str], list[list[Any]]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a workbook with the sheet 人员 from headers and rows."""

    def written(headers: list[str], rows: list[list[Any]]) -> Path:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "人员"
        for row in [headers, *rows]:
            sheet.append(row)
        path = tmp_path / "人员.xlsx"
        book.save(path)
        return path

    return written


@pytest.fixture
def person(write: Write) -> Callable[..., Path]:
    """Write a workbook of one person, changed by keywords."""

    def written(**changes: Any) -> Path:
        row = SOUND | changes
        return write(list(row), [list(row.values())])

    return written


def findings(path: Path) -> tuple[Finding, ...]:
    """Return what is found wrong with the people of a workbook."""
    with pytest.raises(WorkbookError) as refused, open_workbook(path) as book:
        read_sheet(book, "人员", Person)
    return refused.value.findings


SOUND_PERSON = Person.model_validate(
    {
        "工号": "S01",
        "入职日期": date(2026, 10, 1),
        "周工时": Decimal("37.5"),
        "工资": Decimal("2010.10"),
        "人数": 3,
        "比例": Decimal("0.08"),
        "夜班": True,
        "开始": "07:30",
        "性别": "女",
        "技能": "照护、夜间",
    }
)
