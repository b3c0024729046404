"""A roster as a calendar file, one event a shift."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

from icalendar import Calendar, Event

from rostering import ShiftType
from rukang.base.clock import SHANGHAI
from rukang.rosters.table import RosterTable, TableDay, TableRow


def write_calendar(
    table: RosterTable, shifts: list[ShiftType], path: Path, made_at: datetime
) -> None:
    """Write every shift of a roster into an iCalendar file.

    Event ids depend on home, person and day only, so that importing a later version of the roster
    moves the events instead of doubling them.

    Parameters
    ----------
    made_at
        The moment written as the events' time stamp.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Rukang Homes//roster//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", table.title)
    by_code = {shift.id: shift for shift in shifts}
    for row in table.rows:
        for day, cell in zip(table.days, row.cells, strict=True):
            if cell:
                calendar.add_component(_event(table, row, day, by_code[cell], made_at))
    calendar.add_missing_timezones()
    path.write_bytes(calendar.to_ical())


def _event(
    table: RosterTable, row: TableRow, day: TableDay, shift: ShiftType, made_at: datetime
) -> Event:
    begins = datetime.combine(day.date, time(), SHANGHAI) + timedelta(minutes=shift.start or 0)
    event = Event()
    event.add("uid", f"{row.code}-{day.date:%Y%m%d}@{table.code}.rukang")
    event.add("dtstamp", made_at)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=shift.minutes))
    event.add("summary", f"{row.name} {shift.name}")
    event.add("location", table.home)
    return event
