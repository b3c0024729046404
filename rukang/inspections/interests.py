"""Nobody rates a home they belong to: who is barred from which home, and why."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from rukang.access.caller import Role
from rukang.access.records import Account, AccountRole
from rukang.errors import InvalidError, NotAllowedError
from rukang.homes import Home
from rukang.inspections.records import Interest
from rukang.rating import Text


def declare(
    session: Session, home: Home, email: str, words: str, since: date, until: date | None = None
) -> Interest:
    """Keep that somebody may not inspect a home in some time.

    Raises
    ------
    InvalidError
        If no reason is given, or the time ends before it begins.
    """
    if not words.strip():
        raise InvalidError("请写明回避的原因。", "Say what the conflict of interest is.")
    if until is not None and until < since:
        raise InvalidError(
            f"回避期结束 {until} 早于开始 {since}。", f"It would end on {until}, before {since}."
        )
    interest = Interest(
        home_id=home.id, email=email.lower(), words=words.strip(), held_from=since, held_to=until
    )
    session.add(interest)
    session.flush()
    return interest


def barred(session: Session, home: Home, email: str, on: date) -> Text | None:
    """Return why somebody may not inspect a home on a day, or None if they may."""
    return barred_from(session, home, [email], on).get(email.lower())


def barred_from(session: Session, home: Home, emails: list[str], on: date) -> dict[str, Text]:
    """Return who of some people may not inspect a home on a day, and why."""
    asked = [email.lower() for email in emails]
    belonging = select(Account.email).join(AccountRole, AccountRole.account_id == Account.id)
    ours = belonging.where(
        Account.email.in_(asked),
        AccountRole.home_id == home.id,
        AccountRole.role != Role.INSPECTOR,
    )
    found = dict.fromkeys(session.scalars(ours), _BELONGS)
    declared = select(Interest).where(
        Interest.home_id == home.id,
        Interest.email.in_(asked),
        Interest.held_from <= on,
        or_(Interest.held_to.is_(None), Interest.held_to >= on),
    )
    for interest in session.scalars(declared):
        found[interest.email] = Text(zh=interest.words, en=interest.words)
    return found


def refuse_barred(session: Session, home: Home, email: str, on: date) -> None:
    """Refuse somebody who may not inspect a home.

    Raises
    ------
    NotAllowedError
        With the reason.
    """
    if why := barred(session, home, email, on):
        raise NotAllowedError(
            f"{email} 须回避 {home.name}：{why.zh}。请换一位评定员。",
            f"{email} may not inspect {home.name}: {why.en}. Choose another inspector.",
        )


_BELONGS = Text(zh="在该机构任职", en="works for the home")
