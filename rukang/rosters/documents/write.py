"""Writing every document of a roster."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from rukang.base.access import Database
from rukang.base.database import context
from rukang.base.papers import private_files
from rukang.rosters.documents.calendar_file import write_calendar
from rukang.rosters.documents.page import write_roster_page
from rukang.rosters.documents.remarks import remarks_of
from rukang.rosters.documents.workbook import write_roster
from rukang.rosters.records import RosterPlan
from rukang.rosters.service import find_plan
from rukang.rosters.shifts import shifts_of
from rukang.rosters.table import roster_table

NAMES = ("roster.xlsx", "roster.ics", "roster.html")


def write_documents(database: Database, plan_id: int, folder: Path) -> list[Path]:
    """Write workbook, calendar and printable page of a plan into a folder; return their paths.

    As `write_papers`, in a session of its own.

    Raises
    ------
    NotFoundError
        If there is no such plan.
    """
    with database.session() as session:
        return write_papers(session, find_plan(session, plan_id), folder)


def write_papers(session: Session, plan: RosterPlan, folder: Path) -> list[Path]:
    """Write workbook, calendar and printable page of a plan into a folder; return their paths.

    A plan without a roster is written too: its page and workbook say why there is none. Files of
    the same names are replaced once all are written; they name people, so only their owner may
    read them.
    """
    table = roster_table(session, plan)
    remarks = remarks_of(session, plan, table)
    shifts = shifts_of(session, plan)
    made_at = context.now(session)
    with private_files(folder) as draft:
        workbook, calendar, page = (draft / name for name in NAMES)
        write_roster(table, remarks, workbook, made_at)
        write_calendar(table, shifts, calendar, made_at)
        write_roster_page(table, remarks, page)
    return [folder / name for name in NAMES]
