"""What an act asks, read from texts: those of a page's form, and of a command line."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import pydantic
import pytest
from pydantic import StrictBool

from rukang.forms import Field, Given, RefusedActError, asked, read_text
from rukang.forms.kinds import Amount, Day, Month, Note, Said
from tests.factories import a_citizen_id


class Colour(enum.StrEnum):
    """A choice."""

    RED = "red"
    BLUE = "blue"


class Everything(Given):
    """A field of each kind; the last is for programs alone."""

    day: Annotated[Day, Field("日期", "Day")]
    month: Annotated[Month | None, Field("月份", "Month")] = None
    amount: Annotated[Amount | None, Field("金额", "Amount")] = None
    stars: Annotated[int | None, pydantic.Field(ge=0, le=5, strict=True), Field("星", "Stars")] = (
        None
    )
    kept: Annotated[StrictBool, Field("保留", "Kept")] = False
    colour: Annotated[Colour, Field("颜色", "Colour")] = Colour.RED
    pair: Annotated[list[Said], pydantic.Field(max_length=2), Field("两人", "Two")] = []  # noqa: RUF012 - pydantic copies it
    days: Annotated[list[Day], Field("哪几天", "Days")] = []  # noqa: RUF012 - pydantic copies it
    facts: Annotated[dict[str, Any], Field("数值", "Figures")] = {}  # noqa: RUF012 - pydantic copies it
    note: Annotated[Note, Field("说明", "Note")] = ""
    inner: int = 0


def test_every_kind_of_field_is_read_from_text() -> None:
    """Lists a line each, tables a line a pair; what is blank is as if it were not there."""
    given = read_text(
        Everything,
        {
            "day": "2026-11-30",
            "month": ["2026-10"],
            "amount": "260.69",
            "stars": "3",
            "kept": "true",
            "colour": "blue",
            "pair": ["甲", "乙"],
            "days": ["2026-12-01\n2026-12-02\n", " "],
            "facts": ["计薪天数=20\n月工资 = 2300"],
            "note": "  ",
            "inner": ["7"],
        },
    )
    assert given == Everything(
        day=date(2026, 11, 30),
        month=date(2026, 10, 1),
        amount=Decimal("260.69"),
        stars=3,
        kept=True,
        colour=Colour.BLUE,
        pair=["甲", "乙"],
        days=[date(2026, 12, 1), date(2026, 12, 2)],
        facts={"计薪天数": "20", "月工资": "2300"},
        inner=7,
    )
    assert read_text(None, {"anything": "at all"}) is None


@pytest.mark.parametrize(
    ("field", "text", "header"),
    [
        ("day", "", "日期：必填"),
        ("day", "昨天", "日期："),
        ("amount", "八十", "金额："),
        ("amount", "1.005", "金额："),
        ("stars", "6", "星：不能大于 5"),
        ("stars", "three", "星："),
        ("kept", "1", "保留："),
        ("colour", "green", "颜色：应为以下之一"),
        ("pair", "甲\n乙\n丙", "两人："),
    ],
)
def test_what_cannot_be_is_refused_under_its_header(field: str, text: str, header: str) -> None:
    """Strictly: no 1 for a yes, no words for a number; the finding names the field."""
    with pytest.raises(RefusedActError) as refused:
        read_text(Everything, {"day": "2026-11-30"} | {field: text})
    assert header in refused.value.zh
    assert list(refused.value.findings) == [field]


def test_the_name_of_a_strange_field_is_repeated_masked() -> None:
    """Somebody's number under the name of a field is nobody else's to read in an answer."""
    number = a_citizen_id(date(1980, 1, 1))
    with pytest.raises(RefusedActError) as refused:
        read_text(Everything, {"day": "2026-11-30", number: "x"})
    assert number not in refused.value.zh + refused.value.en


def test_fields_with_words_are_asked_and_others_are_not() -> None:
    """One value, exactly two, any number; what has no words is for programs."""
    times = {one.name: one.times for one in asked(Everything)}
    assert times == {
        "day": 1, "month": 1, "amount": 1, "stars": 1, "kept": 1, "colour": 1,
        "pair": 2, "days": 0, "facts": 0, "note": 1,
    }  # fmt: skip
