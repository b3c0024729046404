"""HiGHS through PuLP: with a start, progress on the way, and a way to stop.

What the next reader should know (PuLP 3.3.2, highspy 1.16):

- PuLP gives HiGHS the objective without its constant, so bounds and incumbents miss it; it is added
  here.
- PuLP calls an interrupted or timed-out HiGHS run "optimal", with or without a roster. HiGHS' own
  status and ``primal_solution_status`` are read instead, before any value.
- ``pulp.HiGHS`` takes no start. A subclass passes one just before the run.
- HiGHS completes a partial start by a search of its own and calls back with the bounds of that;
  so starts name every variable (``Model.values`` in ``model.py``).
- HiGHS keeps one thread pool for the whole process. A run that asks for another number of threads
  than the first fails unless the pool is reset.
- ``setCallback`` needs ``startCallback`` for every type; interrupts are polled within the tree
  search and, between nodes, within root cuts and heuristics, but not inside one long LP.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

import highspy
import pulp

from rostering.exact.controls import WHOLE_STEP, Answer, Controls, End, rounded_up


class _Highs(pulp.HiGHS):  # type: ignore[misc]
    """HiGHS that is given a start just before it runs."""

    start: Mapping[Any, int]

    def callSolver(self, lp: Any) -> None:  # noqa: N802 - PuLP's name
        if self.start:
            indices = [variable.index for variable in self.start]
            values = [float(value) for value in self.start.values()]
            lp.solverModel.setSolution(len(indices), indices, values)
        lp.solverModel.run()


def solve_with_highs(program: Any, controls: Controls) -> Answer:
    """Solve a program by HiGHS."""
    watch = _Watch(controls, program.objective.constant)
    types = highspy.cb.HighsCallbackType
    prepare_highs()
    solver = _Highs(
        msg=False,
        gapRel=controls.gap,
        gapAbs=WHOLE_STEP,
        threads=controls.threads,
        timeLimit=controls.time_limit,
        callbackTuple=(watch, None),
        callbacksToActivate=[
            types.kCallbackMipInterrupt,
            types.kCallbackMipLogging,
            types.kCallbackMipImprovingSolution,
        ],
        random_seed=controls.seed,
    )
    solver.start = controls.start
    program.solve(solver)
    return _answer(program, watch)


def prepare_highs() -> None:
    """Make HiGHS ready for a run of any number of threads, and quiet; whoever uses it calls this.

    Its pool of threads is reset, because a run with another number than the last one's fails.
    """
    _greeted()
    highspy.Highs.resetGlobalScheduler(True)


@cache
def _greeted() -> None:
    """Let HiGHS print its greeting, once a process and whatever its options say, to nowhere."""
    stdout = os.dup(1)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        greet: Any = highspy.Highs
        greet()
        os.dup2(stdout, 1)
    os.close(stdout)


def _answer(program: Any, watch: _Watch) -> Answer:
    highs = program.solverModel
    info = highs.getInfo()
    status, known = highs.getModelStatus(), highspy.HighsModelStatus
    feasible = int(highspy.SolutionStatus.kSolutionStatusFeasible)
    has_values = info.primal_solution_status == feasible
    if status in (known.kInfeasible, known.kUnboundedOrInfeasible):
        return Answer(End.INFEASIBLE, False, None)
    bound = rounded_up(info.mip_dual_bound + program.objective.constant)
    end = End.FINISHED if status == known.kOptimal else End.LIMIT
    return Answer(
        End.CANCELLED if watch.cancelled else end, has_values, bound, int(info.mip_node_count)
    )


class _Watch:
    """Called by HiGHS while it works: reports progress and passes on a wish to stop."""

    def __init__(self, controls: Controls, constant: float) -> None:
        self.controls = controls
        self.constant = constant
        self.cancelled = False
        self.began = perf_counter()

    def __call__(self, kind: Any, _message: str, out: Any, into: Any, _data: object) -> None:
        if kind == highspy.cb.HighsCallbackType.kCallbackMipInterrupt:
            into.user_interrupt = self.cancels() or self.is_enough(out)
        elif self.controls.on_progress is not None:
            best = out.mip_primal_bound + self.constant
            bound = rounded_up(out.mip_dual_bound + self.constant)
            self.controls.on_progress(round(best) if math.isfinite(best) else None, bound)

    def cancels(self) -> bool:
        """Return whether the caller wishes to stop."""
        self.cancelled = self.controls.cancel is not None and self.controls.cancel()
        return self.cancelled

    def is_enough(self, out: Any) -> bool:
        """Return whether nodes are used up, or better solutions should be looked for otherwise."""
        passed, nodes = perf_counter() - self.began, self.controls.nodes
        if nodes is not None:  # HiGHS' own limit ends in a status that PuLP does not know
            passed = out.mip_node_count
            if passed >= nodes:
                return True
        return math.isfinite(out.mip_primal_bound) and passed > self.controls.content_after
