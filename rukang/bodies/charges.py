"""Which body answers for a person since when: dated, and never with a gap.

A body answers from a day on until the next one does. What is offered moves nothing; what is
accepted does, by :func:`take_charge`.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from rukang.base.database.context import today
from rukang.base.database.locking import lock_all
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.records import Body, Charge

CHARGE = Charge.__table__


def take_charge(session: Session, person_id: int, body: Body, since: date) -> Charge:
    """Let a body answer for a person from a day on; whichever did before does until the day before.

    Raises
    ------
    InvalidError
        If the day has not come, or is not after the last hand-over.
    ConflictError
        If the body answers for the person already.
    """
    now = today(session)
    if since > now:
        raise InvalidError(
            f"接收日期 {since} 还没有到（今天 {now}）。",
            f"{since} has not come yet (today is {now}); take charge then.",
        )
    lock_all(session, Charge)
    last = _last(session, person_id)
    if last is not None and last[0] >= since:
        raise InvalidError(
            f"此人的责任机构在 {last[0]} 已变更，新的日期应在其后，现为 {since}。",
            f"The person was handed over on {last[0]}; the next day of it is after that, not"
            f" {since}.",
        )
    if last is not None and last[1] == body.id:
        raise ConflictError(
            f"此人自 {last[0]} 起已由 {body.name} 负责。",
            f"{body.name} answers for the person since {last[0]} already.",
        )
    charge = Charge(person_id=person_id, body_id=body.id, since=since)
    session.add(charge)
    session.flush()
    return charge


def in_charge(session: Session, person_id: int, day: date) -> int | None:
    """Return the id of the body that answers for a person on a day; None before the first one.

    Also of a body that the session does not see: that there is one is what is asked.
    """
    of = select(CHARGE.c.body_id).where(CHARGE.c.person_id == person_id, CHARGE.c.since <= day)
    newest = of.order_by(CHARGE.c.since.desc()).limit(1)
    found: int | None = session.connection().scalar(newest)
    return found


def charges_query(body: Body, day: date) -> Select[tuple[Charge]]:
    """Return the query of the people for whom a body answers on a day, by since when."""
    later = CHARGE.alias("later")
    next_one = exists().where(
        later.c.person_id == Charge.person_id,
        later.c.since > Charge.since,
        later.c.since <= day,
    )
    return (
        select(Charge)
        .where(Charge.body_id == body.id, Charge.since <= day, ~next_one)
        .order_by(Charge.since, Charge.person_id)
    )


def _last(session: Session, person_id: int) -> tuple[date, int] | None:
    # Of the connection: the body before may be one that the session does not see.
    query = select(CHARGE.c.since, CHARGE.c.body_id).where(CHARGE.c.person_id == person_id)
    newest = query.order_by(CHARGE.c.since.desc()).limit(1)
    row = session.connection().execute(newest).one_or_none()
    return None if row is None else (row.since, row.body_id)
