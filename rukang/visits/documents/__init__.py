"""What inspectors take along: a printed sheet for each day, and a calendar file."""

from rukang.visits.documents.calendar_file import write_calendar
from rukang.visits.documents.day_sheet import day_sheet, write_day_sheets
from rukang.visits.documents.notes import HomeNotes

__all__ = ["HomeNotes", "day_sheet", "write_calendar", "write_day_sheets"]
