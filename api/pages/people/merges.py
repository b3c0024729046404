"""Files that may be one person, with what can be said of them; and the merges on record."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from api.access import PersonAnswer, Visitor
from api.pages.acts import offer_of
from api.pages.templates import render
from api.paging import PageNumber, leaf_from, leaf_of, rows_of
from api.routers.people.merges import MergeView
from rukang.people import Pair, PersonMerge, duplicates_query, names_of, pairs
from rukang.people.acts import APART, MERGE, UNDO

router = APIRouter()


@router.get("/duplicates")
def all_duplicates(
    request: Request, session: PersonAnswer, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show pairs of files of one name and birth, side by side, with what can be said of them."""
    rows, total = rows_of(session, duplicates_query(), page)
    found = pairs(session, rows)
    said = ((MERGE, False), (MERGE, True), (APART, False))
    numbers = [person.id for pair in found for person in (pair.one, pair.other)]
    return render(
        request,
        "duplicates.html",
        visit=visit,
        pairs=leaf_from(found, page, total),
        named=names_of(session, numbers),
        offers=[
            [
                offer_of(session, act, Pair(of.other, of.one) if turned else of, {})
                for act, turned in said
            ]
            for of in found
        ],
    )


@router.get("/merges")
def all_merges(
    request: Request, session: PersonAnswer, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show the merges on record, with a form that takes the files apart."""
    leaf = leaf_of(session, select(PersonMerge).order_by(PersonMerge.id.desc()), page)
    views = leaf_from([MergeView.of(one) for one in leaf.items], page, leaf.total)
    named = names_of(session, [one.kept_id for one in leaf.items])
    offers = {
        one.id: [offer_of(session, UNDO, one, {"merge_id": one.id})]
        for one in leaf.items
        if UNDO.offered(one, None)
    }
    return render(request, "merges.html", visit=visit, merges=views, named=named, offers=offers)
