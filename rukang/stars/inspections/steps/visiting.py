"""The desk check of what a home reports, and the day and pair of the visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.calendar import Calendar, calendar_of
from rukang.base.database.context import actor, today
from rukang.base.database.upsert import upsert
from rukang.base.errors import InvalidError, NotFoundError
from rukang.bodies.homes import Home
from rukang.stars.inspections.life import advance, require
from rukang.stars.inspections.records import Inspection, InspectionSheet, Inspector, Part, Stage
from rukang.stars.inspections.steps.assignment import start_sheet
from rukang.stars.interests import refuse_barred

PAIR = (Part.FIRST, Part.SECOND)
DAYS_A_WEEK = 7
LONGEST_NOTE = 500


def desk_check(session: Session, inspection: Inspection, *, accepted: bool, note: str = "") -> None:
    """Accept what a home reports of itself, or give the sheet back to be completed.

    Raises
    ------
    NotAllowedError
        If who checks belongs to the home or has declared a conflict of interest.
    InvalidError
        If it is given back without a reason.
    ConflictError
        If the home has not reported.
    """
    refuse_barred(session, inspection.home, actor(session), today(session))
    require(inspection, Stage.SELF_REPORTED)
    if not accepted and not note.strip():
        raise InvalidError("请写明要补充什么。", "Say what has to be completed.")
    advance(session, inspection, Stage.DESK_CHECKED if accepted else Stage.OPENED, note)
    if not accepted:
        for sheet in inspection.sheets:
            sheet.submitted_at = None
        session.flush()


def plan_visit(
    session: Session,
    inspection: Inspection,
    day: date,
    pair: Sequence[Inspector],
    note: str = "",
) -> None:
    """Set the day of a visit and the two who go; they get a sheet each. Can be done anew.

    Parameters
    ----------
    note
        Why, where somebody who has begun a sheet is replaced; the begun sheet is kept.

    Raises
    ------
    InvalidError
        If the day is past, no workday, one on which the home is closed, or after the visit was
        due; or the two are one person.
    NotAllowedError
        If one of them, or who plans it, is barred from the home.
    ConflictError
        If it is not the time, or one who is replaced has begun a sheet and no reason is given.
    """
    refuse_barred(session, inspection.home, actor(session), today(session))
    require(inspection, Stage.OPENED, Stage.DESK_CHECKED, Stage.PLANNED)
    refuse_day(calendar_of(session), inspection.home, day, today(session), inspection.due_on)
    if len({one.email for one in pair}) != len(PAIR):
        raise InvalidError(
            "上门评定须由两位不同的评定员进行。", "A visit takes two different inspectors."
        )
    for one in pair:
        refuse_barred(session, inspection.home, one.email, day)
    inspection.visit_on = day
    names = "、".join(one.name for one in pair)
    told = f"{day}：{names}" + (f"；{note.strip()}" if note.strip() else "")
    advance(session, inspection, Stage.PLANNED, told[:LONGEST_NOTE])
    _give_sheets(session, inspection, pair, note)


def upsert_inspector(
    session: Session,
    email: str,
    name: str,
    region: str,
    place: tuple[Decimal, Decimal],
    skills: Sequence[str] = (),
    most_days: int = 3,
    away: Sequence[date] = (),
) -> Inspector:
    """Put somebody on the list of inspectors, or change what it says of them.

    Parameters
    ----------
    place
        Latitude and longitude, in degrees, of where they set out from.
    most_days
        Days of visits a week.
    away
        Days on which they cannot.

    Raises
    ------
    InvalidError
        If there is no such place, or no such number of days.
    """
    latitude, longitude = place
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise InvalidError(
            f"没有 {latitude},{longitude} 这个地点；请写成 37.38,117.97 这样（纬度,经度）。",
            f"There is no place {latitude},{longitude}; write it like 37.38,117.97.",
        )
    if not 1 <= most_days <= DAYS_A_WEEK:
        raise InvalidError(
            f"每周上门天数 {most_days} 应为 1 至 {DAYS_A_WEEK}。",
            f"{most_days} days of visits a week; there are 1 to {DAYS_A_WEEK}.",
        )
    query = select(Inspector).where(Inspector.email == email.lower())
    values = {
        "email": email.lower(),
        "name": name,
        "region": region,
        "latitude": latitude,
        "longitude": longitude,
        "skills": list(skills),
        "most_days": most_days,
        "away": sorted(day.isoformat() for day in away),
    }
    inspector = upsert(session, Inspector, session.scalar(query), values)
    session.flush()
    return inspector


def list_inspectors(session: Session) -> Sequence[Inspector]:
    """Return everybody who inspects, by region and name."""
    return session.scalars(select(Inspector).order_by(Inspector.region, Inspector.name)).all()


def find_inspectors(session: Session, emails: Sequence[str]) -> list[Inspector]:
    """Return inspectors by their addresses, in the order asked.

    Raises
    ------
    NotFoundError
        If one of them is no inspector.
    """
    found = {
        one.email: one
        for one in session.scalars(select(Inspector).where(Inspector.email.in_(emails)))
    }
    if unknown := [email for email in emails if email not in found]:
        raise NotFoundError(
            f"{'、'.join(unknown)} 不在评定员名单上。",
            f"{', '.join(unknown)} is not on the list of inspectors.",
        )
    return [found[email] for email in emails]


def refuse_day(calendar: Calendar, home: Home, day: date, now: date, due_on: date) -> None:
    """Refuse a day on which a home cannot be visited.

    Raises
    ------
    InvalidError
        With the reason.
    """
    if why := _unfit(calendar, home, day, now, due_on):
        zh, en = why
        raise InvalidError(
            f"不能在 {day} 到 {home.name} 上门：{zh}。请另选一天。",
            f"{home.name} cannot be visited on {day}: {en}. Choose another day.",
        )


def _unfit(
    calendar: Calendar, home: Home, day: date, now: date, due_on: date
) -> tuple[str, str] | None:
    if day < now:
        return "这一天已过", "it is past"
    if day > due_on:
        return f"晚于期限 {due_on}", f"it is after the due day {due_on}"
    kind = calendar.kind_of(day)
    if not kind.works:
        return f"这一天是{kind.value}", f"it is a {kind.en}"
    if day.isoweekday() not in home.opening_days:
        return "机构当天不开放", "the home is closed on that weekday"
    return None


def _give_sheets(
    session: Session, inspection: Inspection, pair: Sequence[Inspector], note: str
) -> None:
    """Give each of the two a sheet; who stays keeps theirs."""
    staying = {s.part: s.filled_by for s in inspection.sheets if _stays(s, pair)}
    free = [part for part in PAIR if part not in staying]
    coming = [one for one in pair if one.email not in staying.values()]
    for part, one in zip(free, coming, strict=True):
        start_sheet(session, inspection, part, one.email, one.name, note)


def _stays(sheet: InspectionSheet, pair: Sequence[Inspector]) -> bool:
    return sheet.part in PAIR and sheet.filled_by in {one.email for one in pair}
