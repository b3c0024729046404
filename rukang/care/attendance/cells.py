"""A cell of 考勤: one mark for the day, or one for the morning and one for the afternoon."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from rostering.sheets import cell_error
from rukang.care.attendance.marks import BETWEEN, DayMarks, Half, Presence

MARKS = {mark.value: mark for mark in Presence}
SHOWN = f"{Presence.PRESENT}{BETWEEN}{Presence.PERSONAL_LEAVE}"


def day_marks(cell: object) -> DayMarks:
    """Return the marks that a cell holds, such as 出 or 出/事; spaces and full width do not matter.

    Raises
    ------
    PydanticCustomError
        If a mark is unknown, a half is empty, or there are more than two.
    """
    written = unicodedata.normalize("NFKC", str(cell))
    parts = [part.strip() for part in written.split(BETWEEN)]
    match parts:
        case [whole]:
            return DayMarks.whole(_mark(whole, ""))
        case [morning, afternoon]:
            return DayMarks(_mark(morning, Half.MORNING), _mark(afternoon, Half.AFTERNOON))
        case _:
            raise cell_error(
                f"一天只分上午和下午，这里写了 {len(parts)} 个记号；请写两个，如 {SHOWN}，"
                "更短的时间请记在“工时”表",
                f"a day has a morning and an afternoon, there are {len(parts)} marks here: write"
                f" two, such as {SHOWN}",
            )


def _mark(written: str, half: Half | str) -> Presence:
    if written in MARKS:
        return MARKS[written]
    if half and not written:
        raise _empty(Half(half))
    listed = "、".join(MARKS)
    zh, en = (f"{half}的记号“{written}”", f"the {Half(half).en}'s") if half else ("记号", "a mark")
    raise cell_error(
        f"{zh}应为以下之一：{listed}；上午、下午不同时写两个，用 {BETWEEN} 分开，如 {SHOWN}",
        f"{en} has to be one of {', '.join(MARKS)}; where morning and afternoon differ write both,"
        f" parted by {BETWEEN}, such as {SHOWN}",
    )


def _empty(half: Half) -> PydanticCustomError:
    return cell_error(
        f"{half}没有记号；全天一样的只写一个记号，半天的请把两个都写上，如 {SHOWN}；"
        "没有记录的请查清，不能算缺勤",
        f"no mark for the {half.en}: write one mark for a day spent in one way, both for halves,"
        f" such as {SHOWN}; no record is not an absence",
    )


Marks = Annotated[DayMarks, BeforeValidator(day_marks)]
