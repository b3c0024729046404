"""Permissions as types: an endpoint names what it needs and gets a session narrowed to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from api.auth import CurrentAccount, PerhapsAccount, SignedIn
from rukang.access import PUBLIC, Caller, Database, Permission
from rukang.errors import NotAllowedError


@dataclass(frozen=True)
class Visit:
    """One request of somebody signed in."""

    database: Database
    caller: Caller
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
                f"您的角色没有“{permission}”权限，如有需要请联系管理员。",
                f"Your roles do not carry {permission}; ask the administrator if you need it.",
            )
        with self.database.session(self.caller, permission) as session:
            yield session


def _visit(request: Request, who: CurrentAccount) -> Visit:
    return _visit_of(request, who)


def _perhaps(request: Request, who: PerhapsAccount) -> Visit | None:
    return None if who is None else _visit_of(request, who)


def _visit_of(request: Request, who: SignedIn) -> Visit:
    return Visit(request.app.state.database, who.caller, who.account.name)


Visitor = Annotated[Visit, Depends(_visit)]
PerhapsVisitor = Annotated[Visit | None, Depends(_perhaps)]
"""Whoever is signed in, or nobody: what a page open to everybody has in its head."""


def _needs(permission: Permission) -> Any:
    def open_session(visit: Visitor) -> Iterator[Session]:
        with visit.session(permission) as session:
            yield session

    # Ends before the answer goes out: what was answered is what was committed.
    return Depends(open_session, scope="function")


def _public(request: Request) -> Iterator[Session]:
    with request.app.state.database.session(PUBLIC, Permission.REGISTER_READ) as session:
        yield session


RegisterRead = Annotated[Session, Depends(_public, scope="function")]
"""Open to everybody: sees the register, and asks for no sign-in."""

HomesRead = Annotated[Session, _needs(Permission.HOMES_READ)]
PeopleRead = Annotated[Session, _needs(Permission.PEOPLE_READ)]
NumbersRead = Annotated[Session, _needs(Permission.NUMBERS_READ)]
RosterRead = Annotated[Session, _needs(Permission.ROSTER_READ)]
RosterWrite = Annotated[Session, _needs(Permission.ROSTER_WRITE)]
PayRead = Annotated[Session, _needs(Permission.PAY_READ)]
PayWrite = Annotated[Session, _needs(Permission.PAY_WRITE)]
PayApprove = Annotated[Session, _needs(Permission.PAY_APPROVE)]
RatingRead = Annotated[Session, _needs(Permission.RATING_READ)]
RatingWrite = Annotated[Session, _needs(Permission.RATING_WRITE)]
RatingAnswer = Annotated[Session, _needs(Permission.RATING_ANSWER)]
RatingDecide = Annotated[Session, _needs(Permission.RATING_DECIDE)]
SheetFill = Annotated[Session, _needs(Permission.SHEET_FILL)]
