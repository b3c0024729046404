"""``rukang person duplicates``: files that may be one person, merged and taken apart again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.access import Database, Permission
from rukang.base.access.accounts import caller_of, named_account
from rukang.base.database.find import find
from rukang.base.errors import NotAllowedError
from rukang.doors.cli.common import Data, say, signed
from rukang.people import (
    Person,
    PersonMerge,
    duplicates_query,
    find_person,
    merge,
    pairs,
    require_whole,
    say_two_people,
    unmerge,
)

app = typer.Typer(no_args_is_help=True, add_completion=False)

One = Annotated[
    str, typer.Argument(metavar="PERSON", help="机构/编号，或编号 / ZP001/R01, or number")
]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="另一份档案 / the other file")]
Why = Annotated[str, typer.Option("--reason", help="事由 / why")]


@contextmanager
def _seen(data: Path | None) -> Iterator[tuple[Session, Database]]:
    """Yield a session that sees what the acting account may, and the open database.

    Raises
    ------
    NotAllowedError
        If merging files is not its office.
    """
    _, database = signed(data)
    with database.session() as session:
        caller = caller_of(named_account(session, database.caller.name))
    if not caller.may(Permission.PERSON_ANSWER):
        raise NotAllowedError(
            f"{caller.name} 不是管理员或残联干部，不能合并档案。",
            f"{caller.name} is no administrator or officer and may not merge files.",
        )
    with database.session(caller, Permission.PERSON_ANSWER) as session:
        yield session, database


@contextmanager
def _whole(data: Path | None, *named: str) -> Iterator[tuple[Session, list[Person]]]:
    """Yield people whose files are the acting account's office, and a session that sees all.

    Raises
    ------
    NotAllowedError
        If homes that are not its own hold records on one of them too.
    """
    with _seen(data) as (session, database):
        people = [find_person(session, name) for name in named]
        for person in people:
            require_whole(session, person)
    with database.session() as session:
        yield session, [session.get_one(Person, person.id) for person in people]


@app.command("list")
def list_them(data: Data = None) -> None:
    """列出姓名和出生日期相同的档案 / files of one name and birth."""
    with _seen(data) as (session, _):
        for pair in pairs(session, session.execute(duplicates_query())):
            say(f"{pair.one.name} {pair.one.born_on}：{pair.one.id}，{pair.other.id}")


@app.command("merge")
def merge_them(kept: One, merged: Other, reason: Why, data: Data = None) -> None:
    """把后一份并入前一份 / merge the second file into the first."""
    with _whole(data, kept, merged) as (session, people):
        record = merge(session, people[0], people[1], reason)
        say(f"✓ {record.id}：{record.merged_id} → {record.kept_id} 已合并 / merged")


@app.command()
def apart(one: One, other: Other, reason: Why, data: Data = None) -> None:
    """登记为两个人，不再询问 / they are two people; never ask again."""
    with _whole(data, one, other) as (session, people):
        say_two_people(session, people[0], people[1], reason)
        say("✓ 已登记为两人 / recorded as two people")


@app.command()
def merges(data: Data = None) -> None:
    """列出合并记录 / merges on record."""
    with _seen(data) as (session, _):
        for one in session.scalars(select(PersonMerge).order_by(PersonMerge.id)):
            undone = f"，{one.undone_at:%Y-%m-%d} 撤销 undone" if one.undone_at else ""
            by = f"（{one.merged_by}，{one.reason}）"
            say(f"{one.id}：{one.merged_id} → {one.kept_id}{by}{undone}")


@app.command()
def undo(
    record: Annotated[int, typer.Argument(metavar="ID", help="合并记录编号 / id of the merge")],
    reason: Why,
    data: Data = None,
) -> None:
    """撤销合并，移动的原样归还 / take two files apart again."""
    with _seen(data) as (session, _):
        kept = find(session, PersonMerge, record, "合并记录", "merge").kept_id
    with _whole(data, str(kept)) as (session, _):
        unmerge(session, session.get_one(PersonMerge, record), reason)
        say("✓ 合并已撤销 / undone")
