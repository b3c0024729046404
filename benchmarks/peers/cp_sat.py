"""The public instances by OR-Tools CP-SAT: the straightforward model, as its manual would have it.

Boolean variables for person, day and shift type; forbidden sequences are clauses, the rest are
linear. Nothing is tuned; CP-SAT gets as many workers as the others get threads.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from benchmarks.peers.public import insist_on_public_rules, may_work
from rostering import Problem, Progress, Result, Roster, Staff, Status

MISSING = (
    "The peer cp-sat needs OR-Tools: pip install -c constraints.txt -e '.[bench]', "
    "or leave out --peer cp-sat."
)


def solve(problem: Problem, *, time_limit: float, seed: int, threads: int) -> Result:
    """Solve a public instance; the time includes building the model.

    Raises
    ------
    SystemExit
        If OR-Tools is not installed.
    ValueError
        If the problem has rules that the model does not know.
    """
    insist_on_public_rules(problem)
    began = perf_counter()
    cp_model = _ortools()
    program = _Program(problem, cp_model.CpModel())
    program.build()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = threads
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(0.0, time_limit - (perf_counter() - began))
    watch = _Watch(began)
    solver.best_bound_callback = watch.bound_rose
    status = solver.solve(program.model, _listener(cp_model, watch))
    return _result(program, solver, solver.status_name(status), watch)


@dataclass
class _Watch:
    """What CP-SAT tells while it works."""

    began: float
    cost: int | None = None
    bound: int | None = None

    def __post_init__(self) -> None:
        self.heard: list[Progress] = []

    def bound_rose(self, bound: float) -> None:
        if math.isfinite(bound):
            self.note(self.cost, round(bound))

    def note(self, cost: int | None, bound: int | None) -> None:
        self.cost, self.bound = cost, bound
        self.heard.append(Progress(perf_counter() - self.began, cost, bound))


class _Program:
    """The model and its variables."""

    def __init__(self, problem: Problem, model: Any) -> None:
        self.problem = problem
        self.model = model
        self.days = range(problem.days)
        self.works: dict[tuple[str, int, str], Any] = {
            (person.id, day, shift): model.new_bool_var(f"{person.id} {day} {shift}")
            for person in problem.staff
            for day in self.days
            for shift in may_work(problem, person)
        }
        self.busy = {
            (person.id, day): model.new_bool_var(f"{person.id} {day}")
            for person in problem.staff
            for day in self.days
        }

    def build(self) -> None:
        """Add every rule and the objective."""
        for person in self.problem.staff:
            self.one_shift_a_day(person)
            self.successions(person)
            self.amounts(person)
            self.runs(person)
            self.weekends(person)
        for item in self.problem.unavailable:
            self.model.add(self.busy[item.staff, item.day] == 0)
        self.model.minimize(sum(self.cover()) + sum(self.requests()))

    def shifts(self, person: Staff, day: int) -> dict[str, Any]:
        """Return shift type → variable of a cell."""
        fit = may_work(self.problem, person)
        return {shift: self.works[person.id, day, shift] for shift in fit}

    def one_shift_a_day(self, person: Staff) -> None:
        for day in self.days:
            cell = self.shifts(person, day).values()
            self.model.add_exactly_one([*cell, self.busy[person.id, day].negated()])

    def successions(self, person: Staff) -> None:
        for day in self.days[1:]:
            before, after = self.shifts(person, day - 1), self.shifts(person, day)
            for shift, variable in before.items():
                for following in self.problem.shift_by_id[shift].forbidden_next:
                    if following in after:
                        pair = (variable.negated(), after[following].negated())
                        self.model.add_bool_or(pair)

    def amounts(self, person: Staff) -> None:
        cells = [(s, v) for day in self.days for s, v in self.shifts(person, day).items()]
        kinds = self.problem.shift_by_id
        total = sum(kinds[shift].paid_minutes * variable for shift, variable in cells)
        most = person.max_minutes
        if person.min_minutes or most is not None:
            self.model.add(total >= person.min_minutes)
        if most is not None:
            self.model.add(total <= most)
        for shift, limit in person.shift_limits.items():
            self.model.add(sum(v for s, v in cells if s == shift) <= limit)

    def runs(self, person: Staff) -> None:
        """Forbid runs that are too long, and those within the period that are too short."""
        busy = [self.busy[person.id, day] for day in self.days]
        free = [variable.negated() for variable in busy]
        longest = person.max_consecutive_days
        if longest is not None:
            for first in range(len(busy) - longest):
                self.model.add_bool_or(free[first : first + longest + 1])
        self.too_short(busy, free, person.min_consecutive_days)
        self.too_short(free, busy, person.min_consecutive_days_off)

    def too_short(self, inside: list[Any], outside: list[Any], least: int) -> None:
        """Forbid every run of days inside, between two days outside, shorter than the least."""
        for length in range(1, least):
            for first in range(1, len(inside) - length):
                last = first + length
                run = outside[first:last]
                self.model.add_bool_or([inside[first - 1], *run, inside[last]])

    def weekends(self, person: Staff) -> None:
        if person.max_weekends is None:
            return
        worked = []
        for number, days in enumerate(self.problem.weekends()):
            weekend = self.model.new_bool_var(f"{person.id} weekend {number}")
            for day in days:
                self.model.add_implication(self.busy[person.id, day], weekend)
            worked.append(weekend)
        self.model.add(sum(worked) <= person.max_weekends)

    def cover(self) -> Iterator[Any]:
        """Yield what cover costs."""
        for number, item in enumerate(self.problem.cover):
            keys = ((person.id, item.day, item.shift) for person in self.problem.staff)
            heads = sum(self.works[key] for key in keys if key in self.works)
            most = len(self.problem.staff)
            under = self.model.new_int_var(0, item.wanted, f"under {number}")
            over = self.model.new_int_var(0, most, f"over {number}")
            self.model.add(heads + under - over == item.wanted)
            yield item.under_weight * under + item.over_weight * over

    def requests(self) -> Iterator[Any]:
        """Yield what refused requests cost."""
        for item in self.problem.requests:
            variable = self.works.get((item.staff, item.day, item.shift or ""), 0)
            yield item.weight * ((1 - variable) if item.wanted else variable)

    def roster(self, solver: Any) -> Roster:
        """Return the roster of a solution."""
        shifts: dict[str, dict[int, str]] = {}
        for (person, day, shift), variable in self.works.items():
            if solver.boolean_value(variable):
                shifts.setdefault(person, {})[day] = shift
        return Roster.of(self.problem, shifts)


def _result(program: _Program, solver: Any, status: str, watch: _Watch) -> Result:
    found = status in ("OPTIMAL", "FEASIBLE")
    ends = {"OPTIMAL": Status.OPTIMAL, "FEASIBLE": Status.FEASIBLE, "INFEASIBLE": Status.INFEASIBLE}
    is_bound = status != "INFEASIBLE" and math.isfinite(solver.best_objective_bound)
    return Result(
        problem=program.problem,
        status=ends.get(status, Status.NO_ROSTER),
        roster=program.roster(solver) if found else None,
        cost=round(solver.objective_value) if found else None,
        bound=round(solver.best_objective_bound) if is_bound else None,
        runtime_seconds=perf_counter() - watch.began,
        progress=tuple(watch.heard),
    )


def _ortools() -> Any:
    try:
        from ortools.sat.python import cp_model
    except ImportError as error:
        raise SystemExit(MISSING) from error
    return cp_model


def _listener(cp_model: Any, watch: _Watch) -> Any:
    class Listener(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
        """Hears every improvement; a class within, since its base comes with OR-Tools."""

        def on_solution_callback(self) -> None:
            watch.note(round(self.objective_value), round(self.best_objective_bound))

    return Listener()
