"""Registering bodies, and what changes of them from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased
from stdnum.exceptions import ValidationError

from rostering.sheets.masking import shown
from rukang.base.access import Permission
from rukang.base.access.caller import caller_in
from rukang.base.database.context import today
from rukang.base.database.locking import lock_all
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from rukang.base.words import words_of
from rukang.bodies.records import (
    Body,
    BodyCapacity,
    BodyKind,
    BodyLicence,
    BodyOperator,
    BodyState,
    OfBody,
    State,
)
from rukang.numbers import uscc as credit_code

Dated = TypeVar("Dated", BodyState, BodyCapacity, BodyOperator)

NEXT: Mapping[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.BUILDING, State.TRIAL, State.OPEN, State.CLOSED}),
    State.BUILDING: frozenset({State.TRIAL, State.OPEN, State.CLOSED}),
    State.TRIAL: frozenset({State.OPEN, State.SUSPENDED, State.CLOSED}),
    State.OPEN: frozenset({State.SUSPENDED, State.CLOSED}),
    State.SUSPENDED: frozenset({State.TRIAL, State.OPEN, State.CLOSED}),
    State.CLOSED: frozenset(),
}
"""Into which states each state may go over; what is closed stays so, who opens again is new."""


def bodies_query(kind: BodyKind | None = None) -> Select[tuple[Body]]:
    """Return the query of the bodies a session may see, of a kind or of all, by code."""
    query = select(Body).order_by(Body.code)
    return query if kind is None else query.where(Body.kind == kind)


def find_body(session: Session, code: str) -> Body:
    """Return a body by its code.

    Raises
    ------
    NotFoundError
        If there is none that the session may see.
    """
    body = session.scalar(select(Body).where(Body.code == code))
    if body is None:
        raise NotFoundError(
            f"没有编号为 {code!r} 的机构，请核对编号。",
            f"No body has the code {code!r}; check the code.",
        )
    return body


def register_body(
    session: Session,
    kind: BodyKind,
    code: str,
    values: Mapping[str, Any],
    *,
    state: State = State.OPEN,
    another: bool = False,
) -> Body:
    """Put a body that is no home on the register, in a state from today on.

    Parameters
    ----------
    values
        ``name``, ``county``, ``address``, ``legal_person``, ``uscc``.
    another
        That it is another one than those with the same credit code and address; else it is asked.

    Raises
    ------
    InvalidError
        If it is a home, which comes by its workbook, or the credit code is wrong.
    NotAllowedError
        If it lies where the session's caller keeps no register.
    ConflictError
        If the code is taken, or bodies with the same credit code and address are there.
    """
    if kind is BodyKind.HOME:
        raise InvalidError(
            "如康家园由 01-机构 工作簿登记。", "Homes are registered with workbook 01."
        )
    _refuse_elsewhere(session, values["county"])
    lock_all(session, Body)
    _refuse_taken(session, code)
    given = {**values, "uscc": _credit_code(values["uscc"])}
    if not another:
        _ask_about(twins(session, given["uscc"], given["address"]))
    body = Body(kind=kind, code=code, **given)
    session.add(body)
    session.flush()
    enter_state(session, body, state, today(session))
    return body


def twins(session: Session, uscc: str, address: str) -> Sequence[Body]:
    """Return the bodies on the register with a credit code and an address, by code."""
    query = select(Body).where(Body.uscc == uscc, _plain(Body.address) == _plain(address))
    return session.scalars(query.order_by(Body.code)).all()


def possible_duplicates(session: Session) -> list[tuple[Body, Body]]:
    """Return the pairs of bodies with one credit code and address, to be asked about."""
    other = aliased(Body)
    query = (
        select(Body, other)
        .join(other, (other.uscc == Body.uscc) & (Body.id < other.id))
        .where(_plain(other.address) == _plain(Body.address))
        .order_by(Body.code, other.code)
    )
    return [(one, two) for one, two in session.execute(query).tuples()]


def state_on(session: Session, body: Body, day: date) -> State:
    """Return the state of a body on a day: by the newest record of then; without any it is open."""
    found = _latest(session, BodyState, body, day)
    return State.OPEN if found is None else found.state


def states_on(session: Session, bodies: Iterable[Body], day: date) -> dict[int, State]:
    """Return the states of some bodies on a day by id, in one statement."""
    ids = [body.id for body in bodies]
    query = select(BodyState).where(BodyState.body_id.in_(ids), BodyState.since <= day)
    found = {row.body_id: row.state for row in session.scalars(query.order_by(BodyState.since))}
    return {body_id: found.get(body_id, State.OPEN) for body_id in ids}


def enter_state(
    session: Session, body: Body, state: State, since: date, words: str = ""
) -> BodyState:
    """Keep that a body is in a state from a day on.

    Raises
    ------
    InvalidError
        If the day has not come, or is not after the last change; or for closing, which is looked
        at first (`rukang.doors.closing`).
    ConflictError
        If the state does not follow the one before.
    """
    if state is State.CLOSED:
        raise InvalidError(
            "关闭须先确认没有未了的事，请用“关闭机构”办理。",
            "Closing looks first at what still holds a body; close it by that step.",
        )
    return _enter(session, body, state, since, words)


def record_closed(session: Session, body: Body, since: date, words: str) -> BodyState:
    """Keep that a body is closed from a day on; whoever calls this has seen that nothing holds it.

    Raises
    ------
    InvalidError, ConflictError
        As :func:`enter_state`.
    """
    return _enter(session, body, State.CLOSED, since, words)


def _enter(session: Session, body: Body, state: State, since: date, words: str) -> BodyState:
    _refuse_day(session, BodyState, body, since)
    before = _latest(session, BodyState, body, since)
    if before is not None and state not in NEXT[before.state]:
        may = [one.words for one in State if one in NEXT[before.state]]
        raise ConflictError(
            f"{body.name} 现为“{before.state.words.zh}”，不能改为“{state.words.zh}”；"
            f"可以改为：{'、'.join(one.zh for one in may) or '无'}。",
            f"{body.name} is {before.state.words.en} and cannot become {state.words.en}, only"
            f" {', '.join(one.en for one in may) or 'nothing else'}.",
        )
    return _added(session, BodyState(body_id=body.id, since=since, state=state, words=words))


def set_capacity(session: Session, body: Body, heads: int, since: date) -> BodyCapacity:
    """Keep for how many people a body is registered from a day on.

    Raises
    ------
    InvalidError
        If it is not above zero, or the day has not come or is not after the last change.
    """
    if heads <= 0:
        raise InvalidError(
            f"核定人数应为正整数，现为 {heads}。", f"A capacity is above zero, not {heads}."
        )
    _refuse_day(session, BodyCapacity, body, since)
    if body.kind is BodyKind.HOME:
        body.capacity = heads  # type: ignore[attr-defined]  # a home's, which the mapper loads
    return _added(session, BodyCapacity(body_id=body.id, since=since, heads=heads))


def set_operator(session: Session, body: Body, name: str, uscc: str, since: date) -> BodyOperator:
    """Keep who runs a body from a day on.

    Raises
    ------
    InvalidError
        If the credit code is wrong, or the day has not come or is not after the last change.
    """
    code = _credit_code(uscc)
    _refuse_day(session, BodyOperator, body, since)
    return _added(session, BodyOperator(body_id=body.id, since=since, name=name, uscc=code))


def add_licence(session: Session, body: Body, values: Mapping[str, Any]) -> BodyLicence:
    """Keep a licence: ``kind``, ``number``, ``issued_by``, ``issued_on``, ``expires_on``.

    Raises
    ------
    InvalidError
        If it ends before it begins.
    ConflictError
        If the body has one of that kind and number.
    """
    first, last = values["issued_on"], values.get("expires_on")
    if last is not None and last < first:
        raise InvalidError(
            f"证照到期日 {last} 早于发证日 {first}，请核对。",
            f"The licence would end on {last}, before it was issued on {first}.",
        )
    lock_all(session, BodyLicence)
    same = select(BodyLicence.id).where(
        BodyLicence.body_id == body.id,
        BodyLicence.kind == values["kind"],
        BodyLicence.number == values["number"],
    )
    if session.scalar(same) is not None:
        raise ConflictError(
            f"{body.name} 已登记{values['kind']} {shown(values['number'])}。",
            f"{body.name} has the licence {shown(values['number'])} already.",
        )
    return _added(session, BodyLicence(body_id=body.id, **values))


def history(session: Session, kind: type[Dated], body: Body) -> Sequence[Dated]:
    """Return what was recorded of a body day by day, the newest first."""
    query = select(kind).where(kind.body_id == body.id).order_by(kind.since.desc())
    return session.scalars(query).all()


def licences(session: Session, body: Body) -> Sequence[BodyLicence]:
    """Return the licences of a body, those that end first at the front."""
    query = select(BodyLicence).where(BodyLicence.body_id == body.id)
    ordered = query.order_by(
        BodyLicence.expires_on.is_(None), BodyLicence.expires_on, BodyLicence.id
    )
    return session.scalars(ordered).all()


def require_not_closed(session: Session, body: Body, day: date) -> None:
    """Refuse what a closed body has no more: new months of rosters and wages, new inspections.

    Raises
    ------
    ConflictError
        If it is closed on the day.
    """
    if state_on(session, body, day) is State.CLOSED:
        raise ConflictError(
            f"{body.name} 在 {day} 已关闭，不再办理新的月份或评定。",
            f"{body.name} is closed on {day}: no new month and no inspection is opened for it.",
        )


def _latest(session: Session, kind: type[Dated], body: Body, day: date) -> Dated | None:
    query = select(kind).where(kind.body_id == body.id, kind.since <= day)
    return session.scalars(query.order_by(kind.since.desc()).limit(1)).first()


def _refuse_day(session: Session, kind: type[Dated], body: Body, since: date) -> None:
    now = today(session)
    if since > now:
        raise InvalidError(
            f"日期 {since} 还没有到（今天 {now}），到时再登记。",
            f"{since} has not come yet (today is {now}); record it then.",
        )
    lock_all(session, kind)
    last = session.scalar(select(func.max(kind.since)).where(kind.body_id == body.id))
    if last is not None and since <= last:
        raise InvalidError(
            f"{body.name} 在 {last} 已有登记，新的日期应在其后，现为 {since}。",
            f"{body.name} has a record from {last} on; the new one begins after it, not on"
            f" {since}.",
        )


def _refuse_elsewhere(session: Session, county: str) -> None:
    if not caller_in(session).scope(Permission.BODIES_WRITE).covers(0, county):
        raise NotAllowedError(
            f"区划 {shown(county)} 不在您的范围内，请由管理员登记。",
            f"{shown(county)} is not one of your places; the administrator has to register it.",
        )


def _refuse_taken(session: Session, code: str) -> None:
    # Of the connection: codes are one list, also of bodies that the session does not see.
    table = Body.__table__.c
    if session.connection().scalar(select(table.id).where(table.code == code)) is not None:
        raise ConflictError(
            f"编号 {shown(code)} 已被使用，请换一个。",
            f"The code {shown(code)} is taken; choose another one.",
        )


def _ask_about(same: Sequence[Body]) -> None:
    if not same:
        return
    named = "、".join(f"{body.code} {body.name}" for body in same)
    raise ConflictError(
        f"已有信用代码和地址都相同的机构：{named}。是同一家请用原来的；确是另一家，请注明“是另一家”（another）再登记。",
        f"Bodies with the same credit code and address are there: {named}. Use that one if it is"
        " the same; if it is another one, say so (another) and register it again.",
    )


def _credit_code(given: str) -> str:
    try:
        return credit_code.validate(given)
    except ValidationError as error:
        words = words_of(error)
        raise InvalidError(f"{words.zh}。", f"{words.en}.") from error


def _plain(address: Any) -> Any:
    return func.replace(func.trim(address), " ", "")


def _added(session: Session, record: Record) -> Record:
    session.add(record)
    session.flush()
    return record


Record = TypeVar("Record", bound=OfBody)
