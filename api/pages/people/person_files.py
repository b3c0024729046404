"""A person's file: what is on record, with what may be entered and ended there."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.access import PeopleWrite, Visitor
from api.fields import HomeCode, PersonCode
from api.pages.acts import offers
from api.pages.templates import render
from api.paging import PageNumber, leaf_of
from rukang.base.clock import EARLIEST, LATEST
from rukang.bodies.homes import find_home
from rukang.people import residents_query
from rukang.people.acts import CONSENT, FILE, GUARDIAN, parts_of

router = APIRouter()


@router.get("/homes/{code}/files")
def all_files(
    request: Request, code: HomeCode, session: PeopleWrite, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show the residents of a home, also those who left, each leading to the file."""
    home = find_home(session, code)
    people = leaf_of(session, residents_query(home, EARLIEST, LATEST), page)
    return render(request, "person_files.html", visit=visit, home=home, people=people)


@router.get(FILE.path)
def one_file(
    request: Request, code: HomeCode, person_code: PersonCode, session: PeopleWrite, visit: Visitor
) -> Response:
    """Show the file of a person."""
    home, keys = find_home(session, code), {"code": code, "person_code": person_code}
    person = FILE.found(session, keys)
    parts = parts_of(session, person)
    return render(
        request,
        "person_file.html",
        visit=visit,
        home=home,
        code=person_code,
        person=person,
        guardians=parts[GUARDIAN],
        consents=parts[CONSENT],
        offers=offers(session, visit, home, FILE, person, keys),
        ends={
            (of.name, one.id): offers(session, visit, home, of, one, keys | {of.own_key: one.id})
            for of, entries in parts.items()
            for one in entries
        },
    )
