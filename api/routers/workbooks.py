"""The workbooks of a home: handed out blank or with what is recorded, and imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response
from sqlalchemy.orm import Session

from api.access import ClientGone, Visit, Visitor, needs
from api.downloads import TYPES, answers, attached
from api.fields import HomeCode, View
from api.routers.records import WantedMonth
from rukang.base.access import Permission
from rukang.base.database import context
from rukang.bodies.homes import find_home
from rukang.doors.handlers import policy_of
from rukang.doors.intake import Imported, import_workbooks
from rukang.doors.intake.kinds import BOOKS, BY_NAME
from rukang.forms import Book, write_blank, write_filled

IsBlank = Annotated[bool, Query(description="只要空表 Without what is recorded")]
FileName = Annotated[
    str, Query(max_length=120, pattern=r"^[^/\\]+$", description="文件名 As messages name the file")
]
IsPreview = Annotated[
    bool, Query(description="只看会改什么，不存 Only what would change; nothing is stored")
]
Content = Annotated[bytes, Body(media_type="application/octet-stream")]

router = APIRouter(prefix="/homes/{code}", tags=["workbooks"])


class ChangesView(View):
    """How many records of a sheet are added, changed and taken away."""

    added: int
    changed: int
    removed: int


class ImportedView(View):
    """What became of a workbook; ``stored`` is false in a preview, and for one imported before."""

    kind: str
    homes: tuple[str, ...]
    rows: int
    stored: bool
    changes: Mapping[str, ChangesView]


def workbook_of(session: Session, book: Book, code: str, month: date, *, blank: bool) -> Response:
    """Return a workbook of a home as a file to keep."""
    home, made_at = find_home(session, code), context.now(session)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{book.title}.xlsx"
        if blank:
            write_blank(path, book, home.code, month, made_at)
        else:
            write_filled(path, book, session, home, month, made_at)
        content = path.read_bytes()
    return attached(content, f"{book.title}-{home.code}-{month:%Y-%m}.xlsx")


def import_content(
    request: Request,
    visit: Visit,
    code: str,
    content: bytes,
    name: str,
    gone: Callable[[], bool],
    *,
    preview: bool,
) -> Imported:
    """Import a workbook of a home, or say what it would change.

    Raises
    ------
    WorkbookError
        With everything that is wrong with it; nothing is stored then.
    """
    with visit.session(Permission.HOMES_READ) as session:
        find_home(session, code)
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        policy = policy_of(request.app.state.settings)
        (done,) = import_workbooks(
            visit.database, [path], visit.caller, code, policy, preview=preview, gone=gone
        )
    return done


def add(to: APIRouter, book: Book, **told: Any) -> None:
    """Add the address of a workbook to a router."""

    def get(code: HomeCode, month: WantedMonth, session: Any, blank: IsBlank = False) -> Response:
        """Return the month's workbook with what is recorded, or blank; it can be imported again."""
        return workbook_of(session, book, code, month, blank=blank)

    get.__annotations__["session"] = Annotated[Session, needs(BY_NAME[book.name].reads)]
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


@router.post("/workbooks", summary="导入工作簿 Import a workbook")
def import_workbook(
    request: Request,
    code: HomeCode,
    content: Content,
    visit: Visitor,
    gone: ClientGone,
    name: FileName = "workbook.xlsx",
    preview: IsPreview = False,
) -> ImportedView:
    """Check a workbook whole and store it whole, or say what it would change."""
    done = import_content(request, visit, code, content, name, gone, preview=preview)
    return ImportedView.model_validate(done)
