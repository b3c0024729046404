"""The workbooks of a home on a page: handed out, previewed and imported."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response, UploadFile

from api.access import ClientGone, HomesRead, Visitor
from api.fields import HomeCode
from api.pages.records import PerhapsMonth
from api.pages.templates import render
from api.routers.workbooks import add, import_content
from rostering.sheets import WorkbookError
from rukang.base.database import context
from rukang.bodies.homes import find_home
from rukang.doors.intake import in_words
from rukang.doors.intake.kinds import BOOKS, BY_NAME

router = APIRouter(prefix="/homes/{code}")

for _book in BOOKS.values():
    add(router, _book)


@router.get("/workbooks")
def all_workbooks(
    request: Request,
    code: HomeCode,
    session: HomesRead,
    visit: Visitor,
    month: PerhapsMonth = None,
) -> Response:
    """Show the workbooks the visitor may see of a month, this one where none is asked for."""
    home = find_home(session, code)
    wanted = month or context.today(session).replace(day=1)
    books = [book for book in BOOKS.values() if visit.caller.may(BY_NAME[book.name].reads)]
    told: dict[str, Any] = {"month": wanted, "books": books}
    return render(request, "workbooks.html", visit=visit, home=home, **told)


@router.post("/workbooks")
def import_workbook(
    request: Request,
    code: HomeCode,
    session: HomesRead,
    visit: Visitor,
    workbook: UploadFile,
    gone: ClientGone,
    preview: Annotated[bool, Form()] = False,
) -> Response:
    """Import a workbook, or show what it would change; or show what is wrong with it."""
    home, name = find_home(session, code), (workbook.filename or "").replace("/", " ")[-120:]
    told: dict[str, Any] = {"name": name, "preview": preview, "findings": ()}
    try:
        done = import_content(
            request,
            visit,
            code,
            workbook.file.read(),
            name or "workbook.xlsx",
            gone,
            preview=preview,
        )
    except WorkbookError as error:
        told["findings"], status = error.findings, 422
    else:
        told |= {"done": done, "changes": list(in_words(done.changes))}
        status = 200
    return render(request, "workbook_done.html", status, visit=visit, home=home, **told)
