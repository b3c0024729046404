"""How the rows of sheets name somebody of a home."""

from __future__ import annotations

from rukang.forms import Field, Reference

RESIDENT = Reference("人员", "people", "姓名")
RESIDENT_CODE = Field("人员编号", "code of the resident", refers=RESIDENT)
STAFF_CODE = Field("员工编号", "code of the member of staff", refers=Reference("员工", "staff"))
STAFF_NAMED = Field(
    "员工编号", "code of the member of staff", refers=Reference("员工", "staff", "姓名")
)
