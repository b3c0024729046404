"""Dynamic management (动态管理): what happened since, and asks for a review of a star.

Signs are read from the records: incidents, complaints, attendance, payments, corrective actions.
A sign proposes; an officer opens the review, lowers the star or leaves it, and says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import pendulum
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rukang.base.calendar import Calendar, calendar_of
from rukang.base.definitions import Text
from rukang.bodies.homes import Home
from rukang.care.attendance import AttendanceDay, Presence, has_mark
from rukang.care.quality import list_complaints, list_incidents
from rukang.engines.rating import Edition, ReviewRule, Sign
from rukang.pay import PayRun, due_on, paid_on
from rukang.stars.inspections.cases import overdue


@dataclass(frozen=True)
class Found:
    """A rule of the edition that a home's records meet: how often, and where it was read."""

    rule: ReviewRule
    count: int
    evidence: Text


def signs(session: Session, home: Home, edition: Edition, on: date) -> list[Found]:
    """Return the rules of an edition that ask for a review of a home's star on a day.

    The days looked at end the day before, so that a day is over before it is judged.
    """
    found = []
    for rule in edition.reviews:
        first, last = on - timedelta(days=rule.within_days), on - timedelta(days=1)
        count, evidence = _READERS[rule.sign](session, home, first, last)
        if count >= rule.at_least:
            found.append(Found(rule, count, evidence))
    return found


Read = tuple[int, Text]


def _grave_incidents(session: Session, home: Home, first: date, last: date) -> Read:
    grave = [one for one in list_incidents(session, home, first, last) if one.grave]
    days = "、".join(f"{one.day}" for one in grave)
    return len(grave), Text(zh=f"严重事件：{days}", en=f"grave incidents: {days}")


def _complaints(session: Session, home: Home, first: date, last: date) -> Read:
    upheld = [one for one in list_complaints(session, home, first, last) if one.upheld]
    days = "、".join(f"{one.received_on}" for one in upheld)
    return len(upheld), Text(zh=f"属实的投诉：{days}", en=f"complaints upheld: {days}")


def _days_closed(session: Session, home: Home, first: date, last: date) -> Read:
    """Count the longest run of opening days without anybody; none before records begin."""
    ours = AttendanceDay.home_id == home.id
    begun = session.scalar(select(func.min(AttendanceDay.day)).where(ours))
    if begun is None:
        return 0, Text(zh="没有考勤记录", en="no attendance records")
    present = select(AttendanceDay.day).where(
        ours, has_mark(Presence.PRESENT), AttendanceDay.day.between(first, last)
    )
    opened = set(session.scalars(present))
    calendar = calendar_of(session)
    due = [day for day in _days(max(first, begun), last) if _opens(calendar, home, day)]
    runs = [list(run) for empty, run in groupby(due, key=lambda day: day not in opened) if empty]
    longest = max(runs, key=len, default=[])
    if not longest:
        return 0, Text(zh="开放日都有人到园", en="somebody present on every opening day")
    span = f"{longest[0]}–{longest[-1]}"
    zh, en = calendar.mark(longest) or ("", "")
    return len(longest), Text(
        zh=f"连续无人到园：{span}{zh and f'（{zh}）'}",
        en=f"nobody present: {span}{en and f' ({en})'}",
    )


def _late_wages(session: Session, home: Home, first: date, last: date) -> Read:
    """Count the wages that fell due in the window and were not paid by then, in cash or by bank."""
    earliest = pendulum.date(first.year, first.month, 1).subtract(months=1)
    query = select(PayRun).where(PayRun.home_id == home.id, PayRun.month.between(earliest, last))
    months = [
        slip.run.month
        for run in session.scalars(query)
        for slip, paid in paid_on(session, run).items()
        if (due := due_on(slip)) is not None
        and first <= due <= last
        and (paid is None or paid > due)
    ]
    named = "、".join(sorted({f"{month:%Y-%m}" for month in months}))
    return len(months), Text(zh=f"逾期发放的工资：{named}", en=f"wages paid late: {named}")


def _mending(session: Session, home: Home, first: date, last: date) -> Read:
    late = [
        one
        for one in overdue(session, last + timedelta(days=1))
        if one.home_id == home.id and one.due_on >= first
    ]
    named = "、".join(one.criterion for one in late)
    return len(late), Text(zh=f"逾期未整改：{named}", en=f"not mended in time: {named}")


_READERS: dict[Sign, Callable[[Session, Home, date, date], Read]] = {
    Sign.GRAVE_INCIDENTS: _grave_incidents,
    Sign.COMPLAINTS_UPHELD: _complaints,
    Sign.DAYS_CLOSED: _days_closed,
    Sign.LATE_WAGES: _late_wages,
    Sign.MENDING_OVERDUE: _mending,
}


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _opens(calendar: Calendar, home: Home, day: date) -> bool:
    return day.isoweekday() in home.opening_days and calendar.kind_of(day).works
