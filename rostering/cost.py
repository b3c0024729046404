"""Recount what a roster pays for its soft rules. Independent of any model."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.parts import Request
from rostering.problem import Problem
from rostering.roster import Roster
from rostering.rule import Rule
from rostering.violation import CostItem


def cost(problem: Problem, roster: Roster) -> int:
    """Return the cost of a roster."""
    return sum(item.cost for item in cost_items(problem, roster))


def cost_items(problem: Problem, roster: Roster) -> list[CostItem]:
    """Return everything a roster pays for, by rule, person and day; nothing that is free."""
    paid = (*cover_items(problem, roster), *request_items(problem, roster))
    return [item for item in paid if item.cost]


def cover_items(problem: Problem, roster: Roster) -> Iterator[CostItem]:
    """Price heads below and above the wanted cover."""
    for item in problem.cover:
        heads = sum(
            roster.shift(person.id, item.day) == item.shift
            for person in problem.staff
            if item.skill is None or item.skill in person.skills
        )
        amount = abs(heads - item.wanted)
        if heads < item.wanted:
            price, rule = item.under_weight, Rule.COVER_UNDER
        else:
            price, rule = item.over_weight, Rule.COVER_OVER
        yield CostItem(rule, None, item.day, item.shift, amount, amount * price)


def request_items(problem: Problem, roster: Roster) -> Iterator[CostItem]:
    """Price refused requests."""
    for item in problem.requests:
        if _worked(roster, item) != item.wanted:
            yield CostItem(Rule.REQUEST, item.staff, item.day, item.shift, 1, item.weight)


def _worked(roster: Roster, item: Request) -> bool:
    shift = roster.shift(item.staff, item.day)
    return shift is not None if item.shift is None else shift == item.shift
