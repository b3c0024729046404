"""What rosters say: who was on duty for those present, how long, and within which rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from rostering import ShiftType
from rukang.base.database.base import Base
from rukang.care.attendance import Presence
from rukang.engines.rating.criteria.measure import Measurement
from rukang.rosters import Attendees, CareRatio, RosterPlan, RosterState, recount, roster_of
from rukang.stars.measures.presence import days_open, marks_of, presences
from rukang.stars.measures.window import Records, divided, measurement, months_of

MINUTES = 60
ON_DUTY = "已发布排班和考勤 published rosters and attendance"


@dataclass(frozen=True)
class OpenDays:
    """Days on which somebody was present and somebody on duty, and the records that say so.

    On duty are the shifts which the home's own ratios set against heads by day. Nights are left
    out, because attendance does not say who stayed overnight.
    """

    shifts: Mapping[date, Sequence[ShiftType]]
    presences: Decimal
    used: Sequence[Base]

    @property
    def months(self) -> set[date]:
        """Return the first days of their months."""
        return months_of(self.shifts)


def staff_per_present_resident(records: Records) -> Measurement | None:
    """Return hours on duty over resident hours present.

    How long a resident stays is not recorded: every presence counts as the longest shift of the
    window, so the figure is rather too low than too high.
    """
    open_days = _open_days(records)
    shifts = [shift for of_day in open_days.shifts.values() for shift in of_day]
    if not shifts:
        return None
    stay, minutes = (count(shift.minutes for shift in shifts) for count in (max, sum))
    codes = "、".join(sorted({shift.id for shift in shifts}))
    figures = (
        f"{len(open_days.shifts)} 天，班次 {codes} 在岗 {minutes} 分钟/"
        f"（{open_days.presences} 人次 × {stay} 分钟；在园时长没有记录，按最长班次计）"
        " minutes on duty ÷ (presences × minutes of the longest shift, stays not being recorded)"
    )
    value = divided(minutes, open_days.presences * stay)
    return measurement(records, value, ON_DUTY, figures, open_days.months, open_days.used)


def hours_open(records: Records) -> Measurement | None:
    """Return the mean hours, of days on which somebody was present, with anybody on duty."""
    open_days = _open_days(records)
    days = len(open_days.shifts)
    if not days:
        return None
    minutes = sum(map(_covered, open_days.shifts.values()))
    figures = f"日间班次覆盖 {minutes} 分钟/{days} 个开放日 minutes covered by day ÷ days open"
    value = divided(minutes, days * MINUTES)
    return measurement(records, value, ON_DUTY, figures, open_days.months, open_days.used)


def rest_rule_breaches(records: Records) -> Measurement | None:
    """Return what the independent checker finds wrong with the rosters, one of each month."""
    plans = _plans(records, RosterState.DRAFT, RosterState.PUBLISHED)
    if not plans:
        return None
    found = {plan.month: len(recount(plan)) for plan in plans}
    return measurement(
        records,
        Decimal(sum(found.values())),
        "排班表独立复核 rosters recounted by the checker",
        "，".join(f"{month:%Y-%m} {count} 次 breaches" for month, count in found.items()),
        found,
        plans,
    )


def _open_days(records: Records) -> OpenDays:
    marks, plans = marks_of(records), _plans(records, RosterState.PUBLISHED)
    duties = _duties(records, plans)
    shifts = {day: duties[day] for day in sorted(days_open(marks)) if day in duties}
    present = [of for of in marks if of.day in shifts and of.marks.count(Presence.PRESENT)]
    return OpenDays(shifts, presences(present), [*plans, *present])


def _plans(records: Records, *states: RosterState) -> list[RosterPlan]:
    """Return one roster of each month that has any: the published one, or else the newest."""
    query = select(RosterPlan).where(
        RosterPlan.home_id == records.home.id,
        RosterPlan.month.between(records.window.first, records.window.last),
        RosterPlan.state.in_(states),
    )
    plans = list(records.session.scalars(query.order_by(RosterPlan.month, RosterPlan.id)))
    plans.sort(key=lambda plan: plan.state is RosterState.PUBLISHED)
    return [plan for _, plan in sorted({plan.month: plan for plan in plans}.items())]


def _duties(records: Records, plans: Iterable[RosterPlan]) -> dict[date, list[ShiftType]]:
    query = select(CareRatio.shift_code).where(
        CareRatio.home_id == records.home.id, CareRatio.attendees != Attendees.OVERNIGHT
    )
    by_day = set(records.session.scalars(query))
    duties: dict[date, list[ShiftType]] = defaultdict(list)
    for plan in plans:
        problem, _ = roster_of(plan)
        kinds = {kind.id: kind for kind in problem.shift_types if kind.id in by_day}
        for worked in (plan.shifts or {}).values():
            for day, code in worked.items():
                if code in kinds:
                    duties[date.fromisoformat(day)].append(kinds[code])
    return dict(duties)


def _covered(shifts: Sequence[ShiftType]) -> int:
    """Return the minutes in which at least one shift is on duty."""
    spans = sorted((shift.start or 0, (shift.start or 0) + shift.minutes) for shift in shifts)
    covered, until = 0, 0
    for start, end in spans:
        covered += max(end - max(start, until), 0)
        until = max(until, end)
    return covered
