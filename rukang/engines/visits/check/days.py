"""What is asked of an inspector's days and weeks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, time
from itertools import pairwise

from rukang.engines.visits.asked.parts import Inspector
from rukang.engines.visits.asked.problem import PlanProblem
from rukang.engines.visits.check.cost import days_of
from rukang.engines.visits.check.violation import Rule, Violation
from rukang.engines.visits.result import Plan, Visit

MOST_HOMES = 2

Found = Iterator[Violation]


def one_tour(_problem: PlanProblem, plan: Plan, inspector: Inspector) -> Found:
    """Find days with several partners or more than two homes."""
    for day, visits in _days_ahead(plan, inspector):
        if len({visit.pair for visit in visits}) > 1 or len(visits) > MOST_HOMES:
            words = (
                f"一天应与同一人同行，至多检查 {MOST_HOMES} 家",
                f"a day is for one partner and {MOST_HOMES} homes at most",
            )
            yield _broken(Rule.ONE_TOUR, inspector, day, *words)


def near(problem: PlanProblem, plan: Plan, inspector: Inspector) -> Found:
    """Find homes of one day that are far apart."""
    for day, visits in _days_ahead(plan, inspector):
        for one, other in pairwise(visits):
            minutes = problem.minutes_between(one.home, other.home)
            if minutes > problem.near_minutes:
                zh = f"{one.home} 与 {other.home} 相距 {minutes} 分钟，最多 {problem.near_minutes}"
                en = (
                    f"{one.home} and {other.home} are {minutes} minutes apart,"
                    f" at most {problem.near_minutes} are allowed"
                )
                yield _broken(Rule.NEAR, inspector, day, zh, en)


def times(problem: PlanProblem, plan: Plan, inspector: Inspector) -> Found:
    """Find visits that begin before the inspector can be there."""
    for day, visits in _days_ahead(plan, inspector):
        free, here = _minute(problem.day_start), inspector.code
        for visit in visits:
            if _minute(visit.start) < free + problem.minutes_between(here, visit.home):
                zh, en = f"来不及到 {visit.home}", f"cannot be at {visit.home} in time"
                yield _broken(Rule.TIMES, inspector, day, zh, en)
            free = _minute(visit.start) + problem.home_by_code[visit.home].minutes
            here = visit.home


def day_minutes(problem: PlanProblem, plan: Plan, inspector: Inspector) -> Found:
    """Find days that are too long, from leaving the base to being back."""
    for day, visits in _days_ahead(plan, inspector):
        first, last = visits[0], visits[-1]
        out = problem.minutes_between(inspector.code, first.home)
        back = problem.minutes_between(last.home, inspector.code)
        stay = _minute(last.start) + problem.home_by_code[last.home].minutes - _minute(first.start)
        if (total := out + stay + back) > problem.day_minutes:
            zh = f"全天 {total} 分钟，最多 {problem.day_minutes}"
            en = f"the day takes {total} minutes, {problem.day_minutes} are allowed"
            yield _broken(Rule.DAY_MINUTES, inspector, day, zh, en)


def week(_problem: PlanProblem, plan: Plan, inspector: Inspector) -> Found:
    """Find weeks with too many days, unless they had them before anything could change."""
    weeks = Counter(day.isocalendar()[:2] for day in days_of(plan, inspector.code))
    ahead = {day.isocalendar()[:2]: day for day, _ in _days_ahead(plan, inspector)}
    for which, day in ahead.items():
        if weeks[which] > inspector.most_days_a_week:
            zh = f"当周 {weeks[which]} 天，最多 {inspector.most_days_a_week} 天"
            en = f"{weeks[which]} days that week, {inspector.most_days_a_week} are allowed"
            yield _broken(Rule.WEEK, inspector, day, zh, en)


def _days_ahead(plan: Plan, inspector: Inspector) -> Iterator[tuple[date, list[Visit]]]:
    for day, visits in days_of(plan, inspector.code).items():
        if plan.since is None or day >= plan.since:
            yield day, visits


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _broken(rule: Rule, inspector: Inspector, day: date, zh: str, en: str) -> Violation:
    return Violation(
        rule=rule,
        zh=f"{inspector.name}（{inspector.code}）{day}：{zh}",
        en=f"{inspector.code} on {day}: {en}",
        inspector=inspector.code,
        day=day,
    )


DAY_RULES: tuple[Callable[[PlanProblem, Plan, Inspector], Found], ...] = (
    one_tour, near, times, day_minutes, week,
)  # fmt: skip
