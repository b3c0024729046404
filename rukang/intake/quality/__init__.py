"""07-质量记录: incidents, complaints, training and surveys of a month."""

from rostering.sheets import read_sheet
from rukang.intake.form import Intake
from rukang.intake.quality.check import (
    check_complaints,
    check_incidents,
    check_surveys,
    check_training,
)
from rukang.intake.quality.rows import (
    COMPLAINTS,
    INCIDENTS,
    SURVEYS,
    TRAINING,
    ComplaintRow,
    IncidentRow,
    SurveyRow,
    TrainingRow,
)
from rukang.intake.quality.store import (
    keep_complaints,
    keep_incidents,
    keep_month,
    keep_surveys,
    keep_training,
)
from rukang.intake.staff.store import staff_of

__all__ = ["take_quality"]


def take_quality(intake: Intake) -> int:
    """Check the workbook whole, keep it, and return its number of rows."""
    incidents = read_sheet(intake.book, INCIDENTS, IncidentRow)
    complaints = read_sheet(intake.book, COMPLAINTS, ComplaintRow)
    training = read_sheet(intake.book, TRAINING, TrainingRow)
    surveys = read_sheet(intake.book, SURVEYS, SurveyRow)
    staff = staff_of(intake)
    check_incidents(intake, incidents)
    check_complaints(intake, complaints)
    check_training(intake, training, staff)
    check_surveys(intake, surveys)
    intake.book.raise_findings()
    keep_month(intake)
    keep_incidents(intake, (row.value for row in incidents))
    keep_complaints(intake, (row.value for row in complaints))
    keep_training(intake, (row.value for row in training), staff)
    keep_surveys(intake, (row.value for row in surveys))
    return len(incidents) + len(complaints) + len(training) + len(surveys)
