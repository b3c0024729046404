"""Every form as rows, one function a form; those of single cells and of cells in a row are here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain as joined

from rostering.exact.row import ZERO, Breach, Linear, Row, at_most, total
from rostering.exact.stretches import stretch
from rostering.exact.sums import amounts, chain, ends, heads, rounded
from rostering.exact.variables import Variables
from rostering.forms import Ban, Sequence


def rows(v: Variables) -> Iterator[Row]:
    """State every form of a problem, without those that always hold."""
    f = v.forms
    families: tuple[Iterator[Iterator[Row]], ...] = (
        (hard_ban(v, form) for form in f.bans),
        (sequence(v, form) for form in f.sequences),
        (stretch(v, form) for form in f.stretches),
        (amounts(v, form) for form in f.totals),
        (ends(v, form) for form in f.ends),
        (chain(v, form) for form in f.chains),
        (heads(v, form) for form in f.heads),
    )
    yield from (
        row for family in families for row in joined.from_iterable(family) if not row.is_idle
    )


def sharper(v: Variables) -> Iterator[Row]:
    """Return rows that follow from the hard sums because shifts are whole."""
    for form in v.forms.totals:
        if form.weight is None:
            for row in amounts(v, form):
                yield from rounded(row)


def cell_costs(v: Variables) -> Linear:
    """Return what single cells cost."""
    return total(ban_cost(v, form) for form in v.forms.bans)


def hard_ban(v: Variables, form: Ban) -> Iterator[Row]:
    """Keep a cell from holding what it must not."""
    if form.weight is None:
        yield at_most(_held(v, form), 0, Breach(form.rule, None))


def ban_cost(v: Variables, form: Ban) -> Linear:
    """Price a cell that holds what it should not."""
    return ZERO if form.weight is None else total([(form.weight, _held(v, form))])


def sequence(v: Variables, form: Sequence) -> Iterator[Row]:
    """Keep at least one cell of every occurrence out of its set."""
    breach = Breach(form.rule, form.weight)
    for person in form.staff:
        for first in form.firsts:
            cells = [v.holds(person, first + n, s) for n, s in enumerate(form.sets)]
            known = [cell for cell in cells if cell is not None]
            if len(known) == len(cells):
                yield at_most(total(known), len(cells) - 1, breach)


def _held(v: Variables, form: Ban) -> Linear:
    return v.holds(form.staff, form.day, form.symbols) or ZERO
