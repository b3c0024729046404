"""The day of two inspectors as a page to print: when they leave, which homes, what to bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from rukang.base.errors import NotFoundError
from rukang.base.papers import environment
from rukang.base.papers.file_names import safe_name
from rukang.engines.visits.asked.parts import Inspector, VisitHome
from rukang.engines.visits.asked.problem import PlanProblem
from rukang.engines.visits.result import Pair, Plan, Visit
from rukang.stars.visit_papers.notes import HomeNotes, Notes

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Stop:
    """A home on the way: when the visit begins and ends, and what is known of it."""

    home: VisitHome
    begins: time
    ends: time
    notes: HomeNotes


@dataclass(frozen=True)
class Traveller:
    """One of the two: when they leave their base and are back."""

    inspector: Inspector
    leaves: time
    back: time


def day_sheet(problem: PlanProblem, plan: Plan, day: date, pair: Pair, notes: Notes) -> str:
    """Return the sheet of two inspectors for a day, a page of its own.

    Raises
    ------
    NotFoundError
        If they have no visit that day.
    """
    visits = [visit for visit in plan.visits if visit.tour == (day, pair)]
    if not visits:
        names = "、".join(pair)
        raise NotFoundError(
            f"{names} 在 {day} 没有检查任务。",
            f"{' and '.join(pair)} have no visit on {day}.",
        )
    return (
        environment(TEMPLATES)
        .get_template("day_sheet.html")
        .render(
            day=day,
            mark=problem.calendar.mark([day]),
            weekday="一二三四五六日"[day.weekday()],
            stops=[_stop(problem, visit, notes) for visit in visits],
            travellers=[_traveller(problem, code, visits) for code in pair],
            revision=plan.revision,
        )
    )


def write_day_sheets(problem: PlanProblem, plan: Plan, notes: Notes, folder: Path) -> list[Path]:
    """Write the sheet of every pair and day into a folder and return the paths, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for day, pair in sorted({visit.tour for visit in plan.visits}):
        path = folder / f"{day:%Y%m%d}-{'-'.join(map(safe_name, pair))}.html"
        path.write_text(day_sheet(problem, plan, day, pair, notes), encoding="utf-8")
        paths.append(path)
    return paths


def _stop(problem: PlanProblem, visit: Visit, notes: Notes) -> Stop:
    home = problem.home_by_code[visit.home]
    ends = _shifted(visit.start, home.minutes)
    return Stop(home, visit.start, ends, notes.get(home.code, HomeNotes()))


def _traveller(problem: PlanProblem, code: str, visits: list[Visit]) -> Traveller:
    first, last = visits[0], visits[-1]
    stay = problem.home_by_code[last.home].minutes
    return Traveller(
        problem.inspector_by_code[code],
        leaves=_shifted(first.start, -problem.minutes_between(code, first.home)),
        back=_shifted(last.start, stay + problem.minutes_between(last.home, code)),
    )


def _shifted(moment: time, minutes: int) -> time:
    # The date is any: only the time of day is asked for.
    return (datetime.combine(date(2000, 1, 1), moment) + timedelta(minutes=minutes)).time()
