"""``rukang body``: homes, institutions, offices, companies, shops; their states, and their end."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from rukang.base.access import Permission
from rukang.base.database.context import today
from rukang.bodies import (
    BodyCapacity,
    BodyKind,
    BodyOperator,
    BodyState,
    bodies_query,
    charges_query,
    find_body,
    history,
    licences,
    possible_duplicates,
    states_on,
)
from rukang.bodies.acts import ACTS
from rukang.doors.cli.acts import add_acts
from rukang.doors.cli.common import Data, console, opened, say, working
from rukang.doors.closing import OF_CLOSING, what_holds
from rukang.people import names_of
from rukang.people.acts import TAKE_CHARGE

app = typer.Typer(no_args_is_help=True, add_completion=False)

Code = Annotated[str, typer.Argument(metavar="CODE", help="机构编号 / code of the body")]


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
def holds(code: Code, data: Data = None) -> None:
    """关闭前还有什么未了 / what still holds a body, before it can be closed."""
    with working(data, Permission.BODIES_WRITE) as session:
        held = what_holds(session, find_body(session, code), today(session))
    for one in held:
        say(f"{one.zh} / {one.en}")
    if not held:
        say("没有未了的事，可以关闭 / nothing holds it, it can be closed")


add_acts(app, (*ACTS, TAKE_CHARGE, *OF_CLOSING), by_roles=True)
