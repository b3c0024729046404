"""``rukang account``: who may sign in, with which roles, and from where they are signed in."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table
from sqlalchemy import select

from rukang.base.access import Database, Reach, Role
from rukang.base.access import accounts as service
from rukang.base.access.accounts import second_factor, sessions
from rukang.base.access.records import AccountRole
from rukang.base.clock import in_shanghai
from rukang.base.errors import InvalidError
from rukang.base.settings import Settings
from rukang.bodies import bodies_query
from rukang.doors.cli.common import Data, console, opened, say, signed
from rukang.doors.cli.parts import ACCOUNT
from rukang.doors.grants import Over, grant_over, require_one
from rukang.people import names_of
from rukang.work.employment import Employer

app = typer.Typer(no_args_is_help=True, add_completion=False)

Address = Annotated[
    str, typer.Argument(metavar="ADDRESS", help="登录邮箱 / address to sign in with")
]
RoleName = Annotated[
    Role,
    typer.Option(
        "--role", metavar="ROLE", help="角色，见 rukang account roles / see rukang account roles"
    ),
]
HomeOfRole = Annotated[
    str | None, typer.Option("--home", metavar="CODE", help="限于这个机构 / this home or body")
]
RegionOfRole = Annotated[
    str | None, typer.Option("--region", metavar="CODE", help="限于这个区划 / region, like 371600")
]
EmployerOfRole = Annotated[
    str | None,
    typer.Option("--employer", metavar="USCC", help="限于这家单位的工资 / this employer's wages"),
]
PersonOfRole = Annotated[
    str | None,
    typer.Option(
        "--person",
        metavar="HOME/CODE",
        help="本人或被监护人，如 ZP001/R01 / whose account it is, or for whom a guardian stands",
    ),
]
PasswordFile = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="从文件首行读密码，- 为标准输入 / read it from a file or - for standard input",
    ),
]
Site = Annotated[
    str,
    typer.Option(metavar="URL", help="网页地址，写在链接前面 / the site's address, for the link"),
]
Hours = Annotated[
    int,
    typer.Option(min=1, max=72, metavar="NUMBER", help="链接有效小时数 / hours the link is good"),
]
HERE = "http://127.0.0.1:8000"


@app.command("list")
def list_all(data: Data = None) -> None:
    """列出账号和角色 / list the accounts and their roles."""
    _, database = _opened(data)
    address = Column("邮箱 address", overflow="fold")
    table = Table(address, "姓名 name", "状态 state", "两步 2nd factor", "角色 roles")
    with database.session() as session:
        homes = {of.id: of.code for of in session.scalars(bodies_query())}
        employers = {of.id: of.uscc for of in session.scalars(select(Employer))}
        accounts = service.list_accounts(session)
        people = sorted({r.person_id for of in accounts for r in of.roles if r.person_id})
        named = homes, employers, names_of(session, people)
        for account in accounts:
            table.add_row(
                account.email,
                account.name,
                "可用 open" if account.is_active else "已关闭 closed",
                "有 on" if second_factor.is_on(session, account) else "—",
                "\n".join(_in_words(role, *named) for role in account.roles) or "—",
            )
    console.print(table)


@app.command()
def roles() -> None:
    """列出角色、范围和权限 / list the roles, over what they are held, and what they may do."""
    table = Table("角色 role", "名称 name", "范围 over", "权限 permissions")
    for role in Role:
        over = "\n".join(str(reach.words) for reach in Reach if reach in role.reaches)
        table.add_row(role.value, f"{role.zh} {role.en}", over, " ".join(sorted(role.permissions)))
    console.print(table)


@app.command()
def make(
    address: Address,
    name: Annotated[str, typer.Option(prompt="姓名 name", help="姓名 / the person's name")],
    role: RoleName = Role.MANAGER,
    home: HomeOfRole = None,
    region: RegionOfRole = None,
    employer: EmployerOfRole = None,
    person: PersonOfRole = None,
    password_file: PasswordFile = None,
    link: Annotated[
        bool, typer.Option("--link", help="不设密码，给本人一个链接 / a link instead of a password")
    ] = False,
    site: Site = HERE,
    data: Data = None,
) -> None:
    """新建账号，首位管理员也由此建立 / make an account, the first one too."""
    over = Over(home, region, employer, person)
    require_one(role, over)  # before a password is asked for
    password = None if link else _password(password_file)
    _, database = _opened(data)
    with database.session() as session:
        grant = grant_over(session, role, over)
        account = service.create_account(session, address, name, password, [grant])
        token = service.make_link(session, account, timedelta(hours=24)) if link else ""
    say(f"✓ 已建立账号 account made: {account.email}（{_said(role)}，{over}）")
    if link:
        _say_link(site, token, 24)


@app.command()
def close(address: Address, data: Data = None) -> None:
    """关闭账号，立即退出所有登录 / close an account; its sessions end at once."""
    _, database = _opened(data)
    with database.session() as session:
        account = service.find_account(session, address)
        service.close_account(session, account)
    say(f"✓ 已关闭 closed: {account.email}")


@app.command()
def reopen(address: Address, data: Data = None) -> None:
    """重新开放账号，密码和角色照旧 / open it again, with the password and roles of before."""
    _, database = _opened(data)
    with database.session() as session:
        account = service.find_account(session, address)
        service.reopen_account(session, account)
    say(f"✓ 已重新开放 open again: {account.email}")


@app.command()
def reset(address: Address, hours: Hours = 2, site: Site = HERE, data: Data = None) -> None:
    """给本人一个重设密码的一次性链接 / print a link by which the person sets a password, once."""
    _, database = _opened(data)
    with database.session() as session:
        account = service.find_account(session, address)
        token = service.make_link(session, account, timedelta(hours=hours))
    _say_link(site, token, hours)


@app.command()
def grant(
    address: Address,
    role: RoleName = Role.MANAGER,
    home: HomeOfRole = None,
    region: RegionOfRole = None,
    employer: EmployerOfRole = None,
    person: PersonOfRole = None,
    data: Data = None,
) -> None:
    """增加一个角色，或关联到一个人 / give a role in a place, or over a person's records."""
    over = Over(home, region, employer, person)
    _, database = _opened(data)
    with database.session() as session:
        account = service.find_account(session, address)
        service.grant(session, account, grant_over(session, role, over))
    say(f"✓ 已增加 given: {account.email}（{_said(role)}，{over}）")


