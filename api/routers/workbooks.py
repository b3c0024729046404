"""The workbooks of a home: blank, or with what is recorded, to be filled in and imported."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from api.access import HomesRead, PayRead, PeopleRead, RosterRead
from api.downloads import TYPES, answers, attached
from api.fields import HomeCode
from api.routers.records import WantedMonth
from rukang.bodies.homes import find_home
from rukang.doors.intake.kinds import BOOKS
from rukang.forms import Book, write_blank, write_filled

IsBlank = Annotated[bool, Query(description="只要空表 Without what is recorded")]

READERS: Mapping[str, Any] = {
    "homes": HomesRead,
    "staff": RosterRead,
    "employment": PayRead,
    "attendance": PeopleRead,
    "quality": PeopleRead,
}
"""What seeing a workbook needs, by its name."""

router = APIRouter(prefix="/homes/{code}", tags=["workbooks"])


def workbook_of(session: Session, book: Book, code: str, month: date, *, blank: bool) -> Response:
    """Return a workbook of a home as a file to keep."""
    home, made_at = find_home(session, code), session.info["clock"]()
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{book.title}.xlsx"
        if blank:
            write_blank(path, book, home.code, month, made_at)
        else:
            write_filled(path, book, session, home, month, made_at)
        content = path.read_bytes()
    return attached(content, f"{book.title}-{home.code}-{month:%Y-%m}.xlsx")


def add(to: APIRouter, book: Book, **told: Any) -> None:
    """Add the address of a workbook to a router."""

    def get(code: HomeCode, month: WantedMonth, session: Any, blank: IsBlank = False) -> Response:
        """Return the month's workbook with what is recorded, or blank; it can be imported again."""
        return workbook_of(session, book, code, month, blank=blank)

    get.__annotations__["session"] = READERS[book.name]
    to.add_api_route(
        f"/{book.name}-workbook",
        get,
        methods=["GET"],
        response_class=Response,
        name=f"get_{book.name}_workbook",
        **told,
    )


for _book in BOOKS.values():
    add(
        router,
        _book,
        summary=f"工作簿 {_book.title} The workbook of {_book.name}",
        responses=answers(TYPES[".xlsx"]),
    )
