"""``rukang roster explain`` and ``conflicts``: cost, fairness, why a cell, why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

import rostering
from rostering import Problem, Roster
from rukang import rosters
from rukang.base.errors import InvalidError
from rukang.base.words import both
from rukang.doors.cli.common import ITERATIONS, Data, say, signed
from rukang.doors.cli.roster.file import read_problem, read_roster
from rukang.rosters import LOOKING, Collision, find_plan


def day_of(text: str) -> date:
    """Return the date in a text."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"{text} 不是日期，应如 2026-10-03 / write it like this"
        ) from error


def explain(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PROBLEM ROSTER", help="问题文件和班表 JSON / problem and roster"),
    ] = None,
    plan: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", help="或：机构班表的编号 / or: number of a home's roster"),
    ] = None,
    staff: Annotated[
        str | None, typer.Option(metavar="ID", help="问某一格：何人 / ask of a cell: whose")
    ] = None,
    day: Annotated[
        date | None, typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="哪一天 / which day")
    ] = None,
    data: Data = None,
) -> None:
    """说明一个班表：代价、公平，或某一格为什么这样排 / say what a roster costs, or why a cell."""
    problem, roster = solved(files or [], plan, data)
    for sentence in _said(problem, roster, staff, day):
        say(f"• {sentence}")


def conflicts(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="PROBLEM", help="问题文件：nrp 文本、工作簿或 JSON / a problem file"
        ),
    ] = None,
    plan: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", help="或：机构班表的编号 / or: number of a home's roster"),
    ] = None,
    iterations: Annotated[int, ITERATIONS] = LOOKING,
    data: Data = None,
) -> None:
    """排不出来时，哪些规则相互冲突 / which rules collide where there is no roster."""
    found = _collisions(file, plan, iterations, data)
    say_collisions(found)
    raise typer.Exit(found[0].verdict is not rostering.Verdict.POSSIBLE)


def say_collisions(found: Sequence[Collision]) -> None:
    """Print sets of rules that collide."""
    for one in found:
        say(f"{'✓' if one.verdict is rostering.Verdict.POSSIBLE else '✗'} {both(one)}")
        for rule in one.rules:
            say(f"  • {rule}")


def _collisions(
    file: Path | None, plan: int | None, iterations: int, data: Path | None
) -> Sequence[Collision]:
    match file, plan:
        case Path(), None:
            found = rostering.conflicts(read_problem(file), iterations=iterations)
            return [Collision.of(one) for one in found]
        case None, int():
            _, database = signed(data)
            with database.session() as session:
                return rosters.conflicts_of(find_plan(session, plan))
        case _:
            raise InvalidError(
                "请给出问题文件，或写 --plan 和班表编号（如 --plan 1）。",
                "Give a problem file, or --plan and the roster's number.",
            )


def solved(files: list[Path], plan: int | None, data: Path | None) -> tuple[Problem, Roster]:
    """Return the problem and roster in two files, or of a home's roster by its number.

    Raises
    ------
    InvalidError
        If neither, or both, are given.
    """
    match files, plan:
        case [problem_file, roster_file], None:
            problem = read_problem(problem_file)
            return problem, read_roster(problem, roster_file)
        case [], int():
            _, database = signed(data)
            with database.session() as session:
                return rosters.roster_of(find_plan(session, plan))
        case _:
            raise InvalidError(
                "请给出问题文件和班表文件，或写 --plan 和班表编号（如 --plan 1）。",
                "Give a problem file and a roster file, or --plan and the roster's number.",
            )


def _said(
    problem: Problem, roster: Roster, staff: str | None, day: date | None
) -> list[rostering.Sentence]:
    if staff is None and day is None:
        costs, shared = rostering.cost_by(problem, roster), rostering.fairness(problem, roster)
        return [*costs.sentences(problem), *shared.sentences(problem)]
    if staff is None or day is None:
        raise InvalidError(
            "问某一格时，请同时写 --staff 和 --day。",
            "To ask of a cell give both --staff and --day.",
        )
    try:
        found = rostering.why(problem, roster, staff, (day - problem.start).days)
    except ValueError as error:
        last = problem.date(problem.days - 1)
        raise InvalidError(
            f"没有这一格：{error}；日期为 {problem.start} 至 {last}。",
            f"No such cell; the roster is of {problem.start} to {last}.",
        ) from error
    return found.sentences(problem)
