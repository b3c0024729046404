"""Rows of sums: over a person's days, over their weekends, and over heads."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.exact.row import Breach, Linear, Row, at_least, at_most, equal, total
from rostering.exact.variables import Variables
from rostering.forms import OFF, Chain, Ends, Heads, Total


def amounts(v: Variables, form: Total) -> Iterator[Row]:
    """Keep a person's sum between its limits."""
    breach = Breach(form.rule, form.weight, form.unit)
    summed = _summed(v, form)
    if form.low is not None:
        yield at_least(summed, form.low, breach)
    if form.high is not None:
        yield at_most(summed, form.high, breach)


def rounded(row: Row) -> Iterator[Row]:
    """Return what follows from a hard row because shifts are whole: one row for each length.

    A week of 40 hours holds five shifts of 450 minutes, not the 5.33 of the linear relaxation.
    Dividing a row by the length of a shift and rounding says so (Chvátal-Gomory); the solver finds
    such cuts by itself too, but usually later. They hold only while the row does, so they have no
    place in an elastic model.

    References
    ----------
    V. Chvátal (1973). Edmonds polytopes and a hierarchy of combinatorial problems. Discrete
    Mathematics 4(4), 305-337. https://doi.org/10.1016/0012-365X(73)90167-2
    """
    for divisor in sorted({abs(many) for many in row.terms.values()} - {0, 1}):
        terms = {x: many // divisor for x, many in row.terms.items()}
        yield Row({x: many for x, many in terms.items() if many}, "<=", row.rhs // divisor)


def ends(v: Variables, form: Ends) -> Iterator[Row]:
    """Keep the number of weekends worked within the limit."""
    open_ones = (days for number, days in enumerate(form.blocks) if number not in form.worked)
    worked = total(v.block(form.staff, days) for days in open_ones)
    most = form.most - form.base - len(form.worked)
    yield at_most(worked, most, Breach(form.rule, form.weight))


def chain(v: Variables, form: Chain) -> Iterator[Row]:
    """Keep weekends whole, or from being worked too often in a row."""
    breach = Breach(form.rule, form.weight)
    blocks, person = form.blocks, form.staff
    if form.most is None:
        for days in blocks:
            one, other = (v.block(person, (day,)) for day in days)
            yield at_most(total([one, (-1, other)]), 0, breach)
            yield at_most(total([other, (-1, one)]), 0, breach)
        return
    for last in range(form.most, len(blocks)):
        if blocks[last][-1] >= 0:
            window = blocks[last - form.most : last + 1]
            yield at_most(total(v.block(person, days) for days in window), form.most, breach)


def heads(v: Variables, form: Heads) -> Iterator[Row]:
    """Keep heads between their limits."""
    counted = total(
        (term.factor, held)
        for term in form.terms
        for person in sorted(term.staff)
        if (held := v.holds(person, term.day, term.symbols)) is not None
    )
    counted = Linear(counted.terms, counted.constant + form.base)
    under = Breach(form.rule_under, form.under, prices=_prices(form))
    over = Breach(form.rule_over, form.over)
    if form.low is not None and form.low == form.high:
        yield equal(counted, form.low, under, over)
        return
    if form.low is not None:
        yield at_least(counted, form.low, under)
    if form.high is not None:
        yield at_most(counted, form.high, over)


def _prices(form: Heads) -> tuple[tuple[int | None, int], ...]:
    """Return what missing heads cost in an elastic model: the last of them is dearer."""
    if form.missing is None or form.low is None:
        return ()
    each, last = form.missing
    before = ((form.low - 1, each),) if form.low > 1 else ()
    return (*before, (None, last))


def _summed(v: Variables, form: Total) -> Linear:
    """Return a person's sum, in ``work`` where all their shifts add the same."""
    person, fit = form.staff, sorted(v.forms.fit[form.staff])
    terms, constant = {}, form.base
    for day, row in zip(form.days, form.amounts.tolist(), strict=True):
        off, each = row[OFF], {symbol: row[symbol] - row[OFF] for symbol in fit}
        constant += off
        if len(set(each.values())) == 1:
            terms[v.work[person, day]] = each[fit[0]]
        else:
            terms |= {v.assign[person, day, symbol]: many for symbol, many in each.items()}
    return Linear({x: many for x, many in terms.items() if many}, constant)
