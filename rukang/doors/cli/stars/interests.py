"""``rukang interests``: who may not act on a home, and from when until when."""

from __future__ import annotations

import typer
from rich.table import Table

from rukang.bodies.homes import find_home
from rukang.doors.cli.acts import add_acts
from rukang.doors.cli.common import Data, HomeCode, console, say, signed
from rukang.stars.acts import ACTS
from rukang.stars.interests import list_interests

app = typer.Typer(no_args_is_help=True, add_completion=False)


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


add_acts(app, ACTS)
