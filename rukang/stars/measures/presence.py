"""Who came, and on how many days the doors were open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from rukang.base.database.find import on_days
from rukang.care.attendance import AttendanceDay, Presence, in_days
from rukang.engines.rating.criteria.measure import Measurement
from rukang.stars.measures.window import Records, divided, measurement, months_of

ATTENDANCE = "考勤 attendance"
EXPECTED = frozenset(Presence) - {Presence.REST, Presence.HOLIDAY}


def attendance_rate(records: Records) -> Measurement | None:
    """Return the person-days present among those expected; rest and holidays are not expected.

    Half a day counts half.
    """
    due = [of for of in marks_of(records) if of.marks.count(*EXPECTED)]
    if not due:
        return None
    present, expected = presences(due), in_days(sum(of.marks.count(*EXPECTED) for of in due))
    figures, months = f"{present}/{expected}", months_of(of.day for of in due)
    value = divided(present, expected)
    return measurement(records, value, ATTENDANCE, figures, months, due)


def opening_days(records: Records) -> Measurement | None:
    """Return the days on which somebody was present, a month: the mean of those on record."""
    marks = marks_of(records)
    if not marks:
        return None
    months, opened = months_of(mark.day for mark in marks), len(days_open(marks))
    figures = f"{opened} 天/{len(months)} 个月 days open ÷ months on record"
    value = divided(opened, len(months))
    return measurement(records, value, ATTENDANCE, figures, months, marks)


def marks_of(records: Records) -> Sequence[AttendanceDay]:
    """Return the attendance marks of the window."""
    query = on_days(AttendanceDay, records.home.id, records.window.days)
    return records.session.scalars(query).all()


def days_open(marks: Iterable[AttendanceDay]) -> set[date]:
    """Return the days on which anybody was present, for a half of them at least."""
    return {of.day for of in marks if of.marks.count(Presence.PRESENT)}


def presences(marks: Iterable[AttendanceDay]) -> Decimal:
    """Return the person-days present; a half counts half."""
    return in_days(sum(of.marks.count(Presence.PRESENT) for of in marks))
