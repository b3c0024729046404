"""People of the homes: staff, residents, guardians; and their sealed numbers."""

from rukang.people.records import (
    Guardian,
    HoursSystem,
    Person,
    Resident,
    ServiceKind,
    Sex,
    Staff,
)
from rukang.people.service import find_resident, list_residents, list_staff, open_number

__all__ = [
    "Guardian",
    "HoursSystem",
    "Person",
    "Resident",
    "ServiceKind",
    "Sex",
    "Staff",
    "find_resident",
    "list_residents",
    "list_staff",
    "open_number",
]
