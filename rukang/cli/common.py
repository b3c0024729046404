"""What every command shares: the console, common options, the installation it works on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy import make_url

from rukang import jobs, migrations
from rukang.access import Database
from rukang.clock import first_of_month
from rukang.errors import InvalidError
from rukang.settings import Settings, settings

console = Console(highlight=False)
problems = Console(stderr=True, highlight=False)


def _month(text: str) -> date:
    try:
        return first_of_month(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def day_of(text: str) -> date:
    """Read a day written ``2026-10-01`` on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"日期 {text!r} 请写成 2026-10-01 这样 / write the day like 2026-10-01"
        ) from error


Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        envvar="RUKANG_DATA",
        help="数据目录 / data folder",
        show_default="rukang-data",
    ),
]
HomeCode = Annotated[
    str, typer.Option("--home", metavar="CODE", help="机构编号，如 ZP001 / the home")
]
MONTH = typer.Option("--month", parser=_month, metavar="YYYY-MM", help="月份，如 2026-10 / month")
Month = Annotated[date, MONTH]
Out = Annotated[Path, typer.Option("--out", help="输出目录 / folder to write into")]
Local = Annotated[
    list[Path] | None,
    typer.Option("--local", help="再加本地政策文件，可多份 / more files of local figures"),
]


def opened(data: Path | None) -> tuple[Settings, Database]:
    """Open this installation's database, brought up to this version; say so if it is a new one."""
    here = settings(data)
    return here, prepared(here)


def prepared(here: Settings) -> Database:
    """Return the installation's database, made or brought up to this version.

    Raises
    ------
    InvalidError
        If its keys cannot be read.
    """
    try:
        database = here.open()
    except ValueError as error:
        raise InvalidError(
            f"密钥文件 {here.key_file} 已损坏（{error}），请从备份恢复。",
            f"The key file {here.key_file} is damaged; restore it from its backup.",
        ) from error
    if migrations.current(database.engine) is None:
        # A mistyped --data would otherwise look like an installation that has lost everything.
        say(f"新建数据库 / new database: {shown_url(database)}", to=problems)
    migrations.upgrade(database.engine)
    jobs.prepare(database)
    return database


def shown_url(database: Database) -> str:
    """Return the address of a database without its password."""
    return make_url(database.url).render_as_string(hide_password=True)


def say(text: str, to: Console = console) -> None:
    """Print a line as it is: paths and commands stay whole, so that they can be copied."""
    to.print(text, markup=False, soft_wrap=True)


def say_paths(paths: list[Path]) -> None:
    """Print the files that were written, one a line."""
    for path in paths:
        say(f"  → {path}")
