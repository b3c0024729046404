"""A person's file: what is on record, with a form for each entry and for its end."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access import PeopleWrite, Visitor
from api.fields import HomeCode, PersonCode, RecordId
from api.pages.templates import render
from api.pages.words import BASES, IDENTIFIERS, PURPOSES
from api.paging import PageNumber, leaf_of
from api.routers.person_files import (
    FILE,
    AssessmentGiven,
    CertificateGiven,
    ConsentGiven,
    Entry,
    Given,
    GuardianGiven,
    NumberGiven,
    Until,
    end,
    enter,
    file_of,
)
from rukang.base.clock import EARLIEST, LATEST
from rukang.base.database import context
from rukang.bodies.homes import find_home
from rukang.people import (
    Basis,
    IdentifierKind,
    Purpose,
    consents_of,
    guardians_of,
    residents_query,
)

router = APIRouter()


@router.get("/homes/{code}/files")
def all_files(
    request: Request, code: HomeCode, session: PeopleWrite, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show the residents of a home, also those who left, each leading to the file."""
    home = find_home(session, code)
    people = leaf_of(session, residents_query(home, EARLIEST, LATEST), page)
    return render(request, "person_files.html", visit=visit, home=home, people=people)


@router.get(FILE)
def one_file(
    request: Request, code: HomeCode, person_code: PersonCode, session: PeopleWrite, visit: Visitor
) -> Response:
    """Show the file of a person."""
    person = file_of(session, code, person_code)
    return render(
        request,
        "person_file.html",
        visit=visit,
        home=find_home(session, code),
        code=person_code,
        person=person,
        guardians=guardians_of(session, person),
        consents=consents_of(session, person),
        kinds=[kind for kind in IdentifierKind if kind is not IdentifierKind.CERTIFICATE],
        bases=list(Basis),
        purposes=list(Purpose),
        identifiers=IDENTIFIERS,
        basis_words=BASES,
        purpose_words=PURPOSES,
        today=context.today(session),
    )


@router.post(f"{FILE}/identifiers")
def number_here(
    code: HomeCode,
    person_code: PersonCode,
    given: Annotated[NumberGiven, Form()],
    session: PeopleWrite,
) -> Response:
    """Give the person a number and show the file."""
    return _entered(session, code, person_code, given)


@router.post(f"{FILE}/certificates")
def certificate_here(
    code: HomeCode,
    person_code: PersonCode,
    given: Annotated[CertificateGiven, Form()],
    session: PeopleWrite,
) -> Response:
    """Let a certificate stand from a day on and show the file."""
    return _entered(session, code, person_code, given)


@router.post(f"{FILE}/assessments")
def assessment_here(
    code: HomeCode,
    person_code: PersonCode,
    given: Annotated[AssessmentGiven, Form()],
    session: PeopleWrite,
) -> Response:
    """Record an assessment and show the file."""
    return _entered(session, code, person_code, given)


@router.post(f"{FILE}/guardians")
def guardian_here(
    code: HomeCode,
    person_code: PersonCode,
    given: Annotated[GuardianGiven, Form()],
    session: PeopleWrite,
) -> Response:
    """Record a guardian and show the file."""
    return _entered(session, code, person_code, given)


@router.post(f"{FILE}/consents")
def consent_here(
    code: HomeCode,
    person_code: PersonCode,
    given: Annotated[ConsentGiven, Form()],
    session: PeopleWrite,
) -> Response:
    """Record a consent and show the file."""
    return _entered(session, code, person_code, given)


@router.post(f"{FILE}/{{entry}}/{{filed_id}}/end")
def end_here(
    code: HomeCode,
    person_code: PersonCode,
    entry: Entry,
    filed_id: RecordId,
    until: Annotated[Until, Form()],
    session: PeopleWrite,
) -> Response:
    """End or withdraw an entry and show the file."""
    end(session, code, person_code, entry, filed_id, until.on)
    return RedirectResponse(f"/homes/{code}/people/{person_code}/file", 303)


def _entered(session: PeopleWrite, code: str, person_code: str, given: Given) -> Response:
    enter(session, code, person_code, given)
    return RedirectResponse(f"/homes/{code}/people/{person_code}/file", 303)
