"""What happened in a home, what was complained of, and how satisfied people are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from rukang.bodies.homes import Home
from rukang.care.quality import (
    list_closed_complaints,
    list_complaints,
    list_incidents,
    list_surveys,
    reported_months,
)
from rukang.engines.rating.criteria.measure import Measurement
from rukang.stars.measures.window import Records, divided, measurement


def incidents(records: Records) -> Measurement | None:
    """Return how many incidents are on record.

    A month counts as on record when the home has reported it: an incident may be entered by
    itself without anything being known of the rest of its month.
    """
    found = list_incidents(*_span(records))
    months = reported_months(*_span(records))
    if not found and not months:
        return None
    grave = sum(incident.grave for incident in found)
    by_fault = sum(incident.by_fault is True for incident in found)
    figures = (
        f"{len(found)} 起（严重 {grave}，机构有责任 {by_fault}）"
        " incidents (grave, by fault of the home)"
    )
    source = "事件记录 incident records"
    return measurement(records, Decimal(len(found)), source, figures, months, found)


def complaints_upheld(records: Records) -> Measurement | None:
    """Return how many complaints proved right within the window, whenever they came in."""
    received, closed = list_complaints(*_span(records)), list_closed_complaints(*_span(records))
    months = reported_months(*_span(records))
    if not received and not closed and not months:
        return None
    upheld = [complaint for complaint in closed if complaint.upheld]
    still_open = sum(complaint.closed_on is None for complaint in received)
    figures = (
        f"查实 {len(upheld)}/办结 {len(closed)}，收到 {len(received)}，其中未办结 {still_open}"
        " upheld ÷ closed, received, of these open"
    )
    source = "投诉记录 complaint records"
    used = {complaint.id: complaint for complaint in (*received, *closed)}.values()
    return measurement(records, Decimal(len(upheld)), source, figures, months, used)


def satisfaction_share(records: Records) -> Measurement | None:
    """Return the satisfied among those who answered a survey."""
    surveys = list_surveys(*_span(records))
    answered = sum(survey.answered for survey in surveys)
    if not answered:
        return None
    satisfied = sum(survey.satisfied for survey in surveys)
    asked = sum(survey.asked for survey in surveys)
    figures = f"满意 {satisfied}/收回 {answered}（发出 {asked}） satisfied ÷ answered (asked)"
    source = "满意度调查 surveys"
    value = divided(satisfied, answered)
    months = reported_months(*_span(records))
    return measurement(records, value, source, figures, months, surveys)


def _span(records: Records) -> tuple[Session, Home, date, date]:
    """Return what the lists of quality records are asked with."""
    return records.session, records.home, records.window.first, records.window.last