@app.command("revoke-role")
def revoke_role(
    address: Address,
    role: RoleName = Role.MANAGER,
    home: HomeOfRole = None,
    region: RegionOfRole = None,
    employer: EmployerOfRole = None,
    person: PersonOfRole = None,
    data: Data = None,
) -> None:
    """收回一个角色 / take a role in a place away, from the next request on."""
    over = Over(home, region, employer, person)
    _, database = _opened(data)
    with database.session() as session:
        account = service.find_account(session, address)
        service.take_role(session, account, grant_over(session, role, over))
    say(f"✓ 已收回 taken: {account.email}（{_said(role)}，{over}）")


@app.command("sessions")
def list_sessions(address: Address, data: Data = None) -> None:
    """列出一个账号的登录 / list where an account is signed in."""
    _, database = _opened(data)
    table = Table("编号 id", "种类 kind", "来自 from", "登录 since", "最近使用 last used")
    with database.session() as session:
        account = service.find_account(session, address)
        for found in sessions.list_sessions(session, account):
            since, used = (
                f"{in_shanghai(at):%Y-%m-%d %H:%M}" for at in (found.created_at, found.last_used_at)
            )
            table.add_row(str(found.id), found.kind.value, found.network, since, used)
    console.print(table)


@app.command("end-sessions")
def end_sessions(address: Address, data: Data = None) -> None:
    """退出一个账号的所有登录 / end every session of an account."""
    _, database = _opened(data)
    with database.session() as session:
        account = service.find_account(session, address)
        ended = sessions.end_sessions(session, account)
    say(f"✓ 已退出 {ended} 处登录 sessions ended: {account.email}")


@app.command()
def totp(
    address: Address,
    remove: Annotated[
        bool, typer.Option("--remove", help="停用，如手机丢失 / turn it off, as for a lost phone")
    ] = False,
    data: Data = None,
) -> None:
    """两步验证的状态；手机和恢复码都丢失时停用 / the second factor: its state, or turn it off."""
    _, database = _opened(data)
    with database.session() as session:
        account = service.find_account(session, address)
        if remove and second_factor.remove_factor(session, account):
            sessions.end_sessions(session, account)
        on = second_factor.is_on(session, account)
        left = second_factor.recovery_codes_left(session, account)
    state = f"启用，剩 {left} 个恢复码 on, {left} recovery codes left" if on else "未启用 off"
    say(f"{account.email}: {state}")


def _opened(data: Path | None) -> tuple[Settings, Database]:
    """Open for the account named with ``--as``; the first account is made before there is one."""
    return signed(data) if ACCOUNT.get() else opened(data)


def _password(file: str | None) -> str:
    """Ask for a password, or read it; never from the command line, which others can see.

    Raises
    ------
    InvalidError
        If the file is empty.
    """
    if file is None:
        typed: str = typer.prompt("密码 password", hide_input=True, confirmation_prompt=True)
        return typed
    text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    lines = text.splitlines()
    if not lines:
        raise InvalidError(
            "没有读到密码，请把密码写在第一行。",
            "There is no password to read; write it into the first line.",
        )
    return lines[0]


def _say_link(site: str, token: str, hours: int) -> None:
    say(f"请只交给本人，{hours} 小时内用一次 / for this person only, once within {hours} hours:")
    say(f"  {site.rstrip('/')}/password/new?token={token}")


def _said(role: Role) -> str:
    return f"{role.zh} {role.value}"


def _in_words(
    role: AccountRole, homes: dict[int, str], employers: dict[int, str], people: dict[int, str]
) -> str:
    home = homes.get(role.home_id) if role.home_id else None
    employer = employers.get(role.employer_id) if role.employer_id else None
    person = people.get(role.person_id) if role.person_id else None
    over = home or role.region or employer or person or Reach.ALL.words
    return f"{role.role.value} {over} {role.role.zh}"
