"""Accounts: made by whoever administers an installation, never by registering oneself."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta

from email_validator import EmailNotValidError, validate_email
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher
from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from rostering.sheets.masking import shown
from rukang.base.access.accounts.passwords import require_good_password
from rukang.base.access.accounts.sessions import digest_of, end_sessions
from rukang.base.access.caller import Caller, Grant
from rukang.base.access.records import Account, AccountRole, PasswordLink
from rukang.base.access.roles import Reach, Role
from rukang.base.database import context
from rukang.base.database.find import find
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError

HASHES = PasswordHash((Argon2Hasher(), BcryptHasher()))
"""Argon2id for new hashes; bcrypt is still read."""


def create_account(
    session: Session, email: str, name: str, password: str | None, grants: Iterable[Grant]
) -> Account:
    """Make an account with its roles; the first administrator of an installation too.

    Parameters
    ----------
    email
        Address to sign in with; kept in lower case.
    name
        How the person is called on pages and in the audit trail's reading.
    password
        One that would not be guessed (:func:`require_good_password`), or None: the person sets it
        by a link (:func:`make_link`).

    Raises
    ------
    InvalidError
        If the address or the password cannot be accepted.
    ConflictError
        If the address has an account already.
    """
    address = _address(email)
    if password is not None:
        require_good_password(password, address, name)
    if session.scalar(select(Account.id).where(Account.email == address)) is not None:
        raise ConflictError(
            f"邮箱 {address} 已有账号。", f"The address {address} has an account already."
        )
    hashed = "" if password is None else HASHES.hash(password)
    account = Account(email=address, name=name.strip(), hashed_password=hashed)
    session.add(account)
    for each in grants:
        grant(session, account, each)
    session.flush()
    return account


def grant(session: Session, account: Account, given: Grant) -> None:
    """Give an account a role over something; giving it twice is giving it once.

    Raises
    ------
    InvalidError
        If the role is not held over such a thing, or the account is somebody else's.
    """
    refuse_reach(given)
    held = caller_of(account).grants
    if given in held:
        return
    _refuse_somebody_else(account, (*held, given))
    account.roles.append(AccountRole(**vars(given)))
    session.flush()


def refuse_reach(given: Grant) -> None:
    """Refuse a role over something over which it is not held.

    Raises
    ------
    InvalidError
        With what it may be held over.
    """
    if given.reach in given.role.reaches:
        return
    may = [reach.words for reach in Reach if reach in given.role.reaches]
    role, zh, en = given.role, "、".join(w.zh for w in may), " or ".join(w.en for w in may)
    raise InvalidError(
        f"{role.zh}（{role.value}）的范围不能是“{given.reach.words.zh}”，应为：{zh}。",
        f"The role {role.value} is not held over “{given.reach.words.en}”, but over {en}.",
    )


def _refuse_somebody_else(account: Account, grants: Iterable[Grant]) -> None:
    """Refuse what would make an account two people's, or somebody their own guardian.

    Raises
    ------
    InvalidError
        If it would.
    """
    persons = {reach: {g.person_id for g in grants if g.reach is reach} for reach in Reach}
    if len(persons[Reach.OWN]) > 1:
        raise InvalidError(
            f"账号 {account.email} 已关联另一个人；一个账号只能是一个人的，请另建账号。",
            f"The account {account.email} is another person's already; one account is one"
            " person's, make another one.",
        )
    if persons[Reach.OWN] & persons[Reach.PERSON]:
        raise InvalidError(
            f"账号 {account.email} 是本人的，不能再作本人的监护人；请写被监护的另一人。",
            f"The account {account.email} is that person's own, who is not their own guardian;"
            " name another person.",
        )


def caller_of(account: Account) -> Caller:
    """Return who an account is to the services: its address for the audit trail, its grants."""
    return Caller(account.email, tuple(map(_grant_of, account.roles)))


def named_account(session: Session, address: str) -> Account:
    """Return the open account of an address: who acts has one.

    Raises
    ------
    NotAllowedError
        If there is none, or it is closed; a name that somebody made up is nobody.
    """
    query = select(Account).where(Account.email == address.strip().lower())
    account = session.scalar(query)
    if account is None or not account.is_active:
        raise NotAllowedError(
            f"没有 {shown(address)} 这个在用的账号；请用自己的账号，或由管理员建立"
            "（`rukang account make`）。",
            f"There is no open account {shown(address)}; act under your own, or have one made by"
            " `rukang account make`.",
        )
    return account


def find_account(session: Session, email: str) -> Account:
    """Return the account of an address.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    found = session.scalar(select(Account).where(Account.email == email.strip().lower()))
    if found is None:
        raise NotFoundError(
            f"没有邮箱为 {shown(email)} 的账号，请核对。",
            f"There is no account {shown(email)}; check the address.",
        )
    return found


