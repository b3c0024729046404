"""Conflicts of interest: who may not act on a home, and why. Asked by every service that rates.

Barred is who belongs to the home, and whoever has a conflict of interest declared and in force on
the day. It binds inspectors and officers alike, on pages, through the API and on the command line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, literal, or_, select
from sqlalchemy.orm import Session

from rostering.sheets.masking import shown
from rukang.base.access.accounts import everywhere
from rukang.base.access.conflicts import holds
from rukang.base.access.records import Account, AccountRole, Interest
from rukang.base.access.roles import OVERSEERS
from rukang.base.database.context import actor, today
from rukang.base.database.find import find_in
from rukang.base.database.locking import lock_home
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError
from rukang.bodies.homes.records import Home
from rukang.people import Resident, Staff


@dataclass(frozen=True)
class Bar:
    """Why somebody is barred, in both languages."""

    zh: str
    en: str


BELONGS = Bar("在该机构任职", "works for the home")
IS_OF_IT = Bar("本人或被监护人在该机构", "is, or stands for, somebody of the home")


def declare(
    session: Session, home: Home, email: str, words: str, since: date, until: date | None = None
) -> Interest:
    """Keep that an account may not act on a home in some time.

    Parameters
    ----------
    since, until
        Days, inclusive; without an end it holds until it is ended.

    Raises
    ------
    InvalidError
        If there is no such account, no reason is given, or the time ends before it begins.
    ConflictError
        If one of the account and the home holds on some of the days already.
    """
    address = email.strip().lower()
    if not words.strip():
        raise InvalidError("请写明回避的原因。", "Say what the conflict of interest is.")
    _refuse_order(since, until)
    lock_home(session, home.id)
    if session.scalar(select(Account.id).where(Account.email == address)) is None:
        raise InvalidError(
            f"没有邮箱为 {shown(address)} 的账号，回避不会起作用；请核对邮箱。",
            f"No account has the address {shown(address)}, so nobody would be barred; check it.",
        )
    _refuse_overlap(session, home, address, since, until)
    interest = Interest(
        home_id=home.id, email=address, words=words.strip(), held_from=since, held_to=until
    )
    session.add(interest)
    session.flush()
    return interest


def end(session: Session, home: Home, interest: Interest, until: date) -> None:
    """Set the last day of a conflict of interest; nobody ends their own.

    Raises
    ------
    InvalidError
        If the day lies before its first.
    ConflictError
        If it ended by that day already.
    NotAllowedError
        If it is the caller's own, or the caller is barred from the home otherwise.
    """
    lock_home(session, home.id)
    session.refresh(interest)
    by = actor(session)
    refuse_barred(session, home, by, today(session))
    if interest.email == by.lower():
        raise NotAllowedError(
            "自己的回避须由他人解除。", "Somebody else ends a conflict of interest of yours."
        )
    _refuse_order(interest.held_from, until)
    if interest.held_to is not None and interest.held_to <= until:
        raise ConflictError(
            f"这项回避已定于 {interest.held_to} 结束。",
            f"This conflict of interest ends on {interest.held_to} already.",
        )
    interest.held_to = until
    session.flush()


def interests_query(home: Home) -> Select[tuple[Interest]]:
    """Return the query of what was ever declared about a home, the latest first."""
    query = select(Interest).where(Interest.home_id == home.id)
    return query.order_by(Interest.held_from.desc(), Interest.id.desc())


def list_interests(session: Session, home: Home) -> Sequence[Interest]:
    """Return what was ever declared about a home, the latest first."""
    return session.scalars(interests_query(home)).all()


def find_interest(session: Session, home: Home, interest_id: int) -> Interest:
    """Return a conflict of interest of a home.

    Raises
    ------
    NotFoundError
        If the home has none of that id.
    """
    inside = Interest.home_id == home.id
    return find_in(session, Interest, inside, interest_id, "回避", "conflict of interest")


def barred(session: Session, home: Home, email: str, on: date) -> Bar | None:
    """Return why somebody may not act on a home on a day, or None if they may."""
    return barred_from(session, home, [email], on).get(email.lower())


def barred_from(session: Session, home: Home, emails: Iterable[str], on: date) -> dict[str, Bar]:
    """Return who of some people may not act on a home on a day, and why."""
    asked = [email.lower() for email in emails]
    found = dict.fromkeys(_belonging(session, home, asked), BELONGS)
    for email in _of_persons(session, home, asked):
        found.setdefault(email, IS_OF_IT)
    declared = select(Interest).where(
        Interest.home_id == home.id, Interest.email.in_(asked), holds(Interest, on)
    )
    for interest in session.scalars(declared):
        found.setdefault(interest.email, Bar(interest.words, interest.words))
    return found


def refuse_barred(session: Session, home: Home, email: str, on: date) -> None:
    """Refuse somebody who may not act on a home.

    Raises
    ------
    NotAllowedError
        With the reason.
    """
    if why := barred(session, home, email, on):
        raise NotAllowedError(
            f"{email} 须回避 {home.name}：{why.zh}。请由他人办理。",
            f"{email} may not act on {home.name}: {why.en}. Somebody else has to.",
        )


def _belonging(session: Session, home: Home, emails: Sequence[str]) -> Iterable[str]:
    """Return who of some people belongs to a home, by a role in it or in a place around it."""
    places = or_(
        AccountRole.home_id == home.id,
        everywhere(),
        *(AccountRole.region == region for region in _around(home.county)),
    )
    query = select(Account.email).join(AccountRole, AccountRole.account_id == Account.id)
    return session.scalars(
        query.where(Account.email.in_(emails), places, AccountRole.role.not_in(OVERSEERS))
    )


def _of_persons(session: Session, home: Home, emails: Sequence[str]) -> Iterable[str]:
    """Return who of some people is, or is guardian of, somebody on a home's lists."""
    known = (
        AccountRole.person_id.in_(select(kind.person_id).where(kind.home_id == home.id))
        for kind in (Staff, Resident)
    )
    query = select(Account.email).join(AccountRole, AccountRole.account_id == Account.id)
    return session.scalars(query.where(Account.email.in_(emails), or_(*known)))


def _around(county: str) -> tuple[str, ...]:
    """Return the divisions a county lies in: itself, its city, its province."""
    return county, f"{county[:4]}00", f"{county[:2]}0000"


def _refuse_order(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise InvalidError(
            f"回避期结束 {until} 早于开始 {since}。", f"It would end on {until}, before {since}."
        )


def _refuse_overlap(
    session: Session, home: Home, email: str, since: date, until: date | None
) -> None:
    last = literal(True) if until is None else Interest.held_from <= until
    query = select(Interest).where(
        Interest.home_id == home.id,
        Interest.email == email,
        last,
        or_(Interest.held_to.is_(None), Interest.held_to >= since),
    )
    held = session.scalars(query.order_by(Interest.held_from).limit(1)).first()
    if held is not None:
        zh, en = held.held_to or "未定", held.held_to or "an open end"
        raise ConflictError(
            f"{email} 对 {home.name} 已登记回避（{held.held_from} 至 {zh}），与所填的日期重叠；"
            "请先结束那一项，或改填日期。",
            f"{email} has a conflict of interest with {home.name} from {held.held_from} to {en}"
            " already, which shares days with this one; end that one first, or change the days.",
        )
