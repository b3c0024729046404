"""What a person's own row costs, counted by plain loops from the forms."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import inf

import numpy as np
import numpy.typing as npt

from rostering import Problem, Roster
from rostering.forms import OFF, Forms
from tests.rostering.forms.count import cells_of, counts

Ints = npt.NDArray[np.int32]


def symbols_of(problem: Problem, roster: Roster) -> Ints:
    """Return a roster as symbols, person × day."""
    number = {None: OFF} | {s.id: n for n, s in enumerate(problem.shift_types, start=1)}
    rows = [[number[cell] for cell in row] for row in roster.rows]
    return np.array(rows, np.int32).reshape(-1, problem.days)


def own(forms: Forms, person: int) -> Forms:
    """Return the forms that bind a person's own row."""
    return replace(
        forms,
        bans=tuple(form for form in forms.bans if form.staff == person),
        sequences=tuple(
            replace(form, staff=(person,)) for form in forms.sequences if person in form.staff
        ),
        stretches=tuple(
            replace(form, staff=(person,)) for form in forms.stretches if person in form.staff
        ),
        totals=tuple(form for form in forms.totals if form.staff == person),
        ends=tuple(form for form in forms.ends if form.staff == person),
        chains=tuple(form for form in forms.chains if form.staff == person),
        heads=(),
    )


def own_cost(forms: Forms, person: int, roster: Roster) -> float:
    """Return what a person's row of a roster costs; infinite if it breaks something hard."""
    cells = cells_of(forms, roster)
    row = cells.rows[person]
    if any(row[day] not in forms.fit[person] | {OFF} for day in range(cells.days)):
        return inf
    found = list(counts(own(forms, person), cells))
    return sum(inf if item.weight is None else item.units * item.weight for item in found)


def cost_of_heads(forms: Forms, roster: Roster, hard: float) -> float:
    """Return what the heads of a roster cost, hard ones at a price."""
    only = replace(forms, bans=(), sequences=(), stretches=(), totals=(), ends=(), chains=())
    found = counts(only, cells_of(forms, roster))
    return sum(item.units * (hard if item.weight is None else item.weight) for item in found)


def every_row(days: int, symbols: int) -> Ints:
    """Return all rows of so many days."""
    return np.array(list(product(range(symbols), repeat=days)), np.int32)
