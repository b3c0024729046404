"""Keeping 07-质量记录: what a month holds replaces what workbooks brought of it before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rukang.clock import days_of_month
from rukang.database.find import on_days
from rukang.database.keep import settle
from rukang.intake.form import Intake
from rukang.intake.quality.rows import ComplaintRow, IncidentRow, SurveyRow, TrainingRow
from rukang.people import Staff
from rukang.quality import (
    Complaint,
    Incident,
    ReportedMonth,
    Survey,
    Training,
    list_complaints,
    list_incidents,
    list_surveys,
    reported_months,
)


def keep_month(intake: Intake) -> None:
    """Note that the home has reported the month."""
    if not reported_months(intake.session, intake.home, intake.month, intake.month):
        intake.session.add(ReportedMonth(home_id=intake.home.id, month=intake.month))


def keep_incidents(intake: Intake, rows: Iterable[IncidentRow]) -> None:
    """Replace the incidents of the month that a workbook brought."""
    days = days_of_month(intake.month)
    known = list_incidents(intake.session, intake.home, days[0], days[-1])
    found = {incident.code: incident for incident in known if incident.imported}
    wanted = {
        row.code: row.model_dump() | {"home_id": intake.home.id, "imported": True} for row in rows
    }
    settle(intake.session, Incident, found, wanted)


def keep_complaints(intake: Intake, rows: Iterable[ComplaintRow]) -> None:
    """Replace the complaints of the month that a workbook brought."""
    days = days_of_month(intake.month)
    known = list_complaints(intake.session, intake.home, days[0], days[-1])
    found = {complaint.code: complaint for complaint in known if complaint.imported}
    wanted = {
        row.code: row.model_dump() | {"home_id": intake.home.id, "imported": True} for row in rows
    }
    settle(intake.session, Complaint, found, wanted)


def keep_training(intake: Intake, rows: Iterable[TrainingRow], staff: Mapping[str, Staff]) -> None:
    """Replace the training of the month."""
    query = on_days(Training, intake.home.id, days_of_month(intake.month))
    found = {(of.staff_id, of.day, of.topic): of for of in intake.session.scalars(query)}
    wanted = {
        (staff[row.staff].id, row.day, row.topic): {
            "home_id": intake.home.id,
            "staff_id": staff[row.staff].id,
            **row.model_dump(include={"day", "hours", "topic"}),
        }
        for row in rows
    }
    settle(intake.session, Training, found, wanted)


def keep_surveys(intake: Intake, rows: Iterable[SurveyRow]) -> None:
    """Replace the surveys of the month."""
    days = days_of_month(intake.month)
    known = list_surveys(intake.session, intake.home, days[0], days[-1])
    found = {survey.held_on: survey for survey in known}
    wanted = {row.held_on: row.model_dump() | {"home_id": intake.home.id} for row in rows}
    settle(intake.session, Survey, found, wanted)
