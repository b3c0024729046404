"""The public register as pages and as a file; nobody has to sign in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.access import PerhapsVisitor, RegisterRead, Visit
from api.fields import HomeCode
from api.pages.acts import Offer, offers
from api.pages.templates import render
from api.routers.stars.register import OnDay, Wanted
from payroll.policy import places as divisions
from rukang.base.access import Permission
from rukang.base.papers.cells import looks_like_formula
from rukang.bodies.homes import Home
from rukang.stars.acts import ENTRY
from rukang.stars.inspections import today
from rukang.stars.register import (
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
"""More homes than a nation has; a file is never cut off in silence."""

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
    request: Request,
    session: RegisterRead,
    visit: PerhapsVisitor,
    wanted: Wanted,
    on: OnDay = None,
    page: PageNumber = 1,
) -> Response:
    """Show the homes that hold a star on a day."""
    day = on or today(session)
    found, total = _found(session, day, wanted, A_PAGE, (page - 1) * A_PAGE)
    return render(
        request,
        "register.html",
        visit=visit,
        on=day,
        wanted=wanted,
        found=found,
        total=total,
        page=page,
        pages=max(1, -(-total // A_PAGE)),
        query=_query(day, wanted),
        line=summary(session, day, wanted.region).words,
        places=places(session),
        services=services(session),
        stars=range(MOST_STARS, 0, -1),
        division=divisions.name,
    )


@router.get("/register.csv")
def register_file(session: RegisterRead, wanted: Wanted, on: OnDay = None) -> Response:
    """Return the same list whole, as a file a spreadsheet opens."""
    day = on or today(session)
    found, _ = _found(session, day, wanted, EVERYTHING, 0)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows([_safe(cell) for cell in _row(entry)] for entry in found)
    header = {"Content-Disposition": f"attachment; filename=register-{day}.csv"}
    # The mark at the beginning tells Excel that the file is UTF-8.
    return Response("\ufeff" + text.getvalue(), media_type="text/csv", headers=header)


@router.get("/register/{code}")
def show_history(
    request: Request, code: HomeCode, session: RegisterRead, visit: PerhapsVisitor
) -> Response:
    """Show everything ever entered about a home."""
    home = find_registered(session, code)
    entries = history(session, home)
    return render(
        request,
        "register_home.html",
        visit=visit,
        home=home,
        entries=entries,
        by_id={one.id: one for one in entries},
        offers={} if visit is None else _offers(visit, code),
        division=divisions.name,
    )


def _offers(visit: Visit, code: str) -> dict[int, list[Offer]]:
    """Return what a visitor in office may do to each entry; nothing for everybody else."""
    if not visit.caller.may(Permission.RATING_DECIDE):
        return {}
    with visit.session(Permission.RATING_DECIDE) as session:
        home = session.scalar(select(Home).where(Home.code == code))
        if home is None:
            return {}
        return {
            one.id: offers(session, visit, home, ENTRY, one, {"code": code, "event_id": one.id})
            for one in history(session, home)
        }


def _found(
    session: Session, on: date, wanted: Filter, limit: int, offset: int
) -> tuple[Sequence[Entry], int]:
    require_place(session, wanted.region)
    return search(session, on, wanted, limit, offset)


def _query(on: date, wanted: Filter) -> str:
    """Return what was asked as an address carries it, for the other pages and the files."""
    asked = {"on": on, **asdict(wanted)}
    return urlencode({name: value for name, value in asked.items() if value})


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
