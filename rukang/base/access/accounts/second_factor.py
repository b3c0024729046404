"""The second factor: a code that changes every 30 seconds, made by a program on one's telephone.

A code works once. Its secret is sealed with the installation's keys; of the recovery codes, which
stand in when the telephone is lost, only digests are kept.

References
----------
RFC 6238, TOTP; section 5.2: a code is accepted once, one step of delay is allowed for.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

import pyotp
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from rukang.base.access.accounts.sessions import digest_of
from rukang.base.access.records import Account, RecoveryCode, SecondFactor
from rukang.base.access.session import Database
from rukang.base.database import context
from rukang.base.database.sealing.keys import SessionVault
from rukang.base.database.sealing.vault import Sealed, Vault
from rukang.base.errors import ConflictError, InvalidError

ISSUER = "Rukang Homes"
STEP_SECONDS = 30
STEPS = (-1, 0, 1)
"""Steps around the present one whose codes are accepted: clocks of telephones are not exact."""

RECOVERY_CODES = 10
RECOVERY_BYTES = 10
"""Random bytes of a recovery code: 80 bits, sixteen letters in fours."""


@dataclass(frozen=True)
class Enrolment:
    """What the program on the telephone needs: the secret, and the same as an address for a QR."""

    secret: str
    uri: str


def find_factor(session: Session, account: Account) -> SecondFactor | None:
    """Return the second factor of an account, confirmed or not yet."""
    return session.scalar(select(SecondFactor).where(SecondFactor.account_id == account.id))


def is_on(session: Session, account: Account) -> bool:
    """Return whether an account signs in with a code."""
    found = find_factor(session, account)
    return found is not None and found.confirmed_at is not None


def begin_enrolment(session: Session, account: Account) -> Enrolment:
    """Give an account a new secret, which counts only when it is confirmed.

    Raises
    ------
    ConflictError
        If a second factor is on already.
    """
    found = find_factor(session, account)
    if found is not None and found.confirmed_at is not None:
        raise ConflictError(
            "两步验证已经启用；要换手机，请先停用再重新启用。",
            "The second factor is on already; to change the telephone, turn it off and on again.",
        )
    secret = pyotp.random_base32()
    vault = SessionVault.of(session)
    if found is None:
        found = SecondFactor(account_id=account.id)
        session.add(found)
    found.totp_cipher = vault.seal(secret, "").cipher
    session.flush()
    return _enrolment(account, secret)


def pending_enrolment(session: Session, account: Account) -> Enrolment | None:
    """Return an enrolment that waits for its first code."""
    found = find_factor(session, account)
    if found is None or found.confirmed_at is not None:
        return None
    return _enrolment(account, _secret(SessionVault.of(session), found.totp_cipher))


def confirm_enrolment(session: Session, account: Account, code: str) -> Sequence[str]:
    """Turn the second factor on with a first code; return the recovery codes, shown this once.

    Raises
    ------
    ConflictError
        If nothing waits to be confirmed.
    InvalidError
        If the code is not the present one.
    """
    found = find_factor(session, account)
    if found is None or found.confirmed_at is not None:
        raise ConflictError(
            "没有待确认的两步验证，请重新开始。", "Nothing waits to be confirmed; begin again."
        )
    now = context.now(session)
    step = _step_of(_secret(SessionVault.of(session), found.totp_cipher), code, now)
    if step is None:
        raise InvalidError(
            "验证码不对：请核对手机时间，输入当前显示的 6 位数字。",
            "The code is not the present one; check the telephone's clock and type the six digits"
            " it shows now.",
        )
    found.confirmed_at, found.used_step = now, step
    return _new_recovery_codes(session, account)


def remove_factor(session: Session, account: Account) -> bool:
    """Turn the second factor off; return whether there was one."""
    found = find_factor(session, account)
    if found is None:
        return False
    for code in session.scalars(select(RecoveryCode).where(RecoveryCode.account_id == account.id)):
        session.delete(code)
    session.delete(found)
    session.flush()
    return True


def recovery_codes_left(session: Session, account: Account) -> int:
    """Return how many recovery codes have not been used."""
    left = (RecoveryCode.account_id == account.id) & RecoveryCode.used_at.is_(None)
    return len(session.scalars(select(RecoveryCode.id).where(left)).all())


def take_code(database: Database, account_id: int, code: str) -> bool:
    """Use up a code, of the telephone or for recovery; return whether it was good and unused."""
    plain = "".join(code.split()).replace("-", "")
    if plain.isdecimal():
        return _take_step(database, account_id, plain)
    return _take_recovery(database, account_id, plain.upper())


def _take_step(database: Database, account_id: int, code: str) -> bool:
    of_account = SecondFactor.account_id == account_id
    query = select(SecondFactor.totp_cipher).where(of_account)
    with database.engine.connect() as connection:
        cipher = connection.scalar(query.where(SecondFactor.confirmed_at.is_not(None)))
    if cipher is None:
        return False
    step = _step_of(_secret(database.vault, cipher), code, database.clock())
    if step is None:
        return False
    # One statement: of two requests with the same code one finds it used.
    unused = or_(SecondFactor.used_step.is_(None), SecondFactor.used_step < step)
    use = update(SecondFactor).where(of_account, unused).values(used_step=step)
    with database.engine.begin() as connection:
        return connection.execute(use).rowcount == 1


def _take_recovery(database: Database, account_id: int, code: str) -> bool:
    use = (
        update(RecoveryCode)
        .where(RecoveryCode.account_id == account_id, RecoveryCode.digest == digest_of(code))
        .where(RecoveryCode.used_at.is_(None))
        .values(used_at=database.clock())
    )
    with database.engine.begin() as connection:
        return connection.execute(use).rowcount == 1


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    present = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    plain = "".join(code.split())
    for step in (present + each for each in STEPS):
        if compare_digest(totp.generate_otp(step).encode(), plain.encode()):
            return step
    return None


def _new_recovery_codes(session: Session, account: Account) -> Sequence[str]:
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(account_id=account.id, digest=digest_of(code.replace("-", "")))
        for code in codes
    )
    session.flush()
    return codes


def _recovery_code() -> str:
    letters = base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _enrolment(account: Account, secret: str) -> Enrolment:
    uri = pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(
        name=account.email, issuer_name=ISSUER
    )
    return Enrolment(secret, uri)


def _secret(vault: Vault | SessionVault, cipher: str) -> str:
    return vault.open(Sealed(cipher, "", ""))
