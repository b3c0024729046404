"""Signing in and out: the only module that knows fastapi-users and its asynchronous session.

A browser carries its token in a cookie, a program in the ``Authorization`` header. Both are the
same kind of token: random, kept only as SHA-256, gone when signed out, void after a while.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Annotated, Any, TypeAlias, TypeVar

import structlog
from fastapi import Depends, Form, Request, Response
from fastapi.requests import HTTPConnection
from fastapi.security import APIKeyCookie
from fastapi_users import BaseUserManager, FastAPIUsers, IntegerIDMixin
from fastapi_users.authentication import (
    AuthenticationBackend,
    BearerTransport,
    CookieTransport,
    Strategy,
)
from fastapi_users.db import SQLAlchemyUserDatabase
from sqlalchemy import make_url, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from api.gate.line import Line
from api.problems import SecondFactorNeededError, SignInNeededError
from rukang.base.access import Caller, Database, Permission, Role
from rukang.base.access.accounts import caller_of, set_password, set_password_by_link
from rukang.base.access.accounts.guessing import FAMILIAR_FOR, Place, network_of
from rukang.base.access.accounts.sessions import LIFETIME, digest_of, end_token
from rukang.base.access.accounts.sign_in import Credentials, Entered, prove, sign_in
from rukang.base.access.records import AccessToken, Account, SecondFactor, SessionKind
from rukang.base.errors import RukangError
from rukang.base.settings import Settings

log = structlog.get_logger()

Done = TypeVar("Done")

COOKIE = "rukang_session"
DEVICE_COOKIE = "rukang_device"

NOTED_EVERY = timedelta(minutes=1)
"""How exactly it is kept when a session was last used: not every request writes."""

WRITE_SECONDS = 1
"""How long noting that waits for another writer of a SQLite file before it is left out."""

AnyAccount: TypeAlias = Any
"""An :class:`Account`: fastapi-users' protocol of a user has no room for mapped columns."""

TOKEN_URL = "api/v1/tokens"  # noqa: S105 - an address, not a token


def accounts_engine(url: str) -> AsyncEngine:
    """Return an engine for reading sessions from the same database as the records."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        address = address.set(drivername="sqlite+aiosqlite")
        timeout = {"timeout": WRITE_SECONDS}
        return create_async_engine(address, connect_args=timeout, hide_parameters=True)
    # Asked before use whether they still stand: a restarted server costs no request.
    return create_async_engine(address, hide_parameters=True, pool_pre_ping=True)


async def _session(request: Request) -> AsyncIterator[AsyncSession]:
    async with AsyncSession(request.app.state.accounts, expire_on_commit=False) as session:
        yield session


AccountsSession = Annotated[AsyncSession, Depends(_session)]


class Tokens(Strategy[AnyAccount, int]):
    """Tokens in the database; only their digests are kept."""

    def __init__(self, request: Request, session: AsyncSession) -> None:
        self._session = session
        self._accounts: AsyncEngine = request.app.state.accounts
        self._clock = request.app.state.database.clock
        self._here: Settings = request.app.state.settings

    async def read_token(
        self, token: str | None, user_manager: BaseUserManager[AnyAccount, int]
    ) -> Account | None:
        """Return whose token it is, if it is still good, and note that it was used."""
        now = self._clock()
        not_idle = or_(
            AccessToken.kind == SessionKind.PROGRAM,
            AccessToken.last_used_at > now - self._here.idle,
        )
        query = (
            select(Account, AccessToken)
            .join(AccessToken, AccessToken.account_id == Account.id)
            .where(AccessToken.digest == digest_of(token or ""))
            .where(AccessToken.created_at > now - LIFETIME, not_idle)
        )
        found = (await self._session.execute(query)).one_or_none()
        if found is None:
            return None
        account, access = found
        if access.last_used_at <= now - NOTED_EVERY:
            await self._note_use(access.id)
        return account  # type: ignore[no-any-return]

    async def _note_use(self, token_id: int) -> None:
        noted = update(AccessToken).where(AccessToken.id == token_id)
        try:
            async with self._accounts.begin() as connection:
                await connection.execute(noted.values(last_used_at=self._clock()))
        except OperationalError:
            # Something long writes to the SQLite file; the next request notes it.
            log.info("use of a session not noted", token=token_id)

    async def write_token(self, user: Account) -> str:
        """Tokens are made by :func:`rukang.base.access.accounts.sign_in.sign_in`."""
        raise NotImplementedError

    async def destroy_token(self, token: str, user: Account) -> None:
        """Tokens are ended by :mod:`rukang.base.access.accounts.sessions`."""
        raise NotImplementedError


class Accounts(IntegerIDMixin, BaseUserManager[AnyAccount, int]):
    """Required by fastapi-users; passwords are looked at by `sign_in`."""


def _accounts(session: AccountsSession) -> Accounts:
    table: AnyAccount = Account
    return Accounts(SQLAlchemyUserDatabase(session, table))


def _tokens(request: Request, session: AccountsSession) -> Tokens:
    return Tokens(request, session)


def cookie_name(request: HTTPConnection, name: str = COOKIE) -> str:
    """Return a cookie's name: behind TLS one that other hosts and plain HTTP cannot set.

    References
    ----------
    RFC 6265bis, section 4.1.3.2: the ``__Host-`` prefix.
    """
    return f"__Host-{name}" if request.url.scheme == "https" else name


class _OurCookie(APIKeyCookie):
    """The session's cookie, under the name of the scheme the request came by."""

    async def __call__(self, request: HTTPConnection) -> str | None:
        return request.cookies.get(cookie_name(request))


