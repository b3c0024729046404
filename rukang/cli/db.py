"""``rukang db``: the database, its keys and the first administrator."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from rukang import migrations
from rukang.access import Grant, Role
from rukang.access.accounts import create_account
from rukang.cli.common import Data, console, opened
from rukang.homes import find_home, list_homes
from rukang.settings import settings

app = typer.Typer(
    help="数据库、密钥与管理员账号。Database, keys and accounts.", no_args_is_help=True
)


@app.command()
def init(data: Data = None) -> None:
    """建立数据库与密钥（可重复执行）。Make the database and its keys; safe to repeat."""
    here, database = opened(data)
    console.print(f"数据库 database  {database.url}")
    console.print(f"密钥 keys        {here.key_file}  （请另行备份 back it up apart）")
    console.print(f"版本 revision    {migrations.current(database.engine)}")


@app.command()
def show(data: Data = None) -> None:
    """列出已登记的机构。List the homes on record."""
    _, database = opened(data)
    table = Table("编号 code", "名称 name", "区划 division", "容量 capacity")
    with database.session() as session:
        for home in list_homes(session):
            table.add_row(home.code, home.name, home.county, str(home.capacity))
    console.print(table)


@app.command()
def downgrade(revision: str = "base", data: Data = None) -> None:
    """退回旧版本；base 会删除全部数据表。Go back a revision; `base` removes every table."""
    typer.confirm(f"退回到 {revision}，可能丢失数据。Go back, possibly losing data?", abort=True)
    migrations.downgrade(settings(data).open().engine, revision)


@app.command()
def account(
    email: str,
    name: Annotated[str, typer.Option(prompt="姓名 name")],
    role: Annotated[Role, typer.Option(help="角色。Role.")] = Role.MANAGER,
    home: Annotated[str | None, typer.Option(help="只限一个机构。One home only.")] = None,
    region: Annotated[str | None, typer.Option(help="区划代码。Division code.")] = None,
    password: Annotated[
        str,
        typer.Option(prompt="密码 password", hide_input=True, confirmation_prompt=True),
    ] = "",
    data: Data = None,
) -> None:
    """新建账号；首位管理员也由此建立（--role administrator）。Make an account, also the first."""
    _, database = opened(data)
    with database.session() as session:
        home_id = find_home(session, home).id if home else None
        create_account(session, email, name, password, [Grant(role, home_id, region)])
    console.print(f"✓ 已建立账号 account made: {email} ({role.value})")
