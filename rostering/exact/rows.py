"""Every form as rows, one function a form."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain as joined

from rostering.exact.cells import ban_cost, hard_ban, sequence
from rostering.exact.linear import Linear, total
from rostering.exact.row import Row
from rostering.exact.stretches import stretch
from rostering.exact.sums import amounts, chain, ends, heads, rounded
from rostering.exact.variables import Variables


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
