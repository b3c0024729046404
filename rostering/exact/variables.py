"""The variables of the exact model (docs/rostering.md states their meaning in symbols)."""

from __future__ import annotations

from dataclasses import dataclass, field

from pulp import LpProblem, LpVariable

from rostering.exact.row import ONE, ZERO, Linear, Row, at_most, equal, total
from rostering.forms import OFF, Forms, Symbols

Cell = tuple[int, int]
"""Person and day."""


@dataclass
class Variables:
    """Everything the rows speak of; people, days and symbols are those of the forms.

    Parameters
    ----------
    assign
        Person, day, symbol → 1 if held; only for symbols the person is fit for.
    work
        Person, day → 1 if any shift is worked. It shortens many rows.
    begins
        Person, day, symbols → 1 if a run of these begins after a day known to hold none of them.
    blocks
        Person, days → 1 if any of the days is worked.
    ties
        The rows that give the variables their meaning.
    """

    program: LpProblem
    forms: Forms
    assign: dict[tuple[int, int, int], LpVariable] = field(default_factory=dict)
    work: dict[Cell, LpVariable] = field(default_factory=dict)
    begins: dict[tuple[int, int, Symbols], LpVariable] = field(default_factory=dict)
    blocks: dict[tuple[int, tuple[int, ...]], LpVariable] = field(default_factory=dict)
    ties: list[Row] = field(default_factory=list)
    _ways: dict[tuple[int, Symbols], tuple[int, ...]] = field(default_factory=dict)

    def holds(self, person: int, day: int, symbols: Symbols) -> Linear | None:
        """Return whether a cell holds one of some symbols: 0 or 1, None if nobody knows."""
        if day < 0:
            held = self._past(person, day)
            return None if held is None else ONE if held in symbols else ZERO
        fit = self.forms.fit[person]
        key = person, symbols
        if key not in self._ways:  # the shorter of the symbols and all others
            self._ways[key] = tuple(sorted(fit - symbols if OFF in symbols else fit & symbols))
        way = self._ways[key]
        terms = self._sum(person, day, way, is_all=len(way) == len(fit))
        return Linear(dict.fromkeys(terms, -1), 1) if OFF in symbols else Linear(terms)

    def begin(self, person: int, day: int, symbols: Symbols) -> Linear:
        """Return whether a run of symbols begins on a day of the period."""
        before, today = self.holds(person, day - 1, symbols), self.holds(person, day, symbols)
        if before is None or today is None or before is ONE:
            return ZERO
        key = person, day, symbols
        if key not in self.begins:
            number = len(self.begins)
            self.begins[key] = self._binary(f"b_{person}_{day}_{number}")
            begin = Linear({self.begins[key]: 1})
            self.ties.append(at_most(total([today, (-1, before), (-1, begin)]), 0))
        return Linear({self.begins[key]: 1})

    def block(self, person: int, days: tuple[int, ...]) -> Linear:
        """Return whether any of some known days is worked."""
        if any((self._past(person, day) or OFF) != OFF for day in days if day < 0):
            return ONE
        days = tuple(day for day in days if day >= 0)
        if len(days) < 2:
            return Linear({self.work[person, day]: 1 for day in days})
        key = person, days
        if key not in self.blocks:
            name = "_".join(map(str, ("k", person, *days)))
            block = self.blocks[key] = self._binary(name)
            self.ties += [
                at_most(Linear({self.work[person, day]: 1, block: -1}), 0) for day in days
            ]
        return Linear({self.blocks[key]: 1})

    def values(self, rows: tuple[tuple[int, ...], ...]) -> dict[LpVariable, int]:
        """Return the value of each variable in a roster of symbols, staff × day."""
        found = {x: int(rows[p][d] == s) for (p, d, s), x in self.assign.items()}
        found |= {x: int(rows[p][d] != OFF) for (p, d), x in self.work.items()}
        for (p, d, symbols), x in self.begins.items():
            before = rows[p][d - 1] if d else self._past(p, -1)
            found[x] = int(rows[p][d] in symbols and before not in symbols)
        for (p, days), x in self.blocks.items():
            found[x] = int(any(rows[p][day] != OFF for day in days))
        return found

    def _past(self, person: int, day: int) -> int | None:
        row = self.forms.history[person]
        return row[day] if day >= -len(row) and row[day] >= OFF else None

    def _sum(
        self, person: int, day: int, way: tuple[int, ...], *, is_all: bool
    ) -> dict[LpVariable, int]:
        if is_all and way:
            return {self.work[person, day]: 1}
        return {self.assign[person, day, symbol]: 1 for symbol in way}

    def _binary(self, name: str) -> LpVariable:
        return self.program.add_variable(name, 0, 1, "Integer")


def variables(program: LpProblem, forms: Forms) -> Variables:
    """Add the variables of all cells to a program, one shift a day."""
    v = Variables(program, forms)
    for person, fit in enumerate(forms.fit):
        for day in range(forms.problem.days):
            cell = {symbol: f"x_{person}_{day}_{symbol}" for symbol in sorted(fit)}
            given = {s: program.add_variable(name, 0, 1, "Integer") for s, name in cell.items()}
            work = program.add_variable(f"w_{person}_{day}", 0, 1, "Integer")
            v.assign |= {(person, day, symbol): x for symbol, x in given.items()}
            v.work[person, day] = work
            v.ties.append(equal(Linear({**dict.fromkeys(given.values(), 1), work: -1}), 0))
    return v
