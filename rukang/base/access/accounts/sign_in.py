"""Signing in: attempts counted, password and code looked at, a session opened.

Computing a hash takes a tenth of a second of a whole machine on purpose. No transaction is open
meanwhile, and whoever serves others at the same time calls this in a thread of its own.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from sqlalchemy import select

from rukang.base.access.accounts import guessing, second_factor
from rukang.base.access.accounts.account import HASHES
from rukang.base.access.accounts.guessing import Place
from rukang.base.access.accounts.sessions import end_token, open_session
from rukang.base.access.records import Account, SessionKind
from rukang.base.access.session import Database
from rukang.base.errors import RukangError


class SignInRefusedError(RukangError):
    """Address and password do not belong together, or the account is closed: which is not said."""


class CodeNeededError(RukangError):
    """The password is right, and the code of the second factor is missing, wrong or used."""


@dataclass(frozen=True)
class Credentials:
    """What somebody signs in with; ``code`` where the account has a second factor."""

    email: str
    password: str
    code: str = ""


@dataclass(frozen=True)
class Entered:
    """Somebody who got in: a session's token, and the device cookie that makes the place known."""

    account_id: int
    token: str
    device: str


def sign_in(
    database: Database,
    credentials: Credentials,
    place: Place,
    kind: SessionKind,
    old_token: str = "",
) -> Entered:
    """Open a session; the one this browser had before is ended.

    Raises
    ------
    LockedOutError
        After too many attempts.
    SignInRefusedError, CodeNeededError
        If it is not the right password, or not the right code.
    """
    account = prove(database, credentials, place)
    if kind is SessionKind.BROWSER:
        place = with_device(database, account.id, place)
    with database.session() as session:
        end_token(session, old_token)
        token = open_session(session, account, kind, place.network)
    return Entered(account.id, token, place.device)


def prove(database: Database, credentials: Credentials, place: Place) -> Account:
    """Return the account whose password (and code) these are.

    Raises
    ------
    LockedOutError, SignInRefusedError, CodeNeededError
        As :func:`sign_in`.
    """
    email = credentials.email.strip().lower()
    account = _find(database, email)
    attempt = guessing.begin(database, email, account.id if account else None, place)
    good = _is_password(database, account, credentials.password)
    if account is None or not good:
        raise SignInRefusedError(
            "邮箱或密码不正确，请核对后重试。",
            "Address or password is wrong; check both and try again.",
        )
    with database.session() as session:
        needs_code = second_factor.is_on(session, account)
    if needs_code and not second_factor.take_code(database, account.id, credentials.code):
        raise CodeNeededError(
            "这个账号启用了两步验证：请填写手机上当前的 6 位验证码（每个只能用一次）或一个恢复码。",
            "This account has a second factor: give the six digits the telephone shows now (each"
            " works once) or a recovery code.",
        )
    guessing.succeeded(database, attempt, account.id, place)
    return account


def with_device(database: Database, account_id: int, place: Place) -> Place:
    """Return the place with a device cookie that is ours, known to the account from now on.

    A cookie we did not give out may have been planted by somebody who would share its allowance.
    """
    if not guessing.is_ours(database, place.device):
        place = replace(place, device=secrets.token_urlsafe(24))
    guessing.know(database, account_id, place)
    return place


def _find(database: Database, email: str) -> Account | None:
    # PostgreSQL cannot even ask for an address with a NUL in it.
    if "\0" in email:
        return None
    with database.session() as session:
        return session.scalar(select(Account).where(Account.email == email))


def _is_password(database: Database, account: Account | None, password: str) -> bool:
    """Look at a password with the same work whether or not there is an account."""
    if account is None or not account.hashed_password:
        HASHES.hash(password)
        return False
    good, newer = HASHES.verify_and_update(password, account.hashed_password)
    if good and account.is_active and newer is not None:
        with database.session() as session:
            session.get_one(Account, account.id).hashed_password = newer
    return good and account.is_active
