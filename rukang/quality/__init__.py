"""What happens in a home: incidents, complaints, training of staff, satisfaction."""

from rukang.quality.records import (
    Complaint,
    ComplaintAbout,
    Incident,
    IncidentKind,
    ReportedMonth,
    Survey,
    Training,
)
from rukang.quality.service import (
    close_complaint,
    list_closed_complaints,
    list_complaints,
    list_incidents,
    list_surveys,
    list_training,
    record_complaint,
    record_incident,
    reported_months,
)

__all__ = [
    "Complaint",
    "ComplaintAbout",
    "Incident",
    "IncidentKind",
    "ReportedMonth",
    "Survey",
    "Training",
    "close_complaint",
    "list_closed_complaints",
    "list_complaints",
    "list_incidents",
    "list_surveys",
    "list_training",
    "record_complaint",
    "record_incident",
    "reported_months",
]
