"""Accounts: made by whoever administers an installation, never by registering oneself."""

from __future__ import annotations

from collections.abc import Iterable

from email_validator import EmailNotValidError, validate_email
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.access.caller import Caller, Grant
from rukang.access.records import Account, AccountRole
from rukang.errors import ConflictError, InvalidError

HASHES = PasswordHash((Argon2Hasher(), BcryptHasher()))
"""The same hashers as fastapi-users', which checks these passwords at sign-in."""

SHORTEST = 10
"""Fewest characters of a password."""

LONGEST = 256
"""Most characters; hashing a book would keep the server busy."""

FEWEST_DIFFERENT = 5
"""Fewest different characters; keeps out 1111111111 and abababab12."""

_FIRST_TRIED = """
0123456789 01234567890 1234567890 12345678900 12345678910 123456789a 9876543210 0987654321
a123456789 a1234567890 abc123456789 abcd1234567 1q2w3e4r5t 1qaz2wsx3edc qazwsxedcrfv
qwertyuiop qwerty12345 qwerty123456 asdfghjkl123 zxcvbnm123 password12 password123 passw0rd123
password1234 p@ssw0rd123 admin12345 admin123456 administrator changeme123 iloveyou123
woaini1314 woaini5201314 woaini1314520 5201314520 rukang1234 rukang12345 rukanghome
rukanghomes rukangjiayuan
"""

WELL_KNOWN = frozenset(_FIRST_TRIED.split())
"""What is tried first, here and everywhere."""


def create_account(
    session: Session, email: str, name: str, password: str, grants: Iterable[Grant]
) -> Account:
    """Make an account with its roles; the first administrator of an installation too.

    Parameters
    ----------
    email
        Address to sign in with; kept in lower case.
    name
        How the person is called on pages and in the audit trail's reading.
    password
        At least :data:`SHORTEST` characters (:func:`require_good_password`).

    Raises
    ------
    InvalidError
        If the address or the password cannot be accepted.
    ConflictError
        If the address has an account already.
    """
    address = _address(email)
    require_good_password(password, address)
    if session.scalar(select(Account.id).where(Account.email == address)) is not None:
        raise ConflictError(
            f"邮箱 {address} 已有账号。", f"The address {address} has an account already."
        )
    account = Account(email=address, name=name.strip(), hashed_password=HASHES.hash(password))
    session.add(account)
    for each in grants:
        grant(session, account, each)
    session.flush()
    return account


def grant(session: Session, account: Account, given: Grant) -> None:
    """Give an account a role in a place; giving it twice is giving it once."""
    if given in caller_of(account).grants:
        return
    account.roles.append(AccountRole(role=given.role, home_id=given.home_id, region=given.region))
    session.flush()


def caller_of(account: Account) -> Caller:
    """Return who an account is to the services: its address for the audit trail, its grants."""
    grants = (Grant(role.role, role.home_id, role.region) for role in account.roles)
    return Caller(account.email, tuple(grants))


def require_good_password(password: str, email: str) -> None:
    """Refuse a password that would be guessed.

    Length counts more than kinds of characters, so none are demanded.

    Raises
    ------
    InvalidError
        With the rule that is broken.

    References
    ----------
    NIST SP 800-63B, section 5.1.1.2: length, and a list of common values.
    """
    plain = password.lower()
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidError(
            f"密码有 {len(password)} 个字符，须为 {SHORTEST} 至 {LONGEST} 个，可用几个词连成一句。",
            f"The password has {len(password)} characters and needs {SHORTEST} to {LONGEST};"
            " several words in a row do well.",
        )
    if plain in {email, email.partition("@")[0]}:
        raise InvalidError(
            "密码不能与邮箱相同，请另选一个。", "The password is the address; choose another one."
        )
    if plain in WELL_KNOWN or len(set(plain)) < FEWEST_DIFFERENT:
        raise InvalidError(
            "这个密码太常见或太单一，容易被猜到，请另选一个。",
            "The password is among the first to be guessed; choose another one.",
        )


def _address(email: str) -> str:
    try:
        found = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise InvalidError(
            f"邮箱 {email!r} 不是有效地址，请写成 name@example.org 这样。",
            f"{email!r} is no e-mail address ({error}); write it like name@example.org.",
        ) from error
    return found.normalized.lower()
