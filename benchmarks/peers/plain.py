r"""The public instances as a plain integer program in PuLP, solved by HiGHS.

The model is that of Curtois and Qu, constraint by constraint, and shares nothing with
``rostering.exact``:

.. math::
    \sum_t x_{idt} \le 1 \qquad x_{idt} + x_{i,d+1,u} \le 1 \quad (u \text{ may not follow } t)

and so on; each function below names what it adds.

References
----------
T. Curtois and R. Qu (2014). Computational results on new staff scheduling benchmark instances.
Technical report, ASAP group, University of Nottingham.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from time import perf_counter
from typing import Any

import highspy
import pulp

from benchmarks.peers.public import insist_on_public_rules, may_work
from rostering import Problem, Progress, Result, Roster, Staff, Status


def solve(problem: Problem, *, time_limit: float, seed: int, threads: int) -> Result:
    """Solve a public instance; the time includes building the model.

    Raises
    ------
    ValueError
        If the problem has rules that the model does not know.
    """
    insist_on_public_rules(problem)
    began = perf_counter()
    model = _Plain(problem)
    watch = _Watch(began, model.program.objective.constant)
    kinds = highspy.cb.HighsCallbackType
    solver = pulp.HiGHS(
        msg=False,
        threads=threads,
        timeLimit=max(0.0, time_limit - (perf_counter() - began)),
        random_seed=seed,
        gapRel=0.0,
        callbackTuple=(watch, None),
        callbacksToActivate=[kinds.kCallbackMipLogging, kinds.kCallbackMipImprovingSolution],
    )
    highspy.Highs.resetGlobalScheduler(True)  # its threads are those of the run before otherwise
    model.program.solve(solver)
    return _result(model, watch)


class _Watch:
    """Hears from HiGHS, which leaves the objective's constant out."""

    def __init__(self, began: float, constant: float) -> None:
        self.began = began
        self.constant = constant
        self.heard: list[Progress] = []

    def __call__(self, _kind: Any, _message: str, out: Any, _into: Any, _data: object) -> None:
        cost, bound = self.whole(out.mip_primal_bound), self.whole(out.mip_dual_bound)
        self.heard.append(Progress(perf_counter() - self.began, cost, bound))

    def whole(self, value: float) -> int | None:
        """Return a cost or a bound of whole costs; None if it is not known."""
        return math.ceil(value + self.constant - 1e-6) if math.isfinite(value) else None


