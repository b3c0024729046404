"""On which days a home can be visited, and the refusal of a day on which it cannot."""

from __future__ import annotations

from datetime import date

from rukang.base.calendar import DayKind
from rukang.base.errors import InvalidError
from rukang.base.words import Text
from rukang.engines.visits.asked.parts import VisitHome
from rukang.engines.visits.asked.problem import PlanProblem


def working_days(problem: PlanProblem) -> list[date]:
    """Return the working days of a round, make-up workdays among them."""
    ordinals = range(problem.first.toordinal(), problem.last.toordinal() + 1)
    days = [date.fromordinal(number) for number in ordinals]
    return [day for day in days if problem.calendar.kind_of(day).works]


def visit_days(problem: PlanProblem, home: VisitHome) -> list[date]:
    """Return the days on which a home can be visited; of a fixed visit, that one."""
    if home.fixed is not None:
        return [home.fixed]
    return [day for day in working_days(problem) if why_not(problem, home, day) is None]


def refuse_day(problem: PlanProblem, home: VisitHome, day: date) -> None:
    """Refuse a day on which a home cannot be visited, be it fixed or chosen by hand.

    Raises
    ------
    InvalidError
        Naming the home, the day and the reason, such as the holiday.
    """
    if (words := why_not(problem, home, day)) is not None:
        raise InvalidError(
            f"{home.name}（{home.code}）不能安排在 {day} 检查：{words.zh}；请改选其他日期。",
            f"{home.code} cannot be visited on {day}: {words.en}; choose another day.",
        )


def refuse_fixed_days(problem: PlanProblem) -> None:
    """Refuse a problem that fixes a visit on a day on which it cannot be.

    Raises
    ------
    InvalidError
        For the first such home.
    """
    for home in problem.homes:
        if home.fixed is not None:
            refuse_day(problem, home, home.fixed)


def why_not(problem: PlanProblem, home: VisitHome, day: date) -> Text | None:
    """Return why a home cannot be visited on a day; none if it can."""
    if not problem.first <= day <= problem.last:
        return Text(
            zh=f"不在 {problem.first} 至 {problem.last} 之内",
            en=f"it is outside {problem.first} to {problem.last}",
        )
    return _no_working_day(problem, day) or _closed(home, day) or _outside(home, day)


def _no_working_day(problem: PlanProblem, day: date) -> Text | None:
    kind = problem.calendar.kind_of(day)
    if kind.works:
        return None
    if kind is DayKind.WEEKEND:
        return Text(zh="当天是周末", en="it is a weekend")
    zh, en = problem.calendar.holiday(day)
    return Text(zh=f"当天是法定节假日（{zh}）", en=f"it is a public holiday ({en})")


def _closed(home: VisitHome, day: date) -> Text | None:
    if day in home.closed:
        return Text(zh="家园当天不开放", en="the home is closed that day")
    if day.isoweekday() not in home.weekdays:
        weekday = "一二三四五六日"[day.weekday()]
        return Text(zh=f"家园星期{weekday}不开放", en=f"the home is closed on {day:%A}s")
    return None


def _outside(home: VisitHome, day: date) -> Text | None:
    if home.not_before is not None and day < home.not_before:
        return Text(zh=f"早于 {home.not_before}", en=f"it is before {home.not_before}")
    if home.due is not None and day > home.due:
        return Text(zh=f"晚于期限 {home.due}", en=f"it is after the due day {home.due}")
    if home.surprise and home.last_visit and home.last_visit.weekday() == day.weekday():
        return Text(
            zh=f"突击检查不能与上次（{home.last_visit}）同为一个星期几",
            en=f"a surprise visit may not fall on the weekday of the last one ({home.last_visit})",
        )
    return None
