"""What happens in a home: incidents, complaints, training of staff, satisfaction."""

from rukang.care.quality.acts import ACTS
from rukang.care.quality.forms import COMPLAINTS, INCIDENTS, SURVEYS, TRAINING
from rukang.care.quality.forms import QUALITY as BOOK
from rukang.care.quality.records import (
    Complaint,
    ComplaintAbout,
    Incident,
    IncidentKind,
    ReportedMonth,
    Survey,
    Training,
)
from rukang.care.quality.service import (
    list_closed_complaints,
    list_complaints,
    list_incidents,
    list_surveys,
    list_training,
    reported_months,
)

__all__ = [
    "ACTS",
    "BOOK",
    "COMPLAINTS",
    "INCIDENTS",
    "SURVEYS",
    "TRAINING",
    "Complaint",
    "ComplaintAbout",
    "Incident",
    "IncidentKind",
    "ReportedMonth",
    "Survey",
    "Training",
    "list_closed_complaints",
    "list_complaints",
    "list_incidents",
    "list_surveys",
    "list_training",
    "reported_months",
]
