"""Write a problem as the workbook that :func:`read_workbook` reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from pydantic import BaseModel

from rostering.parts import Part
from rostering.problem import Problem
from rostering.read.rows import (
    CoverRow,
    FixedRow,
    HistoryRow,
    LeaveRow,
    PeriodRow,
    RequestRow,
    ShiftRow,
    StaffRow,
)

Values = Mapping[str, Any]


def write_workbook(problem: Problem, path: Path | str) -> None:
    """Write a problem as one workbook with Chinese headers."""
    book = Workbook()
    book.remove(book.worksheets[0])
    period = {"name": problem.name, "start": problem.start, "days": problem.days}
    _write(book, "周期", PeriodRow, [period])
    _write(book, "班次", ShiftRow, map(_shift, problem.shift_types))
    _write(book, "人员", StaffRow, map(_plain, problem.staff))
    _write(book, "需求", CoverRow, _dated(problem, problem.cover))
    _write(book, "请求", RequestRow, _dated(problem, problem.requests))
    _write(book, "休假", LeaveRow, _dated(problem, problem.unavailable))
    _write(book, "固定", FixedRow, _dated(problem, problem.fixed))
    _write(book, "历史", HistoryRow, _past(problem))
    book.save(path)


def _write(book: Workbook, name: str, model: type[BaseModel], rows: Iterable[Values]) -> None:
    sheet = book.create_sheet(name)
    sheet.append([field.alias for field in model.model_fields.values()])
    for row in rows:
        sheet.append([_cell(row[name]) for name in model.model_fields])


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "、".join(f"{key}={item}" for key, item in value.items())
    if isinstance(value, frozenset):
        value = tuple(sorted(value))
    if isinstance(value, tuple):
        return "、".join(value)
    return value


def _plain(part: Part) -> Values:
    return part.model_dump()


def _shift(part: Part) -> Values:
    values = part.model_dump()
    start = values["start"]
    return values | {"start": None if start is None else time(start // 60, start % 60)}


def _dated(problem: Problem, parts: Iterable[Part]) -> Iterable[Values]:
    for part in parts:
        values = part.model_dump()
        yield values | {"day": problem.date(values["day"]), "shift": getattr(part, "shift", None)}


def _past(problem: Problem) -> Iterable[Values]:
    for item in problem.history:
        for before, shift in enumerate(reversed(item.shifts), start=1):
            day = problem.start - timedelta(days=before)
            yield {"staff": item.staff, "day": day, "shift": shift}
