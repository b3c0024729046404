"""What is asked of one visit: its day, and the two who make it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rukang.engines.visits.asked.problem import PlanProblem
from rukang.engines.visits.check.violation import Rule, Violation
from rukang.engines.visits.result import Visit

Found = Iterator[Violation]


def working_day(problem: PlanProblem, visit: Visit) -> Found:
    """Find a day that is no working day of the round."""
    if not problem.first <= visit.day <= problem.last:
        yield _broken(Rule.WORKING_DAY, problem, visit, "不在本轮日期之内", "outside the round")
    elif not (kind := problem.calendar.kind_of(visit.day)).works:
        words = f"当天是{kind.value}", f"no working day but a {kind.en}"
        yield _broken(Rule.WORKING_DAY, problem, visit, *words)


def is_open(problem: PlanProblem, visit: Visit) -> Found:
    """Find a day on which the home is closed."""
    home = problem.home_by_code[visit.home]
    if visit.day in home.closed or visit.day.isoweekday() not in home.weekdays:
        yield _broken(Rule.OPEN, problem, visit, "家园当天不开放", "the home is closed")


def window(problem: PlanProblem, visit: Visit) -> Found:
    """Find a visit that is too early or overdue."""
    home = problem.home_by_code[visit.home]
    if home.not_before and visit.day < home.not_before:
        words = f"早于 {home.not_before}", f"before {home.not_before}"
        yield _broken(Rule.WINDOW, problem, visit, *words)
    if home.due and visit.day > home.due:
        yield _broken(Rule.WINDOW, problem, visit, f"晚于 {home.due}", f"due by {home.due}")


def fixed(problem: PlanProblem, visit: Visit) -> Found:
    """Find an agreed day that is not kept."""
    home = problem.home_by_code[visit.home]
    if home.fixed and visit.day != home.fixed:
        words = f"已约定 {home.fixed}", f"agreed for {home.fixed}"
        yield _broken(Rule.FIXED, problem, visit, *words)


def surprise(problem: PlanProblem, visit: Visit) -> Found:
    """Find a surprise visit on the weekday of the last one."""
    home = problem.home_by_code[visit.home]
    last = home.last_visit
    if home.surprise and last and last.isoweekday() == visit.day.isoweekday():
        words = "与上次同为一个星期几", "the weekday of the last visit"
        yield _broken(Rule.SURPRISE, problem, visit, *words)


def two(problem: PlanProblem, visit: Visit) -> Found:
    """Find a visit that one inspector makes alone."""
    if visit.pair[0] == visit.pair[1]:
        words = "须由两名评定员前往", "two inspectors have to go"
        yield _broken(Rule.TWO, problem, visit, *words)


def skill(problem: PlanProblem, visit: Visit) -> Found:
    """Find skills that neither has."""
    for needed in sorted(problem.home_by_code[visit.home].needs):
        if not any(needed in problem.inspector_by_code[code].skills for code in visit.pair):
            words = f"两人都没有专长“{needed}”", f"neither has the skill {needed}"
            yield _broken(Rule.SKILL, problem, visit, *words)


def conflict(problem: PlanProblem, visit: Visit) -> Found:
    """Find who has a conflict of interest."""
    for code in visit.pair:
        if visit.home in problem.inspector_by_code[code].barred:
            words = f"{code} 须回避", f"{code} has a conflict of interest"
            yield _broken(Rule.CONFLICT, problem, visit, *words, inspector=code)


def away(problem: PlanProblem, visit: Visit) -> Found:
    """Find who is away."""
    for code in visit.pair:
        if visit.day in problem.inspector_by_code[code].away:
            yield _broken(
                Rule.AWAY, problem, visit, f"{code} 不在岗", f"{code} is away", inspector=code
            )


def _broken(
    rule: Rule, problem: PlanProblem, visit: Visit, zh: str, en: str, inspector: str | None = None
) -> Violation:
    name = problem.home_by_code[visit.home].name
    return Violation(
        rule=rule,
        zh=f"{name}（{visit.home}）{visit.day}：{zh}",
        en=f"{visit.home} on {visit.day}: {en}",
        home=visit.home,
        inspector=inspector,
        day=visit.day,
    )


SINGLE_RULES: tuple[Callable[[PlanProblem, Visit], Found], ...] = (
    working_day, is_open, window, fixed, surprise, two, skill, conflict, away,
)  # fmt: skip
