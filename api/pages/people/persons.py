"""What is held on a person: shown, handed out, erased; and the erasures that were asked for."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.access import PersonAnswer, Visit, Visitor
from api.downloads import attached
from api.fields import HomeCode, PersonCode
from api.pages.templates import render
from api.pages.words import HELD
from api.paging import Leaf, PageNumber, leaf_in, leaf_of
from rukang.base.access import Database, Permission
from rukang.base.clock import EARLIEST, LATEST
from rukang.base.database import context
from rukang.bodies.homes import Home, find_home
from rukang.doors import privacy
from rukang.doors.privacy import load_periods
from rukang.forms.kinds import Words
from rukang.people import (
    Resident,
    Staff,
    find_person,
    names_of,
    residents_query,
    staff_query,
)

router = APIRouter()

PERSON = "/homes/{code}/people/{person_code}"

Reason = Annotated[Words, Form(min_length=1, max_length=500)]


@router.get("/erasures")
def all_erasures(
    request: Request, session: PersonAnswer, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show the erasures asked for, those whose day has come first of all."""
    database: Database = request.app.state.database
    today = context.today(session)
    found = privacy.erasures(session, database.person_keys)
    found.sort(key=lambda one: (not one.is_due(today), one.done_at is not None, one.due_on))
    due = sum(one.is_due(today) for one in found)
    return render(
        request, "erasures.html", visit=visit, erasures=leaf_in(found, page), today=today, due=due
    )


@router.get("/homes/{code}/people")
def people_of(
    request: Request,
    code: HomeCode,
    session: PersonAnswer,
    visit: Visitor,
    page: PageNumber = 1,
    person: Annotated[Words | None, Query(max_length=20)] = None,
) -> Response:
    """Show a form that asks for a code, and the people of the home to whoever may see them."""
    home = find_home(session, code)
    if person:
        found = find_person(session, f"{home.code}/{person}")
        ((_, named),) = names_of(session, [found.id]).items()
        home_code, _, own = named.partition("/")
        return RedirectResponse(f"/homes/{home_code}/people/{own}", 303)
    return render(
        request,
        "people.html",
        visit=visit,
        home=home,
        residents=_listed(visit, home, Resident, page),
        staff=_listed(visit, home, Staff, page),
    )


def _listed(
    visit: Visit, home: Home, kind: type[Resident] | type[Staff], page: int
) -> Leaf[Resident] | Leaf[Staff] | None:
    """Return the people of a home, also those who left; none if the visitor may not see them."""
    if not visit.caller.scope(Permission.PEOPLE_READ).covers(home.id, home.county):
        return None
    with visit.session(Permission.PEOPLE_READ) as session:
        if kind is Resident:
            return leaf_of(session, residents_query(home, EARLIEST, LATEST), page)
        return leaf_of(session, staff_query(home, EARLIEST, LATEST), page)


@router.get(PERSON)
def one_person(
    request: Request, code: HomeCode, person_code: PersonCode, session: PersonAnswer, visit: Visitor
) -> Response:
    """Show how much is held on a person and what is kept, with the forms to export and erase."""
    home, database, person_id = _whole(request, session, code, person_code)
    periods = load_periods(request.app.state.settings.retention)
    with database.session() as whole:
        found = privacy.standing_of(whole, database.person_keys, person_id, periods)
    return render(
        request,
        "person.html",
        visit=visit,
        home=home,
        code=person_code,
        found=found,
        held=HELD,
        today=context.today(session),
    )


@router.post(f"{PERSON}/export")
def export_here(
    request: Request,
    code: HomeCode,
    person_code: PersonCode,
    session: PersonAnswer,
    reason: Reason,
    kind: Annotated[Literal["xlsx", "json"], Form()] = "xlsx",
) -> Response:
    """Hand everything out, as a workbook to read or as data."""
    _, database, person_id = _whole(request, session, code, person_code)
    with TemporaryDirectory() as folder, database.session() as whole:
        person = find_person(whole, str(person_id))
        files = privacy.export_person(whole, person, Path(folder) / "person", reason)
        (file,) = (file for file in files if file.suffix == f".{kind}")
        content = file.read_bytes()
    return attached(content, file.name)


@router.post(f"{PERSON}/erasure")
def erase_here(
    request: Request, code: HomeCode, person_code: PersonCode, session: PersonAnswer, reason: Reason
) -> Response:
    """Erase, or record that it is asked for; the person's page then says how it stands."""
    _, database, person_id = _whole(request, session, code, person_code)
    privacy.erase(database, person_id, reason, load_periods(request.app.state.settings.retention))
    return RedirectResponse(f"/homes/{code}/people/{person_code}", 303)


def _whole(
    request: Request, session: PersonAnswer, code: str, person_code: str
) -> tuple[Home, Database, int]:
    home = find_home(session, code)
    database, person_id = privacy.whole_person(
        session, request.app.state.database, home, person_code
    )
    return home, database, person_id
