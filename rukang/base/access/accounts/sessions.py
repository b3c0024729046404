"""Sessions of accounts: opened by signing in, listed, ended, void after a while."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session

from rukang.base.access.records import AccessToken, Account, SessionKind
from rukang.base.database import audit, context
from rukang.base.errors import NotFoundError

LIFETIME = timedelta(hours=12)
"""A working day: who signs in in the morning stays in until evening, and not over night."""


def digest_of(token: str) -> str:
    """Return what is kept of a random token."""
    # No salt and no slow hash: the token is random, there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(session: Session, account: Account, kind: SessionKind, network: str) -> str:
    """Return the token of a new session, and sweep out those that are void."""
    now = context.now(session)
    session.execute(delete(AccessToken).where(AccessToken.created_at <= now - LIFETIME))
    token = secrets.token_urlsafe(32)
    session.add(
        AccessToken(
            account_id=account.id,
            digest=digest_of(token),
            kind=kind,
            network=network,
            created_at=now,
        )
    )
    return token


def list_sessions(session: Session, account: Account) -> Sequence[AccessToken]:
    """Return the sessions of an account that are not void by age, the newest first."""
    oldest = context.now(session) - LIFETIME
    query = select(AccessToken).where(
        AccessToken.account_id == account.id, AccessToken.created_at > oldest
    )
    return session.scalars(query.order_by(AccessToken.created_at.desc(), AccessToken.id)).all()


def end_session(session: Session, account: Account, session_id: int) -> None:
    """End one session of an account.

    Raises
    ------
    NotFoundError
        If the account has no such session.
    """
    of_it = (AccessToken.account_id == account.id) & (AccessToken.id == session_id)
    if not _delete(session, of_it):
        raise NotFoundError(
            f"您没有编号为 {session_id} 的登录，可能已经退出。",
            f"You have no session {session_id}; it may have ended.",
        )
    audit.note(session, "end_session", account, {"session": session_id})


def end_sessions(session: Session, account: Account, *, but: str = "") -> int:
    """End every session of an account, but that of a token; return how many."""
    of_it = (AccessToken.account_id == account.id) & (AccessToken.digest != digest_of(but))
    ended = _delete(session, of_it)
    if ended:
        audit.note(session, "end_sessions", account, {"sessions": ended})
    return ended


def end_token(session: Session, token: str) -> None:
    """End the session of a token, if it is one."""
    _delete(session, AccessToken.digest == digest_of(token))


def _delete(session: Session, which: Any) -> int:
    done = session.execute(delete(AccessToken).where(which))
    return cast("CursorResult[Any]", done).rowcount
