"""A home's records as a roster problem, its cover from expected attendance and own care ratios."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

import rostering
from payroll.policy import Policy
from rukang.base.calendar import SATURDAY, DayKind
from rukang.base.clock import days_of_month
from rukang.base.database.find import on_days
from rukang.base.errors import InvalidError
from rukang.bodies.homes import Home
from rukang.care.attendance import ExpectedAttendance
from rukang.people import Staff, list_staff
from rukang.rosters.law.terms import terms_of, under_contract
from rukang.rosters.law.working_time import working_time
from rukang.rosters.records import Attendees, CareRatio, LeaveDay, Wish, WorkedShift
from rukang.rosters.shifts import list_shifts, shift_type

UNDER_COVER = 100
"""Price of one head missing from the wanted cover: dearer than any wish."""

OVER_COVER = 1
"""Price of one head more than wanted: a roster with spare hands is hardly worse."""

ForStaff = TypeVar("ForStaff", LeaveDay, Wish)

HISTORY_DAYS = 14
"""Days before the month that are looked at: longer than any run the rules know."""


def problem_of(session: Session, home: Home, month: date, policy: Policy) -> rostering.Problem:
    """Return the roster problem of a home for a month.

    Raises
    ------
    InvalidError
        If shift types, staff or what attendance and ratios ask for are not on record.
    payroll.UnknownFigure
        If a working-time figure is unknown for the home's county.
    rostering.ProblemError
        If the records contradict each other.
    """
    days = days_of_month(month)
    law = working_time(policy, home.county, month)
    staff = list_staff(session, home, days[0], days[-1])
    shifts = list_shifts(session, home)
    demand = _demand(session, home, days)
    _require(
        home,
        month,
        {
            ("班次", "shift types"): shifts,
            ("员工", "staff"): staff,
            ("预计出勤与照护配比", "expected attendance and care ratios"): demand,
        },
    )
    after = days[-1] + timedelta(days=1)
    leave = _of(staff, session.scalars(on_days(LeaveDay, home.id, [*days, after])))
    wishes = _of(staff, session.scalars(on_days(Wish, home.id, days)))
    away = _off_days(staff, leave, [*days, after])
    off = {code: missing - {after} for code, missing in away.items()}
    kinds = tuple(shift_type(shift) for shift in shifts)
    kinds_of_day = [law.calendar.kind_of(day) for day in [*days, after]]
    law_after = law if after.year == month.year else working_time(policy, home.county, after)
    return rostering.Problem(
        name=f"{home.name} {month:%Y-%m}",
        start=days[0],
        days=len(days),
        shift_types=kinds,
        staff=tuple(terms_of(p, law, home, days, off[p.code]) for p in staff),
        holidays=tuple(
            n for n, day in enumerate([*days, after]) if day in law.statutory | law_after.statutory
        ),
        make_up_days=tuple(n for n, kind in enumerate(kinds_of_day) if kind is DayKind.MAKE_UP),
        days_off=tuple(
            n
            for n, (day, kind) in enumerate(zip([*days, after], kinds_of_day, strict=True))
            if kind is DayKind.HOLIDAY and day.weekday() < SATURDAY
        ),
        cover=tuple(_cover(item, days[0]) for item in demand),
        requests=tuple(_request(wish, days[0]) for wish in wishes),
        unavailable=tuple(
            rostering.Unavailable(
                staff=code, day=(day - days[0]).days, from_midnight=home.leave_from_midnight
            )
            for code, missing in off.items()
            for day in sorted(missing)
        ),
        forbidden=_nights_before(kinds, away, after, len(days) - 1)
        if home.leave_from_midnight
        else (),
        history=_history(session, home, staff, days[0]),
    )


def _nights_before(
    kinds: Iterable[rostering.ShiftType], away: dict[str, set[date]], after: date, last: int
) -> tuple[rostering.Forbidden, ...]:
    """Return the nights of the last day that would run into a day of leave after the month."""
    nights = [kind.id for kind in kinds if len(kind.paid_by_day) > 1]
    free = [code for code, missing in away.items() if after in missing]
    return tuple(
        rostering.Forbidden(staff=code, day=last, shift=night) for code in free for night in nights
    )


def _require(home: Home, month: date, needed: dict[tuple[str, str], Sequence[object]]) -> None:
    missing = [name for name, found in needed.items() if not found]
    zh, en = "、".join(name[0] for name in missing), ", ".join(name[1] for name in missing)
    if missing:
        raise InvalidError(
            f"机构 {home.code} 在 {month:%Y-%m} 缺少{zh}，请先导入“员工与排班”工作簿。",
            f"Home {home.code} lacks {en} for {month:%Y-%m}; import the workbook"
            " of staff and rosters first.",
        )


def _demand(session: Session, home: Home, days: list[date]) -> list[Demand]:
    expected = session.scalars(on_days(ExpectedAttendance, home.id, days)).all()
    ratios = session.scalars(select(CareRatio).where(CareRatio.home_id == home.id)).all()
    return demands(expected, ratios)


def _of(staff: Sequence[Staff], items: Iterable[ForStaff]) -> list[ForStaff]:
    """Return what concerns the staff; the rest is of people whose contract was ended since."""
    ids = {member.id for member in staff}
    return [item for item in items if item.staff_id in ids]


def _off_days(
    staff: Sequence[Staff], leave: Iterable[LeaveDay], days: list[date]
) -> dict[str, set[date]]:
    """Return the days on which each may not be asked to work: leave, or no contract."""
    off = {p.code: {day for day in days if not under_contract(p, day)} for p in staff}
    for item in leave:
        off[item.staff.code].add(item.day)
    return off


def _cover(item: Demand, start: date) -> rostering.Cover:
    return rostering.Cover(
        day=(item.day - start).days,
        shift=item.shift,
        minimum=item.minimum,
        wanted=item.wanted,
        under_weight=UNDER_COVER,
        over_weight=OVER_COVER,
    )


def _request(wish: Wish, start: date) -> rostering.Request:
    return rostering.Request(
        staff=wish.staff.code,
        day=(wish.day - start).days,
        shift=wish.shift_code,
        wanted=wish.wanted,
        weight=wish.weight,
    )


def _history(
    session: Session, home: Home, staff: Sequence[Staff], start: date
) -> tuple[rostering.History, ...]:
    """Return the last worked days of everybody, from the first day on which any is recorded."""
    before = [start - timedelta(days=back) for back in range(HISTORY_DAYS, 0, -1)]
    worked = session.scalars(on_days(WorkedShift, home.id, before)).all()
    if not worked:
        return ()
    known = [day for day in before if day >= worked[0].day]
    shifts = {(item.staff.code, item.day): item.shift_code for item in worked}
    return tuple(
        rostering.History(staff=p.code, shifts=tuple(shifts.get((p.code, d)) for d in known))
        for p in staff
    )


@dataclass(frozen=True)
class Demand:
    """How many of a shift a day needs: never fewer than ``minimum``, better ``wanted``."""

    day: date
    shift: str
    minimum: int
    wanted: int


def demands(expected: Iterable[ExpectedAttendance], ratios: Iterable[CareRatio]) -> list[Demand]:
    """Return what every day needs of every shift, in the order given."""
    kept = list(ratios)
    return [demand(day, ratio) for day in expected for ratio in kept]


def demand(expected: ExpectedAttendance, ratio: CareRatio) -> Demand:
    """Return what one day needs of one shift.

    One person for every ``heads_per_staff`` heads or part of them is wanted, and never fewer than
    ``at_least`` while anybody is there. Nobody expected, nobody needed.
    """
    heads = _heads(expected, ratio.attendees)
    if heads == 0:
        return Demand(expected.day, ratio.shift_code, 0, 0)
    wanted = max(ratio.at_least, -(-heads // ratio.heads_per_staff))
    return Demand(expected.day, ratio.shift_code, ratio.at_least, wanted)


def _heads(expected: ExpectedAttendance, attendees: Attendees) -> int:
    return {
        Attendees.DAY_CARE: expected.day_care,
        Attendees.WORKSHOP: expected.workshop,
        Attendees.OVERNIGHT: expected.overnight,
    }[attendees]
