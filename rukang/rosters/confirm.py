"""Shifts confirmed after they were worked: as planned, or what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

import rostering
from rukang.base.database import context
from rukang.base.database.find import on_days
from rukang.base.errors import InvalidError, NotFoundError
from rukang.bodies.homes import Home, lock_home
from rukang.people import Staff
from rukang.rosters.records import ConfirmedShift, WorkedShift
from rukang.rosters.shifts import list_shifts, shift_type

LONGEST = 24 * 60
"""Most paid minutes of one day's shift."""


@dataclass(frozen=True)
class Confirmation:
    """What became of one person's day.

    Parameters
    ----------
    shift
        Code of the shift worked; None if none was.
    minutes
        Paid minutes worked; None for those of the shift, 0 without one.
    """

    staff: str
    day: date
    shift: str | None
    minutes: int | None = None
    note: str = ""


def confirm_as_planned(session: Session, home: Home, first: date, last: date) -> int:
    """Confirm the published shifts of some days, both included, that nobody confirmed yet.

    Returns
    -------
    int
        How many shifts were confirmed.

    Raises
    ------
    InvalidError
        If a day is yet to come, or the last before the first.
    """
    _refuse_days(session, first, last)
    lock_home(session, home.id)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    known = {(c.staff_id, c.day) for c in session.scalars(on_days(ConfirmedShift, home.id, days))}
    planned: Sequence[WorkedShift] = session.scalars(on_days(WorkedShift, home.id, days)).all()
    kinds = _kinds(session, home)
    found = [shift for shift in planned if (shift.staff_id, shift.day) not in known]
    for shift in found:
        kind = _kind(home, kinds, shift.shift_code)
        session.add(_record(session, shift.staff, shift.day, kind, kind, None, ""))
    session.flush()
    return len(found)


def confirm(session: Session, home: Home, given: Iterable[Confirmation]) -> list[ConfirmedShift]:
    """Confirm what became of single shifts; a shift confirmed before is corrected.

    Raises
    ------
    InvalidError
        If a day is yet to come, minutes cannot be, or nothing was planned nor worked.
    NotFoundError
        If the home has no such person or shift type.
    """
    lock_home(session, home.id)
    kinds = _kinds(session, home)
    return [_confirmed(session, home, kinds, one) for one in given]


def _confirmed(
    session: Session, home: Home, kinds: dict[str, rostering.ShiftType], given: Confirmation
) -> ConfirmedShift:
    _refuse_days(session, given.day, given.day)
    query = select(Staff).where(Staff.home_id == home.id, Staff.code == given.staff)
    member = session.scalar(query)
    if member is None:
        raise NotFoundError(
            f"机构 {home.code} 没有员工 {given.staff}。",
            f"Home {home.code} has no member of staff {given.staff}.",
        )
    here = (WorkedShift.staff_id == member.id, WorkedShift.day == given.day)
    shift = session.scalar(select(WorkedShift).where(*here))
    planned = None if shift is None else _kind(home, kinds, shift.shift_code)
    worked = None if given.shift is None else _kind(home, kinds, given.shift)
    _refuse_minutes(given, planned is not None)
    record = _record(session, member, given.day, planned, worked, given.minutes, given.note)
    known = session.scalar(
        select(ConfirmedShift).where(
            ConfirmedShift.staff_id == member.id, ConfirmedShift.day == given.day
        )
    )
    if known is None:
        session.add(record)
    else:
        for field in KEPT:
            setattr(known, field, getattr(record, field))
    session.flush()
    return known or record


KEPT = (
    "planned_code",
    "planned_minutes",
    "planned_after_midnight",
    "shift_code",
    "minutes",
    "minutes_after_midnight",
    "note",
    "confirmed_by",
    "confirmed_at",
)


def _record(
    session: Session,
    member: Staff,
    day: date,
    planned: rostering.ShiftType | None,
    worked: rostering.ShiftType | None,
    minutes: int | None,
    note: str,
) -> ConfirmedShift:
    paid = 0 if worked is None else worked.paid_minutes
    given = paid if minutes is None else minutes
    return ConfirmedShift(
        home_id=member.home_id,
        staff_id=member.id,
        day=day,
        planned_code=None if planned is None else planned.id,
        planned_minutes=0 if planned is None else planned.paid_minutes,
        planned_after_midnight=after_midnight(planned),
        shift_code=None if worked is None else worked.id,
        minutes=given,
        minutes_after_midnight=after_midnight(worked) * given // paid if paid else 0,
        note=note,
        confirmed_by=context.actor(session),
        confirmed_at=context.now(session),
    )


def after_midnight(kind: rostering.ShiftType | None) -> int:
    """Return the paid minutes of a shift that are worked on the day after it began."""
    return 0 if kind is None else sum(kind.paid_by_day[1:])


def _kinds(session: Session, home: Home) -> dict[str, rostering.ShiftType]:
    return {shift.code: shift_type(shift) for shift in list_shifts(session, home)}


def _kind(home: Home, kinds: dict[str, rostering.ShiftType], code: str) -> rostering.ShiftType:
    if code not in kinds:
        known = "、".join(kinds)
        raise NotFoundError(
            f"机构 {home.code} 没有班次 {code}；现有 {known}。",
            f"Home {home.code} has no shift type {code}; there are {known}.",
        )
    return kinds[code]


def _refuse_days(session: Session, first: date, last: date) -> None:
    today = context.today(session)
    if last < first:
        raise InvalidError(
            f"最后一天 {last} 早于第一天 {first}；请对调。",
            f"The last day {last} is before the first {first}: exchange them.",
        )
    if last > today:
        raise InvalidError(
            f"{last} 还没有到（今天 {today}），上过的班才能确认。",
            f"{last} is yet to come (today is {today}); only what was worked is confirmed.",
        )


def _refuse_minutes(given: Confirmation, is_planned: bool) -> None:
    if given.shift is None and given.minutes:
        raise InvalidError(
            f"{given.staff} {given.day} 没有班次，却有 {given.minutes} 分钟；请写明班次。",
            f"{given.staff} on {given.day}: {given.minutes} minutes without a shift; name it.",
        )
    if given.minutes is not None and not 0 <= given.minutes <= LONGEST:
        raise InvalidError(
            f"{given.staff} {given.day} 的 {given.minutes} 分钟不在 0 至 {LONGEST} 之间。",
            f"{given.staff} on {given.day}: {given.minutes} minutes are not in 0..{LONGEST}.",
        )
    if given.shift is None and not is_planned:
        raise InvalidError(
            f"{given.staff} {given.day} 没有排班，也没有上班，无须确认。",
            f"{given.staff} on {given.day}: nothing was planned nor worked.",
        )