class _Plain:
    """The integer program and its variables ``x``."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.days = range(problem.days)
        self.program = pulp.LpProblem("plain", pulp.LpMinimize)
        self.x = {
            (i, d, shift): self.program.add_variable(f"x_{i}_{d}_{t}", cat="Binary")
            for i, person in enumerate(problem.staff)
            for d in self.days
            for t, shift in enumerate(may_work(problem, person))
        }
        self.place = {person.id: i for i, person in enumerate(problem.staff)}
        self.program += pulp.lpSum([*self.cover(), *self.requests()])
        for i, person in enumerate(problem.staff):
            for rows in (self.daily, self.amounts, self.longest, self.shortest, self.weekends):
                for row in rows(i, person):
                    self.program += row
        for item in problem.unavailable:
            self.program += self.works(self.place[item.staff], item.day) == 0

    def works(self, i: int, d: int) -> Any:
        """Return the sum that is 1 on a day of work."""
        fit = may_work(self.problem, self.problem.staff[i])
        return pulp.lpSum(self.x[i, d, shift] for shift in fit)

    def daily(self, i: int, person: Staff) -> Iterator[Any]:
        """One shift a day, and no forbidden succession."""
        fit = may_work(self.problem, person)
        for d in self.days:
            yield self.works(i, d) <= 1
        for d in self.days[1:]:
            for shift in fit:
                for after in self.problem.shift_by_id[shift].forbidden_next:
                    if after in fit:
                        yield self.x[i, d - 1, shift] + self.x[i, d, after] <= 1

    def amounts(self, i: int, person: Staff) -> Iterator[Any]:
        """Shifts of a type, and minutes, over the period."""
        fit = may_work(self.problem, person)
        for shift in fit:
            if shift in person.shift_limits:
                count = pulp.lpSum(self.x[i, d, shift] for d in self.days)
                yield count <= person.shift_limits[shift]
        length = {shift: self.problem.shift_by_id[shift].paid_minutes for shift in fit}
        total = pulp.lpSum(length[s] * self.x[i, d, s] for d in self.days for s in fit)
        if person.min_minutes:
            yield total >= person.min_minutes
        if person.max_minutes is not None:
            yield total <= person.max_minutes

    def longest(self, i: int, person: Staff) -> Iterator[Any]:
        """No longer run of work than allowed."""
        c = person.max_consecutive_days
        if c is None:
            return
        for first in range(self.problem.days - c):
            yield pulp.lpSum(self.works(i, d) for d in range(first, first + c + 1)) <= c

    def shortest(self, i: int, person: Staff) -> Iterator[Any]:
        """No shorter run of work, or of days off, than allowed, within the period."""
        for s in range(1, person.min_consecutive_days):
            for d in self.days[: -s - 1]:
                run = pulp.lpSum(self.works(i, j) for j in range(d + 1, d + s + 1))
                yield self.works(i, d) + (s - run) + self.works(i, d + s + 1) >= 1
        for s in range(1, person.min_consecutive_days_off):
            for d in self.days[: -s - 1]:
                run = pulp.lpSum(self.works(i, j) for j in range(d + 1, d + s + 1))
                yield (1 - self.works(i, d)) + run + (1 - self.works(i, d + s + 1)) >= 1

    def weekends(self, i: int, person: Staff) -> Iterator[Any]:
        """No more weekends with work than allowed."""
        if person.max_weekends is None:
            return
        k = []
        for w, days in enumerate(self.problem.weekends()):
            k.append(self.program.add_variable(f"k_{i}_{w}", cat="Binary"))
            for d in days:
                yield self.works(i, d) <= k[w]
        yield pulp.lpSum(k) <= person.max_weekends

    def cover(self) -> Iterator[Any]:
        """Add the rows of cover and yield what they cost."""
        people = range(len(self.problem.staff))
        for number, item in enumerate(self.problem.cover):
            keys = ((i, item.day, item.shift) for i in people)
            heads = pulp.lpSum(self.x[key] for key in keys if key in self.x)
            under = self.program.add_variable(f"y_{number}", 0, cat="Integer")
            over = self.program.add_variable(f"z_{number}", 0, cat="Integer")
            self.program += heads + under - over == item.wanted
            yield item.under_weight * under + item.over_weight * over

    def requests(self) -> Iterator[Any]:
        """Yield what refused requests cost."""
        for item in self.problem.requests:
            x = self.x.get((self.place[item.staff], item.day, item.shift or ""), 0)
            yield item.weight * ((1 - x) if item.wanted else x)

    def roster(self) -> Roster:
        """Return the roster of the solution found."""
        shifts: dict[str, dict[int, str]] = {}
        for (i, d, shift), variable in self.x.items():
            if round(variable.value() or 0):
                shifts.setdefault(self.problem.staff[i].id, {})[d] = shift
        return Roster.of(self.problem, shifts)


def _result(model: _Plain, watch: _Watch) -> Result:
    highs = model.program.solverModel
    info, status, known = highs.getInfo(), highs.getModelStatus(), highspy.HighsModelStatus
    # PuLP calls a run that the clock ended optimal, with or without a solution: HiGHS knows better.
    feasible = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    ends = {known.kOptimal: Status.OPTIMAL, known.kInfeasible: Status.INFEASIBLE}
    otherwise = Status.FEASIBLE if feasible else Status.NO_ROSTER
    return Result(
        problem=model.problem,
        status=ends.get(status, otherwise),
        roster=model.roster() if feasible else None,
        cost=watch.whole(info.objective_function_value) if feasible else None,
        bound=watch.whole(info.mip_dual_bound),
        runtime_seconds=perf_counter() - watch.began,
        progress=tuple(watch.heard),
    )
