"""The records of forms on pages: lists of a month, and one form to enter, change or take away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from api.access import PeopleRead, PeopleWrite, Visit, Visitor
from api.fields import HomeCode, RecordId
from api.pages.acts import Offer, offers
from api.pages.cells import cells_to_fill
from api.pages.templates import render
from api.paging import PageNumber, leaf_of
from rukang.base.clock import days_of_month
from rukang.base.database import context
from rukang.base.errors import ConflictError
from rukang.bodies.homes import Home, find_home
from rukang.doors.intake.kinds import BOOKS
from rukang.forms import Book, Form, RefusedEntryError, cells_of, shown
from rukang.forms.kinds import Month
from rukang.people.entries import enter_record, find_record, remove_record, target_of

PerhapsMonth = Annotated[Month | None, Query(description="月份 The month, 2026-10")]
router = APIRouter(prefix="/homes/{code}")


async def _given(request: Request) -> dict[str, str]:
    """Return what a form's fields hold; an empty one is as if it were not there."""
    filled = await request.form()
    return {name: of for name, of in filled.items() if isinstance(of, str) and of.strip()}


Given = Annotated[dict[str, str], Depends(_given)]


def _add(book: Book, form: Form) -> None:
    """Add the pages of a form."""
    every, single = f"/records/{form.code}", f"/records/{form.code}/{{record_id}}"

    def list_all(
        request: Request,
        code: HomeCode,
        session: PeopleRead,
        visit: Visitor,
        month: PerhapsMonth = None,
        page: PageNumber = 1,
    ) -> Response:
        """Show the records of a month; the present one where none is asked for."""
        home = find_home(session, code)
        wanted = month or context.today(session).replace(day=1)
        days = days_of_month(wanted)
        found = leaf_of(session, form.query(home.id, days[0], days[-1]), page)
        rows = [(of.id, cells_of(of)) for of in found.items]
        words: dict[str, Any] = {"form": form, "book": book, "month": wanted, "rows": rows}
        return render(request, "records.html", visit=visit, home=home, leaf=found, **words)

    def blank(request: Request, code: HomeCode, session: PeopleWrite, visit: Visitor) -> Response:
        """Show the form to enter a record."""
        return _show(request, visit, find_home(session, code), form)

    def filled(
        request: Request, code: HomeCode, record_id: RecordId, session: PeopleWrite, visit: Visitor
    ) -> Response:
        """Show the form to change a record."""
        home = find_home(session, code)
        record = find_record(session, home, form, record_id)
        target = target_of(form)
        keys = {"code": code, target.own_key: record_id}
        offered = offers(session, visit, home, target, record, keys)
        values = shown(form, record)
        return _show(request, visit, home, form, values, record_id, offered=offered)

    def create(
        request: Request, code: HomeCode, session: PeopleWrite, visit: Visitor, given: Given
    ) -> Response:
        """Enter a record."""
        return _entered(request, session, visit, code, form, given)

    def change(
        request: Request,
        code: HomeCode,
        record_id: RecordId,
        session: PeopleWrite,
        visit: Visitor,
        given: Given,
    ) -> Response:
        """Change a record."""
        return _entered(request, session, visit, code, form, given, record_id)

    def remove(code: HomeCode, record_id: RecordId, session: PeopleWrite) -> Response:
        """Take a record away that was entered by mistake."""
        home = find_home(session, code)
        day = getattr(find_record(session, home, form, record_id), form.day)
        remove_record(session, home, form, record_id)
        return _to_list(code, form, day)

    router.add_api_route(every, list_all, methods=["GET"])
    router.add_api_route(f"{every}/new", blank, methods=["GET"])
    router.add_api_route(every, create, methods=["POST"])
    router.add_api_route(single, filled, methods=["GET"])
    router.add_api_route(single, change, methods=["POST"])
    router.add_api_route(f"{single}/remove", remove, methods=["POST"])


for _book in BOOKS.values():
    for _form in _book.single:
        _add(_book, _form)


def _entered(
    request: Request,
    session: Session,
    visit: Visit,
    code: str,
    form: Form,
    given: dict[str, str],
    record_id: int | None = None,
) -> Response:
    """Enter or change a record; show the form again with what is wrong, and with what was given."""
    home = find_home(session, code)
    wrong: dict[str, list[tuple[str, str]]] = defaultdict(list)
    try:
        record = enter_record(session, home, form, given, record_id)
    except RefusedEntryError as error:
        for header, zh, en in error.findings:
            wrong[header].append((zh, en))
    except ConflictError as error:
        wrong[form.header(form.key[0])].append((error.zh, error.en))
    else:
        return _to_list(code, form, getattr(record, form.day))
    return _show(request, visit, home, form, given, record_id, wrong)


def _show(
    request: Request,
    visit: Visit,
    home: Home,
    form: Form,
    values: Mapping[str, Any] | None = None,
    record_id: int | None = None,
    wrong: Mapping[str, list[tuple[str, str]]] | None = None,
    offered: Sequence[Offer] = (),
) -> Response:
    return render(
        request,
        "record.html",
        422 if wrong else 200,
        visit=visit,
        home=home,
        form=form,
        record_id=record_id,
        cells=cells_to_fill(form, values or {}, wrong or {}),
        wrong=wrong or {},
        offers=offered,
    )


def _to_list(code: str, form: Form, day: date) -> Response:
    return RedirectResponse(f"/homes/{code}/records/{form.code}?month={day:%Y-%m}", 303)
