"""When the visits of a day begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from rukang.engines.visits.problem import PlanProblem
from rukang.engines.visits.result import Pair, Visit


def timetable(problem: PlanProblem, day: date, pair: Pair, homes: Sequence[str]) -> Iterator[Visit]:
    """Yield the visits of a tour in the order given.

    The first begins when whoever has the longer way to it arrives.
    """
    first = homes[0]
    minutes = max(problem.minutes_between(code, first) for code in pair)
    for place, home in enumerate(homes):
        if place:
            minutes += problem.minutes_between(homes[place - 1], home)
        yield Visit(home=home, day=day, start=_after(problem.day_start, minutes), pair=pair)
        minutes += problem.home_by_code[home].minutes


def _after(start: time, minutes: int) -> time:
    anchor = datetime.combine(date.min, start) + timedelta(minutes=minutes)
    return anchor.time()
