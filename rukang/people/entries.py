"""Single records of forms: found, entered, taken away, and what acts are done to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from sqlalchemy.orm import Session

from rukang.base.database.find import find_in
from rukang.base.definitions import Text
from rukang.bodies.homes import HOME, Home, lock_home
from rukang.forms import Form, Given, Target, enter, given_names, shown
from rukang.people import names_at


def enter_record(
    session: Session, home: Home, form: Form, given: Mapping[str, Any], record_id: int | None = None
) -> Any:
    """Return a record entered by itself, or changed; no workbook takes away a new one.

    Parameters
    ----------
    given
        Values by attribute, as the form declares them.
    record_id
        The record to change; None enters a new one.

    Raises
    ------
    InvalidError
        If the day is yet to come, or a rule of the form is broken.
    ConflictError
        If the home has another record of this key.
    """
    lock_home(session, home.id)
    record = None if record_id is None else find_record(session, home, form, record_id)
    return enter(session, home.id, form, given, cache(partial(names_at, session, home.id)), record)


def change_of(form: Form) -> Callable[[Session, Any, Given], Any]:
    """Return what an act does by which what it is given becomes that of a record of a form."""

    def change(session: Session, record: Any, given: Given) -> Any:
        home = session.get_one(Home, record.home_id)
        values = {name: shown(form, record)[name] for name in given_names(form)}
        return enter_record(session, home, form, values | given.model_dump(), record.id)

    return change


def remove_record(session: Session, home: Home, form: Form, record_id: int) -> None:
    """Take away a record that was entered by mistake; the audit trail keeps it."""
    lock_home(session, home.id)
    session.delete(find_record(session, home, form, record_id))
    form.followed(session, home.id)


def find_record(session: Session, home: Home, form: Form, record_id: int) -> Any:
    """Return a record of a home.

    Raises
    ------
    NotFoundError
        If the home has none of this id, or it is not for the session to see.
    """
    inside = form.record.home_id == home.id
    return find_in(session, form.record, inside, record_id, form.sheet, form.en)


@cache
def target_of(form: Form) -> Target:
    """Return the records of a form as what acts are done to."""
    name = form.record.__tablename__
    return Target(
        name=name,
        words=Text(zh=form.sheet, en=form.en),
        collection=form.code,
        find=lambda session, home, key: find_record(session, home, form, key),
        within=HOME,
        line=lambda record: Text(zh=f"{form.sheet} {record.id}", en=f"{name} {record.id}"),
        has_page=False,
    )


def page_of(form: Form) -> str:
    """Return the address of the page that shows a record of a form, with the keys in braces."""
    return f"/homes/{{code}}/records/{form.code}/{{{target_of(form).own_key}}}"
