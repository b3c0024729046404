"""The exact model of a problem, hard or elastic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pulp import LpAffineExpression, LpMinimize, LpProblem, LpVariable

from rostering.exact.neighbourhood import Cells
from rostering.exact.row import Breach, Linear, Row
from rostering.exact.rows import cell_costs, rows, sharper
from rostering.exact.variables import Variables, variables
from rostering.forms import OFF, forms
from rostering.prices import PRICES
from rostering.problem import Problem
from rostering.roster import Roster


@dataclass(frozen=True)
class Slack:
    """How many units a row is broken by, or how many of them from one on and up to a number.

    Parameters
    ----------
    price
        What a unit costs in an elastic model.
    before, most
        Units that come before these, and how many these may be; None for any number.
    """

    variable: LpVariable
    row: Row
    breach: Breach
    price: int
    before: int = 0
    most: int | None = None

    def units(self, values: dict[LpVariable, int]) -> int:
        """Return how many of these units some values break the row by."""
        beyond = max(0, self.row.units(values, self.breach) - self.before)
        return beyond if self.most is None else min(beyond, self.most)


@dataclass(frozen=True)
class Model:
    """A linear program of a problem.

    Parameters
    ----------
    paid
        Slacks of soft rows; they are in the cost.
    slacks
        Slacks of hard rows: what an elastic model may relax.
    """

    problem: Problem
    program: LpProblem
    variables: Variables
    cost: LpAffineExpression
    paid: tuple[Slack, ...]
    slacks: tuple[Slack, ...]

    def roster(self) -> Roster:
        """Return the roster in the solver's values, which are whole within its tolerance only."""
        names = [None, *(shift.id for shift in self.problem.shift_types)]
        cells: list[list[str | None]] = [[None] * self.problem.days for _ in self.problem.staff]
        for (person, day, symbol), variable in self.variables.assign.items():
            if round(variable.varValue or 0) == 1:
                cells[person][day] = names[symbol]
        return Roster.from_rows(self.problem, cells)

    def values(self, roster: Roster) -> dict[LpVariable, int]:
        """Return the value of every variable in a roster that the solver may start from.

        Every one, because HiGHS completes a partial start by a search of its own, whose bounds it
        reports as if they were bounds of the whole problem.
        """
        found = self.variables.values(_symbols(self.problem, roster))
        for slack in (*self.paid, *self.slacks):
            found[slack.variable] = slack.units(found)
        return found

    def free(self, cells: Cells, roster: Roster) -> None:
        """Let only some cells change, and keep the others as they are in a roster."""
        held = _symbols(self.problem, roster)
        for (person, day, symbol), variable in self.variables.assign.items():
            value = int(held[person][day] == symbol)
            is_free = (self.problem.staff[person].id, day) in cells
            variable.bounds(*((0, 1) if is_free else (value, value)))

    def free_all(self) -> None:
        """Let every cell change."""
        for variable in self.variables.assign.values():
            variable.bounds(0, 1)

    def hold(self, roster: Roster) -> None:
        """Allow the relaxations of a roster and no more; look for the cheapest roster with them."""
        values = self.values(roster)
        for slack in self.slacks:
            slack.variable.bounds(0, values[slack.variable])
        self.program.setObjective(self.cost)


def hard(problem: Problem) -> Model:
    """Return the model that keeps every hard rule, at the least cost."""
    return _model(problem, "roster", is_elastic=False)


def elastic(problem: Problem) -> Model:
    """Return the model that may relax every rule at its price, at the least price."""
    model = _model(problem, "relaxation", is_elastic=True)
    price = {slack.variable: slack.price for slack in model.slacks}
    model.program.setObjective(LpAffineExpression(price))
    return model


def _model(problem: Problem, name: str, *, is_elastic: bool) -> Model:
    program = LpProblem(name, LpMinimize)
    v = variables(program, forms(problem))
    paid: list[Slack] = []
    slacks: list[Slack] = []
    for row in rows(v):
        _add(program, row, paid, slacks if is_elastic else None)
    for row in (*v.ties, *(() if is_elastic else sharper(v))):
        program.addConstraint(row.constraint())
    cost = _cost(cell_costs(v), paid)
    program.setObjective(cost)
    return Model(problem, program, v, cost, tuple(paid), tuple(slacks))


def _add(program: LpProblem, row: Row, paid: list[Slack], slacks: list[Slack] | None) -> None:
    """Add a row with slacks for each side that may give way."""
    relaxed = row
    for breach in (row.over, row.under):
        given = None if breach is None else slacks if breach.weight is None else paid
        if breach is not None and given is not None:
            before = 0
            for up_to, price in _prices(breach):
                number = len(paid) + (0 if slacks is None else len(slacks))
                most = None if up_to is None else up_to - before
                slack = program.add_variable(f"s_{number}", 0, most, "Integer")
                relaxed = relaxed.relaxed(slack, breach)
                given.append(Slack(slack, row, breach, price, before, most))
                before = up_to or 0
    program.addConstraint(relaxed.constraint())


def _prices(breach: Breach) -> tuple[tuple[int | None, int], ...]:
    """Return up to how many units cost how much; a soft row has its weight and no steps."""
    if breach.weight is not None:
        return ((None, breach.weight),)
    return breach.prices or ((None, PRICES[breach.rule]),)


def _cost(cells: Linear, paid: Iterable[Slack]) -> LpAffineExpression:
    weights = {slack.variable: slack.breach.weight for slack in paid}
    return LpAffineExpression({**cells.terms, **weights}, constant=cells.constant)


def _symbols(problem: Problem, roster: Roster) -> tuple[tuple[int, ...], ...]:
    """Return a roster as symbols, staff × day."""
    symbol: dict[str | None, int] = {None: OFF}
    symbol |= {shift.id: number for number, shift in enumerate(problem.shift_types, start=1)}
    return tuple(tuple(symbol[cell] for cell in roster.by_staff[p.id]) for p in problem.staff)
