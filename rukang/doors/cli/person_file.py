"""``rukang person file``: identifiers, disability, guardians and consents of a person."""

from __future__ import annotations

from typing import Annotated

import typer

from rukang.base.access import Permission
from rukang.base.words import both
from rukang.doors.cli.acts import add_acts
from rukang.doors.cli.common import Data, say, working
from rukang.people import find_person
from rukang.people.acts import FILE, OF_FILES, parts_of

app = typer.Typer(no_args_is_help=True, add_completion=False)

Who = Annotated[
    str, typer.Argument(metavar="PERSON", help="人员编号，或 机构/编号 / number, or ZP001/R01")
]


@app.command()
def show(who: Who, data: Data = None) -> None:
    """显示个人档案，号码不全显示 / show a file, numbers masked."""
    with working(data, Permission.PEOPLE_WRITE) as session:
        person = find_person(session, who)
        say(both(FILE.told(person)))
        for part, entries in parts_of(session, person).items():
            for one in entries:
                say(f"  {both(part.told(one))}")


add_acts(app, OF_FILES, by_roles=True)
