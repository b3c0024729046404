"""The table of all rules, and what it finds: violations and items of cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rostering.check.breach import Breach
from rostering.check.facts import Facts
from rostering.check.rules.cells import (
    assignable,
    changed_cells,
    fixed,
    forbidden,
    leave,
    too_many_changes,
)
from rostering.check.rules.counts import assignments, counts, shift_limits
from rostering.check.rules.cover import cover_limits, cover_wanted
from rostering.check.rules.fairness import fairness
from rostering.check.rules.follow import patterns, rest, rotations, succession
from rostering.check.rules.minutes import (
    day_overtime,
    minutes,
    month_minutes,
    month_overtime,
    week_minutes,
)
from rostering.check.rules.runs import longest_runs, runs, shortest_rests, shortest_runs
from rostering.check.rules.teams import apart, company, key_workers, together
from rostering.check.rules.weekends import max_weekends, weekends
from rostering.check.rules.wishes import choices, requests
from rostering.problem import Problem
from rostering.roster import Roster
from rostering.violation import CostItem, Violation

Find = Callable[[Facts], Iterator[Breach]]

ALWAYS_HARD: tuple[Find, ...] = (
    assignable,
    leave,
    forbidden,
    fixed,
    too_many_changes,
    succession,
    rest,
    shift_limits,
    assignments,
    minutes,
    week_minutes,
    month_minutes,
    day_overtime,
    month_overtime,
    longest_runs,
    shortest_runs,
    shortest_rests,
    max_weekends,
    cover_limits,
)

HARD_OR_PRICED: tuple[Find, ...] = (
    patterns,
    rotations,
    runs,
    counts,
    weekends,
    choices,
    company,
    together,
    apart,
    key_workers,
)

ALWAYS_PRICED: tuple[Find, ...] = (cover_wanted, requests, changed_cells, fairness)


def check(problem: Problem, roster: Roster) -> list[Violation]:
    """Return every hard rule that a roster breaks, in the order of the rules.

    Raises
    ------
    ValueError
        If the roster is not one of this problem: other people, days or shift types.
    """
    refuse_other(problem, roster)
    facts = Facts(problem, roster)
    found = (item for find in (*ALWAYS_HARD, *HARD_OR_PRICED) for item in find(facts))
    return [
        Violation(item.rule, item.staff, item.day, item.amount, item.zh, item.en, item.where)
        for item in found
        if item.cost is None
    ]


def cost(problem: Problem, roster: Roster) -> int:
    """Return the cost of a roster."""
    return sum(item.cost for item in cost_items(problem, roster))


def cost_items(problem: Problem, roster: Roster) -> list[CostItem]:
    """Return everything a roster pays for, by rule, person and day; nothing that is free.

    Raises
    ------
    ValueError
        If the roster is not one of this problem: other people, days or shift types.
    """
    refuse_other(problem, roster)
    facts = Facts(problem, roster)
    return [
        CostItem(
            item.rule, item.staff, item.day, item.shift, item.amount, item.cost, item.zh, item.en
        )
        for find in (*ALWAYS_PRICED, *HARD_OR_PRICED)
        for item in find(facts)
        if item.cost
    ]


def refuse_other(problem: Problem, roster: Roster) -> None:
    """Refuse a roster of other people, days or shift types (ValueError)."""
    if roster.staff != tuple(person.id for person in problem.staff):
        raise ValueError("排班表与问题的人员不一致 / the roster is of other people")
    known = {None, *problem.shift_by_id}
    for person, row in roster.by_staff.items():
        if len(row) != problem.days or not known.issuperset(row):
            zh = f"{person} 的一行与问题的天数或班次不一致"
            raise ValueError(f"{zh} / the row of {person} has other days or shift types")
