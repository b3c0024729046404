"""Rows and costs of single cells and of cells in a row: bans and sequences."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.exact.linear import ZERO, Linear, total
from rostering.exact.row import Breach, Row, at_most
from rostering.exact.variables import Variables
from rostering.forms import Ban, Sequence


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
