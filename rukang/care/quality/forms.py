"""07-质量记录: incidents, complaints, training and surveys of a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from rukang.base.words import Text
from rukang.care.quality.complaints import follow_complaints
from rukang.care.quality.records import (
    LONGEST_DAY,
    Complaint,
    Incident,
    ReportedMonth,
    Survey,
    Training,
)
from rukang.forms import Book, Checking, Entry, Form
from rukang.people import Staff

Entries = Sequence[Entry]


def closed_as_a_whole(checking: Checking, entries: Entries) -> None:
    """Note complaints closed in half, or before they were received."""
    for entry in entries:
        value = entry.value
        if (value.upheld is None) != (value.closed_on is None):
            checking.report(
                entry,
                "属实" if value.upheld is None else "办结日期",
                zh="“属实”和“办结日期”应同时填写；没有办结的都留空",
                en="a closed complaint has both 属实 and 办结日期, an open one neither",
            )
        if value.closed_on is not None and value.closed_on < value.received_on:
            checking.report(
                entry,
                "办结日期",
                zh=f"早于收到日期 {value.received_on}；请核对两个日期",
                en=f"before it was received on {value.received_on}; check both dates",
            )


def within_the_contract(checking: Checking, entries: Entries) -> None:
    """Note training of somebody outside the contract."""
    staff = checking.known(Staff)
    for entry in entries:
        member = staff.get(entry.value.staff)
        if member and not member.contract_from <= entry.value.day <= (
            member.contract_to or date.max
        ):
            checking.report(
                entry,
                "日期",
                zh="当日不在合同期内；请核对合同日期或培训日期",
                en="outside the contract; check its dates or the day",
            )


def hours_of_a_day(checking: Checking, entries: Entries) -> None:
    """Note training of more hours than a day has."""
    in_all: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
    for entry in entries:
        in_all[entry.value.staff, entry.value.day] += entry.value.hours
    for entry in entries:
        hours = in_all[entry.value.staff, entry.value.day]
        if hours > LONGEST_DAY:
            checking.report(
                entry,
                "小时",
                zh=f"此人当日各行合计 {hours} 小时，一天只有 {LONGEST_DAY} 小时；请核对",
                en=f"{hours} hours on that day in all: a day has {LONGEST_DAY}",
            )


def parts_of_the_asked(checking: Checking, entries: Entries) -> None:
    """Note more answers than were asked for, and more content than answers."""
    for entry in entries:
        for part, whole in (("answered", "asked"), ("satisfied", "answered")):
            most = getattr(entry.value, whole)
            if getattr(entry.value, part) > most:
                header = SURVEYS.header(whole)
                checking.report(
                    entry,
                    SURVEYS.header(part),
                    zh=f"多于{header} {most}；请核对两个数",
                    en=f"more than the {most} of {header}: check both counts",
                )


INCIDENTS = Form(Incident, "事件", "incidents", "incidents", ("code",), "day")
COMPLAINTS = Form(
    Complaint,
    "投诉",
    "complaints",
    "complaints",
    ("code",),
    "received_on",
    (closed_as_a_whole,),
    (
        "以后办结的，在页面上改，或改正收到那个月的工作簿再导入一次。",
        "One closed later is changed on its page, or in the workbook of the month it came in.",
    ),
    follow=follow_complaints,
)
TRAINING = Form(
    Training,
    "培训",
    "training of staff",
    "training",
    ("staff_id", "day", "topic"),
    "day",
    (within_the_contract, hours_of_a_day),
)
SURVEYS = Form(
    Survey,
    "满意度",
    "surveys of satisfaction",
    "surveys",
    ("held_on",),
    "held_on",
    (parts_of_the_asked,),
)

QUALITY = Book(
    "quality",
    "07-质量记录",
    (INCIDENTS, COMPLAINTS, TRAINING, SURVEYS),
    ReportedMonth,
    (
        (
            "没有事件、投诉、培训或调查的月份也要导入：空表表示“本月没有”，没有导入表示“不知道”。",
            "Hand it in also when nothing happened: an empty sheet says “none”.",
        ),
        ("一份工作簿只写一个月的事。", "A workbook is of one month."),
    ),
    lists=Text(zh="质量记录", en="Quality records"),
)
