"""Roster problems and rosters as files, with every mistake in them said in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

import rostering
from rostering import Problem, Roster, RosterForm
from rukang.base.errors import InvalidError


def read_problem(file: Path) -> Problem:
    """Return the problem in a workbook, a JSON file or a text instance.

    Raises
    ------
    InvalidError
        If a JSON file holds no problem, or the file is no text.
    WorkbookError, NrpError, ProblemError
        With everything that is wrong in a workbook, a text instance, between the parts.
    """
    try:
        return rostering.read(file)
    except ValidationError as error:
        raise InvalidError(
            f"{file} 不是有效的排班问题 / is no roster problem:", _reasons(error)
        ) from error
    except UnicodeDecodeError as error:
        raise InvalidError(
            f"{file} 不是 UTF-8 文本，也不是 .xlsx 工作簿。", "Neither UTF-8 text nor a workbook."
        ) from error


def read_roster(problem: Problem, file: Path) -> Roster:
    """Return the roster of a problem from its JSON form (:class:`rostering.RosterForm`).

    Raises
    ------
    InvalidError
        If the file is not written so, or names people, days or shift types of another problem.
    """
    try:
        form = RosterForm.model_validate_json(file.read_bytes())
    except ValidationError as error:
        raise InvalidError(
            f"{file} 不是班表，应写成 "
            '{"shifts": {"人员编号": {"第几天（从 0 起）": ["班次"]}}} / is no roster, written '
            '{"shifts": {"person": {"day" (from 0): ["shift"]}}}:',
            _reasons(error),
        ) from error
    if strangers := list(_strangers(problem, form)):
        raise InvalidError(
            f"{file} 与问题文件不符 / does not belong to this problem:",
            "".join(f"\n  • {stranger}" for stranger in strangers),
        )
    return Roster.of(problem, form.shifts)


def write_roster(roster: Roster, out: Path) -> Path:
    """Write a roster as JSON into a file, or as ``roster.json`` into a folder; return its path."""
    file = out / "roster.json" if out.is_dir() else out
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(roster.to_json(), encoding="utf-8")
    return file


def _strangers(problem: Problem, form: RosterForm) -> Iterator[str]:
    """Find what ``Roster.of`` would pass over in silence."""
    known = {person.id for person in problem.staff}
    for who, row in form.shifts.items():
        if who not in known:
            yield f"没有人员 {who} / no such person"
            continue
        for day, shift in row.items():
            if day >= problem.days:
                yield f"{who}：第 {day} 天不在 0 至 {problem.days - 1} / no such day"
            if shift is not None and shift not in problem.shift_by_id:
                yield f"{who}，第 {day} 天：没有班次 {shift} / no such shift type"


def _reasons(error: ValidationError) -> str:
    return "".join(
        f"\n  • {'.'.join(map(str, item['loc'])) or '全文 whole file'}: {item['msg']}"
        for item in error.errors(include_url=False)
    )
