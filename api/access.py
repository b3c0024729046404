"""Permissions as types: an endpoint names what it needs and gets a session narrowed to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from anyio import from_thread
from anyio.lowlevel import current_token
from fastapi import Depends, Request
from sqlalchemy.orm import Session

from api.auth import CurrentAccount, OwnAccount, PerhapsAccount, SignedIn
from rukang.base.access import PUBLIC, Caller, Database, Permission
from rukang.base.errors import NotAllowedError


@dataclass(frozen=True)
class Visit:
    """One request of somebody signed in."""

    database: Database
    caller: Caller
    account_id: int
    name: str

    @contextmanager
    def session(self, permission: Permission) -> Iterator[Session]:
        """Yield a session that sees the places where the caller holds the permission.

        Raises
        ------
        NotAllowedError
            If the caller holds it nowhere.
        """
        if not self.caller.may(permission):
            raise NotAllowedError(
                f"您的账号不能{permission.words.zh}；工作需要时请联系管理员。",
                f"Your account may not {permission.words.en}; ask the administrator if you need"
                " to.",
            )
        with self.database.session(self.caller, permission) as session:
            yield session


def _visit(request: Request, who: CurrentAccount) -> Visit:
    return _visit_of(request, who)


def _perhaps(request: Request, who: PerhapsAccount) -> Visit | None:
    return None if who is None else _visit_of(request, who)


def _visit_of(request: Request, who: SignedIn) -> Visit:
    return Visit(request.app.state.database, who.caller, who.account.id, who.account.name)


def _own_visit(request: Request, who: OwnAccount) -> Visit:
    return _visit_of(request, who)


Visitor = Annotated[Visit, Depends(_visit)]
OwnVisitor = Annotated[Visit, Depends(_own_visit)]
"""Somebody signed in, on the pages of their own account only."""

PerhapsVisitor = Annotated[Visit | None, Depends(_perhaps)]
"""Whoever is signed in, or nobody: what a page open to everybody has in its head."""


def _own(request: Request, who: OwnAccount) -> Iterator[Session]:
    with request.app.state.database.session(who.caller, Permission.REGISTER_READ) as session:
        yield session


OwnSession = Annotated[Session, Depends(_own, scope="function")]
"""For one's own account, under one's own name in the audit trail."""


def needs(permission: Permission) -> Any:
    """Return the dependency on a session of a caller who holds a permission."""

    def open_session(visit: Visitor) -> Iterator[Session]:
        with visit.session(permission) as session:
            yield session

    # Ends before the answer goes out: what was answered is what was committed.
    return Depends(open_session, scope="function")


def _administering(visit: Visitor) -> Iterator[Session]:
    if not visit.caller.scope(Permission.EVERYTHING).everything:
        raise NotAllowedError(
            "账号由管理整个系统的管理员办理。",
            "Accounts are the business of whoever administers the whole installation.",
        )
    with visit.session(Permission.EVERYTHING) as session:
        yield session


Administering = Annotated[Session, Depends(_administering, scope="function")]
"""For whoever administers the whole installation, not only a place of it."""


def _public(request: Request) -> Iterator[Session]:
    with request.app.state.database.session(PUBLIC, Permission.REGISTER_READ) as session:
        yield session


RegisterRead = Annotated[Session, Depends(_public, scope="function")]
"""Open to everybody: sees the register, and asks for no sign-in."""

HomesRead = Annotated[Session, needs(Permission.HOMES_READ)]
BodiesWrite = Annotated[Session, needs(Permission.BODIES_WRITE)]
PeopleRead = Annotated[Session, needs(Permission.PEOPLE_READ)]
PeopleWrite = Annotated[Session, needs(Permission.PEOPLE_WRITE)]
NumbersRead = Annotated[Session, needs(Permission.NUMBERS_READ)]
PersonAnswer = Annotated[Session, needs(Permission.PERSON_ANSWER)]
DeathWrite = Annotated[Session, needs(Permission.DEATH_WRITE)]
RosterRead = Annotated[Session, needs(Permission.ROSTER_READ)]
RosterWrite = Annotated[Session, needs(Permission.ROSTER_WRITE)]
PayRead = Annotated[Session, needs(Permission.PAY_READ)]
PayWrite = Annotated[Session, needs(Permission.PAY_WRITE)]
PayApprove = Annotated[Session, needs(Permission.PAY_APPROVE)]
RatingRead = Annotated[Session, needs(Permission.RATING_READ)]
RatingWrite = Annotated[Session, needs(Permission.RATING_WRITE)]
RatingAnswer = Annotated[Session, needs(Permission.RATING_ANSWER)]
RatingDecide = Annotated[Session, needs(Permission.RATING_DECIDE)]
CaseRead = Annotated[Session, needs(Permission.CASE_READ)]
CaseHandle = Annotated[Session, needs(Permission.CASE_HANDLE)]
OwnPay = Annotated[Session, needs(Permission.OWN_PAY)]
OwnDays = Annotated[Session, needs(Permission.OWN_DAYS)]
SheetFill = Annotated[Session, needs(Permission.SHEET_FILL)]


async def _client_gone(request: Request) -> Callable[[], bool]:
    loop = current_token()
    return lambda: from_thread.run(request.is_disconnected, token=loop)


ClientGone = Annotated[Callable[[], bool], Depends(_client_gone)]
"""Says, asked from any thread but the loop's, whether whoever sent the request is gone."""
