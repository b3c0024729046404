"""What cannot be in 07-质量记录: another month, names of people, counts that do not add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, select

from rostering.sheets import Located, unique
from rukang.clock import days_of_month
from rukang.intake.form import Intake
from rukang.intake.quality.rows import (
    LONGEST_DAY,
    ComplaintRow,
    IncidentRow,
    SurveyRow,
    TrainingRow,
)
from rukang.intake.staff.check import outside
from rukang.intake.staff.check_days import another_name
from rukang.people import Person, Resident, Staff
from rukang.quality import Complaint, Incident


def check_incidents(intake: Intake, rows: Sequence[Located[IncidentRow]]) -> None:
    """Note incidents of another month or code, and accounts that name somebody."""
    unique(intake.book, rows, "编号")
    taken, names = _taken(intake, Incident, Incident.day), _names(intake)
    for row in rows:
        _check_day(intake, row, "日期", row.value.day)
        _check_code(intake, row, taken)
        _check_words(intake, row, "经过", names)


def check_complaints(intake: Intake, rows: Sequence[Located[ComplaintRow]]) -> None:
    """Note complaints of another month or code, naming somebody, or half closed."""
    unique(intake.book, rows, "编号")
    taken, names = _taken(intake, Complaint, Complaint.received_on), _names(intake)
    for row in rows:
        _check_day(intake, row, "收到日期", row.value.received_on)
        _check_code(intake, row, taken)
        _check_words(intake, row, "内容", names)
        _check_closed(intake, row)


def check_training(
    intake: Intake, rows: Sequence[Located[TrainingRow]], staff: Mapping[str, Staff]
) -> None:
    """Note training of nobody, outside a contract, twice, or of more hours than a day has."""
    unique(intake.book, rows, "员工编号", "日期", "培训内容")
    in_all: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
    for row in rows:
        in_all[row.value.staff, row.value.day] += row.value.hours
    for row in rows:
        _check_day(intake, row, "日期", row.value.day)
        _check_member(intake, row, staff)
        hours = in_all[row.value.staff, row.value.day]
        if hours > LONGEST_DAY:
            intake.book.report(
                row,
                "小时",
                zh=f"此人当日各行合计 {hours} 小时，一天只有 {LONGEST_DAY} 小时；请核对",
                en=f"{hours} hours on that day in all: a day has {LONGEST_DAY}",
            )


def check_surveys(intake: Intake, rows: Sequence[Located[SurveyRow]]) -> None:
    """Note surveys of another month or day twice, and counts larger than what they are part of."""
    unique(intake.book, rows, "调查日期")
    for row in rows:
        value = row.value
        _check_day(intake, row, "调查日期", value.held_on)
        _check_part(intake, row, ("收回份数", value.answered), ("发出份数", value.asked))
        _check_part(intake, row, ("满意份数", value.satisfied), ("收回份数", value.answered))


def _check_part(
    intake: Intake, row: Located[SurveyRow], part: tuple[str, int], whole: tuple[str, int]
) -> None:
    if part[1] > whole[1]:
        intake.book.report(
            row,
            part[0],
            zh=f"多于{whole[0]} {whole[1]}；请核对两个数",
            en=f"more than the {whole[1]} of {whole[0]}: check both counts",
        )


def _check_day(intake: Intake, row: Located[Any], header: str, day: date) -> None:
    if (day.year, day.month) != (intake.month.year, intake.month.month):
        intake.book.report(row, header, **outside(intake))


def _check_code(intake: Intake, row: Located[Any], taken: Mapping[str, date]) -> None:
    day = taken.get(row.value.code)
    if day is not None:
        intake.book.report(
            row,
            "编号",
            zh=f"这个编号已有记录（{day}），是在系统中登记的，或在另一个月的工作簿中；请换编号，或删去这一行",
            en=f"taken by a record of {day}, entered by itself or in another month's workbook:"
            " give another code, or delete the row",
        )


def _check_words(intake: Intake, row: Located[Any], header: str, names: Sequence[str]) -> None:
    if any(name in row.value.words for name in names):
        intake.book.report(
            row,
            header,
            zh="写有本机构登记人员的姓名；请不写姓名，改写“一名园友”“一名员工”",
            en="names somebody of the home: write “a resident” or “a member of staff” instead",
        )


def _check_closed(intake: Intake, row: Located[ComplaintRow]) -> None:
    value = row.value
    if (value.upheld is None) != (value.closed_on is None):
        intake.book.report(
            row,
            "属实" if value.upheld is None else "办结日期",
            zh="“属实”和“办结日期”应同时填写；没有办结的都留空",
            en="a closed complaint has both 属实 and 办结日期, an open one neither",
        )
    if value.closed_on is not None and value.closed_on < value.received_on:
        intake.book.report(
            row,
            "办结日期",
            zh=f"早于收到日期 {value.received_on}；请核对两个日期",
            en=f"before it was received on {value.received_on}; check both dates",
        )


def _check_member(intake: Intake, row: Located[TrainingRow], staff: Mapping[str, Staff]) -> None:
    value, member = row.value, staff.get(row.value.staff)
    if member is None:
        intake.book.report(
            row,
            "员工编号",
            zh="本机构没有这个编号的员工；请先导入员工工作簿，或改正编号",
            en="the home has no staff of this code: import the staff first, or correct it",
        )
        return
    if member.person.name != value.name:
        intake.book.report(row, "姓名", **another_name(member.code, member.person.name))
    if not member.contract_from <= value.day <= (member.contract_to or date.max):
        intake.book.report(
            row,
            "日期",
            zh="当日不在合同期内；请核对合同日期或培训日期",
            en="outside the contract; check its dates or the day",
        )


def _taken(
    intake: Intake, kind: type[Incident] | type[Complaint], on: ColumnElement[date] | Any
) -> dict[str, date]:
    """Return the codes, with their days, that the workbook of this month may not use."""
    days = days_of_month(intake.month)
    query = select(kind.code, on).where(
        kind.home_id == intake.home.id, ~kind.imported | ~on.between(days[0], days[-1])
    )
    return dict(intake.session.execute(query).tuples().all())


def _names(intake: Intake) -> list[str]:
    """Return the names of everybody registered with the home."""
    known: list[str] = []
    for role in (Staff, Resident):
        query = select(Person.name).join(role, role.person_id == Person.id)
        known += intake.session.scalars(query.where(role.home_id == intake.home.id))
    return known
