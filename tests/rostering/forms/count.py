"""Breaches of the standard forms by a roster, counted by plain loops from what the forms say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from rostering import Roster, Rule
from rostering.forms import OFF, Ban, Chain, Ends, Forms, Heads, Sequence, Stretch, Total
from rostering.prices import PRICES


@dataclass(frozen=True)
class Count:
    """Units by which a roster breaks a form, and what one costs; None is hard.

    Parameters
    ----------
    price
        What all units together cost where the rule is relaxed.
    """

    rule: Rule
    units: int
    weight: int | None
    given: int | None = None

    @property
    def price(self) -> int:
        """Return what relaxing the rule by all units costs."""
        return PRICES[self.rule] * self.units if self.given is None else self.given


@dataclass(frozen=True)
class Cells:
    """What every cell of the history and the period holds; None where nobody knows."""

    rows: tuple[dict[int, int], ...]
    days: int

    def at(self, person: int, day: int) -> int | None:
        """Return what a person holds on a day."""
        return self.rows[person].get(day)


def hard_breaches(forms: Forms, roster: Roster) -> list[Count]:
    """Return what a roster breaks of hard forms, fitness included."""
    cells = cells_of(forms, roster)
    unfit = [
        Count(Rule.ASSIGNABLE, 1, None)
        for person, fit in enumerate(forms.fit)
        for day in range(cells.days)
        if cells.rows[person][day] not in fit | {OFF}
    ]
    return unfit + [item for item in counts(forms, cells) if item.weight is None]


def soft_cost(forms: Forms, roster: Roster) -> int:
    """Return what a roster pays for soft forms."""
    found = counts(forms, cells_of(forms, roster))
    return sum(item.units * (item.weight or 0) for item in found)


def fit_only(forms: Forms, roster: Roster) -> Roster:
    """Return a roster with days off for what people are not fit for."""
    names = [shift.id for shift in forms.problem.shift_types]
    able = [{names[symbol - 1] for symbol in symbols} for symbols in forms.fit]
    rows = [
        [cell if cell in shifts else None for cell in row]
        for row, shifts in zip(roster.rows, able, strict=True)
    ]
    return Roster.from_rows(forms.problem, rows)


def cells_of(forms: Forms, roster: Roster) -> Cells:
    """Return history and roster as symbols."""
    symbol = {None: OFF} | {s.id: n for n, s in enumerate(forms.problem.shift_types, start=1)}
    rows = []
    for past, row in zip(forms.history, roster.rows, strict=True):
        known = {day - len(past): held for day, held in enumerate(past) if held >= 0}
        rows.append(known | {day: symbol[cell] for day, cell in enumerate(row)})
    return Cells(tuple(rows), forms.problem.days)


def counts(forms: Forms, cells: Cells) -> Iterator[Count]:
    """Return every breach of a form but fitness."""
    families: list[tuple[Callable[[Any, Cells], Iterator[Count]], tuple[Any, ...]]] = [
        (ban, forms.bans),
        (sequence, forms.sequences),
        (stretch, forms.stretches),
        (total, forms.totals),
        (ends, forms.ends),
        (chain, forms.chains),
        (heads, forms.heads),
    ]
    for count, given in families:
        yield from (item for form in given for item in count(form, cells) if item.units > 0)


def ban(form: Ban, cells: Cells) -> Iterator[Count]:
    """Count a cell that holds what is banned."""
    held = cells.at(form.staff, form.day)
    yield Count(form.rule, int(held in form.symbols), form.weight)


def sequence(form: Sequence, cells: Cells) -> Iterator[Count]:
    """Count occurrences."""
    for person in form.staff:
        for first in form.firsts:
            found = all(cells.at(person, first + n) in s for n, s in enumerate(form.sets))
            yield Count(form.rule, int(found), form.weight)


def stretch(form: Stretch, cells: Cells) -> Iterator[Count]:
    """Count days too many, or missing, of every run."""
    for person in form.staff:
        row = cells.rows[person]
        run: list[int] = []
        for day in range(min(row), cells.days + 1):
            if row.get(day) in form.symbols:
                run.append(day)
                continue
            if run:
                yield Count(form.rule, _amiss(form, row, run), form.weight)
            run = []


def _amiss(form: Stretch, row: dict[int, int], run: list[int]) -> int:
    if form.maximum is not None:
        return sum(day >= 0 for day in run[form.maximum :])
    is_known = run[0] - 1 in row and run[-1] + 1 in row and run[-1] >= -1
    return max(0, form.minimum - len(run)) if is_known else 0


def total(form: Total, cells: Cells) -> Iterator[Count]:
    """Count started units below or above."""
    summed = form.base
    for row, day in enumerate(form.days):
        summed += int(form.amounts[row, cells.rows[form.staff][day]])
    distance = max(
        0 if form.low is None else form.low - summed,
        0 if form.high is None else summed - form.high,
    )
    yield Count(form.rule, -(-max(0, distance) // form.unit), form.weight)


def ends(form: Ends, cells: Cells) -> Iterator[Count]:
    """Count blocks above."""
    row = cells.rows[form.staff]
    worked = sum(
        number in form.worked or any(row[day] != OFF for day in days)
        for number, days in enumerate(form.blocks)
    )
    yield Count(form.rule, worked + form.base - form.most, form.weight)


def chain(form: Chain, cells: Cells) -> Iterator[Count]:
    """Count halves, or blocks too many in a row."""
    row, running = cells.rows[form.staff], 0
    for days in form.blocks:
        worked = [row[day] != OFF for day in days]
        if form.most is None:
            yield Count(form.rule, int(any(worked) and not all(worked)), form.weight)
            continue
        running = running + 1 if any(worked) else 0
        yield Count(form.rule, int(running > form.most and days[-1] >= 0), form.weight)


def heads(form: Heads, cells: Cells) -> Iterator[Count]:
    """Count heads below and above."""
    counted = form.base + sum(
        term.factor * (cells.rows[person][term.day] in term.symbols)
        for term in form.terms
        for person in term.staff
    )
    if form.low is not None:
        short = form.low - counted
        usual = PRICES.get(form.rule_under, 0)
        each, last = form.missing or (usual, usual)
        price = each * min(short, form.low - 1) + last * max(0, short - form.low + 1)
        yield Count(form.rule_under, short, form.under, price)
    if form.high is not None:
        yield Count(form.rule_over, counted - form.high, form.over)
