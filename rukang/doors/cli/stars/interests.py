"""``rukang interests``: who may not act on a home, and from when until when."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer
from rich.table import Table

from rukang.base.database import context
from rukang.bodies.homes import find_home
from rukang.doors.cli.common import Data, HomeCode, console, day_of, say, signed
from rukang.stars.interests import declare, end, find_interest, list_interests

app = typer.Typer(no_args_is_help=True, add_completion=False)


def _day(words: str) -> Any:
    return typer.Option(parser=day_of, metavar="YYYY-MM-DD", help=words)


Since = Annotated[date, _day("第一天 / first day")]
Until = Annotated[date, _day("最后一天 / last day")]
PerhapsUntil = Annotated[date | None, _day("最后一天，不填为未定 / last day, if known")]


@app.command("list")
def list_all(home: HomeCode, data: Data = None) -> None:
    """列出一个机构的回避 / list those of a home."""
    _, database = signed(data)
    table = Table("编号 id", "账号 account", "原因 reason", "起 from", "止 to")
    with database.session() as session:
        found = list_interests(session, find_home(session, home))
    for one in found:
        until = f"{one.held_to or '—'}"
        table.add_row(str(one.id), one.email, one.words, f"{one.held_from}", until)
    if found:
        console.print(table)
    else:
        say("还没有登记回避 / none is declared")


@app.command("declare")
def declare_one(
    email: Annotated[str, typer.Argument(help="账号邮箱 / address of the account")],
    home: HomeCode,
    words: Annotated[str, typer.Option(help="原因 / reason")],
    since: Since,
    until: PerhapsUntil = None,
    data: Data = None,
) -> None:
    """登记回避 / declare one."""
    _, database = signed(data)
    with database.session() as session:
        made = declare(session, find_home(session, home), email, words, since, until)
        say(f"✓ {made.id}：{made.email} {home} {made.held_from} – {made.held_to or '—'}")


@app.command("end")
def end_one(
    interest: Annotated[int, typer.Argument(help="编号 / its id")],
    home: HomeCode,
    until: Until,
    data: Data = None,
) -> None:
    """定下回避的最后一天 / set its last day."""
    _, database = signed(data)
    with database.session() as session:
        found = find_home(session, home)
        ended = find_interest(session, found, interest)
        end(session, found, ended, until, context.actor(session))
        say(f"✓ {ended.id}：{ended.email} – {ended.held_to}")