def get_account(session: Session, account_id: int) -> Account:
    """Return an account by its id.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    return find(session, Account, account_id, "账号", "account")


def accounts_query() -> Select[tuple[Account]]:
    """Return the query of every account, open or closed, by address."""
    return select(Account).order_by(Account.email)


def list_accounts(session: Session) -> Sequence[Account]:
    """Return every account, open or closed, by address."""
    return session.scalars(accounts_query()).all()


def close_account(session: Session, account: Account) -> None:
    """Close an account: its sessions and links end at once, its records stay.

    Raises
    ------
    ConflictError
        If nobody would be left to administer the installation.
    """
    require_administrator_beside(session, account)
    account.is_active = False
    end_sessions(session, account)
    _void_links(session, account)
    session.flush()


def reopen_account(session: Session, account: Account) -> None:
    """Let somebody in again, with the password and roles of before; the old sessions stay ended."""
    account.is_active = True
    session.flush()


def take_role(session: Session, account: Account, given: Grant) -> None:
    """Take a role in a place from an account, from its next request on.

    Raises
    ------
    NotFoundError
        If the account does not hold it there.
    ConflictError
        If nobody would be left to administer the installation.
    """
    held = [role for role in account.roles if _grant_of(role) == given]
    if not held:
        raise NotFoundError(
            f"账号 {account.email} 在那里没有{given.role.zh}（{given.role.value}）角色。",
            f"The account {account.email} does not hold the role {given.role.value} there.",
        )
    if given == Grant(Role.ADMINISTRATOR):
        require_administrator_beside(session, account)
    for role in held:
        account.roles.remove(role)
        session.delete(role)
    session.flush()


def require_administrator_beside(session: Session, account: Account) -> None:
    """Refuse to go on if this account is the last open administrator.

    Raises
    ------
    ConflictError
        If it is.
    """
    # Locked in one order: two administrators who close each other at once come one by one.
    query = (
        select(Account)
        .join(AccountRole)
        .where(AccountRole.role == Role.ADMINISTRATOR, Account.is_active)
        .where(everywhere())
        .order_by(Account.id)
        .with_for_update(of=Account)
    )
    administrators = {found.id for found in session.scalars(query)}
    if administrators == {account.id}:
        raise ConflictError(
            f"{account.email} 是唯一可用的管理员；请先让另一个账号也成为管理员，再做这一步。",
            f"{account.email} is the last administrator; make another account one first.",
        )


def set_password(session: Session, account: Account, password: str, *, keep: str = "") -> None:
    """Give an account a new password; every session but that of the token ``keep`` ends.

    Raises
    ------
    InvalidError
        If the password would be guessed.
    """
    require_good_password(password, account.email, account.name)
    account.hashed_password = HASHES.hash(password)
    end_sessions(session, account, but=keep)
    _void_links(session, account)
    session.flush()


def make_link(session: Session, account: Account, lifetime: timedelta) -> str:
    """Return the token of a link by which the password is set once; earlier links end.

    Raises
    ------
    ConflictError
        If the account is closed.
    """
    if not account.is_active:
        raise ConflictError(
            f"账号 {account.email} 已关闭，请先重新开放。",
            f"The account {account.email} is closed; reopen it first.",
        )
    _void_links(session, account)
    token = secrets.token_urlsafe(32)
    expires_at = context.now(session) + lifetime
    session.add(PasswordLink(account_id=account.id, digest=digest_of(token), expires_at=expires_at))
    session.flush()
    return token


def find_by_link(session: Session, token: str) -> Account:
    """Return the account whose password a link may set.

    Raises
    ------
    NotFoundError
        If the link was used, has expired, or never was.
    """
    query = (
        select(Account)
        .join(PasswordLink, PasswordLink.account_id == Account.id)
        .where(PasswordLink.digest == digest_of(token), PasswordLink.used_at.is_(None))
        .where(PasswordLink.expires_at > context.now(session), Account.is_active)
    )
    found = session.scalar(query)
    if found is None:
        raise NotFoundError(
            "这个链接已用过或已过期，请向管理员再要一个。",
            "This link was used or has expired; ask the administrator for another one.",
        )
    return found


def set_password_by_link(session: Session, token: str, password: str) -> Account:
    """Set a password by a link, which works once; every session of the account ends.

    Raises
    ------
    NotFoundError
        If the link is not good (any more).
    InvalidError
        If the password would be guessed; the link stays good then.
    """
    account = find_by_link(session, token)
    require_good_password(password, account.email, account.name)
    link = select(PasswordLink).where(PasswordLink.digest == digest_of(token))
    if session.scalars(link.with_for_update()).one().used_at is not None:
        return find_by_link(session, token)  # refuses: another request was first
    set_password(session, account, password)
    return account


def _void_links(session: Session, account: Account) -> None:
    of_it = (PasswordLink.account_id == account.id) & PasswordLink.used_at.is_(None)
    for link in session.scalars(select(PasswordLink).where(of_it)):
        link.used_at = context.now(session)


def everywhere() -> ColumnElement[bool]:
    """Return the condition that a role is bound to nothing."""
    bound = (AccountRole.home_id, AccountRole.region, AccountRole.employer_id)
    return and_(*(column.is_(None) for column in (*bound, AccountRole.person_id)))


def _grant_of(role: AccountRole) -> Grant:
    return Grant(role.role, role.home_id, role.region, role.employer_id, role.person_id)


def _address(email: str) -> str:
    try:
        found = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise InvalidError(
            f"邮箱 {shown(email)} 不是有效地址，请写成 name@example.org 这样。",
            f"{shown(email)} is no e-mail address; write it like name@example.org.",
        ) from error
    return found.normalized.lower()
