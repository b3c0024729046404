"""The public register as pages and as a file; nobody has to sign in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.orm import Session

from api.access import RegisterRead
from api.fields import HomeCode
from api.pages.templates import render
from api.routers.register import OnDay, Wanted
from payroll.policy import places as divisions
from rukang.documents.cells import looks_like_formula
from rukang.inspections import today
from rukang.register import (
    MOST_STARS,
    Entry,
    Filter,
    find_registered,
    history,
    places,
    require_place,
    search,
    services,
    summary,
)

router = APIRouter()

A_PAGE = 50
EVERYTHING = 100_000
HEADER = (
    "编号",
    "名称",
    "区划代码",
    "区县",
    "地址",
    "服务内容",
    "容量",
    "星级",
    "起",
    "止",
    "评定标准",
)
PageNumber = Annotated[int, Query(ge=1, le=10_000)]


@router.get("/register")
def show_register(
    request: Request, session: RegisterRead, wanted: Wanted, on: OnDay = None, page: PageNumber = 1
) -> Response:
    """Show the homes that hold a star on a day."""
    day = on or today(session)
    found, total = _found(session, day, wanted, A_PAGE, (page - 1) * A_PAGE)
    return render(
        request,
        "register.html",
        on=day,
        wanted=wanted,
        found=found,
        total=total,
        page=page,
        pages=max(1, -(-total // A_PAGE)),
        line=summary(session, day, wanted.region).words,
        places=places(session),
        services=services(session),
        stars=range(MOST_STARS, 0, -1),
        division=divisions.name,
    )


@router.get("/register.csv")
def register_file(session: RegisterRead, wanted: Wanted, on: OnDay = None) -> Response:
    """Return the same list whole, as a file a spreadsheet opens."""
    found, _ = _found(session, on or today(session), wanted, EVERYTHING, 0)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows([_safe(cell) for cell in _row(entry)] for entry in found)
    header = {"Content-Disposition": "attachment; filename=register.csv"}
    # The mark at the beginning tells Excel that the file is UTF-8.
    return Response("\ufeff" + text.getvalue(), media_type="text/csv", headers=header)


@router.get("/register/{code}")
def show_history(request: Request, code: HomeCode, session: RegisterRead) -> Response:
    """Show everything ever entered about a home."""
    home = find_registered(session, code)
    return render(
        request,
        "register_home.html",
        home=home,
        entries=history(session, home),
        division=divisions.name,
    )


def _found(
    session: Session, on: date, wanted: Filter, limit: int, offset: int
) -> tuple[Sequence[Entry], int]:
    require_place(session, wanted.region)
    return search(session, on, wanted, limit, offset)


def _row(entry: Entry) -> list[object]:
    return [
        entry.code,
        entry.name,
        entry.county,
        divisions.name(entry.county),
        entry.address,
        "、".join(entry.services),
        entry.capacity,
        entry.star,
        entry.since,
        entry.until,
        entry.edition,
    ]


def _safe(cell: object) -> object:
    """Keep a spreadsheet from reckoning what is a text."""
    return f"'{cell}" if isinstance(cell, str) and looks_like_formula(cell) else cell
