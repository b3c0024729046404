"""Whose code and whose citizen ID it is: neither may pass from one person to another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from rostering.sheets import Located
from rukang.base.database.sealing.keys import SessionVault
from rukang.base.database.upsert import sealed, upsert
from rukang.doors.intake.numbers import CITIZEN_ID
from rukang.doors.intake.serials import check_serials
from rukang.forms import FromWorkbook
from rukang.numbers import citizen_id
from rukang.people import IdentifierKind, Person, Resident, Sex, Staff, holder_of


def upsert_person(
    session: Session, number: str, name: str, sex: Sex, known: Person | None = None
) -> Person:
    """Return the person of a citizen ID, changed or new.

    Parameters
    ----------
    known
        Whose number is corrected, if nobody has the new one.
    """
    number = citizen_id.compact(number)
    person = holder_of(session, IdentifierKind.CITIZEN_ID, number) or known
    before = person.citizen_id if person else None
    values = {
        "name": name,
        "sex": sex,
        "born_on": citizen_id.birth_date(number),
        "citizen_id": sealed(session, before, number, citizen_id.mask(number)),
    }
    return upsert(session, Person, person, values)


def check_identities(
    taking: FromWorkbook, rows: Sequence[Located[Any]], role: type[Staff] | type[Resident]
) -> None:
    """Note numbers of lines for codes, somebody twice, and a code or an ID of somebody else."""
    known = taking.stored(role)
    check_serials(taking.book, rows, known)
    each_once(taking, rows)
    for row in rows:
        kept = known.get(row.value.code)
        person = kept.person if kept else None
        check_identity(taking, row, person, row.value.name, row.value.citizen_id)


def lookups(taking: FromWorkbook, number: str) -> list[str]:
    """Return the keyed digests under which a citizen ID is found."""
    found: list[str] = SessionVault.of(taking.session).lookups(citizen_id.compact(number))
    return found


def check_identity(
    taking: FromWorkbook, row: Located[Any], kept: Person | None, name: str, number: str
) -> None:
    """Note a code that belongs to somebody else, or a citizen ID known under another name.

    A wrong name or a wrong number may be corrected; both at once is another person.

    Parameters
    ----------
    kept
        The person whom the home has under the row's code, if any.
    """
    digests = lookups(taking, number)
    known = holder_of(taking.session, IdentifierKind.CITIZEN_ID, number)
    own = None if kept is None else kept.citizen_id
    # Who had no number yet and is given one under another name is another person, too.
    if kept is not None and kept.name != name and (own is None or own.lookup not in digests):
        taking.report(
            row,
            "编号",
            zh="此编号在本机构已属于另一人；请给新登记的人用新编号",
            en="this code belongs to somebody else in the home; give a newcomer a new code",
        )
    elif known is not None and known is not kept and known.name != name:
        taking.report(
            row,
            "姓名",
            zh="此身份证号已以另一姓名登记；请核对姓名和号码",
            en="this citizen ID is registered under another name; check name and number",
        )


def each_once(taking: FromWorkbook, rows: Sequence[Located[Any]]) -> None:
    """Note somebody who stands in an earlier row already."""
    first: dict[str, int] = {}
    for row in rows:
        number = citizen_id.compact(row.value.citizen_id)
        if number in first:
            taking.report(
                row,
                CITIZEN_ID,
                zh=f"与第 {first[number]} 行是同一人；每人只登记一行，请删除一行或改正号码",
                en=f"the same person as row {first[number]}: one row each, delete or correct one",
            )
        first.setdefault(number, row.row)
