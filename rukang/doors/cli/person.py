"""``rukang person``: a person's file; what is held on somebody, handed out or erased."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from rukang.base.access import Database, Permission
from rukang.base.errors import InvalidError
from rukang.base.settings import Settings
from rukang.doors import privacy
from rukang.doors.cli import person_duplicates, person_file
from rukang.doors.cli.common import Data, Out, day_of, holder, say, say_paths, signed
from rukang.doors.privacy import Erasure, load_periods
from rukang.people import Death, Person, find_person, require_whole
from rukang.rosters import shifts_after
from rukang.work.employment import Payee, death_of, record_death, withdraw_death

app = typer.Typer(no_args_is_help=True, add_completion=False)
app.add_typer(person_file.app, name="file", help="个人档案 / a person's file")
app.add_typer(
    person_duplicates.app, name="duplicates", help="可能重复的档案 / files that may be one person"
)

Who = Annotated[
    str, typer.Argument(metavar="PERSON", help="人员编号，或 机构/编号 / number, or ZP001/R01")
]
Why = Annotated[str, typer.Option("--reason", help="事由 / why")]


@app.command()
def export(who: Who, reason: Why, out: Out = Path("person"), data: Data = None) -> None:
    """导出持有的某人全部信息 / all that is held on a person."""
    _, database = _opened(data)
    with database.session() as session:
        person = find_person(session, who)
        say_paths(privacy.export_person(session, person, out, reason))


@app.command()
def erase(who: Who, reason: Why, data: Data = None) -> None:
    """删除某人的信息，或到期再删 / erase a person, now or when due."""
    here, database = _opened(data)
    with database.session() as session:
        person_id = find_person(session, who).id
    found = privacy.erase(database, person_id, reason, load_periods(here.retention))
    _tell(found)
    raise typer.Exit(not found.done)


@app.command()
def erasures(
    due: Annotated[
        bool, typer.Option("--due", help="执行已到期的 / carry out those whose day has come")
    ] = False,
    data: Data = None,
) -> None:
    """列出删除申请；加 --due 执行已到期的 / erasures asked for."""
    here, database = _opened(data)
    if due:
        for found in privacy.carry_out_due(database, load_periods(here.retention)):
            _tell(found)
        return
    with database.session() as session:
        for record in privacy.erasures(session, database.person_keys):
            done = record.done_at
            state = f"已删除 erased {done:%Y-%m-%d}" if done else f"最早 not before {record.due_on}"
            say(f"{record.person}：{state}（{record.asked_by}，{record.reason}）")


@app.command()
def died(
    who: Who,
    on: Annotated[
        date | None,
        typer.Option("--on", parser=day_of, metavar="DAY", help="去世日期 / the day of death"),
    ] = None,
    payee: Annotated[
        str | None, typer.Option("--payee", help="继承人收款人姓名 / who is paid for the heirs")
    ] = None,
    bank: Annotated[str | None, typer.Option("--bank", help="开户行 / the payee's bank")] = None,
    account: Annotated[
        str | None, typer.Option("--account", help="收款账号 / the payee's account")
    ] = None,
    withdraw: Annotated[
        str | None,
        typer.Option("--withdraw", metavar="REASON", help="登记错了，写明原因撤销 / take it back"),
    ] = None,
    data: Data = None,
) -> None:
    """登记、更正或查看去世 / record, correct or show a death."""
    _, database = signed(data)
    person_id = _mortal(database, who)
    with database.session() as session:
        person = session.get_one(Person, person_id)
        if withdraw is not None:
            withdraw_death(session, person, withdraw)
            say(f"{who}：去世登记已撤销 / taken back")
            return
        death = death_of(session, person)
        to = _payee(payee, bank, account)
        if to is not None and on is None and death is not None:
            on = death.died_on
        if on is not None:
            death = record_death(session, person, on, to)
        elif to is not None:
            raise InvalidError(
                "先用 --on 写明去世日期，再登记收款人。", "Name the day of death with --on first."
            )
        _tell_death(who, death)
        shifts = shifts_after(session, death) if death else ()
        if shifts:
            say(
                f"  已发布的班次有 {len(shifts)} 个在去世以后，请另排人 / published shifts after it"
            )


def _mortal(database: Database, who: str) -> int:
    """Return the number of a person whose death the acting account may record.

    Raises
    ------
    NotAllowedError
        If that is not its office, or the person is known in a home that is not its own.
    """
    caller = holder(database, Permission.DEATH_WRITE)
    with database.session(caller, Permission.DEATH_WRITE) as session:
        person = find_person(session, who)
        require_whole(session, person, Permission.DEATH_WRITE)
        return person.id


def _payee(name: str | None, bank: str | None, account: str | None) -> Payee | None:
    given = (name, bank, account)
    if not any(given):
        return None
    return Payee(*(part or "" for part in given))


def _tell_death(who: str, death: Death | None) -> None:
    if death is None:
        say(f"{who}：没有去世登记 / no death on record")
        return
    say(f"{who}：{death.died_on} 去世 / died（{death.recorded_by}）")
    for table, records in death.ends.items():
        say(f"  {ENDED[table]}：{len(records)} 项止于当日 / end on that day")
    if death.payee:
        say(f"  收款人 payee：{death.payee} {death.bank} {death.account}")
    else:
        say("  收款人未登记，请询问家属：--payee --bank --account / payee unknown, ask the heirs")


ENDED = {
    "resident": "入园 stay",
    "employment": "用工 work",
    "staff": "员工合同 staff contract",
}


def _tell(found: Erasure) -> None:
    if found.done:
        say(f"✓ {found.person_id} 已删除，密钥已销毁 / erased, the key is destroyed")
        return
    say(f"{found.person_id} 现在不能删除，{found.due_on} 起执行 / not before that day:")
    for kept in found.kept:
        say(f"  {kept.zh} / {kept.en}")


def _opened(data: Path | None) -> tuple[Settings, Database]:
    """Open the database for an account whose office this is.

    Raises
    ------
    NotAllowedError
        If the account is no administrator and no officer.
    """
    here, database = signed(data)
    holder(database, Permission.PERSON_ANSWER)
    return here, database
