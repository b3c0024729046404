"""The sheets of 02-人员: what a row of each holds."""

from __future__ import annotations

from pydantic import Field

from rostering.sheets import Day, SheetRow, Text
from rukang.doors.intake.numbers import CERTIFICATE, CITIZEN_ID
from rukang.people import ServiceKind, Sex

RESIDENTS = "入园人员"
GUARDIANS = "监护人"


class ResidentRow(SheetRow):
    """One resident with the disability certificate; category and grade are read from its number."""

    code: Text = Field(alias="编号", max_length=20)
    name: Text = Field(alias="姓名", max_length=60)
    sex: Sex = Field(alias="性别")
    citizen_id: Text = Field(alias=CITIZEN_ID)
    certificate: Text = Field(alias=CERTIFICATE)
    certificate_to: Day | None = Field(alias="残疾人证有效期至", default=None)
    service: ServiceKind = Field(alias="服务类别")
    joined_on: Day = Field(alias="入园日期")
    left_on: Day | None = Field(alias="离园日期", default=None)


class GuardianRow(SheetRow):
    """Somebody to call about a resident."""

    resident: Text = Field(alias="人员编号")
    name: Text = Field(alias="姓名", max_length=60)
    relation: Text = Field(alias="关系", max_length=20)
    phone: Text = Field(alias="电话", pattern=r"^[0-9][0-9-]{5,18}$")
