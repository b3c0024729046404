"""People of the homes: staff, residents, guardians; and their sealed numbers."""

from rukang.people.records import (
    Death,
    Guardian,
    HoursSystem,
    Person,
    Resident,
    ServiceKind,
    Sex,
    Staff,
)
from rukang.people.service import (
    deaths,
    find_resident,
    list_residents,
    list_staff,
    names_at,
    open_number,
    residents_in,
    residents_query,
    staff_query,
    until,
)

__all__ = [
    "Death",
    "Guardian",
    "HoursSystem",
    "Person",
    "Resident",
    "ServiceKind",
    "Sex",
    "Staff",
    "deaths",
    "find_resident",
    "list_residents",
    "list_staff",
    "names_at",
    "open_number",
    "residents_in",
    "residents_query",
    "staff_query",
    "until",
]
