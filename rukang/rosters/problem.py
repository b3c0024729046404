"""A home's records as a roster problem."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

import rostering
from payroll.policy import Policy
from rukang.attendance import ExpectedAttendance
from rukang.clock import days_of_month
from rukang.database.base import OfHome
from rukang.errors import InvalidError
from rukang.homes import Home
from rukang.people import Staff, list_staff
from rukang.rosters.demand import Demand, demands
from rukang.rosters.records import CareRatio, HomeShift, LeaveDay, Wish, WorkedShift
from rukang.rosters.table import list_shifts
from rukang.rosters.working_time import (
    WEEK_DAYS,
    WorkingTime,
    longest_shift,
    period_limit,
    weekly_limit,
    working_time,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

UNDER_COVER = 100
"""Price of one head missing from the wanted cover: dearer than any wish."""

OVER_COVER = 1
"""Price of one head more than wanted: a roster with spare hands is hardly worse."""

LEAST_SHARE = 80
"""Per cent of the period's minutes (leave taken off) that everybody is given at least."""

LONGEST_HISTORY = 14
"""Days before the month that are looked at: longer than any run the rules know."""


def problem_of(session: Session, home: Home, month: date, policy: Policy) -> rostering.Problem:
    """Return the roster problem of a home for a month.

    Raises
    ------
    InvalidError
        If shift types, ratios, staff or expected attendance are not on record.
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
    _require(home, month, shifts=shifts, staff=staff, demand=demand)
    leave = _of_month(session, LeaveDay, home, days)
    return rostering.Problem(
        name=f"{home.name} {month:%Y-%m}",
        start=days[0],
        days=len(days),
        shift_types=tuple(_shift_type(shift) for shift in shifts),
        staff=tuple(_terms(member, shifts, law, days, leave, home) for member in staff),
        cover=tuple(_cover(item, days[0]) for item in demand),
        requests=tuple(
            _request(wish, days[0]) for wish in _of_month(session, Wish, home, days)
        ),
        unavailable=_unavailable(staff, leave, days),
        history=_history(session, home, staff, days[0]),
    )


def _shift_type(shift: HomeShift) -> rostering.ShiftType:
    return rostering.ShiftType(
        id=shift.code,
        name=shift.name,
        start=shift.start,
        minutes=shift.minutes,
        paid_minutes=shift.paid_minutes,
        skill=shift.skill,
        is_night=shift.is_night,
    )
