"""Single cells: leave, forbidden and pinned cells, wishes, and what was published already."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rostering.forms.clock import runs_on
from rostering.forms.facts import Facts
from rostering.forms.shapes import OFF, Ban, Heads, Symbols, Term, Total
from rostering.parts import Choice, Request
from rostering.rule import Rule


def leave(facts: Facts) -> Iterator[Ban]:
    """Keep everybody off on days on which they are unavailable, and from what runs into them."""
    shifts = facts.problem.shift_types
    running = [
        frozenset(facts.symbol[shift.id] for shift in shifts if runs_on(shift) >= days)
        for days in range(1, max(map(runs_on, shifts), default=0) + 1)
    ]
    for item in facts.problem.unavailable:
        person = facts.number[item.staff]
        yield Ban(Rule.LEAVE, person, item.day, facts.work, None)
        before = running[: item.day] if item.from_midnight else []
        for days, symbols in enumerate(before, start=1):
            yield Ban(Rule.LEAVE, person, item.day - days, symbols, None)


def forbidden(facts: Facts) -> Iterator[Ban]:
    """Keep shift types from people on days."""
    for item in facts.problem.forbidden:
        symbols = frozenset({facts.symbol[item.shift]})
        yield Ban(Rule.FORBIDDEN, facts.number[item.staff], item.day, symbols, None)


def fixed(facts: Facts) -> Iterator[Ban]:
    """Keep what pinned cells hold."""
    for item in facts.problem.fixed:
        others = facts.every - {facts.symbol[item.shift]}
        yield Ban(Rule.FIXED, facts.number[item.staff], item.day, others, None)


def requests(facts: Facts) -> Iterator[Ban]:
    """Price refused wishes; those without weight cost nothing."""
    for item in facts.problem.requests:
        if item.weight:
            refused = facts.every - granting(facts, item)
            person = facts.number[item.staff]
            yield Ban(Rule.REQUEST, person, item.day, refused, item.weight)


def kept(facts: Facts) -> Iterator[Ban]:
    """Price changes to published cells; those without weight cost nothing."""
    for item in facts.problem.kept:
        if item.weight:
            others = facts.every - {facts.symbol[item.shift]}
            person = facts.number[item.staff]
            yield Ban(Rule.CHANGES, person, item.day, others, item.weight)


def changes(facts: Facts) -> Iterator[Heads]:
    """Limit how many published cells change."""
    most = facts.problem.max_changes
    if most is None:
        return
    terms = tuple(
        Term(
            frozenset({facts.number[item.staff]}),
            item.day,
            facts.every - {facts.symbol[item.shift]},
        )
        for item in facts.problem.kept
    )
    where = ("max_changes", 0)
    rule = Rule.CHANGES
    yield Heads(rule, rule, None, None, where, terms, 0, None, most, None, None)


def choices(facts: Facts) -> Iterator[Total]:
    """Ask that a wish be granted on at least one of some days."""
    for item in facts.problem.choices:
        days = tuple(sorted(set(item.days)))
        amounts = np.zeros((len(days), len(facts.every)), np.int64)
        amounts[:, sorted(granting(facts, item))] = 1
        person = facts.number[item.staff]
        yield Total(Rule.CHOICE, person, days, amounts, 0, 1, None, 1, item.weight)


def granting(facts: Facts, item: Request | Choice) -> Symbols:
    """Return the symbols that grant a wish for a day."""
    asked = facts.work if item.shift is None else frozenset({facts.symbol[item.shift]})
    return asked if item.wanted else (facts.work | {OFF}) - asked
