"""``rukang roster shortages``, ``recommend``, ``swap``, ``repair`` and ``convert``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, TypeVar

import typer

import rostering
from rostering import Problem, Unavailable
from rostering.sheets import WorkbookError
from rukang.base.errors import InvalidError
from rukang.base.words import words_of
from rukang.doors.cli.common import ITERATIONS, Data, say, say_paths
from rukang.doors.cli.roster.explain import day_of, solved
from rukang.doors.cli.roster.file import read_problem, write_roster
from rukang.rosters import day_number

Found = TypeVar("Found")

Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PROBLEM ROSTER", help="问题文件和班表 JSON / problem and roster"),
]
Plan = Annotated[
    int | None,
    typer.Option(metavar="NUMBER", help="或班表编号 / or a roster's number"),
]
Day = Annotated[date, typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="哪一天 / which day")]


def shortages(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="PROBLEM", help="问题文件：nrp 文本、工作簿或 JSON / a problem file"
        ),
    ],
) -> None:
    """只看人手，不求解 / where people are too few, unsolved."""
    found = rostering.shortages(read_problem(file))
    for sentence in found:
        say(f"✗ {sentence}")
    if not found:
        say("✓ 每天每班都有足够的人可上 / enough people for every day and shift")
    raise typer.Exit(bool(found))


def recommend(
    shift: Annotated[str, typer.Option(metavar="ID", help="空出的班次 / the open shift")],
    day: Day,
    files: Files = None,
    plan: Plan = None,
    most: Annotated[int, typer.Option(min=1, help="最多列几人 / how many to list")] = 10,
    data: Data = None,
) -> None:
    """谁可以顶这个班，最合适的在前 / who could take a shift, the most suitable first."""
    problem, roster = solved(files or [], plan, data)
    found = _told(lambda: rostering.recommend(problem, roster, day_number(problem, day), shift))
    for one in found[:most]:
        say(f"{'✓' if one.is_allowed else '✗'} {one.staff} {one.sentence}")
    raise typer.Exit(not any(one.is_allowed for one in found))


def swap(
    first: Annotated[
        str, typer.Option(metavar="ID:YYYY-MM-DD", help="一格：何人何日 / a cell: who and when")
    ],
    second: Annotated[str, typer.Option(metavar="ID:YYYY-MM-DD", help="另一格 / the other cell")],
    files: Files = None,
    plan: Plan = None,
    out: Annotated[
        Path | None, typer.Option(help="可以时写到这里 / write it here if allowed")
    ] = None,
    data: Data = None,
) -> None:
    """两格互换可不可以，会怎样 / whether two cells may be exchanged, and what it brings."""
    problem, roster = solved(files or [], plan, data)
    one, other = _cell(problem, first), _cell(problem, second)
    found = _told(lambda: rostering.swap(problem, roster, one, other))
    for sentence in found.sentences(problem):
        say(f"• {sentence}")
    if found.is_allowed and out is not None:
        say_paths([write_roster(found.roster, out)])
    raise typer.Exit(not found.is_allowed)


def repair(
    away: Annotated[
        list[str],
        typer.Option(
            metavar="ID:YYYY-MM-DD", help="谁哪天不能来，可多个 / who cannot come, and when"
        ),
    ],
    files: Files = None,
    plan: Plan = None,
    locked_until: Annotated[
        date | None,
        typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="此日之前不动 / keep all before it"),
    ] = None,
    changes: Annotated[
        int | None, typer.Option(min=0, help="最多改动几处 / most cells that may change")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="时限（秒） / seconds")] = 10,
    iterations: Annotated[int | None, ITERATIONS] = None,
    out: Annotated[
        Path | None, typer.Option(help="把新班表写到这里 / where to write the roster")
    ] = None,
    data: Data = None,
) -> None:
    """有人不能来：少改动地修补班表 / somebody cannot come: mend a roster in few changes."""
    problem, roster = solved(files or [], plan, data)
    cells = [_cell(problem, text) for text in away]
    absences = [Unavailable(staff=staff, day=day) for staff, day in cells]
    locked = 0 if locked_until is None else max(0, day_number(problem, locked_until))
    found = _told(
        lambda: rostering.repair(
            problem,
            roster,
            absences=absences,
            locked_until=locked,
            max_changes=changes,
            time_limit=limit if iterations is None else None,
            iterations=iterations,
        )
    )
    for sentence in found.sentences():
        say(f"• {sentence}")
    if out is not None:
        say_paths([write_roster(found.roster, out)])
    raise typer.Exit(bool(found.violations))


def convert(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="PROBLEM", help="问题文件：nrp 文本、工作簿或 JSON / a problem file"
        ),
    ],
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="写成 .xlsx 工作簿或 .json / .xlsx or .json")
    ],
) -> None:
    """把公开的文本算例、工作簿或旧版 JSON 转成工作簿或新版 JSON / one problem format to another."""
    problem = read_problem(file)
    match out.suffix.lower():
        case ".json":
            out.write_text(problem.model_dump_json(indent=1), encoding="utf-8")
        case ".xlsx":
            _write_whole(problem, out)
        case suffix:
            raise InvalidError(
                f"不能写成 {suffix or out.name}；请用 .xlsx 或 .json。",
                f"Cannot write {suffix or out.name}; say .xlsx or .json.",
            )
    say_paths([out])


COMMANDS = (shortages, recommend, swap, repair, convert)


def _write_whole(problem: Problem, out: Path) -> None:
    """Write a workbook if it holds all that the problem says; else nothing is touched."""
    with TemporaryDirectory(dir=out.parent) as folder:
        draft = Path(folder) / out.name
        rostering.write_workbook(problem, draft)
        if not _holds(draft, problem):
            raise InvalidError(
                "这个问题里有工作簿写不下的规则；请写成 .json。",
                "The problem has rules that a workbook cannot hold; write .json.",
            )
        draft.replace(out)


def _holds(book: Path, problem: Problem) -> bool:
    try:
        return rostering.read_workbook(book) == problem
    except WorkbookError:  # rows that no sheet has, such as people needed for a span of time
        return False


def _told(asked: Callable[[], Found]) -> Found:
    """Return what the engine answers; a question about nobody or no day is refused in words."""
    try:
        return asked()
    except ValueError as error:
        raise InvalidError.of(words_of(error)) from error


def _cell(problem: Problem, text: str) -> tuple[str, int]:
    staff, _, day = text.rpartition(":")
    if not staff:
        raise InvalidError(
            f"“{text}”应写成 编号:日期，如 S01:2026-10-03。",
            f"{text!r} should be ID:DATE, like S01:2026-10-03.",
        )
    return staff, day_number(problem, day_of(day))