class _CookieTransport(CookieTransport):
    def __init__(self) -> None:
        super().__init__(COOKIE)
        self.scheme = _OurCookie(name=COOKIE, auto_error=False)


BEARER: AuthenticationBackend[AnyAccount, int] = AuthenticationBackend(
    "bearer", BearerTransport(TOKEN_URL), _tokens
)
BROWSER: AuthenticationBackend[AnyAccount, int] = AuthenticationBackend(
    "cookie", _CookieTransport(), _tokens
)

_authenticator = FastAPIUsers[AnyAccount, int](_accounts, [BEARER, BROWSER]).authenticator
_found = _authenticator.current_user_token(optional=True, active=True)


@dataclass(frozen=True)
class SignedIn:
    """Somebody who is signed in, with the token that says so."""

    account: Account
    token: str
    must_enrol: bool = False

    @property
    def caller(self) -> Caller:
        """Return who this is to the services."""
        return caller_of(self.account)

    def own(self, session: Session) -> Account:
        """Return the account as a record of another session, to be changed there."""
        return session.get_one(Account, self.account.id)


async def _perhaps(
    request: Request,
    session: AccountsSession,
    found: Annotated[tuple[Account | None, str | None], Depends(_found)],
) -> SignedIn | None:
    account, token = found
    if account is None or token is None:
        return None
    request.state.account_id = account.id  # for the log of refusals
    required: frozenset[Role] = request.app.state.settings.second_factor_roles
    must_enrol = False
    if required & {role.role for role in account.roles}:
        factor = select(SecondFactor.id).where(SecondFactor.account_id == account.id)
        confirmed = factor.where(SecondFactor.confirmed_at.is_not(None))
        must_enrol = await session.scalar(confirmed) is None
    return SignedIn(account, token, must_enrol)


PerhapsAccount = Annotated[SignedIn | None, Depends(_perhaps)]
"""Who is signed in, if anybody: for pages that are open to everybody."""


def _own(who: PerhapsAccount) -> SignedIn:
    if who is None:
        raise SignInNeededError(
            "请先登录；登录有效期为 12 小时。",
            f"Sign in first, or send a bearer token from POST /{TOKEN_URL}; both last 12 hours.",
        )
    return who


OwnAccount = Annotated[SignedIn, Depends(_own)]
"""Somebody signed in, for their own account: also before a second factor is on that has to be."""


def _signed_in(who: OwnAccount) -> SignedIn:
    if who.must_enrol:
        raise SecondFactorNeededError(
            "您的角色须先启用两步验证：请打开“我的账号”页面（/account），按步骤启用。",
            "Your role needs a second factor first: turn it on under /account.",
        )
    return who


