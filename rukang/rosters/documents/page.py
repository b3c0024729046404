"""A roster as a page to print or send: one HTML file, a real table, text beside every colour."""

from __future__ import annotations

from pathlib import Path

from rukang.base.papers import write_page
from rukang.rosters.documents import look
from rukang.rosters.documents.remarks import Remarks
from rukang.rosters.table import RosterTable

TEMPLATES = Path(__file__).parent / "templates"


def write_roster_page(table: RosterTable, remarks: Remarks, path: Path) -> Path:
    """Write the page and return its path."""
    return write_page(
        path,
        "roster.html",
        TEMPLATES,
        landscape=True,
        table=table,
        remarks=remarks,
        look=look,
        fills=look.fills(table),
    )
