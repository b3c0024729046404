"""Heads needed: of a shift type, or throughout a span of time."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.forms.clock import covers
from rostering.forms.facts import Facts, has_skill
from rostering.forms.shapes import Heads, Symbols, Term
from rostering.parts import Cover, Staff
from rostering.problem import Problem
from rostering.rule import Rule

DAY_MINUTES = 24 * 60


def cover(facts: Facts) -> Iterator[Heads]:
    """Price heads off what is wanted, and keep them between the hard limits."""
    counted: dict[tuple[object, ...], frozenset[int]] = {}
    for number, item in enumerate(facts.problem.cover):
        kind = (item.skill, item.sex, item.experienced)
        if kind not in counted:
            counted[kind] = _staff(facts.problem, item)
        today, before = _symbols(facts, item)
        terms, base = _terms(facts, counted[kind], item.day, today, before)
        yield from _heads(item, number, terms, base)


def _heads(item: Cover, number: int, terms: tuple[Term, ...], base: int) -> Iterator[Heads]:
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


def _symbols(facts: Facts, item: Cover) -> tuple[Symbols, Symbols]:
    """Return what counts if held on the day itself, and if held on the day before."""
    if item.shift is not None:
        place = facts.problem.shift_by_id[item.shift].place
        here = item.place in (None, place)
        return frozenset({facts.symbol[item.shift]} if here else ()), frozenset()
    span = item.span
    if span is None:
        return frozenset(), frozenset()
    shifts = [s for s in facts.problem.shift_types if item.place in (None, s.place)]
    today, before = (
        frozenset(
            facts.symbol[shift.id]
            for shift in shifts
            if covers(shift, span.start + later, span.start + later + span.minutes)
        )
        for later in (0, DAY_MINUTES)
    )
    return today, before


def _terms(
    facts: Facts, staff: frozenset[int], day: int, today: Symbols, before: Symbols
) -> tuple[tuple[Term, ...], int]:
    """Return the terms of a requirement, and the heads that the last known day gives."""
    terms = (Term(staff, day, today),) if today else ()
    if before and day > 0:
        return (*terms, Term(staff, day - 1, before)), 0
    return terms, sum(facts.past(person, -1) in before for person in staff)
