"""Files that may be one person: merged, told apart; merges on record, and taken apart again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select

from api.access import PersonAnswer, Visitor
from api.fields import RecordId
from api.pages.templates import render
from api.paging import PageNumber, leaf_from, leaf_of, rows_of
from api.routers.merges import (
    ApartGiven,
    MergeGiven,
    MergeView,
    merge_files,
    tell_apart,
    undo_merge,
)
from rukang.forms.kinds import Words
from rukang.people import PersonMerge, duplicates_query, names_of, pairs

router = APIRouter()


@router.get("/duplicates")
def all_duplicates(
    request: Request, session: PersonAnswer, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show pairs of files of one name and birth, side by side, with what can be said of them."""
    rows, total = rows_of(session, duplicates_query(), page)
    found = pairs(session, rows)
    numbers = [person.id for pair in found for person in (pair.one, pair.other)]
    return render(
        request,
        "duplicates.html",
        visit=visit,
        pairs=leaf_from(found, page, total),
        named=names_of(session, numbers),
    )


@router.post("/duplicates/merge")
def merge_here(
    request: Request, given: Annotated[MergeGiven, Form()], session: PersonAnswer
) -> Response:
    """Merge two files and show the merges on record."""
    merge_files(request, session, given)
    return RedirectResponse("/merges", 303)


@router.post("/duplicates/apart")
def apart_here(
    request: Request, given: Annotated[ApartGiven, Form()], session: PersonAnswer
) -> Response:
    """Record that two files are two people and show what is left to ask."""
    tell_apart(request, session, given)
    return RedirectResponse("/duplicates", 303)


@router.get("/merges")
def all_merges(
    request: Request, session: PersonAnswer, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show the merges on record, with a form that takes the files apart."""
    leaf = leaf_of(session, select(PersonMerge).order_by(PersonMerge.id.desc()), page)
    views = leaf_from([MergeView.of(one) for one in leaf.items], page, leaf.total)
    named = names_of(session, [one.kept_id for one in leaf.items])
    return render(request, "merges.html", visit=visit, merges=views, named=named)


@router.post("/merges/{merge_id}/undo")
def undo_here(
    request: Request,
    merge_id: RecordId,
    session: PersonAnswer,
    reason: Annotated[Words, Form(min_length=1, max_length=500)],
) -> Response:
    """Take two files apart and show the merges on record."""
    undo_merge(request, session, merge_id, reason)
    return RedirectResponse("/merges", 303)
