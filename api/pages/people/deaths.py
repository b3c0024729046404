"""Deaths of a home: listed, recorded with the day and the heirs' payee, taken back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel
from sqlalchemy import select

from api.access import DeathWrite, Visitor
from api.fields import HomeCode, PersonCode
from api.pages.templates import render
from api.paging import PageNumber, leaf_of
from api.routers.people.deaths import dead_or_alive
from api.routers.people.persons import PERSON
from rukang.base.clock import EARLIEST, LATEST
from rukang.base.database import context
from rukang.bodies.homes import find_home
from rukang.forms.kinds import Day, Words
from rukang.people import Death, Resident, deaths, residents_query
from rukang.rosters import shifts_after
from rukang.work.employment import Payee, death_of, record_death, withdraw_death

router = APIRouter()

Perhaps = Annotated[Words, Form(max_length=60)]


class DeathForm(BaseModel):
    """The day of a death, and the heirs' payee if somebody is named: all three fields or none."""

    died_on: Annotated[Day, Form()]
    payee: Perhaps = ""
    bank: Perhaps = ""
    account: Perhaps = ""

    @property
    def to(self) -> Payee | None:
        """Return who is paid; None, so that a payee on record stays, if nothing is filled in."""
        given = (self.payee, self.bank, self.account)
        return Payee(*given) if any(given) else None


@router.get("/homes/{code}/deaths")
def all_deaths(
    request: Request,
    code: HomeCode,
    session: DeathWrite,
    visit: Visitor,
    page: PageNumber = 1,
    person: Annotated[Words | None, Query(max_length=20, pattern=r"^[\w-]*$")] = None,
) -> Response:
    """Show the deaths on record of a home, and a form that asks for a code and opens its page."""
    home = find_home(session, code)
    if person:
        with dead_or_alive(request, session, code, person):
            return RedirectResponse(f"/homes/{home.code}/people/{person}/death", 303)
    query = residents_query(home, EARLIEST, LATEST)
    dead = query.where(Resident.person_id.in_(select(Death.person_id)))
    return render(
        request,
        "deaths.html",
        visit=visit,
        home=home,
        residents=leaf_of(session, dead, page),
        deaths=deaths(session),
    )


@router.get(f"{PERSON}/death")
def one_death(
    request: Request, code: HomeCode, person_code: PersonCode, session: DeathWrite, visit: Visitor
) -> Response:
    """Show what is on record of a death, with the forms to record, correct and take it back."""
    home = find_home(session, code)
    with dead_or_alive(request, session, code, person_code) as (whole, person):
        death = death_of(whole, person)
        return render(
            request,
            "death.html",
            visit=visit,
            home=home,
            code=person_code,
            person=person,
            death=death,
            shifts=len(shifts_after(whole, death)) if death else 0,
            today=context.today(session),
        )


@router.post(f"{PERSON}/death")
def record_here(
    request: Request,
    code: HomeCode,
    person_code: PersonCode,
    said: Annotated[DeathForm, Form()],
    session: DeathWrite,
) -> Response:
    """Record or correct a death, or name the payee, and show it."""
    with dead_or_alive(request, session, code, person_code) as (whole, person):
        record_death(whole, person, said.died_on, said.to)
    return RedirectResponse(f"/homes/{code}/people/{person_code}/death", 303)


@router.post(f"{PERSON}/death/withdraw")
def take_back_here(
    request: Request,
    code: HomeCode,
    person_code: PersonCode,
    session: DeathWrite,
    reason: Annotated[Words, Form(min_length=1, max_length=500)],
) -> Response:
    """Take back a death entered by mistake and show that none is on record."""
    with dead_or_alive(request, session, code, person_code) as (whole, person):
        withdraw_death(whole, person, reason)
    return RedirectResponse(f"/homes/{code}/people/{person_code}/death", 303)
