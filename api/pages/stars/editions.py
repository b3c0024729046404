"""Documents of criteria: those that homes are rated under, and the own ones of the installation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from api.access import RatingDecide, Visit, Visitor
from api.pages.templates import render
from api.routers.stars.editions import Folder, OwnId
from api.routers.stars.register import DayOrBlank
from rukang.base.definitions import MOST_CHARACTERS, Fault
from rukang.base.errors import InvalidError
from rukang.engines.rating import editions, load_edition
from rukang.engines.rating.files.read import examine
from rukang.forms.kinds import Words
from rukang.stars.inspections import today
from rukang.stars.ratings.own import (
    add_edition,
    decides_on,
    edition_in,
    in_folder,
    own_editions,
    put_in_force,
    retire,
)

router = APIRouter()

MOST_SHOWN = 90_000
"""Bytes of a document that are shown to be mended in place; a form's field takes little more."""

Text = Annotated[str, Form(max_length=MOST_CHARACTERS)]


@router.get("/editions")
def all_editions(
    request: Request, session: RatingDecide, visit: Visitor, folder: Folder
) -> Response:
    """Show the editions in force, the documents in the folder, and the form to add one."""
    return _page(request, session, visit, folder)


@router.post("/editions/lint")
def lint_here(
    request: Request,
    session: RatingDecide,
    visit: Visitor,
    folder: Folder,
    file: UploadFile | None = None,
    text: Text = "",
) -> Response:
    """Say what is wrong with a document; nothing is kept."""
    written = _written(file, text)
    edition, faults = examine(written)
    passed = edition.id if edition and not faults else None
    return _page(request, session, visit, folder, written, faults, passed)


@router.post("/editions")
def add_here(
    request: Request,
    session: RatingDecide,
    visit: Visitor,
    folder: Folder,
    file: UploadFile | None = None,
    text: Text = "",
) -> Response:
    """Put a document without faults into the folder; one with faults is shown with them."""
    written = _written(file, text)
    _, faults = examine(written)
    if faults:
        return _page(request, session, visit, folder, written, faults)
    add_edition(session, folder, written)
    return RedirectResponse("/editions", 303)


@router.post("/editions/{edition}/force")
def put_in_force_here(edition: OwnId, session: RatingDecide, folder: Folder) -> Response:
    """Let the homes of its place be rated under a document of the folder."""
    put_in_force(session, folder, edition)
    return RedirectResponse("/editions", 303)


@router.post("/editions/{edition}/retirement")
def retire_here(
    edition: OwnId,
    session: RatingDecide,
    why: Annotated[Words, Form(min_length=1, max_length=400)],
    last_on: Annotated[DayOrBlank, Form()] = None,
) -> Response:
    """Let no home be rated under an edition after a day."""
    retire(session, edition, last_on or today(session), why)
    return RedirectResponse("/editions", 303)


def _page(
    request: Request,
    session: RatingDecide,
    visit: Visit,
    folder: Folder,
    written: str = "",
    faults: list[Fault] | None = None,
    passed: str | None = None,
) -> Response:
    """Return the page, with what was written and what is wrong with it."""
    kept = {own.edition: own for own in own_editions(session)}
    shipped = [load_edition(name) for name in editions() if name not in kept]
    decided = [(edition_in(own.text), own) for own in kept.values()]
    waiting = [d for d in in_folder(folder) if d.edition is None or d.edition.id not in kept]
    return render(
        request,
        "editions.html",
        422 if faults else 200,
        visit=visit,
        listed=[*decided, *((edition, None) for edition in shipped)],
        waiting=waiting,
        may=lambda edition: decides_on(visit.caller, edition),
        written=written if len(written.encode()) <= MOST_SHOWN else "",
        faults=faults or [],
        passed=passed,
        today=today(session),
    )


def _written(file: UploadFile | None, text: str) -> str:
    """Return what was sent: the file, if one was chosen, else the text.

    Raises
    ------
    InvalidError
        If there is neither, or the file is no text.
    """
    content = file.file.read() if file is not None and file.filename else text.encode()
    if not content.strip():
        raise InvalidError(
            "请选择文件，或把标准的全文填在方框里。", "Choose a file, or write the document's text."
        )
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InvalidError(
            f"文件第 {line} 行起不是 UTF-8 文本；请另存为 UTF-8 再上传。",
            f"From line {line} on the file is no UTF-8 text; save it as UTF-8 and send it again.",
        ) from error
