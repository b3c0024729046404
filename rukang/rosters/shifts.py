"""The shift types of a home, and of a roster that was made with them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

import rostering
from rukang.bodies.homes import Home
from rukang.rosters.records import HomeShift, RosterPlan


def list_shifts(session: Session, home: Home) -> list[HomeShift]:
    """Return the home's shift types, by clock time."""
    query = select(HomeShift).where(HomeShift.home_id == home.id)
    return list(session.scalars(query.order_by(HomeShift.start, HomeShift.code)))


def shifts_of(session: Session, plan: RosterPlan) -> list[rostering.ShiftType]:
    """Return the shift types of a plan, by clock time: those it was made with, once it was.

    The home's own may have changed since.
    """
    if plan.problem is None:
        home = session.get_one(Home, plan.home_id)
        return [shift_type(shift) for shift in list_shifts(session, home)]
    kinds = map(rostering.ShiftType.model_validate, plan.problem["shift_types"])
    return sorted(kinds, key=lambda kind: (kind.start or 0, kind.id))


def shift_type(shift: HomeShift) -> rostering.ShiftType:
    """Return a shift type of a home as the engine knows it."""
    return rostering.ShiftType(
        id=shift.code,
        name=shift.name,
        start=shift.start,
        minutes=shift.minutes,
        paid_minutes=shift.paid_minutes,
        skill=shift.skill,
        is_night=shift.is_night,
    )
