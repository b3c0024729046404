"""Rows of runs: days in a row that hold some symbols.

Shortest runs are the turn-on and turn-off inequalities of unit commitment: together with the
definition of ``begin`` they describe the convex hull of such sequences.

References
----------
D. Rajan and S. Takriti (2005). Minimum up/down polytopes of the unit commitment problem with
start-up costs. IBM Research Report RC23628.
"""

from __future__ import annotations

from collections.abc import Iterator

from rostering.exact.row import ONE, ZERO, Breach, Linear, Row, at_most, total
from rostering.exact.variables import Variables
from rostering.forms import OFF, Stretch, Symbols


def stretch(v: Variables, form: Stretch) -> Iterator[Row]:
    """Keep runs from being too long or too short."""
    for person in form.staff:
        if form.maximum is not None:
            yield from _longest(v, form, person, form.maximum)
        elif form.symbols == {OFF}:
            yield from _shortest_off(v, form, person)
        else:
            yield from _shortest(v, form, person)


def _longest(v: Variables, form: Stretch, person: int, most: int) -> Iterator[Row]:
    """Keep every window one day longer than the longest run from being held throughout."""
    for day in range(v.forms.problem.days):
        window = [v.holds(person, d, form.symbols) for d in range(day - most, day + 1)]
        known = [cell for cell in window if cell is not None]  # an unknown day ends the run
        if len(known) == len(window):
            yield at_most(total(known), most, Breach(form.rule, form.weight))


def _shortest(v: Variables, form: Stretch, person: int) -> Iterator[Row]:
    """Keep going today what began within the last days of a shortest run.

    Each day of the sum stands for one missing day, so a run that ends near the end of the period
    is priced on days beyond it, as if its last day went on; for hard rules those rows follow from
    the others.
    """
    days, alive = v.forms.problem.days, _alive(v, form, person)
    beyond = 0 if form.weight is None else form.minimum - 1
    for day in range(days + beyond):
        first = day - form.minimum + 1
        begun = [v.begin(person, d, form.symbols) for d in range(max(first, 0), min(day + 1, days))]
        begun += [ONE] if alive is not None and alive >= first else []
        today = v.holds(person, min(day, days - 1), form.symbols)
        if begun and today is not None:
            gone = total([(1, total(begun)), (-1, today)])
            yield at_most(gone, 0, Breach(form.rule, form.weight))


def _shortest_off(v: Variables, form: Stretch, person: int) -> Iterator[Row]:
    """Keep off today who begins to work within the next days.

    The same as for any symbols, backwards in time, so that it shares ``begin`` with runs of work.
    """
    days = v.forms.problem.days
    work = _work(v)
    for day in range(-form.minimum, days - 1):
        soon = range(max(day + 1, 0), min(day + form.minimum + 1, days))
        today = _worked_before(v, form, person, day) if day < 0 else v.holds(person, day, work)
        if soon and today is not None:
            begun = [v.begin(person, d, work) for d in soon]
            yield at_most(total([*begun, today]), 1, Breach(form.rule, form.weight))


def _worked_before(v: Variables, form: Stretch, person: int, day: int) -> Linear | None:
    """Return whether a past day, known or not, is no day of the run off that reaches day 0.

    Runs off that ended before are past mending; a run of which no begin is known has always been.
    """
    row = v.forms.history[person]
    if not row or row[-1] < OFF:
        return v.holds(person, 0, _work(v))
    if row[-1] != OFF:
        return ONE
    alive = _alive(v, form, person)
    return ZERO if alive is None or day >= alive else ONE


def _work(v: Variables) -> Symbols:
    return frozenset(range(1, 1 + len(v.forms.problem.shift_types)))


def _alive(v: Variables, form: Stretch, person: int) -> int | None:
    """Return on which past day a run began that reaches the period, if that is known."""
    row = v.forms.history[person]
    day = -1
    while day >= -len(row) and row[day] in form.symbols:
        day -= 1
    is_known = day >= -len(row) and row[day] >= OFF
    return day + 1 if is_known and day < -1 else None
