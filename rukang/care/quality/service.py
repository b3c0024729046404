"""Reading the quality records of a home, and entering one by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.database.find import find_in
from rukang.bodies.homes import Home, hold
from rukang.care.quality.forms import COMPLAINTS, INCIDENTS, SURVEYS, TRAINING
from rukang.care.quality.records import Complaint, Incident, ReportedMonth, Survey, Training
from rukang.forms import Form, enter
from rukang.people import names_at


def reported_months(session: Session, home: Home, first: date, last: date) -> Sequence[date]:
    """Return the months, by first day, within a span (inclusive) of which a home has reported."""
    query = select(ReportedMonth.month).where(
        ReportedMonth.home_id == home.id, ReportedMonth.month.between(first, last)
    )
    return session.scalars(query.order_by(ReportedMonth.month)).all()


def list_incidents(session: Session, home: Home, first: date, last: date) -> Sequence[Incident]:
    """Return the incidents of a span (inclusive), in order."""
    return INCIDENTS.list(session, home.id, first, last)


def list_complaints(session: Session, home: Home, first: date, last: date) -> Sequence[Complaint]:
    """Return the complaints received in a span (inclusive), in order."""
    return COMPLAINTS.list(session, home.id, first, last)


def list_closed_complaints(
    session: Session, home: Home, first: date, last: date
) -> Sequence[Complaint]:
    """Return the complaints closed in a span (inclusive), in order, whenever they came in."""
    query = select(Complaint).where(
        Complaint.home_id == home.id, Complaint.closed_on.between(first, last)
    )
    return session.scalars(query.order_by(Complaint.closed_on, Complaint.id)).all()


def list_training(session: Session, home: Home, first: date, last: date) -> Sequence[Training]:
    """Return the training given in a span (inclusive), in order."""
    return TRAINING.list(session, home.id, first, last)


def list_surveys(session: Session, home: Home, first: date, last: date) -> Sequence[Survey]:
    """Return the surveys held in a span (inclusive), in order."""
    return SURVEYS.list(session, home.id, first, last)


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
    hold(session, home.id)
    record = None if record_id is None else find_record(session, home, form, record_id)
    return enter(session, home.id, form, given, cache(partial(names_at, session, home.id)), record)


def remove_record(session: Session, home: Home, form: Form, record_id: int) -> None:
    """Take away a record that was entered by mistake; the audit trail keeps it."""
    hold(session, home.id)
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
