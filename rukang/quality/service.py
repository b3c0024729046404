"""Reading the quality records of a home, and entering an incident or a complaint by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.clock import in_shanghai
from rukang.database.find import on_days
from rukang.errors import ConflictError, InvalidError
from rukang.homes import Home, hold
from rukang.quality.records import (
    WORDS,
    Complaint,
    ComplaintAbout,
    Incident,
    IncidentKind,
    ReportedMonth,
    Survey,
    Training,
)


def reported_months(session: Session, home: Home, first: date, last: date) -> Sequence[date]:
    """Return the months, by first day, within a span (inclusive) of which a home has reported."""
    query = select(ReportedMonth.month).where(
        ReportedMonth.home_id == home.id, ReportedMonth.month.between(first, last)
    )
    return session.scalars(query.order_by(ReportedMonth.month)).all()


def list_incidents(session: Session, home: Home, first: date, last: date) -> Sequence[Incident]:
    """Return the incidents of a span (inclusive), in order."""
    return session.scalars(on_days(Incident, home.id, [first, last])).all()


def list_complaints(session: Session, home: Home, first: date, last: date) -> Sequence[Complaint]:
    """Return the complaints received in a span (inclusive), in order."""
    query = select(Complaint).where(
        Complaint.home_id == home.id, Complaint.received_on.between(first, last)
    )
    return session.scalars(query.order_by(Complaint.received_on, Complaint.id)).all()


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
    return session.scalars(on_days(Training, home.id, [first, last])).all()


def list_surveys(session: Session, home: Home, first: date, last: date) -> Sequence[Survey]:
    """Return the surveys held in a span (inclusive), in order."""
    query = select(Survey).where(Survey.home_id == home.id, Survey.held_on.between(first, last))
    return session.scalars(query.order_by(Survey.held_on)).all()


def record_incident(
    session: Session,
    home: Home,
    code: str,
    day: date,
    kind: IncidentKind,
    words: str,
    *,
    grave: bool,
    by_fault: bool | None = None,
) -> Incident:
    """Enter an incident; no workbook takes it away again.

    Raises
    ------
    InvalidError
        If the day is yet to come, or the words are missing or too long.
    ConflictError
        If the home has an incident of this code.
    """
    _refuse_unfit(session, day, code, words)
    hold(session, home.id)
    _refuse_second(session, Incident, home, code)
    incident = Incident(
        home_id=home.id,
        code=code.strip(),
        day=day,
        kind=kind,
        grave=grave,
        by_fault=by_fault,
        words=words.strip(),
        imported=False,
    )
    session.add(incident)
    session.flush()
    return incident


def record_complaint(
    session: Session, home: Home, code: str, received_on: date, about: ComplaintAbout, words: str
) -> Complaint:
    """Enter a complaint that is not closed yet; no workbook takes it away again.

    Raises
    ------
    InvalidError
        If the day is yet to come, or the words are missing or too long.
    ConflictError
        If the home has a complaint of this code.
    """
    _refuse_unfit(session, received_on, code, words)
    hold(session, home.id)
    _refuse_second(session, Complaint, home, code)
    complaint = Complaint(
        home_id=home.id,
        code=code.strip(),
        received_on=received_on,
        about=about,
        words=words.strip(),
        imported=False,
    )
    session.add(complaint)
    session.flush()
    return complaint


def close_complaint(
    session: Session, complaint: Complaint, closed_on: date, *, upheld: bool
) -> None:
    """Note what a complaint proved to be, and when.

    Raises
    ------
    InvalidError
        If the day is before the complaint, or yet to come.
    ConflictError
        If it is closed already.
    """
    hold(session, complaint.home_id)
    session.refresh(complaint)
    if complaint.closed_on is not None:
        raise ConflictError(
            f"投诉 {complaint.code} 已于 {complaint.closed_on} 办结。",
            f"Complaint {complaint.code} was closed on {complaint.closed_on}.",
        )
    if not complaint.received_on <= closed_on <= _today(session):
        raise InvalidError(
            f"办结日期 {closed_on} 应在收到日期 {complaint.received_on} 和今天之间。",
            f"Closed on {closed_on}: give a day from {complaint.received_on} to today.",
        )
    complaint.closed_on, complaint.upheld = closed_on, upheld


def _refuse_unfit(session: Session, day: date, code: str, words: str) -> None:
    if day > _today(session):
        raise InvalidError(
            f"日期 {day} 还没有到；请核对日期。", f"{day} is yet to come: check the day."
        )
    if not code.strip() or not words.strip() or len(words.strip()) > WORDS:
        raise InvalidError(
            f"编号和经过都要写，经过最多 {WORDS} 字，不写姓名。",
            f"Give a code and what happened, in at most {WORDS} characters and without names.",
        )


def _refuse_second(
    session: Session, kind: type[Incident] | type[Complaint], home: Home, code: str
) -> None:
    query = select(kind.id).where(kind.home_id == home.id, kind.code == code.strip())
    if session.scalar(query) is not None:
        raise ConflictError(
            f"编号 {code} 已有记录；请换一个编号。",
            f"There is a record of code {code} already: give another.",
        )


def _today(session: Session) -> date:
    return in_shanghai(session.info["clock"]()).date()
