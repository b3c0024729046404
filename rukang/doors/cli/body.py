"""``rukang body``: homes, institutions, offices, companies, shops; their states, and their end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from sqlalchemy.orm import Session

from rukang.base.access import Permission, Scope
from rukang.base.access.accounts import caller_of, named_account
from rukang.base.database.context import actor, today
from rukang.base.errors import NotAllowedError
from rukang.bodies import (
    Body,
    BodyCapacity,
    BodyKind,
    BodyOperator,
    BodyState,
    State,
    add_licence,
    bodies_query,
    charges_query,
    enter_state,
    find_body,
    history,
    in_charge,
    licences,
    possible_duplicates,
    register_body,
    set_capacity,
    set_operator,
    states_on,
    take_charge,
)
from rukang.doors.cli.common import Data, console, day_of, opened, say, signed
from rukang.doors.closing import close_body, what_holds
from rukang.people import find_person, names_of

app = typer.Typer(no_args_is_help=True, add_completion=False)

Code = Annotated[str, typer.Argument(metavar="CODE", help="机构编号 / code of the body")]
Kind = Annotated[
    BodyKind,
    typer.Option("--kind", metavar="KIND", help=f"种类 / kind: {', '.join(list(BodyKind)[1:])}"),
]
Since = Annotated[
    date | None,
    typer.Option("--since", parser=day_of, metavar="DAY", help="自哪天，默认今天 / today"),
]
Reason = Annotated[str, typer.Option("--words", help="说明 / why")]
CreditCode = Annotated[
    str, typer.Option("--uscc", metavar="USCC", help="统一社会信用代码 / credit code")
]


@app.command("list")
def list_all(
    kind: Annotated[
        BodyKind | None, typer.Option("--kind", metavar="KIND", help="只列这一种 / this kind only")
    ] = None,
    data: Data = None,
) -> None:
    """列出机构、状态，以及可能重复的 / list bodies, their states, what is twice there."""
    _, database = opened(data)
    table = Table("编号 code", "种类 kind", "名称 name", "区划 division", "状态 state")
    with database.session() as session:
        bodies = session.scalars(bodies_query(kind)).all()
        states = states_on(session, bodies, today(session))
        for body in bodies:
            state = states[body.id].words
            table.add_row(body.code, body.kind.words.zh, body.name, body.county, str(state))
        pairs = [(one.code, other.code) for one, other in possible_duplicates(session)]
    console.print(table)
    for one, other in pairs:
        say(f"信用代码和地址相同，是同一家吗 the same body?  {one}  {other}")


@app.command()
def show(code: Code, data: Data = None) -> None:
    """一家机构：状态、人数、运营单位、证照 / one body, and what is dated of it."""
    _, database = opened(data)
    with database.session() as session:
        body, now = find_body(session, code), today(session)
        say(f"{body.code} {body.name}（{body.kind.words}）{body.address}")
        for state in history(session, BodyState, body):
            say(f"  {state.since} {state.state.words} {state.words}")
        for capacity in history(session, BodyCapacity, body):
            say(f"  {capacity.since} 核定 {capacity.heads} 人 / for {capacity.heads} people")
        for operator in history(session, BodyOperator, body):
            say(f"  {operator.since} 运营单位 run by {operator.name} {operator.uscc}")
        for held in licences(session, body):
            say(f"  {held.kind} {held.number} {held.issued_on} – {held.expires_on or ''}")
        people = [charge.person_id for charge in session.scalars(charges_query(body, now))]
        named = names_of(session, people)
        say(f"  负责 answers for {len(people)}：{'、'.join(named[each] for each in people)}")


@app.command()
def register(
    code: Code,
    kind: Kind,
    name: Annotated[str, typer.Option("--name", help="名称 / name")],
    county: Annotated[str, typer.Option("--county", metavar="CODE", help="区划代码 / division")],
    address: Annotated[str, typer.Option("--address", help="地址 / address")],
    legal_person: Annotated[str, typer.Option("--legal-person", help="法人单位 / legal person")],
    uscc: CreditCode,
    state: Annotated[
        State,
        typer.Option("--state", metavar="STATE", help="状态 / planned, building, trial, open"),
    ] = State.OPEN,
    another: Annotated[
        bool, typer.Option("--another", help="与已有的相同，确是另一家 / another one all the same")
    ] = False,
    data: Data = None,
) -> None:
    """登记机构、办公室、公司或门店 / register a body that is no home."""
    values = {
        "name": name,
        "county": county,
        "address": address,
        "legal_person": legal_person,
        "uscc": uscc,
    }
    with _writing(data) as session:
        body = register_body(session, kind, code, values, state=state, another=another)
        said = f"✓ 已登记 registered: {body.code} {body.name}"
    say(said)


@app.command("state")
def enter(
    code: Code,
    state: Annotated[State, typer.Argument(metavar="STATE", help=f"状态 / {', '.join(State)}")],
    since: Since = None,
    words: Reason = "",
    data: Data = None,
) -> None:
    """登记状态 / keep that a body is in a state from a day on."""
    with _writing(data) as session:
        made = enter_state(session, _body(session, code), state, since or today(session), words)
        said = f"✓ {code} 自 from {made.since}：{made.state.words}"
    say(said)


@app.command()
def capacity(
    code: Code,
    heads: Annotated[int, typer.Argument(metavar="NUMBER", help="人数 / people")],
    since: Since = None,
    data: Data = None,
) -> None:
    """登记核定人数 / keep for how many people a body is registered from a day on."""
    with _writing(data) as session:
        made = set_capacity(session, _body(session, code), heads, since or today(session))
        said = f"✓ {code} 自 from {made.since}：{made.heads} 人 people"
    say(said)


@app.command()
def operator(
    code: Code,
    name: Annotated[str, typer.Option("--name", help="运营单位 / who runs it")],
    uscc: CreditCode,
    since: Since = None,
    data: Data = None,
) -> None:
    """登记运营单位 / keep who runs a body from a day on."""
    with _writing(data) as session:
        body = _body(session, code)
        made = set_operator(session, body, name, uscc, since or today(session))
        said = f"✓ {code} 自 from {made.since}：{made.name}"
    say(said)


@app.command()
def licence(
    code: Code,
    kind: Annotated[str, typer.Option("--kind", help="证照种类 / what it is")],
    number: Annotated[str, typer.Option("--number", help="编号 / number")],
    issued_by: Annotated[str, typer.Option("--issued-by", help="发证机关 / who issued it")],
    issued_on: Annotated[
        date,
        typer.Option(
            "--issued-on", parser=day_of, metavar="DAY", help="发证日 / when it was issued"
        ),
    ],
    expires_on: Annotated[
        date | None,
        typer.Option("--expires-on", parser=day_of, metavar="DAY", help="到期日 / its last day"),
    ] = None,
    data: Data = None,
) -> None:
    """登记证照 / keep a licence, permit or designation."""
    with _writing(data) as session:
        values = {
            "kind": kind,
            "number": number,
            "issued_by": issued_by,
            "issued_on": issued_on,
            "expires_on": expires_on,
        }
        made = add_licence(session, _body(session, code), values)
        said = f"✓ {code} {made.kind} {made.number} – {made.expires_on or ''}"
    say(said)


@app.command()
def charge(
    code: Code,
    person: Annotated[
        str, typer.Option("--person", metavar="HOME/CODE", help="谁，如 ZP001/R01 / whom")
    ],
    since: Since = None,
    data: Data = None,
) -> None:
    """接收：自某日起由这家机构负责某人 / let a body answer for a person from a day on."""
    with _writing(data) as session:
        who, body = find_person(session, person), _body(session, code)
        day = since or today(session)
        before = in_charge(session, who.id, day)
        take_charge(session, who.id, body, day)
    handed = "接收 taken over" if before is not None else "开始负责 in charge"
    say(f"✓ {code} 自 from {day}：{handed} {person}")


@app.command()
def holds(code: Code, data: Data = None) -> None:
    """关闭前还有什么未了 / what still holds a body, before it can be closed."""
    with _writing(data) as session:
        held = what_holds(session, _body(session, code), today(session))
    for one in held:
        say(f"{one.zh} / {one.en}")
    if not held:
        say("没有未了的事，可以关闭 / nothing holds it, it can be closed")


@app.command()
def close(code: Code, words: Reason, since: Since = None, data: Data = None) -> None:
    """关闭机构；还有未了的事就不能 / close a body for good, once nothing holds it."""
    with _writing(data) as session:
        made = close_body(session, _body(session, code), since or today(session), words)
        said = f"✓ {code} 自 from {made.since}：{made.state.words}"
    say(said)


@contextmanager
def _writing(data: Path | None) -> Iterator[Session]:
    """Yield a session of an account that keeps the register of bodies somewhere.

    Raises
    ------
    NotAllowedError
        If the account does not.
    """
    _, database = signed(data)
    with database.session() as session:
        if _scope(session).nothing:
            raise NotAllowedError(
                f"{actor(session)} 不是管理员或残联干部，不能登记机构的变化。",
                f"{actor(session)} is no administrator or officer and may not keep the register of"
                " bodies.",
            )
        yield session


def _body(session: Session, code: str) -> Body:
    """Return a body of which the account that acts keeps the register.

    Raises
    ------
    NotAllowedError
        If it is not one of the account's places.
    """
    body = find_body(session, code)
    if not _scope(session).covers(body.id, body.county):
        raise NotAllowedError(
            f"{actor(session)} 的范围不包括 {body.code} {body.name}。",
            f"{body.code} {body.name} is not one of the places of {actor(session)}.",
        )
    return body


def _scope(session: Session) -> Scope:
    account = named_account(session, actor(session))
    return caller_of(account).scope(Permission.BODIES_WRITE)
