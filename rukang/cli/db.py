"""``rukang db``: the database, its keys and the accounts."""

from __future__ import annotations

from typing import Annotated

import typer
from alembic.util import CommandError
from rich.table import Table

from rukang import migrations
from rukang.access import Grant, Role
from rukang.access.accounts import create_account
from rukang.cli.common import Data, console, opened, say, shown_url
from rukang.errors import InvalidError
from rukang.homes import find_home, list_homes
from rukang.settings import settings

app = typer.Typer(
    help="数据库、密钥、账号 / the database, its keys and the accounts", no_args_is_help=True
)


@app.command()
def init(data: Data = None) -> None:
    """建立数据库和密钥，可重复执行 / make the database and its keys; safe to repeat."""
    here, database = opened(data)
    say(f"数据库 database  {shown_url(database)}")
    say(f"密钥 keys        {here.key_file}（请另行备份 back it up apart）")
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


@app.command()
def account(
    email: Annotated[str, typer.Argument(help="登录邮箱 / address to sign in with")],
    name: Annotated[str, typer.Option(prompt="姓名 name", help="姓名 / the person's name")],
    role: Annotated[
        Role, typer.Option(metavar="ROLE", help=f"角色 / {', '.join(Role)}")
    ] = Role.MANAGER,
    home: Annotated[
        str | None, typer.Option(metavar="CODE", help="限于这个机构 / this home only")
    ] = None,
    region: Annotated[
        str | None, typer.Option(metavar="CODE", help="限于这个区划 / region, like 371600")
    ] = None,
    password: Annotated[
        str,
        typer.Option(
            prompt="密码 password",
            hide_input=True,
            confirmation_prompt=True,
            help="密码 / 10 characters at least; asked for",
        ),
    ] = "",
    data: Data = None,
) -> None:
    """新建账号，首位管理员也由此建立 / make an account, also the first administrator's."""
    _require_place(role, home, region)
    _, database = opened(data)
    with database.session() as session:
        home_id = find_home(session, home).id if home else None
        create_account(session, email, name, password, [Grant(role, home_id, region)])
    say(
        f"✓ 已建立账号 account made: {email}（{role.value}，{home or region or '全部 everywhere'}）"
    )


def _require_place(role: Role, home: str | None, region: str | None) -> None:
    """Refuse a role bound to no place, unless it is the administrator's.

    Raises
    ------
    InvalidError
        If neither a home nor a region, or both, or no division code is given.
    """
    if home and region:
        raise InvalidError(
            "--home 和 --region 只能写一个。", "Give either --home or --region, not both."
        )
    if role is not Role.ADMINISTRATOR and not (home or region):
        raise InvalidError(
            f"角色 {role.value} 须写明范围：--home 机构编号，或 --region 区划代码。",
            f"The role {role.value} needs its place: --home CODE or --region CODE.",
        )
    if region and not (region.isascii() and region.isdigit() and len(region) == REGION_DIGITS):
        raise InvalidError(
            f"区划代码 {region!r} 应为 {REGION_DIGITS} 位数字，如 371600。",
            f"The division code {region!r} should have {REGION_DIGITS} digits, like 371600.",
        )


REGION_DIGITS = 6
"""Digits of a division code (GB/T 2260)."""
