"""Finding a person by number, or by home and code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from rostering.sheets.masking import shown
from rukang.base.access import Permission
from rukang.base.access.caller import caller_in
from rukang.base.access.scope import seeing_all
from rukang.base.errors import NotAllowedError, NotFoundError
from rukang.bodies import Body
from rukang.bodies.homes import Home, find_home
from rukang.people.merging import leads_to
from rukang.people.records import Person, Resident, Staff


def find_person(session: Session, named: str) -> Person:
    """Return the person of a number (``12``) or of a home and a code in it (``ZP001/R01``).

    Raises
    ------
    NotFoundError
        If there is none that the session may see.
    """
    home, slash, code = named.partition("/")
    if slash:
        place = find_home(session, home)
        resident = select(Resident).where(Resident.home_id == place.id, Resident.code == code)
        staff = select(Staff).where(Staff.home_id == place.id, Staff.code == code)
        found = session.scalar(resident) or session.scalar(staff)
        if found is not None:
            return found.person
    elif named.isascii() and named.isdigit() and len(named) < LONGEST:
        number = leads_to(session, int(named))
        person = session.scalar(select(Person).where(Person.id == number))
        if person is not None:
            return person
    raise NotFoundError(
        f"没有 {shown(named)} 这个人；请写人员编号，或“机构/编号”，如 ZP001/R01。",
        f"There is no person {shown(named)}; write a number, or home and code like ZP001/R01.",
    )


LONGEST = 10
"""Digits of a number; longer ones are no number of ours."""


def require_whole(
    session: Session, person: Person, permission: Permission = Permission.PERSON_ANSWER
) -> None:
    """Raise if a person is also known in a home where the session's caller lacks a permission.

    What is held on somebody is handed out, kept and erased as a whole, and a death is a death in
    every home.

    Raises
    ------
    NotAllowedError
        If there is such a home; it is not named.
    """
    scope = caller_in(session).scope(permission)
    # Of the connection, which is not narrowed to the caller's homes.
    connection, home = session.connection(), Body.__table__.c
    for kind in (Resident, Staff):
        known = kind.__table__.c
        query = select(home.id, home.county).join_from(
            Body.__table__, kind.__table__, known.home_id == home.id
        )
        for home_id, county in connection.execute(query.where(known.person_id == person.id)):
            if not scope.covers(home_id, county):
                raise NotAllowedError(
                    "此人在您的范围以外的机构也有记录，请由管理员办理。",
                    "Homes that are not yours hold records on this person too; the administrator"
                    " has to answer.",
                )


@contextmanager
def whole(session: Session, *people: Person) -> Iterator[None]:
    """Let a session see every home, for a caller whose office these people are.

    Raises
    ------
    NotAllowedError
        If homes that are not the caller's hold records on one of them too.
    """
    for person in people:
        require_whole(session, person)
    with seeing_all(session):
        yield


def names_of(session: Session, people: Sequence[int]) -> dict[int, str]:
    """Return people as they are named (``ZP001/R01``), those alone that the session may see.

    Of whom no home knows any more the number stands.
    """
    found: dict[int, str] = {}
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        seen = session.scalars(select(Person.id).where(Person.id.in_(some)))
        found |= {number: str(number) for number in seen}
        for kind in (Staff, Resident):
            query = (
                select(kind.person_id, Home.code, kind.code)
                .join(Home, Home.id == kind.home_id)
                .where(kind.person_id.in_(some))
                .order_by(kind.id.desc())
            )
            found |= {row: f"{home}/{code}" for row, home, code in session.execute(query)}
    return found


AT_ONCE = 500
"""People of one statement."""
