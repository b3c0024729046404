"""Whose code and whose citizen ID it is: neither may pass from one person to another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rostering.sheets import Located
from rukang.doors.intake.numbers import CITIZEN_ID
from rukang.forms import FromWorkbook
from rukang.numbers import citizen_id
from rukang.people import IdentifierKind, Person, holder_of


def lookups(intake: FromWorkbook, number: str) -> list[str]:
    """Return the keyed digests under which a citizen ID is found."""
    found: list[str] = intake.session.info["vault"].lookups(citizen_id.compact(number))
    return found


def check_identity(
    intake: FromWorkbook, row: Located[Any], kept: Person | None, name: str, number: str
) -> None:
    """Note a code that belongs to somebody else, or a citizen ID known under another name.

    A wrong name or a wrong number may be corrected; both at once is another person.

    Parameters
    ----------
    kept
        The person whom the home has under the row's code, if any.
    """
    digests = lookups(intake, number)
    known = holder_of(intake.session, IdentifierKind.CITIZEN_ID, number)
    own = None if kept is None else kept.citizen_id
    # Who had no number yet and is given one under another name is another person, too.
    if kept is not None and kept.name != name and (own is None or own.lookup not in digests):
        intake.book.report(
            row,
            "编号",
            zh="此编号在本机构已属于另一人；请给新登记的人用新编号",
            en="this code belongs to somebody else in the home; give a newcomer a new code",
        )
    elif known is not None and known is not kept and known.name != name:
        intake.book.report(
            row,
            "姓名",
            zh="此身份证号已以另一姓名登记；请核对姓名和号码",
            en="this citizen ID is registered under another name; check name and number",
        )


def each_once(intake: FromWorkbook, rows: Sequence[Located[Any]]) -> None:
    """Note somebody who stands in an earlier row already."""
    first: dict[str, int] = {}
    for row in rows:
        number = citizen_id.compact(row.value.citizen_id)
        if number in first:
            intake.book.report(
                row,
                CITIZEN_ID,
                zh=f"与第 {first[number]} 行是同一人；每人只登记一行，请删除一行或改正号码",
                en=f"the same person as row {first[number]}: one row each, delete or correct one",
            )
        first.setdefault(number, row.row)
