"""Sums over a person's days: shifts, minutes and overtime of the period, a week, a month."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.forms.facts import Facts
from rostering.forms.shapes import AnyArray, Total
from rostering.parts import CountLimit, Measure, Reach
from rostering.rule import Rule


def shift_limits(facts: Facts) -> Iterator[Total]:
    """Limit how often people work a shift type; 0 is a matter of fitness."""
    days = tuple(range(facts.problem.days))
    for number, person in enumerate(facts.problem.staff):
        for shift, limit in person.shift_limits.items():
            if 0 < limit < len(days):
                one = facts.amounts(Measure.ASSIGNMENTS, number, facts.shifts((shift,)))
                table = facts.table(one)
                yield Total(Rule.SHIFT_LIMIT, number, days, table, 0, None, limit, 1, None)


def period(facts: Facts) -> Iterator[Total]:
    """Keep paid minutes and shifts of the period between least and most."""
    days = tuple(range(facts.problem.days))
    for number, person in enumerate(facts.problem.staff):
        minutes = facts.table(facts.amounts(Measure.MINUTES, number, facts.work))
        shifts = facts.table(facts.amounts(Measure.ASSIGNMENTS, number, facts.work))
        if person.min_minutes:
            low = person.min_minutes
            yield Total(Rule.MIN_MINUTES, number, days, minutes, 0, low, None, 1, None)
        if person.max_minutes is not None:
            high = person.max_minutes
            yield Total(Rule.MAX_MINUTES, number, days, minutes, 0, None, high, 1, None)
        if person.min_assignments:
            low = person.min_assignments
            yield Total(Rule.MIN_ASSIGNMENTS, number, days, shifts, 0, low, None, 1, None)
        if person.max_assignments is not None:
            high = person.max_assignments
            yield Total(Rule.MAX_ASSIGNMENTS, number, days, shifts, 0, None, high, 1, None)


def weeks_and_months(facts: Facts) -> Iterator[Total]:
    """Limit paid minutes of weeks and months, and overtime of months; past days count."""
    weeks, months = facts.problem.weeks(), facts.problem.months()
    for number, person in enumerate(facts.problem.staff):
        for rule, most, measure, spans in (
            (Rule.WEEK_MINUTES, person.max_week_minutes, Measure.MINUTES, weeks),
            (Rule.MONTH_MINUTES, person.max_month_minutes, Measure.MINUTES, months),
            (Rule.MONTH_OVERTIME, person.max_month_overtime, Measure.OVERTIME, months),
        ):
            if most is not None:
                each = facts.amounts(measure, number, facts.work)
                for span in spans:
                    days, table, base = _within(facts, number, span, each)
                    yield Total(rule, number, days, table, base, None, most, 1, None)


def counts(facts: Facts) -> Iterator[Total]:
    """Limit sums as the count limits say."""
    for item in facts.problem.counts:
        unit = 1 if item.weight is None else item.unit
        for person in facts.who(item.staff):
            for days, table, base, low in _counted(facts, item, person):
                given = (person, days, table, base)
                if low:
                    yield Total(Rule.COUNT_MINIMUM, *given, low, None, unit, item.weight)
                if item.maximum is not None:
                    yield Total(Rule.COUNT_MAXIMUM, *given, None, item.maximum, unit, item.weight)


def _counted(
    facts: Facts, item: CountLimit, person: int
) -> Iterator[tuple[tuple[int, ...], AnyArray, int, int]]:
    """Return days, amounts, base and minimum of every sum that a count limit speaks of."""
    each = facts.amounts(item.measure, person, facts.shifts(item.shifts))
    past = item.past.get(facts.problem.staff[person].id)
    if item.reach is Reach.PERIOD:
        days = tuple(sorted(set(item.days))) or tuple(range(facts.problem.days))
        yield days, facts.table(each)[: len(days)], past or 0, item.minimum
        return
    after = facts.problem.date(facts.problem.days)
    if item.reach is Reach.WEEK:
        spans, is_last_whole = facts.problem.weeks(), after.weekday() == 0
    else:
        spans, is_last_whole = facts.problem.months(), after.day == 1
    for span in spans:
        is_whole = span.stop < facts.problem.days or is_last_whole
        inside, table, base = _within(facts, person, span, each)
        if past is not None:
            base = past if span is spans[0] else 0
        yield inside, table, base, item.minimum if is_whole else 0


def _within(
    facts: Facts, person: int, span: range, each: tuple[int, ...]
) -> tuple[tuple[int, ...], AnyArray, int]:
    """Return the days of a span inside the period, their amounts, and what the past adds."""
    days = tuple(day for day in span if day >= 0)
    past = (facts.past(person, day) for day in span if day < 0)
    return days, facts.table(each)[: len(days)], sum(each[symbol] for symbol in past if symbol > 0)
