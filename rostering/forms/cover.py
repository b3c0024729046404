"""Heads needed: of a shift type, or throughout a span of time."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.forms.clock import DAY_MINUTES, covers, reach
from rostering.forms.facts import Facts, has_skill
from rostering.forms.shapes import Heads, Symbols, Term
from rostering.parts import Cover, Staff
from rostering.prices import of_missing
from rostering.problem import Problem
from rostering.rule import Rule


def cover(facts: Facts) -> Iterator[Heads]:
    """Price heads off what is wanted, and keep them between the hard limits."""
    counted: dict[tuple[object, ...], frozenset[int]] = {}
    for number, item in enumerate(facts.problem.cover):
        kind = (item.skill, item.sex, item.experienced)
        if kind not in counted:
            counted[kind] = _staff(facts.problem, item)
        held = _symbols(facts, item)
        terms, base = facts.terms(counted[kind], {item.day - n: s for n, s in enumerate(held)})
        is_night = any(not facts.nights.isdisjoint(symbols) for symbols in held)
        yield from _heads(item, number, terms, base, is_night)


def _heads(
    item: Cover, number: int, terms: tuple[Term, ...], base: int, is_night: bool
) -> Iterator[Heads]:
    where = ("cover", number)
    if item.under_weight or item.over_weight:
        yield Heads(
            Rule.COVER_UNDER,
            Rule.COVER_OVER,
            None,
            item.day,
            where,
            terms,
            base,
            item.wanted,
            item.wanted,
            item.under_weight,
            item.over_weight,
        )
    if item.minimum or item.maximum is not None:
        yield Heads(
            Rule.COVER_MINIMUM,
            Rule.COVER_MAXIMUM,
            None,
            item.day,
            where,
            terms,
            base,
            item.minimum or None,
            item.maximum,
            None,
            None,
            of_missing(item, is_night) if item.minimum else None,
        )


def _staff(problem: Problem, item: Cover) -> frozenset[int]:
    return frozenset(
        number for number, person in enumerate(problem.staff) if _counts(problem, item, person)
    )


def _counts(problem: Problem, item: Cover, person: Staff) -> bool:
    return (
        has_skill(problem, person, item.skill)
        and item.sex in (None, person.sex)
        and (person.is_experienced or not item.experienced)
    )


def _symbols(facts: Facts, item: Cover) -> list[Symbols]:
    """Return what counts if held on the day itself, on the day before, and so on."""
    if item.shift is not None:
        place = facts.problem.shift_by_id[item.shift].place
        here = item.place in (None, place)
        return [frozenset({facts.symbol[item.shift]} if here else ())]
    span = item.span
    if span is None:
        return []
    shifts = [s for s in facts.problem.shift_types if item.place in (None, s.place)]
    return [
        frozenset(
            facts.symbol[shift.id]
            for shift in shifts
            if covers(shift, span.start + later, span.start + later + span.minutes)
        )
        for later in range(0, (reach(shifts) + 1) * DAY_MINUTES, DAY_MINUTES)
    ]
