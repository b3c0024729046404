"""What is left to plan: all of a new round, or what lies ahead when a plan is changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rukang.base.errors import InvalidError
from rukang.engines.visits.asked.days import visit_days, working_days
from rukang.engines.visits.asked.parts import Inspector, VisitHome
from rukang.engines.visits.asked.problem import PlanProblem
from rukang.engines.visits.result import Plan, Visit

Week = tuple[int, int]
"""ISO year and week."""


@dataclass(frozen=True)
class Remaining:
    """A problem of which the first part may be done already.

    Parameters
    ----------
    since
        First day that can still be planned.
    done
        Visits before it, which stay as they are.
    before
        Visits planned from that day on, which should stay as far as possible.
    """

    problem: PlanProblem
    since: date
    done: tuple[Visit, ...] = ()
    before: tuple[Visit, ...] = ()

    @classmethod
    def after(cls, problem: PlanProblem, plan: Plan, on: date) -> Remaining:
        """Return what is left of a plan from a day on.

        Raises
        ------
        InvalidError
            If the changed problem lacks a home or an inspector of a visit that is done.
        """
        done = tuple(visit for visit in plan.visits if visit.day < on)
        _refuse_unknown(problem, done)
        ahead = (visit for visit in plan.visits if visit.day >= on)
        known = tuple(visit for visit in ahead if visit.home in problem.home_by_code)
        return cls(problem, on, done, known)

    @cached_property
    def homes(self) -> tuple[VisitHome, ...]:
        """Return the homes still to be visited."""
        done = {visit.home for visit in self.done}
        return tuple(home for home in self.problem.homes if home.code not in done)

    @cached_property
    def open_days(self) -> dict[str, frozenset[date]]:
        """Return the days on which each home can still be visited."""
        return {
            home.code: frozenset(day for day in visit_days(self.problem, home) if day >= self.since)
            for home in self.homes
        }

    @cached_property
    def before_by_home(self) -> dict[str, Visit]:
        """Return the visits that should stay, by code of home."""
        return {visit.home: visit for visit in self.before}

    @cached_property
    def ahead(self) -> frozenset[date]:
        """Return the working days that can still be planned."""
        return frozenset(day for day in working_days(self.problem) if day >= self.since)

    @cached_property
    def present(self) -> dict[str, frozenset[date]]:
        """Return the working days still ahead on which each inspector is at hand."""
        return {item.code: self.ahead - item.away for item in self.problem.inspectors}

    @cached_property
    def busy_done(self) -> dict[str, frozenset[date]]:
        """Return the days on which each inspector has made visits."""
        return {
            item.code: frozenset(visit.day for visit in self.done if item.code in visit.pair)
            for item in self.problem.inspectors
        }

    @cached_property
    def days_left(self) -> dict[str, dict[Week, int]]:
        """Return how many days of each week ahead each inspector can still give."""
        return {item.code: self._left(item) for item in self.problem.inspectors}

    @cached_property
    def most_days(self) -> dict[str, int]:
        """Return how many days of the whole round each inspector could give."""
        days = working_days(self.problem)
        return {
            item.code: sum(_limited(frozenset(days) - item.away, item.most_days_a_week).values())
            for item in self.problem.inspectors
        }

    def _left(self, inspector: Inspector) -> dict[Week, int]:
        taken = by_week(self.busy_done[inspector.code])
        return {
            week: max(0, min(len(days), inspector.most_days_a_week - len(taken.get(week, ()))))
            for week, days in by_week(self.present[inspector.code]).items()
        }


def week_of(day: date) -> Week:
    """Return the ISO week of a day."""
    year, week, _ = day.isocalendar()
    return year, week


def by_week(days: Iterable[date]) -> dict[Week, list[date]]:
    """Return days in order, by week."""
    weeks: dict[Week, list[date]] = {}
    for day in sorted(days):
        weeks.setdefault(week_of(day), []).append(day)
    return weeks


def _limited(days: Iterable[date], most: int) -> dict[Week, int]:
    return {week: min(len(found), most) for week, found in by_week(days).items()}


def _refuse_unknown(problem: PlanProblem, done: tuple[Visit, ...]) -> None:
    for visit in done:
        known = [visit.home in problem.home_by_code]
        known += [code in problem.inspector_by_code for code in visit.pair]
        if not all(known):
            raise InvalidError(
                f"{visit.day} 已完成的检查（{visit.home}，{'、'.join(visit.pair)}）涉及不在问题中的"
                "家园或评定员；请保留其条目，并把评定员以后的日期列为不在岗。",
                f"The visit done on {visit.day} ({visit.home} by {', '.join(visit.pair)}) names a"
                " home or an inspector that is not in the problem; keep them and list the days"
                " ahead as away.",
            )


Group = frozenset[str]
"""Codes of inspectors."""


def meeting_days(remaining: Remaining, group: Group, days: frozenset[date]) -> frozenset[date]:
    """Return the days on which two of a group are at hand."""
    return frozenset(day for day in days if _heads(remaining, group, day) > 1)


def most_trips(remaining: Remaining, group: Group, days: frozenset[date]) -> int:
    """Return how many trips a group can make on some days at most.

    On a day they are half of those at hand, in a week half the days that the group can give, and no
    more than all but one of them can give: each trip needs one of these.
    """
    total = 0
    for week, found in by_week(days).items():
        on_days = sum(_heads(remaining, group, day) // 2 for day in found)
        gives = [remaining.days_left[code].get(week, 0) for code in group]
        total += min(on_days, sum(gives) // 2, sum(gives) - max(gives, default=0))
    return total


def _heads(remaining: Remaining, group: Group, day: date) -> int:
    return sum(day in remaining.present[code] for code in group)
