"""Signing in and out: the only module that knows fastapi-users and its asynchronous session.

A browser carries its token in a cookie, a program in the ``Authorization`` header. Both are the
same kind of token: random, kept only as SHA-256, gone when signed out, void after a while.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeAlias

import structlog
from fastapi import Depends, Request, Response
from fastapi.security import OAuth2PasswordRequestForm
from fastapi_users import BaseUserManager, FastAPIUsers, IntegerIDMixin
from fastapi_users.authentication import (
    AuthenticationBackend,
    BearerTransport,
    CookieTransport,
    Strategy,
)
from fastapi_users.db import SQLAlchemyUserDatabase
from sqlalchemy import delete, make_url, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from api.lockout import Attempts
from api.problems import SignInNeededError
from rukang.access import Caller
from rukang.access.accounts import caller_of
from rukang.access.records import AccessToken, Account
from rukang.clock import Clock
from rukang.database.engine import BUSY_SECONDS

log = structlog.get_logger()

COOKIE = "rukang_session"
LIFETIME = timedelta(hours=12)
"""A working day: who signs in in the morning stays in until evening, and not over night."""

AnyAccount: TypeAlias = Any
"""An :class:`Account`: fastapi-users' protocol of a user has no room for mapped columns."""

TOKEN_URL = "api/v1/tokens"  # noqa: S105 - an address, not a token


def accounts_engine(url: str) -> AsyncEngine:
    """Return an engine for the accounts on the same database as the records."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        address = address.set(drivername="sqlite+aiosqlite")
        timeout = {"timeout": BUSY_SECONDS}
        return create_async_engine(address, connect_args=timeout, hide_parameters=True)
    return create_async_engine(address, hide_parameters=True)


async def _session(request: Request) -> AsyncIterator[AsyncSession]:
    async with AsyncSession(request.app.state.accounts, expire_on_commit=False) as session:
        yield session


AccountsSession = Annotated[AsyncSession, Depends(_session)]


class Tokens(Strategy[AnyAccount, int]):
    """Tokens in the database; only their digests are kept."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def read_token(
        self, token: str | None, user_manager: BaseUserManager[AnyAccount, int]
    ) -> Account | None:
        """Return whose token it is, if it is still good."""
        query = (
            select(Account)
            .join(AccessToken, AccessToken.account_id == Account.id)
            .where(AccessToken.digest == _digest(token or ""))
            .where(AccessToken.created_at > self._oldest())
        )
        found: Account | None = await self._session.scalar(query)
        return found

    async def write_token(self, user: Account) -> str:
        """Return a new token, and sweep out those that are void."""
        token = secrets.token_urlsafe(32)
        await self._session.execute(
            delete(AccessToken).where(AccessToken.created_at <= self._oldest())
        )
        self._session.add(
            AccessToken(account_id=user.id, digest=_digest(token), created_at=self._clock())
        )
        await self._session.commit()
        return token

    async def destroy_token(self, token: str, user: Account) -> None:
        """Revoke a token."""
        await self._session.execute(delete(AccessToken).where(AccessToken.digest == _digest(token)))
        await self._session.commit()

    def _oldest(self) -> datetime:
        return self._clock() - LIFETIME


def _digest(token: str) -> str:
    # No salt and no slow hash: the token is random, there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()


class Accounts(IntegerIDMixin, BaseUserManager[AnyAccount, int]):
    """Checks passwords; fastapi-users' registration, reset and verification stay unused."""


def _accounts(session: AccountsSession) -> Accounts:
    table: AnyAccount = Account
    return Accounts(SQLAlchemyUserDatabase(session, table))


def _tokens(request: Request, session: AccountsSession) -> Tokens:
    return Tokens(session, request.app.state.database.clock)


BEARER: AuthenticationBackend[AnyAccount, int] = AuthenticationBackend(
    "bearer", BearerTransport(TOKEN_URL), _tokens
)
BROWSER: AuthenticationBackend[AnyAccount, int] = AuthenticationBackend(
    "cookie", CookieTransport(COOKIE), _tokens
)

_authenticator = FastAPIUsers[AnyAccount, int](_accounts, [BEARER, BROWSER]).authenticator
_found = _authenticator.current_user_token(optional=True, active=True)


@dataclass(frozen=True)
class SignedIn:
    """Somebody who is signed in, with the token that says so."""

    account: Account
    token: str

    @property
    def caller(self) -> Caller:
        """Return who this is to the services."""
        return caller_of(self.account)


def _perhaps(
    found: Annotated[tuple[Account | None, str | None], Depends(_found)],
) -> SignedIn | None:
    account, token = found
    return None if account is None or token is None else SignedIn(account, token)


PerhapsAccount = Annotated[SignedIn | None, Depends(_perhaps)]
"""Who is signed in, if anybody: for pages that are open to everybody."""


def _signed_in(who: PerhapsAccount) -> SignedIn:
    if who is None:
        raise SignInNeededError(
            "请先登录；登录有效期为 12 小时。",
            f"Sign in first, or send a bearer token from POST /{TOKEN_URL}; both last 12 hours.",
        )
    return who


CurrentAccount = Annotated[SignedIn, Depends(_signed_in)]


class Door:
    """Lets people in with a password and out again."""

    def __init__(
        self,
        request: Request,
        accounts: Annotated[Accounts, Depends(_accounts)],
        tokens: Annotated[Tokens, Depends(_tokens)],
    ) -> None:
        self._accounts = accounts
        self._tokens = tokens
        self._attempts: Attempts = request.app.state.attempts
        self._address = request.client.host if request.client else ""

    async def enter(self, form: OAuth2PasswordRequestForm) -> str:
        """Return a new token.

        Raises
        ------
        SignInNeededError
            If address and password do not belong together, or the account is closed: which of
            them is not said.
        LockedOutError
            After too many attempts.
        """
        self._attempts.begin(form.username, self._address)
        # PostgreSQL cannot even ask for an address with a NUL in it.
        known = None if "\0" in form.username else await self._accounts.authenticate(form)
        if known is None or not known.is_active:
            # Not the address typed: people mistake the field and type the password there.
            log.warning("sign-in refused", address=self._address)
            raise SignInNeededError(
                "邮箱或密码不正确，请核对后重试。",
                "Address or password is wrong; check both and try again.",
            )
        self._attempts.succeeded(form.username, self._address)
        log.info("signed in", account=known.id, address=self._address)
        return await self._tokens.write_token(known)

    async def leave(self, who: SignedIn) -> None:
        """Revoke the token somebody is signed in with."""
        await self._tokens.destroy_token(who.token, who.account)


AtTheDoor = Annotated[Door, Depends()]
Credentials = Annotated[OAuth2PasswordRequestForm, Depends()]


def give_cookie(request: Request, response: Response, token: str) -> None:
    """Put a token into the browser: unreadable for scripts, kept from other sites."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LIFETIME.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def take_cookie(request: Request, response: Response) -> None:
    """Remove the token from the browser."""
    response.delete_cookie(
        COOKIE, httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )
