"""Keeping 03-员工与排班: staff by code; shift types and ratios whole; the month's days whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sqlalchemy import select

from rukang.base.clock import days_of_month
from rukang.base.database.find import on_days
from rukang.base.database.keep import keep, settle
from rukang.care.attendance import ExpectedAttendance
from rukang.doors.intake.form import Intake
from rukang.doors.intake.people.store import keep_person
from rukang.doors.intake.staff.rows import (
    ExpectedRow,
    LeaveRow,
    RatioRow,
    ShiftRow,
    StaffRow,
    WeekRow,
    WishRow,
    tail_of,
)
from rukang.people import Death, Staff, deaths, until
from rukang.rosters.records import CareRatio, HomeShift, LeaveDay, Wish, WorkedShift

PERSONAL = {"name", "sex", "citizen_id", "weekly_hours", "skills"}
"""Columns of a staff row that are kept otherwise than as they stand."""


def keep_staff(intake: Intake, rows: Iterable[StaffRow]) -> dict[str, Staff]:
    """Keep staff and return those of the workbook by code."""
    found, dead = staff_of(intake), deaths(intake.session)
    kept = {row.code: _keep_member(intake, found.get(row.code), row, dead) for row in rows}
    intake.session.flush()
    return kept


def staff_of(intake: Intake) -> dict[str, Staff]:
    """Return everybody who is or was staff of the home, by code."""
    query = select(Staff).where(Staff.home_id == intake.home.id)
    return {member.code: member for member in intake.session.scalars(query)}


def _keep_member(
    intake: Intake, found: Staff | None, row: StaffRow, dead: Mapping[int, Death]
) -> Staff:
    known = found.person if found else None
    person = keep_person(intake.session, row.citizen_id, row.name, row.sex, known)
    values = row.model_dump(exclude=PERSONAL) | {
        "home_id": intake.home.id,
        "person": person,
        "skills": list(row.skills),
        "contract_to": until(dead, person, row.contract_to),
        "weekly_minutes": int(row.weekly_hours * 60),
    }
    return keep(intake.session, Staff, found, values)


def keep_shifts(intake: Intake, rows: Iterable[ShiftRow]) -> None:
    """Replace the home's shift types."""
    query = select(HomeShift).where(HomeShift.home_id == intake.home.id)
    found = {shift.code: shift for shift in intake.session.scalars(query)}
    wanted = {r.code: r.model_dump(exclude={"end"}) | {"home_id": intake.home.id} for r in rows}
    settle(intake.session, HomeShift, found, wanted)


def keep_ratios(intake: Intake, rows: Iterable[RatioRow]) -> None:
    """Replace the home's ratios."""
    query = select(CareRatio).where(CareRatio.home_id == intake.home.id)
    found = {ratio.shift_code: ratio for ratio in intake.session.scalars(query)}
    wanted = {r.shift_code: r.model_dump() | {"home_id": intake.home.id} for r in rows}
    settle(intake.session, CareRatio, found, wanted)


def keep_leave(intake: Intake, rows: Iterable[LeaveRow], staff: dict[str, Staff]) -> None:
    """Replace the leave of the month."""
    days = days_of_month(intake.month)
    query = on_days(LeaveDay, intake.home.id, days)
    found = {(leave.staff_id, leave.day): leave for leave in intake.session.scalars(query)}
    wanted = {
        (staff[row.staff].id, day): {
            "home_id": intake.home.id,
            "staff_id": staff[row.staff].id,
            "day": day,
            "kind": row.kind,
        }
        for row in rows
        for day in _span(row.first, row.last)
    }
    settle(intake.session, LeaveDay, found, wanted)


def keep_wishes(intake: Intake, rows: Iterable[WishRow], staff: dict[str, Staff]) -> None:
    """Replace the wishes of the month."""
    days = days_of_month(intake.month)
    query = on_days(Wish, intake.home.id, days)
    found = {(w.staff_id, w.day, w.shift_code): w for w in intake.session.scalars(query)}
    wanted = {
        (staff[row.staff].id, row.day, row.shift_code): {
            "home_id": intake.home.id,
            "staff_id": staff[row.staff].id,
            "day": row.day,
            "shift_code": row.shift_code,
            "wanted": row.wanted == "想上",
            "weight": row.weight,
        }
        for row in rows
    }
    settle(intake.session, Wish, found, wanted)


def keep_week(intake: Intake, rows: Iterable[WeekRow], staff: dict[str, Staff]) -> None:
    """Replace the worked shifts of the seven days before the month."""
    days = tail_of(intake.month)
    query = on_days(WorkedShift, intake.home.id, days)
    found = {(worked.staff_id, worked.day): worked for worked in intake.session.scalars(query)}
    wanted = {
        (staff[row.staff].id, day): {
            "home_id": intake.home.id,
            "staff_id": staff[row.staff].id,
            "day": day,
            "shift_code": code,
        }
        for row in rows
        for day in days
        if (code := row.shift(day)) is not None
    }
    settle(intake.session, WorkedShift, found, wanted)


def keep_expected(intake: Intake, rows: Iterable[ExpectedRow]) -> None:
    """Replace the expected heads of the month."""
    days = days_of_month(intake.month)
    query = on_days(ExpectedAttendance, intake.home.id, days)
    found = {expected.day: expected for expected in intake.session.scalars(query)}
    wanted = {row.day: row.model_dump() | {"home_id": intake.home.id} for row in rows}
    settle(intake.session, ExpectedAttendance, found, wanted)


def _span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
