"""``rukang db``: the database, its keys and the accounts."""

from __future__ import annotations

from typing import Annotated

import typer
from alembic.util import CommandError
from rich.table import Table

from rukang import migrations
from rukang.base.database.sealing import keys
from rukang.base.errors import InvalidError
from rukang.base.settings import settings
from rukang.bodies.homes import list_homes
from rukang.doors.cli.common import Data, console, opened, problems, say, shown_url
from rukang.doors.cli.house import upkeep
from rukang.doors.cli.house.account import make as make_account
from rukang.doors.upkeep import init as make
from rukang.doors.upkeep import is_there

app = typer.Typer(no_args_is_help=True, add_completion=False)
app.command("backup")(upkeep.backup)
app.command("restore")(upkeep.restore)
app.command("check")(upkeep.check)
app.command("rekey")(upkeep.rekey)
app.command("forget-key")(upkeep.forget_key)


@app.command()
def init(data: Data = None) -> None:
    """建立数据库和密钥，可重复执行 / make the database and its keys; safe to repeat."""
    here = settings(data)
    # A mistyped --data would otherwise look like an installation that has lost everything.
    is_new = not is_there(here)
    database = make(here)
    if is_new:
        say(f"新建数据库 / new database: {shown_url(database)}", to=problems)
    say(f"数据库 database  {shown_url(database)}")
    say(f"密钥 keys        {here.keys}（请另行备份 back it up apart）")
    say(f"密钥指纹 key     {keys.short(keys.registered(database.engine)[0])}")
    say(f"版本 revision    {migrations.current(database.engine)}")


@app.command()
def show(data: Data = None) -> None:
    """列出已登记的机构 / list the homes on record."""
    _, database = opened(data)
    table = Table("编号 code", "名称 name", "区划 division", "容量 capacity")
    with database.session() as session:
        homes = list_homes(session)
        for home in homes:
            table.add_row(home.code, home.name, home.county, str(home.capacity))
    if homes:
        console.print(table)
    else:
        say("还没有机构，请先用 rukang import 导入“01-机构” / no home yet: import its register")


@app.command()
def downgrade(
    revision: Annotated[
        str, typer.Option(metavar="REVISION", help="退回到哪个版本 / base removes all")
    ] = "base",
    data: Data = None,
) -> None:
    """把数据表退回旧版本，会先询问 / take the tables back to an older version, after asking."""
    database = settings(data).open()
    typer.confirm(
        f"将把 {shown_url(database)} 退回到 {revision}，可能丢失数据，继续吗？"
        " / go back, possibly losing data?",
        abort=True,
    )
    try:
        migrations.downgrade(database.engine, revision)
    except CommandError as error:
        raise InvalidError(
            f"没有可退回的版本 {revision!r}，请写 base 或更早的版本号。",
            f"{revision!r} is no revision to go back to ({error}).",
        ) from error
    say(f"✓ 版本 revision  {migrations.current(database.engine) or '无数据表 no tables'}")


app.command("account")(make_account)
