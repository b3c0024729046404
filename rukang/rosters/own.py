"""One's own shifts, or those of whom one stands for: published ones, and what was worked of them.

Home and shift type are read beside them, on the connection: they are the home's, and who reads for
one person sees nothing of a home.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.bodies.records import Body
from rukang.rosters.records import ConfirmedShift, HomeShift, WorkedShift

Key = tuple[int, date]
Shift = TypeVar("Shift", WorkedShift, ConfirmedShift)


@dataclass(frozen=True)
class ShiftTime:
    """A shift type in words: ``start`` minutes after midnight, length in minutes."""

    code: str
    name: str
    start: int
    minutes: int


@dataclass(frozen=True)
class OwnShift:
    """Somebody's shift on a day.

    Parameters
    ----------
    planned
        The published shift; None if there was none.
    worked
        Code of the shift that was worked; None if nothing was, or nobody confirmed it yet.
    minutes
        Paid minutes that were worked; None while nobody confirmed them.
    """

    name: str
    home: str
    day: date
    planned: ShiftTime | None
    worked: str | None
    minutes: int | None


def own_shifts(session: Session, first: date, last: date) -> list[OwnShift]:
    """Return the shifts of some days (inclusive) that the session may see, by day and person."""
    planned = _of(session, WorkedShift, first, last)
    worked = _of(session, ConfirmedShift, first, last)
    all_of: dict[Key, WorkedShift | ConfirmedShift] = {**worked, **planned}
    homes = {shift.home_id for shift in all_of.values()}
    names, types = _homes(session, homes), _types(session, homes)
    return [
        OwnShift(
            name=shift.staff.person.name,
            home=names[shift.home_id],
            day=shift.day,
            planned=types.get((shift.home_id, planned[key].shift_code)) if key in planned else None,
            worked=worked[key].shift_code if key in worked else None,
            minutes=worked[key].minutes if key in worked else None,
        )
        for key, shift in sorted(all_of.items(), key=lambda item: (item[0][1], item[0][0]))
    ]


def _of(session: Session, kind: type[Shift], first: date, last: date) -> dict[Key, Shift]:
    found = session.scalars(select(kind).where(kind.day.between(first, last)))
    return {(shift.staff_id, shift.day): shift for shift in found}


def _homes(session: Session, homes: set[int]) -> dict[int, str]:
    home = Body.__table__.c
    query = select(home.id, home.name).where(home.id.in_(homes))
    return dict(session.connection().execute(query).tuples().all())


def _types(session: Session, homes: set[int]) -> dict[tuple[int, str], ShiftTime]:
    kind = HomeShift.__table__.c
    query = select(kind.home_id, kind.code, kind.name, kind.start, kind.minutes)
    found = session.connection().execute(query.where(kind.home_id.in_(homes)))
    return {(home, code): ShiftTime(code, *rest) for home, code, *rest in found}
