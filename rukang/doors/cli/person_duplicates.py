"""``rukang person duplicates``: files that may be one person, merged and taken apart again."""

from __future__ import annotations

import typer
from sqlalchemy import select

from rukang.base.access import Permission
from rukang.base.words import both
from rukang.doors.cli.acts import add_acts
from rukang.doors.cli.common import Data, say, working
from rukang.people import PersonMerge, duplicates_query, pairs
from rukang.people.acts import MERGED, OF_DUPLICATES

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command("list")
def list_them(data: Data = None) -> None:
    """列出姓名和出生日期相同的档案 / files of one name and birth."""
    with working(data, Permission.PERSON_ANSWER) as session:
        for pair in pairs(session, session.execute(duplicates_query())):
            say(f"{pair.one.name} {pair.one.born_on}：{pair.one.id}，{pair.other.id}")


@app.command()
def merges(data: Data = None) -> None:
    """列出合并记录 / merges on record."""
    with working(data, Permission.PERSON_ANSWER) as session:
        for one in session.scalars(select(PersonMerge).order_by(PersonMerge.id)):
            say(f"{both(MERGED.told(one))}（{one.merged_by}，{one.reason}）")


add_acts(app, OF_DUPLICATES, by_roles=True)
