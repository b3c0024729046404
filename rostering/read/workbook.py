"""A problem as one workbook with Chinese headers (see :mod:`rostering.read.rows`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rostering.parts import History
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
    limits_of,
)
from rostering.references import ProblemError
from rostering.sheets import Located, WorkbookReader, open_workbook, read_sheet, unique


def read_workbook(path: Path | str) -> Problem:
    """Return the problem in a workbook.

    Raises
    ------
    WorkbookError
        With everything that is wrong in the file, by sheet, row and column.
    """
    with open_workbook(path) as book:
        reading = _Reading(book)
        book.raise_findings()
        return reading.problem()


class _Reading:
    """The rows of a workbook, checked against each other where a row can be named."""

    def __init__(self, book: WorkbookReader) -> None:
        self.book = book
        self.periods = read_sheet(book, "周期", PeriodRow)
        self.shifts = read_sheet(book, "班次", ShiftRow)
        self.staff = read_sheet(book, "人员", StaffRow)
        self.cover = read_sheet(book, "需求", CoverRow)
        self.requests = read_sheet(book, "请求", RequestRow, optional=True)
        self.leave = read_sheet(book, "休假", LeaveRow, optional=True)
        self.fixed = read_sheet(book, "固定", FixedRow, optional=True)
        self.history = read_sheet(book, "历史", HistoryRow, optional=True)
        self._one_period()
        self._unique()
        self._known_names()
        self._days_inside()

    def problem(self) -> Problem:
        period = self.periods[0].value
        start = period.start
        try:
            return Problem(
                name=period.name or "",
                start=start,
                days=period.days,
                shift_types=tuple(item.value.part() for item in self.shifts),
                staff=tuple(item.value.part() for item in self.staff),
                cover=tuple(item.value.part(start) for item in self.cover),
                requests=tuple(item.value.part(start) for item in self.requests),
                unavailable=tuple(item.value.part(start) for item in self.leave),
                fixed=tuple(item.value.part(start) for item in self.fixed),
                history=tuple(_histories([item.value for item in self.history], start)),
            )
        except ProblemError as error:
            for fault in error.faults:
                self.book.add(f"{fault.where}：{fault.zh}", f"{fault.where}: {fault.en}")
            self.book.raise_findings()
            raise

    def _one_period(self) -> None:
        if len(self.periods) != 1 and not self.book.findings:
            found = len(self.periods)
            self.book.add(
                f"应有一行，现有 {found} 行", f"one row expected, {found} found", sheet="周期"
            )

    def _unique(self) -> None:
        unique(self.book, self.shifts, "班次")
        unique(self.book, self.staff, "工号")
        unique(self.book, self.cover, "日期", "班次", "技能")
        unique(self.book, self.requests, "工号", "日期", "班次")
        unique(self.book, self.leave, "工号", "日期")
        unique(self.book, self.fixed, "工号", "日期")
        unique(self.book, self.history, "工号", "日期")

    def _known_names(self) -> None:
        people = {item.value.id for item in self.staff}
        shifts = {item.value.id for item in self.shifts}
        of_people: list[Located[Any]] = [*self.requests, *self.leave, *self.fixed, *self.history]
        of_shifts: list[Located[Any]] = [*self.cover, *self.requests, *self.fixed, *self.history]
        for item in of_people:
            self._known(item, "工号", item.value.staff, people)
        for item in of_shifts:
            self._known(item, "班次", item.value.shift, shifts)
        for shift in self.shifts:
            for name in shift.value.forbidden_next:
                self._known(shift, "次日不可接", name, shifts)
        for person in self.staff:
            for name in limits_of(person.value.shift_limits):
                self._known(person, "班次上限", name, shifts)

    def _known(self, item: Located[Any], header: str, name: str | None, known: set[str]) -> None:
        if name is not None and name not in known:
            there = "、".join(sorted(known))
            zh, en = f"{name} 没有登记；现有 {there}", f"{name} is not listed; there are {there}"
            self.book.report(item, header, zh=zh, en=en)

    def _days_inside(self) -> None:
        if len(self.periods) != 1:
            return
        period = self.periods[0].value
        first, last = period.start, period.start + timedelta(days=period.days - 1)
        dated: list[Located[Any]] = [*self.cover, *self.requests, *self.leave, *self.fixed]
        for item in dated:
            if not first <= item.value.day <= last:
                zh, en = f"应在 {first} 至 {last} 之间", f"must lie between {first} and {last}"
                self.book.report(item, "日期", zh=zh, en=en)
        for past in self.history:
            if past.value.day >= first:
                zh, en = f"应早于周期开始日期 {first}", f"must lie before the period, {first}"
                self.book.report(past, "日期", zh=zh, en=en)


def _histories(rows: Sequence[HistoryRow], start: date) -> Iterator[History]:
    """Return each person's days from their first row up to the period; days without row are off."""
    by_staff: dict[str, dict[int, str | None]] = {}
    for row in rows:
        by_staff.setdefault(row.staff, {})[(row.day - start).days] = row.shift
    for staff, days in by_staff.items():
        yield History(staff=staff, shifts=tuple(days.get(day) for day in range(min(days), 0)))
