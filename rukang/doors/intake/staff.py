"""03-员工与排班: staff and contracts, shift types and ratios, and what a month's roster needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from rostering.sheets import Located
from rukang.base.clock import days_of_month
from rukang.care.attendance import ExpectedAttendance
from rukang.doors.intake.identity import check_identities, upsert_person
from rukang.forms import Across, Book, Entry, Field, Form, FromWorkbook, Spans, always
from rukang.people import Death, Staff, until
from rukang.rosters.records import DAY_MINUTES, CareRatio, HomeShift, LeaveDay, Wish, WorkedShift

TAIL_DAYS = 7
"""Days of the running roster before the month that the workbook shows."""

Entries = Sequence[Located[Any]]


def _tail_of(month: date) -> dict[str, date]:
    """Return the days before a month that 上周班表 shows, by header: 9月24日."""
    days = (month - timedelta(days=back) for back in range(TAIL_DAYS, 0, -1))
    return {f"{day.month}月{day.day}日": day for day in days}


def _person(taking: FromWorkbook, value: Any, found: Staff | None) -> Mapping[str, Any]:
    """Return the person of a contract, which never lasts beyond a death."""
    known = found.person if found else None
    person = upsert_person(taking.session, value.citizen_id, value.name, value.sex, known)
    ends = until(taking.stored(Death, "person_id"), person, value.contract_to)
    return {"person": person, "contract_to": ends}


def known_people(taking: FromWorkbook, entries: Entries) -> None:
    """Note a code, or a citizen ID, of somebody else."""
    check_identities(taking, entries, Staff)


def asked_for(taking: FromWorkbook, entries: Entries) -> None:
    """Note skills that no shift asks for."""
    shifts = taking.sheets[SHIFTS]
    asked = {shift.value.skill for shift in shifts}
    for entry in entries:
        if shifts and not asked & set(entry.value.skills):
            taking.report(
                entry,
                "可任岗位",
                zh=f"没有任何班次需要这些岗位；班次所需岗位有：{'、'.join(sorted(asked))}",
                en=f"no shift asks for any of these; shifts ask for {', '.join(sorted(asked))}",
            )


def contracts(taking: FromWorkbook, entries: Entries) -> None:
    """Note contracts that end before they begin, and nights of whom the law protects."""
    for entry in entries:
        value = entry.value
        if value.contract_to is not None and value.contract_to < value.contract_from:
            taking.report(
                entry,
                "合同结束",
                zh=f"早于合同开始 {value.contract_from}；请核对两个日期",
                en=f"before the contract begins on {value.contract_from}; check both dates",
            )
        if value.protected and value.night_allowed:
            taking.report(
                entry,
                "可排夜班",
                zh="孕期满七个月或哺乳期不得安排夜班（国务院令第619号第六、九条）；请填“否”",
                en="no night work from the seventh month of pregnancy or while nursing: enter 否",
            )


def lengths(taking: FromWorkbook, entries: Entries) -> None:
    """Note shifts whose length does not follow from their clock times."""
    for entry in entries:
        value = entry.value
        length = (value.end - value.start) % DAY_MINUTES or DAY_MINUTES
        if value.minutes != length:
            taking.report(
                entry,
                "时长（分钟）",
                zh=f"与钟点不符：从开始到结束（过午夜算次日）是 {length} 分钟",
                en=f"does not agree with the clock: start to end (past midnight counts as the"
                f" next day) is {length} minutes",
            )
        if value.paid_minutes > length:
            taking.report(
                entry,
                "计薪时长（分钟）",
                zh=f"多于在岗的 {length} 分钟；请核对休息时间",
                en=f"more than the {length} minutes on duty; check the breaks",
            )


def shifts_of_the_home(taking: FromWorkbook, entries: Entries) -> None:
    """Note a shift that the sheet 班次 does not have."""
    for entry in entries:
        if entry.value.shift_code is not None:
            _check_shift(taking, entry, "班次", entry.value.shift_code)


def worked_within_the_contract(taking: FromWorkbook, entries: Entries) -> None:
    """Note unknown shifts in the running week, and work outside a contract."""
    staff = taking.known(Staff)
    for entry in entries:
        member = staff.get(entry.value.staff)
        for header, day in _tail_of(taking.month).items() if member else ():
            _check_worked(taking, entry, header, day, member)


def _check_worked(
    taking: FromWorkbook, entry: Located[Any], header: str, day: date, member: Any
) -> None:
    code = entry.value.of_day(day)
    if code is None:
        return
    _check_shift(taking, entry, header, code, "；休息留空", "; leave a day off empty")
    if not member.contract_from <= day <= (member.contract_to or date.max):
        taking.report(
            entry,
            header,
            zh="当日不在合同期内；请核对合同日期或班次",
            en="outside the contract; check its dates or the shift",
        )


def _check_shift(
    taking: FromWorkbook, entry: Entry, header: str, code: str, zh: str = "", en: str = ""
) -> None:
    known = sorted(taking.codes(HomeShift))
    if code not in known:
        taking.report(
            entry,
            header,
            zh=f"“班次”表中没有这个班次；现有：{'、'.join(known)}{zh}",
            en=f"no such shift in the sheet 班次; there are {', '.join(known)}{en}",
        )


def every_day(taking: FromWorkbook, entries: Entries) -> None:
    """Note days of the month that are not there at all."""
    missing = sorted({*days_of_month(taking.month)} - {entry.value.day for entry in entries})
    if entries and missing:
        which = "、".join(f"{day.day}日" for day in missing)
        taking.book.add(
            f"{taking.month:%Y-%m} 缺少这些日期：{which}；每天一行，无人到园填 0",
            f"days of {taking.month:%Y-%m} are missing: one row a day, 0 where nobody is expected",
            sheet=EXPECTED.sheet,
            header="日期",
        )


STAFF = Form(
    Staff,
    "员工与合同",
    "staff",
    "staff",
    ("code",),
    checks=(known_people, asked_for, contracts),
    stays=always,
    values=_person,
)
SHIFTS = Form(HomeShift, "班次", "shift types", "shifts", ("code",), checks=(lengths,))
RATIOS = Form(
    CareRatio,
    "照护配比",
    "the home's own ratios",
    "ratios",
    ("shift_code",),
    checks=(shifts_of_the_home,),
    note=(
        "本机构的设定，不是官方标准（官方配比未见公布）。",
        "The home's setting; no official ratio is known.",
    ),
)
LEAVE = Form(
    LeaveDay,
    "休假",
    "leave",
    "leave",
    ("staff_id", "day"),
    "day",
    layout=Spans(
        Field("开始日期", "first day", "在本月之内", "within the month"),
        Field("结束日期", "last day", "含当日，在本月之内", "inclusive"),
    ),
)
WISHES = Form(
    Wish,
    "意愿",
    "wishes",
    "wishes",
    ("staff_id", "day", "shift_code"),
    "day",
    (shifts_of_the_home,),
)
LAST_WEEK = Form(
    WorkedShift,
    "上周班表",
    "the running week",
    "last-week",
    ("staff_id", "day"),
    "day",
    (worked_within_the_contract,),
    (
        "列为“员工编号”“姓名”和月前七天，格内填班次，休息留空。",
        "A column for each of the seven days before the month, a shift code in each cell.",
    ),
    layout=Across("shift_code", _tail_of),
)
EXPECTED = Form(
    ExpectedAttendance, "预计出勤", "expected heads", "expected", ("day",), "day", (every_day,)
)

BOOK = Book("staff", "03-员工与排班", (STAFF, SHIFTS, RATIOS, LEAVE, WISHES, LAST_WEEK, EXPECTED))
