"""Whether somebody was there and worked for whom a row of 05-出勤与计件 names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from rostering.sheets import Located
from rukang.base.clock import in_month
from rukang.care.attendance import AttendanceDay, Presence
from rukang.doors.intake.numbers import USCC
from rukang.forms import FromWorkbook
from rukang.work.employment import Employment


def marks_of(taking: FromWorkbook) -> Mapping[str, Any]:
    """Return the rows of the sheet 考勤, by whom they are about."""
    rows = next(rows for form, rows in taking.sheets.items() if form.record is AttendanceDay)
    return {row.value.resident: row.value for row in rows}


def check_worked(
    taking: FromWorkbook, entry: Located[Any], marks: Any, what: str, what_en: str
) -> None:
    """Note something of a day of the month on which the person was not present."""
    day = entry.value.day
    if day is None or not in_month(day, taking.month):
        return
    spent = marks.of_day(day) if marks else None
    if spent is None or not spent.count(Presence.PRESENT):
        taking.report(
            entry,
            "日期",
            zh=f"{day} 的考勤是“{spent or '空'}”，不是出勤，不能有当日的{what}；请核对日期或考勤",
            en=f"marked {spent or 'nothing'} on {day}: no {what_en} of a day not worked",
        )


def employments_of(taking: FromWorkbook) -> Mapping[int, list[Employment]]:
    """Return the home's employments, of any time, by resident."""
    query = select(Employment).where(Employment.home_id == taking.home_id)
    works: dict[int, list[Employment]] = defaultdict(list)
    for work in taking.session.scalars(query):
        works[work.resident_id].append(work)
    return works


def in_this_month(taking: FromWorkbook, works: Sequence[Employment]) -> list[Employment]:
    """Return the employments that held on some day of the month."""
    return [of for of in works if of.held(*taking.span)]


def of_employer(
    taking: FromWorkbook, entry: Located[Any], works: Sequence[Employment]
) -> list[Employment]:
    """Return the employments a row can be about; note it if there is none."""
    code = entry.value.employer
    own = [work for work in works if code in (None, work.employer.uscc)]
    if not own:
        taking.report(
            entry,
            USCC if code else "人员编号",
            zh="此人当时没有在该单位的用工关系；请核对人员、单位和用工日期",
            en="the person had no such employment at that time; check person, employer and dates",
        )
    return own
