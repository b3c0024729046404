"""What every command shares: the console, common options, the installation it works on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from payroll import fen
from rostering.sheets.masking import shown
from rukang.base.access import SYSTEM, Caller, Database, Permission, Role
from rukang.base.access.accounts import caller_of, named_account
from rukang.base.clock import first_of_month
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError
from rukang.base.settings import Settings, settings
from rukang.doors.cli.parts import ACCOUNT
from rukang.doors.upkeep import bring_up
from rukang.engines.rating import (
    Edition,
    EditionError,
    editions,
    load_edition,
    outlines,
    read_edition_file,
)
from rukang.stars.ratings.own import edition_in, in_folder, own_editions

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


def fen_of(text: str) -> int:
    """Read an amount of yuan on the command line, as fen.

    Raises
    ------
    InvalidError
        If it is no amount that can be paid: no number, without end, or not whole fen.
    """
    try:
        return fen(text)
    except (ArithmeticError, ValueError) as problem:
        raise InvalidError(
            f"金额应为元，最多两位小数；读到 {shown(text)}。",
            f"An amount is in yuan with at most two decimals; found {shown(text)}.",
        ) from problem


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
HomeCodes = Annotated[
    list[str],
    typer.Option("--home", metavar="CODE", help="机构编号，可写多个 / the homes, one or more"),
]
ITERATIONS = typer.Option(
    min=1,
    metavar="N",
    help="按工作量不按秒，结果处处相同 / "
    "work instead of seconds, the same result on any machine, about 500 a second",
)
MONTH = typer.Option("--month", parser=_month, metavar="YYYY-MM", help="月份，如 2026-10 / month")
Month = Annotated[date, MONTH]
Out = Annotated[Path, typer.Option("--out", help="输出目录 / folder to write into")]
Local = Annotated[
    list[Path] | None,
    typer.Option("--local", help="再加本地政策文件，可多份 / more files of local figures"),
]


def edition_named(text: str, data: Path | None = None) -> Edition:
    """Return the edition of an id, or that of a YAML file: who types here owns the machine.

    Ids are those shipped, of those put in force in this installation, and of its folder.

    Raises
    ------
    EditionError
        If there is neither, or the file is none.
    """
    path = Path(text)
    if text in (*editions(), *outlines()):
        return load_edition(text)
    if path.is_file():
        return read_edition_file(path)
    return _own(text, settings(data)) or load_edition(text)


def _own(name: str, here: Settings) -> Edition | None:
    """Return an own edition: as put in force, else as the folder has it."""
    for document in in_folder(here.editions):
        if document.edition is not None and document.edition.id == name and document.faults:
            raise EditionError.of(document.file, document.faults)
    waiting = {d.edition.id: d.edition for d in in_folder(here.editions) if d.edition is not None}
    try:
        database = bring_up(here)
    except ConflictError:
        return waiting.get(name)
    with database.session() as session:
        kept = {own.edition: edition_in(own.text) for own in own_editions(session)}
    return kept.get(name) or waiting.get(name)


def opened(data: Path | None) -> tuple[Settings, Database]:
    """Open this installation's database, brought up to this version.

    Raises
    ------
    KeysError
        If its keys are missing or others.
    ConflictError
        If there is no installation.
    """
    here = settings(data)
    return here, bring_up(here)


def signed(data: Path | None) -> tuple[Settings, Database]:
    """Open this installation's database for the account that acts.

    Raises
    ------
    InvalidError
        If no account is named.
    NotAllowedError
        If the one named does not exist, or is closed.
    """
    here, database = opened(data)
    return here, database.acting_as(_acting(database))


def _acting(database: Database) -> Caller:
    """Return who acts: the account named with ``--as`` or ``RUKANG_ACCOUNT``.

    What it may see is what the machine holds: whoever runs a command here owns the file.
    """
    address = ACCOUNT.get()
    if not address:
        raise InvalidError(
            "请写明由谁办理：rukang --as 邮箱 …，或设环境变量 RUKANG_ACCOUNT。"
            "还没有账号时，先用 `rukang account make` 建立。",
            "Say who acts: `rukang --as ADDRESS …`, or set RUKANG_ACCOUNT. Without an account yet,"
            " make one with `rukang account make`.",
        )
    with database.session() as session:
        return Caller(named_account(session, address).email, SYSTEM.grants)


@contextmanager
def working(data: Path | None, permission: Permission) -> Iterator[Session]:
    """Yield a session of the account that acts, which sees where its roles carry a permission."""
    _, database = signed(data)
    caller = holder(database, permission)
    with database.session(caller, permission) as session:
        yield session


def holder(database: Database, permission: Permission) -> Caller:
    """Return the account that acts, with its own roles.

    Raises
    ------
    NotAllowedError
        If none of them carries a permission.
    """
    with database.session() as session:
        caller = caller_of(named_account(session, database.caller.name))
    if not caller.may(permission):
        *roles, last = (of.words for of in Role if permission in of.permissions)
        raise NotAllowedError(
            f"{caller.name} 不是{'、'.join(of.zh for of in roles)}或{last.zh}，"
            f"不能{permission.words.zh}。",
            f"{caller.name} is no {', '.join(of.en for of in roles)} or {last.en} and may not"
            f" {permission.words.en}.",
        )
    return caller


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
