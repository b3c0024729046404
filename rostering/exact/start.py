"""A known roster as values of every variable.

All of them, because HiGHS completes a partial start by a search of its own, whose bounds it reports
as if they were bounds of the whole problem.
"""

from __future__ import annotations

from pulp import LpVariable

from rostering.exact.variables import Variables
from rostering.problem import Problem
from rostering.roster import Roster


def values(problem: Problem, v: Variables, roster: Roster) -> dict[LpVariable, int]:
    """Return the value of each variable in a roster."""
    worked = {key: roster.shift(*key) is not None for key in v.work}
    ends = problem.weekends()
    found = {x: int(roster.shift(s, d) == shift) for (s, d, shift), x in v.assign.items()}
    found |= {x: int(worked[key]) for key, x in v.work.items()}
    found |= {x: int(any(worked[s, d] for d in ends[n])) for (s, n), x in v.weekend.items()}
    found |= {
        x: int(worked[s, d] and _was_off(problem, worked, s, d - 1))
        for (s, d), x in v.begin.items()
    }
    for number, item in enumerate(problem.cover):
        heads = sum(
            roster.shift(person.id, item.day) == item.shift
            for person in problem.staff
            if item.skill is None or item.skill in person.skills
        )
        found[v.under[number]] = max(0, item.wanted - heads)
        found[v.over[number]] = max(0, heads - item.wanted)
    return found


def _was_off(problem: Problem, worked: dict[tuple[str, int], bool], staff: str, day: int) -> bool:
    """Return whether a day is known to be off."""
    if day >= 0:
        return not worked[staff, day]
    past = problem.history_by_staff[staff]
    return len(past) > 0 and past[-1] is None