CurrentAccount = Annotated[SignedIn, Depends(_signed_in)]


def place_of(request: Request) -> Place:
    """Return where a request comes from, for counting attempts."""
    address = request.client.host if request.client else ""
    device = request.cookies.get(cookie_name(request, DEVICE_COOKIE), "")
    return Place(network_of(address), device)


@dataclass(frozen=True)
class SignInForm:
    """What the form of signing in holds; ``code`` where the account has a second factor."""

    username: Annotated[str, Form()]
    password: Annotated[str, Form()]
    code: Annotated[str, Form()] = ""

    @property
    def credentials(self) -> Credentials:
        """Return what the service looks at."""
        return Credentials(self.username, self.password, self.code)


class Door:
    """Lets people in with a password and out again; hashes are computed in threads of their own."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._database: Database = request.app.state.database
        self._line: Line = request.app.state.line
        self._place = place_of(request)

    async def enter(self, form: SignInForm, kind: SessionKind) -> Entered:
        """Return a new session.

        Raises
        ------
        SignInRefusedError, CodeNeededError, LockedOutError, LineFullError
            If nobody is let in (now).
        """
        old = self._request.cookies.get(cookie_name(self._request), "")
        old = old if kind is SessionKind.BROWSER else ""
        work = partial(sign_in, self._database, form.credentials, self._place, kind, old)
        try:
            entered = await self._line.run(self._place.network, work)
        except RukangError as error:
            # Not the address typed: people mistake the field and type the password there.
            log.warning("sign-in refused", why=type(error).__name__, network=self._place.network)
            raise
        log.info("signed in", account=entered.account_id, network=self._place.network)
        return entered

    async def prove(self, who: SignedIn, password: str, code: str = "") -> None:
        """Look at the password of somebody signed in, counting it like a sign-in.

        Raises
        ------
        SignInRefusedError, CodeNeededError, LockedOutError, LineFullError
            If it is not the right one, or cannot be looked at now.
        """
        credentials = Credentials(who.account.email, password, code)
        work = partial(prove, self._database, credentials, self._place)
        await self._line.run(self._place.network, work)

    async def set_password(self, who: SignedIn, password: str) -> None:
        """Give somebody signed in a new password; their other sessions end.

        Raises
        ------
        InvalidError
            If the password would be guessed.
        """
        await self.as_own(who, partial(set_password, password=password, keep=who.token))

    async def set_by_link(self, token: str, password: str) -> None:
        """Set a password by a link, which works once.

        Raises
        ------
        NotFoundError, InvalidError
            If the link is not good, or the password would be guessed.
        """

        def done() -> None:
            with self._database.session() as session:
                set_password_by_link(session, token, password)

        await self._line.run(self._place.network, done)

    async def as_own(self, who: SignedIn, work: Callable[[Session, Account], Done]) -> Done:
        """Do something with one's own account, out of the event loop and in a transaction."""

        def done() -> Done:
            with self._database.session(who.caller, Permission.REGISTER_READ) as session:
                return work(session, who.own(session))

        return await self._line.run(self._place.network, done)

    def leave(self, who: SignedIn) -> None:
        """Revoke the token somebody is signed in with."""
        with self._database.session(who.caller) as session:
            end_token(session, who.token)


AtTheDoor = Annotated[Door, Depends()]
FormOfSignIn = Annotated[SignInForm, Depends()]


def give_cookies(request: Request, response: Response, entered: Entered) -> None:
    """Put a session and the mark of a known device into the browser.

    Neither can be read by scripts nor is it sent from other sites.
    """
    for name, value, age in (
        (COOKIE, entered.token, LIFETIME),
        (DEVICE_COOKIE, entered.device, FAMILIAR_FOR),
    ):
        response.set_cookie(
            cookie_name(request, name),
            value,
            max_age=int(age.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )


def take_cookie(request: Request, response: Response) -> None:
    """Remove the session from the browser; the device stays known."""
    secure = request.url.scheme == "https"
    response.delete_cookie(cookie_name(request), httponly=True, samesite="lax", secure=secure)
