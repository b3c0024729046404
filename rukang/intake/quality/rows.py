"""The sheets of 07-质量记录: what a row of each holds."""

from __future__ import annotations

from pydantic import Field

from rostering.sheets import Day, Hours, SheetRow, Text, Whole, YesNo
from rukang.quality import ComplaintAbout, IncidentKind
from rukang.quality.records import WORDS

INCIDENTS = "事件"
COMPLAINTS = "投诉"
TRAINING = "培训"
SURVEYS = "满意度"

LONGEST_DAY = 24


class IncidentRow(SheetRow):
    """Something that happened; nobody is named."""

    code: Text = Field(alias="编号", max_length=20)
    day: Day = Field(alias="日期")
    kind: IncidentKind = Field(alias="类别")
    grave: YesNo = Field(alias="严重")
    by_fault: YesNo | None = Field(alias="机构有责任", default=None)
    words: Text = Field(alias="经过", max_length=WORDS)


class ComplaintRow(SheetRow):
    """A complaint; whether it proved right is known once it is closed."""

    code: Text = Field(alias="编号", max_length=20)
    received_on: Day = Field(alias="收到日期")
    about: ComplaintAbout = Field(alias="事项")
    words: Text = Field(alias="内容", max_length=WORDS)
    upheld: YesNo | None = Field(alias="属实", default=None)
    closed_on: Day | None = Field(alias="办结日期", default=None)


class TrainingRow(SheetRow):
    """Training of one member of staff on one day."""

    staff: Text = Field(alias="员工编号")
    name: Text = Field(alias="姓名")
    day: Day = Field(alias="日期")
    topic: Text = Field(alias="培训内容", max_length=60)
    hours: Hours = Field(alias="小时", gt=0, le=LONGEST_DAY)


class SurveyRow(SheetRow):
    """A survey, without names: heads asked, answered and satisfied."""

    held_on: Day = Field(alias="调查日期")
    asked: Whole = Field(alias="发出份数", ge=1)
    answered: Whole = Field(alias="收回份数", ge=0)
    satisfied: Whole = Field(alias="满意份数", ge=0)
