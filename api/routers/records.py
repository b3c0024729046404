"""The records of forms: listed, shown, entered, changed, taken away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.access import PeopleRead, PeopleWrite
from api.fields import HomeCode, RecordId
from api.paging import Page, WantedPage, page_of
from rukang.base.clock import days_of_month
from rukang.bodies.homes import find_home
from rukang.doors.intake.kinds import BOOKS
from rukang.forms import Book, Form, given_model, shown, shown_model
from rukang.forms.kinds import Month
from rukang.people.entries import enter_record, find_record, remove_record

WantedMonth = Annotated[Month, Query(description="月份 The month, 2026-10")]

router = APIRouter(prefix="/homes/{code}")


def _add(book: Book, form: Form) -> None:
    """Add the operations of a form; their names and words are the form's."""
    given, seen, one = given_model(form), shown_model(form), form.record.__name__.lower()
    view = partial(shown, form)

    def list_all(
        code: HomeCode, month: WantedMonth, session: PeopleRead, wanted: WantedPage
    ) -> Any:
        """Return the records of a month, in order."""
        days = days_of_month(month)
        query = form.query(find_home(session, code).id, days[0], days[-1])
        return page_of(session, query, wanted, view)

    def show(code: HomeCode, record_id: RecordId, session: PeopleRead) -> Any:
        """Return one record."""
        return view(find_record(session, find_home(session, code), form, record_id))

    def create(code: HomeCode, entry: Any, session: PeopleWrite) -> Any:
        """Enter a record; no workbook takes it away."""
        return view(enter_record(session, find_home(session, code), form, entry.model_dump()))

    def change(code: HomeCode, record_id: RecordId, entry: Any, session: PeopleWrite) -> Any:
        """Change a record to what is given."""
        return view(
            enter_record(session, find_home(session, code), form, entry.model_dump(), record_id)
        )

    def remove(code: HomeCode, record_id: RecordId, session: PeopleWrite) -> None:
        """Take a record away that was entered by mistake; the audit trail keeps it."""
        remove_record(session, find_home(session, code), form, record_id)

    create.__annotations__["entry"] = change.__annotations__["entry"] = given
    every, single = f"/{form.code}", f"/{form.code}/{{record_id}}"
    routes: tuple[tuple[str, str, Callable[..., Any], int, Any, str], ...] = (
        (every, "GET", list_all, 200, Page[seen], "列出 List"),  # type: ignore[valid-type]
        (single, "GET", show, 200, seen, "查看 Show"),
        (every, "POST", create, 201, seen, "登记 Enter"),
        (single, "PUT", change, 200, seen, "修改 Change"),
        (single, "DELETE", remove, 204, None, "删去 Remove"),
    )
    for path, method, function, status, answer, words in routes:
        zh, en = words.split()
        router.add_api_route(
            path,
            function,
            methods=[method],
            status_code=status,
            response_model=answer,
            tags=[book.name],
            name=f"{en.lower()}_{form.code if path is every and method == 'GET' else one}",
            summary=f"{zh}{form.sheet} {en} {form.en}",
        )


for _book in BOOKS.values():
    for _form in _book.single:
        _add(_book, _form)
