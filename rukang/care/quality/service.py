"""Reading what happened in a home: lists of a span, and which months were reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.bodies.homes import Home
from rukang.care.quality.forms import COMPLAINTS, INCIDENTS, SURVEYS, TRAINING
from rukang.care.quality.records import Complaint, Incident, ReportedMonth, Survey, Training


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
