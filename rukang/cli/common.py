"""What every command shares: the console, the data folder, errors in plain words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from payroll.policy import UnknownFigure
from rostering.sheets import WorkbookError
from rukang import jobs, migrations
from rukang.access import Database
from rukang.clock import first_of_month
from rukang.errors import RukangError
from rukang.settings import Settings, settings

console = Console(highlight=False)
problems = Console(stderr=True, highlight=False, soft_wrap=True)

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        envvar="RUKANG_DATA",
        help="数据目录（SQLite 数据库、密钥、本地政策）。Folder of database, keys, local policy.",
    ),
]
HomeCode = Annotated[str, typer.Option("--home", help="机构编号。Code of the home.")]


def _month(text: str) -> date:
    try:
        return first_of_month(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


Month = Annotated[
    date, typer.Option("--month", parser=_month, metavar="YYYY-MM", help="月份。The month.")
]
Out = Annotated[Path, typer.Option("--out", help="输出目录。Folder to write into.")]


def opened(data: Path | None) -> tuple[Settings, Database]:
    """Open this installation's database, brought up to this version."""
    here = settings(data)
    database = here.open()
    migrations.upgrade(database.engine)
    jobs.prepare(database)
    return here, database


def in_words(run: Callable[[], Any]) -> None:
    """Run the program; show an expected error as words and exit with 1, others as they are."""
    try:
        run()
    except WorkbookError as error:
        problems.print(f"[red]✗[/red] 文件未导入 / not imported：共 {len(error.findings)} 处问题")
        for finding in error.findings:
            problems.print(f"  • {finding}", markup=False)
        sys.exit(1)
    except (RukangError, UnknownFigure, ValueError) as error:
        problems.print(f"[red]✗[/red] {type(error).__name__}", end=" ")
        problems.print(str(error), markup=False)
        sys.exit(1)
