"""What a year's notice changes: which days, whose time limits, which visits, which rosters.

Nothing is kept of a provisional day, so there is nothing to mend in the records: everything is
counted anew from the moment the notice is on file. But people were told other days before, and a
roster was solved by them; this says whom to tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from rukang.base.calendar import Arrangement, Calendar, DayKind
from rukang.base.clock import days_of_month
from rukang.base.definitions import Text
from rukang.bodies.homes import Home
from rukang.rosters.records import RosterPlan
from rukang.stars.inspections.records import Inspection, Stage


def arranged(calendar: Calendar, notice: Arrangement) -> Calendar:
    """Return a calendar with one more notice."""
    return Calendar({**calendar.supplied, notice.year: notice})


def changed_days(before: Calendar, after: Calendar, year: int) -> dict[date, DayKind]:
    """Return the days that are something else now, from the December before, with what they are."""
    first, last = date(year - 1, 12, 1), date(year, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {
        day: after.kind_of(day) for day in days if before.kind_of(day) is not after.kind_of(day)
    }


def whom_to_tell(session: Session, before: Calendar, after: Calendar, year: int) -> list[Text]:
    """Return what the notice of a year changes in the records a session may see, in words."""
    days = changed_days(before, after, year)
    return [
        *_limits(session, before, after),
        *_visits(session, after, days),
        *_rosters(session, before, after, days),
    ]


def _limits(session: Session, before: Calendar, after: Calendar) -> Iterator[Text]:
    """Time limits of results that are proposed and not yet published."""
    query = (
        select(Inspection)
        .where(Inspection.stage == Stage.PROPOSED)
        .options(joinedload(Inspection.edition_text), joinedload(Inspection.home))
        .order_by(Inspection.id)
    )
    for inspection in session.scalars(query):
        was, now = inspection.limits_by(before), inspection.limits_by(after)
        if was != now:
            home = inspection.home
            yield Text(
                zh=f"{home.name}（{home.code}）的公示：异议截止 {was[0]} → {now[0]}，"
                f"公布期限 {was[1]} → {now[1]}",
                en=f"{home.code}: objections until {was[0]} → {now[0]},"
                f" publication by {was[1]} → {now[1]}",
            )


def _visits(session: Session, after: Calendar, days: dict[date, DayKind]) -> Iterator[Text]:
    """Planned visits on days that are off now."""
    query = (
        select(Inspection)
        .where(Inspection.stage == Stage.PLANNED, Inspection.visit_on.in_(days))
        .options(joinedload(Inspection.home))
        .order_by(Inspection.visit_on, Inspection.id)
    )
    for inspection in session.scalars(query):
        day = inspection.visit_on
        if day is not None and not after.kind_of(day).works:
            home = inspection.home
            yield Text(
                zh=f"{home.name}（{home.code}）{day} 的上门：当天改为{days[day].value}，请改期",
                en=f"{home.code}: the visit of {day} falls on a {days[day].en} now; move it",
            )


def _rosters(
    session: Session, before: Calendar, after: Calendar, days: dict[date, DayKind]
) -> Iterator[Text]:
    """Rosters of the months whose days changed: standard hours were counted otherwise."""
    months = sorted({day.replace(day=1) for day in days})
    query = (
        select(RosterPlan, Home)
        .join(Home, Home.id == RosterPlan.home_id)
        .where(RosterPlan.month.in_(months), RosterPlan.shifts.is_not(None))
        .order_by(RosterPlan.month, Home.code, RosterPlan.id)
    )
    for plan, home in session.execute(query):
        month = days_of_month(plan.month)
        was, now = before.workdays(month), after.workdays(month)
        yield Text(
            zh=f"{home.name}（{home.code}）{plan.month:%Y-%m} 的班表 {plan.id}：标准工作日"
            f" {was} → {now} 天，请核对并重新排班",
            en=f"{home.code}: roster {plan.id} of {plan.month:%Y-%m} was made for {was} standard"
            f" days, there are {now}; look at it again",
        )
