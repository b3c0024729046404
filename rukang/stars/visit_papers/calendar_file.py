"""An inspector's visits as a calendar file, one event a visit."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event

from rukang.base.clock import SHANGHAI
from rukang.engines.visits.asked.problem import PlanProblem
from rukang.engines.visits.result import Plan, Visit
from rukang.stars.visit_papers.notes import HomeNotes, Notes


def write_calendar(
    problem: PlanProblem, plan: Plan, inspector: str, notes: Notes, path: Path, made_at: datetime
) -> Path:
    """Write every visit of an inspector into an iCalendar file and return its path.

    Event ids depend on round, home and inspector only, and the sequence is the plan's revision: the
    file of a changed plan moves events instead of doubling them, and cancels those of visits that
    others make now.

    Parameters
    ----------
    made_at
        The moment written as the events' time stamp.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Rukang Homes//visits//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{problem.inspector_by_code[inspector].name} 检查日程")
    for visit in plan.of(inspector):
        event = _event(problem, plan, inspector, visit, made_at)
        _tell(event, problem, visit, notes.get(visit.home, HomeNotes()))
        calendar.add_component(event)
    for visit in _given_up(plan, inspector):
        event = _event(problem, plan, inspector, visit, made_at)
        event.add("status", "CANCELLED")
        event.add("summary", f"取消检查 {visit.home}")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(calendar.to_ical())
    return path


def _given_up(plan: Plan, inspector: str) -> list[Visit]:
    """Return what an inspector had in the previous plan and has no more."""
    kept = {visit.home for visit in plan.of(inspector)}
    had = (visit for visit in plan.previous if inspector in visit.pair)
    return [visit for visit in had if visit.home not in kept]


def _event(
    problem: PlanProblem, plan: Plan, inspector: str, visit: Visit, made_at: datetime
) -> Event:
    """Return an event that a later file finds again."""
    event = Event()
    event.add("uid", f"{visit.home}-{inspector}-{problem.first:%Y%m%d}@visits.rukang")
    event.add("sequence", plan.revision)
    event.add("dtstamp", made_at)
    event.add("dtstart", datetime.combine(visit.day, visit.start, SHANGHAI))
    return event


def _tell(event: Event, problem: PlanProblem, visit: Visit, known: HomeNotes) -> None:
    """Add what an inspector wants to know of a visit."""
    home = problem.home_by_code[visit.home]
    names = "、".join(problem.inspector_by_code[code].name for code in visit.pair)
    lines = (
        f"评定员：{names}",
        f"联系人：{known.contact or '未填写'}",
        f"携带：{'、'.join(known.bring) or '未填写'}",
    )
    event.add("dtend", event.start + timedelta(minutes=home.minutes))
    event.add("status", "CONFIRMED")
    event.add("class", "PRIVATE" if home.surprise else "PUBLIC")
    event.add("summary", f"检查 {home.name}")
    event.add("location", known.address or home.name)
    event.add("description", "\n".join(lines))
