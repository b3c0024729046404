"""The guide to the workbooks names every sheet and column there is."""

from __future__ import annotations

import re

import pytest
from pydantic import BaseModel

from rukang.doors.intake.answers import score_sheet
from rukang.doors.intake.form import Form
from rukang.doors.intake.kinds import BOOKS, KINDS
from rukang.forms import Form as Declared
from rukang.forms.workbooks.guide import chapter, section
from tests.demo import DEMO

GUIDE = (DEMO.parents[1] / "docs" / "workbooks.md").read_text(encoding="utf-8")

SHEETS: dict[str, type[BaseModel]] = {
    "填报信息": Form,
    "评定信息": score_sheet.HeadingRow,
    "基本情况": score_sheet.FactRow,
    "评分": score_sheet.ScoreRow,
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_column_in_order(sheet: str) -> None:
    """The table of a sheet lists its columns in their order, the optional ones starred."""
    section = re.split(rf"^##+ {sheet}(?= |（|$)", GUIDE, flags=re.M)[1].split("\n#")[0]
    listed = re.findall(r"^\| ([^|]+?) \|", section, flags=re.M)[1:]
    fields = SHEETS[sheet].model_fields.values()
    assert listed == [f"{f.alias}{'' if f.is_required() else '*'}" for f in fields]


def test_every_sheet_of_every_kind() -> None:
    """Every sheet that is read has its own heading."""
    for kind in KINDS:
        assert f"## {kind.title}" in GUIDE
        for sheet in kind.sheets:
            assert re.search(rf"^### {sheet}(?= |（|$)", GUIDE, flags=re.M), sheet


def test_the_chapter_of_a_declared_workbook_is_the_declared_one() -> None:
    """`rukang form columns quality` prints the chapter; the guide holds it word for word."""
    assert chapter(BOOKS["quality"]) in GUIDE + "\n"


@pytest.mark.parametrize(
    "form", [form for book in BOOKS.values() for form in book.forms], ids=lambda form: form.code
)
def test_every_declared_sheet_is_told_as_declared(form: Declared) -> None:
    """What the guide says of a sheet begins with what is declared of it."""
    assert section(form) in GUIDE
