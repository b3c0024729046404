"""Staff and residents of a home. Lists show masked numbers; reading one in full is logged."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.access import NumbersRead, PeopleRead
from api.fields import HomeCode, PersonCode, View
from api.paging import Page, WantedPage, page_of
from rukang.base.database import context
from rukang.bodies.homes import find_home
from rukang.forms.kinds import Day, Words
from rukang.people import (
    HoursSystem,
    Resident,
    ServiceKind,
    Sex,
    Staff,
    certificate_of,
    find_resident,
    open_number,
    residents_query,
    staff_query,
)

router = APIRouter(prefix="/homes/{code}", tags=["people"])

OnDay = Annotated[Day | None, Query(alias="on", description="哪一天；不填为今天 Day, or today")]


class StaffView(View):
    """A member of staff; ``weekly_minutes`` by contract."""

    code: str
    name: str
    post: str
    skills: list[str]
    qualified: bool
    hours_system: HoursSystem
    weekly_minutes: int
    contract_from: date
    contract_to: date | None
    citizen_id: str

    @classmethod
    def of(cls, staff: Staff) -> StaffView:
        """Return what lists show of a member of staff."""
        own = {name: getattr(staff, name) for name in cls.model_fields if hasattr(staff, name)}
        person = staff.person
        return cls(**own | {"name": person.name, "citizen_id": str(person.citizen_id or "")})


class ResidentView(View):
    """A resident with the disability of a day; numbers are masked, and empty where none is."""

    code: str
    name: str
    sex: Sex
    service: ServiceKind
    category: int | None
    grade: int | None
    certificate_to: date | None
    joined_on: date
    left_on: date | None
    citizen_id: str
    certificate: str

    @classmethod
    def of(cls, resident: Resident, on: date) -> ResidentView:
        """Return what lists show of a resident as of a day."""
        person = resident.person
        stands = person.disability_on(on)
        certificate = stands.certificate if stands else None
        return cls(
            code=resident.code,
            name=person.name,
            sex=person.sex,
            service=resident.service,
            category=stands.category if stands else None,
            grade=stands.grade if stands else None,
            certificate_to=certificate.valid_to if certificate else None,
            joined_on=resident.joined_on,
            left_on=resident.left_on,
            citizen_id=str(person.citizen_id or ""),
            certificate=str(certificate.number) if certificate else "",
        )


class NumberWanted(BaseModel):
    """Which number is to be read in full, and why; the reason is kept."""

    number: Literal["citizen_id", "certificate"]
    reason: Words


class NumberShown(BaseModel):
    """A number in full."""

    number: str


@router.get("/staff", summary="员工名单 Staff of a home")
def list_home_staff(
    code: HomeCode, session: PeopleRead, wanted: WantedPage, day: OnDay = None
) -> Page[StaffView]:
    """Return the staff under contract on a day, by code."""
    home, on = find_home(session, code), day or _today(session)
    return page_of(session, staff_query(home, on, on), wanted, StaffView.of)


@router.get("/residents", summary="入园人员名单 Residents of a home")
def list_home_residents(
    code: HomeCode, session: PeopleRead, wanted: WantedPage, day: OnDay = None
) -> Page[ResidentView]:
    """Return the residents served on a day, by code."""
    home, on = find_home(session, code), day or _today(session)
    return page_of(
        session, residents_query(home, on, on), wanted, lambda one: ResidentView.of(one, on)
    )


@router.post("/residents/{resident_code}/number", summary="查看完整号码 Read a number in full")
def reveal_number(
    code: HomeCode, resident_code: PersonCode, wanted: NumberWanted, session: NumbersRead
) -> NumberShown:
    """Return a number in full; who read it, when and why goes into the audit trail."""
    resident = find_resident(session, find_home(session, code), resident_code)
    person = resident.person
    if wanted.number == "citizen_id":
        return NumberShown(number=open_number(session, person, "citizen_id", wanted.reason))
    certificate = certificate_of(person, _today(session))
    return NumberShown(number=open_number(session, certificate, "number", wanted.reason))


def _today(session: Session) -> date:
    return context.today(session)
