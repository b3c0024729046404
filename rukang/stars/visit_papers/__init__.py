"""What inspectors take along: a printed sheet for each day, and a calendar file."""

from rukang.stars.visit_papers.calendar_file import write_calendar
from rukang.stars.visit_papers.day_sheet import day_sheet, write_day_sheets
from rukang.stars.visit_papers.notes import HomeNotes

__all__ = ["HomeNotes", "day_sheet", "write_calendar", "write_day_sheets"]
