"""``rukang demo-city``: a whole city inspected and rated, in an installation of its own."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from rukang.base.access import Grant, Role
from rukang.base.access.accounts import create_account
from rukang.bodies.homes import find_home
from rukang.demo import CITY, OFFICER, City, enact, invent
from rukang.doors.cli.common import console, say
from rukang.doors.cli.console.progress import passing
from rukang.doors.cli.demo.home import made_anew, pasted, require_own_database
from rukang.doors.upkeep import init
from rukang.engines.rating import load_edition
from rukang.stars.inspections import STAGES, Part, Stage, list_inspections
from rukang.stars.register import summary

FIRST, LAST = date(2025, 1, 1), date(2026, 10, 31)
"""The invented time, both included; the editions that follow each other in it are in force."""

EDITIONS = ("example-2025", "example-2026")
TOLD_ON = (date(2025, 6, 30), date(2025, 12, 31), date(2026, 6, 30), LAST)


def demo_city(
    data: Annotated[
        Path, typer.Option("--data", help="数据目录 / folder of the installation")
    ] = Path("demo-city"),
    seed: Annotated[int, typer.Option(min=0, help="随机种子 / same seed, same city")] = 1,
    homes: Annotated[int, typer.Option(min=6, max=100, help="机构数 / how many homes")] = 40,
) -> None:
    """虚构一座城市两年的星级评定，可重复运行 / two years of ratings of an invented city."""
    require_own_database()
    here = made_anew(data.resolve(), "--data")
    database, city = init(here), invent(seed, FIRST, LAST, homes)
    editions = [load_edition(name) for name in EDITIONS]
    with passing(console, "评定 inspecting", FIRST, LAST) as tell:
        enact(database.url, database.vault, city, editions, FIRST, LAST, tell)
    with database.session() as session:
        _tell(session)
        accounts = _accounts(session, city)
    say("\n打开网页 open the web face:")
    say(f"  {pasted('serve', data=here.data)}")
    say("账号（虚构，密码只在这里显示） accounts, invented; their passwords are shown only here:")
    for role, address, password in accounts:
        say(f"  {role:<12}{address:<32}{password}")


def _tell(session: Session) -> None:
    """Say who held which star, and how far inspections are."""
    say("\n星级（由登记读出） stars, read off the register:")
    for day in TOLD_ON:
        line = summary(session, day, CITY)
        say(f"  {day}  {line.words.zh}（共 {line.homes} 家） / {line.words.en} of {line.homes}")
    counted = Counter(inspection.stage for inspection in list_inspections(session))
    say(f"\n评定 {counted.total()} 次 inspections:")
    for stage in Stage:
        say(f"  {STAGES[stage].zh} {STAGES[stage].en}: {counted[stage]}")


def _accounts(session: Session, city: City) -> list[tuple[Role, str, str]]:
    """Make an account for each kind of work, where there is some to do if possible."""
    manager = city.homes[0].manager
    pair = [one.email for one in city.inspectors[:2]]
    for inspection in list_inspections(session):
        if inspection.stage is Stage.OPENED:
            manager = next(h.manager for h in city.homes if h.code == inspection.home.code)
        if inspection.stage is Stage.PLANNED:
            pair = [sheet.filled_by for sheet in inspection.sheets if sheet.part is not Part.SELF]
    home = next(home for home in city.homes if home.manager == manager)
    names = {one.email: one.name for one in city.inspectors}
    made = [
        (OFFICER, "示例科员", Grant(Role.OFFICER, region=CITY)),
        *((email, names[email], Grant(Role.INSPECTOR, region=CITY)) for email in pair),
        (manager, "示例负责人", Grant(Role.MANAGER, find_home(session, home.code).id)),
    ]
    return [_account(session, *one) for one in made]


def _account(session: Session, email: str, name: str, grant: Grant) -> tuple[Role, str, str]:
    # New at every run: a password printed in the source would open every demo that is on a network.
    password = secrets.token_urlsafe(12)
    create_account(session, email, name, password, [grant])
    return grant.role, email, password
