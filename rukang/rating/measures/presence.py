"""Who came, and on how many days the doors were open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from rukang.attendance import AttendanceDay, Presence
from rukang.database.find import on_days
from rukang.rating.measure import Measurement
from rukang.rating.measures.window import Records, divided, measurement, months_of, share

ATTENDANCE = "考勤 attendance"


def attendance_rate(records: Records) -> Measurement | None:
    """Return the person-days present among those expected; rest and holidays are not expected."""
    marks = marks_of(records)
    due = [mark for mark in marks if mark.presence not in {Presence.REST, Presence.HOLIDAY}]
    hits = (mark.presence is Presence.PRESENT for mark in due)
    return share(records, hits, ATTENDANCE, months_of(mark.day for mark in due), due)


def opening_days(records: Records) -> Measurement | None:
    """Return the days on which somebody was present, a month: the mean of those on record."""
    marks = marks_of(records)
    if not marks:
        return None
    months, opened = months_of(mark.day for mark in marks), len(heads_of(marks))
    figures = f"{opened} 天/{len(months)} 个月 days open ÷ months on record"
    value = divided(opened, len(months))
    return measurement(records, value, ATTENDANCE, figures, months, marks)


def marks_of(records: Records) -> Sequence[AttendanceDay]:
    """Return the attendance marks of the window."""
    query = on_days(AttendanceDay, records.home.id, records.window.days)
    return records.session.scalars(query).all()


def heads_of(marks: Iterable[AttendanceDay]) -> Counter[date]:
    """Return how many were present on each day on which anybody was."""
    return Counter(mark.day for mark in marks if mark.presence is Presence.PRESENT)
