"""A death: recorded once, corrected, taken back, and who is paid what is owed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Request, status
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from api.access import DeathWrite
from api.fields import HomeCode, PersonCode, View
from api.routers.people.persons import PERSON, Reason
from rukang.base.access import Permission
from rukang.bodies.homes import find_home
from rukang.doors import privacy
from rukang.forms.kinds import Day, Words
from rukang.people import Death, Person
from rukang.rosters import shifts_after
from rukang.work.employment import Payee, death_of, record_death, withdraw_death

router = APIRouter(tags=["people"])


class PayeeGiven(BaseModel):
    """Who is paid for the heirs; the account is sealed."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Words, Field(min_length=1, max_length=60)]
    bank: Annotated[Words, Field(min_length=1, max_length=60)]
    account: Annotated[Words, Field(max_length=40, examples=["6200000000000000018"])]


class Died(BaseModel):
    """The day of a death; a payee on record stays if none is given."""

    model_config = ConfigDict(extra="forbid")

    died_on: Day
    payee: PayeeGiven | None = None


class DeathView(View):
    """A death on record; payee, bank and masked account are empty while nobody is named.

    ``shifts_after`` counts published shifts of days after it, for which somebody else is needed.
    """

    died_on: date
    payee: str
    bank: str
    account: str
    recorded_by: str
    recorded_at: datetime
    shifts_after: int

    @classmethod
    def of(cls, session: Session, death: Death) -> DeathView:
        """Return what is shown of it."""
        own = {name: getattr(death, name, None) for name in cls.model_fields}
        shown = {"account": death.account.masked, "shifts_after": len(shifts_after(session, death))}
        return cls(**own | shown)


@contextmanager
def dead_or_alive(
    request: Request, session: Session, code: str, person_code: str
) -> Iterator[tuple[Session, Person]]:
    """Yield a person whose death the caller may record, in a session that sees all their homes.

    Raises
    ------
    NotFoundError
        If the caller sees no such home, or nobody of that code in it.
    NotAllowedError
        If other homes know the person too, and not all of them are the caller's.
    """
    database, person_id = privacy.whole_person(
        session,
        request.app.state.database,
        find_home(session, code),
        person_code,
        Permission.DEATH_WRITE,
    )
    with database.session() as whole:
        yield whole, whole.get_one(Person, person_id)


@router.get(f"{PERSON}/death", summary="去世登记 A death on record")
def show_death(
    request: Request, code: HomeCode, person_code: PersonCode, session: DeathWrite
) -> DeathView | None:
    """Return the day of death and who is paid what is owed, nothing if no death is on record."""
    with dead_or_alive(request, session, code, person_code) as (whole, person):
        death = death_of(whole, person)
        return None if death is None else DeathView.of(whole, death)


@router.put(f"{PERSON}/death", summary="登记或更正去世 Record or correct a death")
def put_death(
    request: Request, code: HomeCode, person_code: PersonCode, wanted: Died, session: DeathWrite
) -> DeathView:
    """Record the day and who is paid; work, insurance and shifts end on it in every home."""
    given = wanted.payee
    payee = Payee(given.name, given.bank, given.account) if given else None
    with dead_or_alive(request, session, code, person_code) as (whole, person):
        return DeathView.of(whole, record_death(whole, person, wanted.died_on, payee))


@router.post(
    f"{PERSON}/death/withdraw",
    summary="撤销去世登记 Take back a death",
    status_code=status.HTTP_204_NO_CONTENT,
)
def take_death_back(
    request: Request, code: HomeCode, person_code: PersonCode, wanted: Reason, session: DeathWrite
) -> None:
    """Take back a death entered by mistake; what ended with it ends as it did before."""
    with dead_or_alive(request, session, code, person_code) as (whole, person):
        withdraw_death(whole, person, wanted.reason)
