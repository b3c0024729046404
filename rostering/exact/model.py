"""The exact model of a problem, hard or elastic."""

from __future__ import annotations

from dataclasses import dataclass

from pulp import LpAffineExpression, LpMinimize, LpProblem, LpVariable, lpSum

from rostering.exact.neighbourhood import Cells
from rostering.exact.objective import objective
from rostering.exact.rounding import rounded
from rostering.exact.row import Row
from rostering.exact.rules import rows
from rostering.exact.start import values
from rostering.exact.variables import Variables, variables
from rostering.problem import Problem
from rostering.roster import Roster
from rostering.rule import Rule

PRICES: dict[Rule, int] = {
    Rule.LEAVE: 10_000,
    Rule.FIXED: 10_000,
    Rule.SUCCESSION: 3_000,
    Rule.REST: 3_000,
    Rule.MAX_CONSECUTIVE_DAYS: 2_000,
    Rule.COVER_MINIMUM: 1_000,
    Rule.WEEKENDS: 500,
    Rule.SHIFT_LIMIT: 500,
    Rule.COVER_MAXIMUM: 300,
    Rule.MIN_CONSECUTIVE_DAYS: 200,
    Rule.MIN_CONSECUTIVE_DAYS_OFF: 200,
    Rule.WEEK_MINUTES: 3,
    Rule.MAX_MINUTES: 3,
    Rule.MIN_MINUTES: 1,
}
"""Price of relaxing a rule by one head, day, time or minute, where no roster keeps them all.

Promises to people come last (leave, pins), then rest and health, then an open shift, which the
manager can still fill; hours go first. Whether a person is fit for a shift is never relaxed.
"""


@dataclass(frozen=True)
class Model:
    """A linear program of a problem; ``slacks`` are what an elastic one may relax."""

    problem: Problem
    program: LpProblem
    variables: Variables
    cost: LpAffineExpression
    slacks: tuple[tuple[Row, LpVariable], ...]

    def roster(self) -> Roster:
        """Return the roster in the solver's values, which are whole within its tolerance only."""
        shifts: dict[str, dict[int, str]] = {}
        for (staff, day, shift), variable in self.variables.assign.items():
            if round(variable.varValue or 0) == 1:
                shifts.setdefault(staff, {})[day] = shift
        return Roster.of(self.problem, shifts)

    def values(self, roster: Roster) -> dict[LpVariable, int]:
        """Return the values of a roster that the solver may start from."""
        found = values(self.problem, self.variables, roster)
        return found | {slack: round(slack.varValue or 0) for _, slack in self.slacks}

    def free(self, cells: Cells, roster: Roster) -> None:
        """Let only some cells change, and keep the others as they are in a roster."""
        for (staff, day, shift), variable in self.variables.assign.items():
            held = int(roster.shift(staff, day) == shift)
            low, high = (0, 1) if (staff, day) in cells else (held, held)
            variable.bounds(low, high)

    def free_all(self) -> None:
        """Let every cell change."""
        for variable in self.variables.assign.values():
            variable.bounds(0, 1)

    def hold(self) -> None:
        """Allow the relaxations found and no more; look for the cheapest roster with them."""
        for _, slack in self.slacks:
            slack.bounds(0, round(slack.varValue or 0))
        self.program.setObjective(self.cost)


def hard(problem: Problem) -> Model:
    """Return the model that keeps every hard rule, at the least cost."""
    program = LpProblem("roster", LpMinimize)
    v = variables(program, problem)
    cost = objective(problem, v)
    program.setObjective(cost)
    stated = list(rows(problem, v))
    for row in (*stated, *rounded(stated)):
        program.addConstraint(row.constraint())
    return Model(problem, program, v, cost, ())


def elastic(problem: Problem) -> Model:
    """Return the model that may relax every rule at its price, at the least price."""
    program = LpProblem("relaxation", LpMinimize)
    v = variables(program, problem)
    slacks = []
    for number, row in enumerate(rows(problem, v)):
        if row.rule is None:
            program.addConstraint(row.constraint())
        else:
            slack = program.add_variable(f"s_{number}", 0, None, "Integer")
            program.addConstraint(row.constraint(slack))
            slacks.append((row, slack))
    program.setObjective(lpSum(PRICES[row.rule] * slack for row, slack in slacks if row.rule))
    return Model(problem, program, v, objective(problem, v), tuple(slacks))
