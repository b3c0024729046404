"""The one place where a solver runs: HiGHS or CBC through PuLP, told the same and read the same.

What the next reader should know (PuLP 3.3.2, highspy 1.16):

- PuLP gives HiGHS the objective without its constant, so bounds and incumbents miss it; it is added
  here.
- PuLP calls an interrupted or timed-out HiGHS run "optimal", with or without a roster. HiGHS' own
  status and ``primal_solution_status`` are read instead, before any value.
- An infeasible CBC run leaves fractional values behind, and "integer infeasible" comes back as
  infeasible too. The status is read first here as well.
- ``pulp.HiGHS`` takes no start. A subclass passes one just before the run.
- HiGHS completes a partial start by a search of its own and calls back with the bounds of that;
  so starts name every variable (``start.py``).
- HiGHS keeps one thread pool for the whole process. A run that asks for another number of threads
  than the first fails unless the pool is reset.
- ``setCallback`` needs ``startCallback`` for every type; interrupts are polled within the tree
  search and, between nodes, within root cuts and heuristics, but not inside one long LP.
- CBC runs as a process of its own: no progress, no cancelling. Its bound is read from its log.
"""

from __future__ import annotations

import math
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

import highspy
import pulp

TOLERANCE = 1e-6
"""Solvers tell values and bounds within this of the truth."""

WHOLE_STEP = 0.999
"""Costs are whole, so a roster less than one dearer than the bound is optimal."""


class End(Enum):
    """How a run ended."""

    FINISHED = auto()
    INFEASIBLE = auto()
    LIMIT = auto()
    CANCELLED = auto()


@dataclass(frozen=True)
class Answer:
    """How a run ended, whether the variables hold a solution, and the least possible objective."""

    end: End
    has_values: bool
    bound: int | None


@dataclass(frozen=True)
class Controls:
    """What a run is told.

    Parameters
    ----------
    time_limit
        Seconds.
    gap
        Relative gap at which to stop; 0 proves the optimum.
    threads
        None leaves the number to the solver.
    content_after
        Seconds after which any solution will do (HiGHS only).
    on_progress
        Called with the best objective and the bound so far.
    start
        Values of a known solution, of some variables at least.
    """

    time_limit: float
    gap: float = 0.0
    seed: int = 0
    threads: int | None = None
    content_after: float = math.inf
    on_progress: Callable[[int | None, int | None], None] | None = None
    cancel: Callable[[], bool] | None = None
    start: Mapping[Any, int] = field(default_factory=dict)


def run(program: Any, controls: Controls, solver: str) -> Answer:
    """Solve a program by the named solver, ``highs`` or ``cbc``.

    Raises
    ------
    ValueError
        If there is no such solver.
    """
    if solver not in SOLVERS:
        raise ValueError(f"solver={solver!r}: 可用 / available: {', '.join(SOLVERS)}")
    if not program.variables():  # PuLP would add a dummy variable that has no value
        return Answer(End.FINISHED, True, round(program.objective.constant))
    return SOLVERS[solver](program, controls)


class _Highs(pulp.HiGHS):  # type: ignore[misc]
    """HiGHS that is given a start just before it runs."""

    start: Mapping[Any, int]

    def callSolver(self, lp: Any) -> None:  # noqa: N802 - PuLP's name
        if self.start:
            indices = [variable.index for variable in self.start]
            values = [float(value) for value in self.start.values()]
            lp.solverModel.setSolution(len(indices), indices, values)
        lp.solverModel.run()


def _highs(program: Any, controls: Controls) -> Answer:
    watch = _Watch(controls, program.objective.constant)
    types = highspy.cb.HighsCallbackType
    _greeted()
    highspy.Highs.resetGlobalScheduler(True)
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
    return _highs_answer(program, watch)


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


def _highs_answer(program: Any, watch: _Watch) -> Answer:
    highs = program.solverModel
    info = highs.getInfo()
    status, known = highs.getModelStatus(), highspy.HighsModelStatus
    feasible = int(highspy.SolutionStatus.kSolutionStatusFeasible)
    has_values = info.primal_solution_status == feasible
    if status in (known.kInfeasible, known.kUnboundedOrInfeasible):
        return Answer(End.INFEASIBLE, False, None)
    bound = rounded_up(info.mip_dual_bound + program.objective.constant)
    if watch.cancelled:
        return Answer(End.CANCELLED, has_values, bound)
    return Answer(End.FINISHED if status == known.kOptimal else End.LIMIT, has_values, bound)


class _Watch:
    """Called by HiGHS while it works: reports progress and passes on a wish to stop."""

    def __init__(self, controls: Controls, constant: float) -> None:
        self.controls = controls
        self.constant = constant
        self.cancelled = False
        self.began = perf_counter()

    def __call__(self, kind: Any, _message: str, out: Any, into: Any, _data: object) -> None:
        if kind == highspy.cb.HighsCallbackType.kCallbackMipInterrupt:
            into.user_interrupt = self.cancels() or self.is_content(out.mip_primal_bound)
        elif self.controls.on_progress is not None:
            best = out.mip_primal_bound + self.constant
            bound = rounded_up(out.mip_dual_bound + self.constant)
            self.controls.on_progress(round(best) if math.isfinite(best) else None, bound)

    def cancels(self) -> bool:
        """Return whether the caller wishes to stop."""
        self.cancelled = self.controls.cancel is not None and self.controls.cancel()
        return self.cancelled

    def is_content(self, best: float) -> bool:
        """Return whether there is a solution, and time to look for better ones in other ways."""
        return math.isfinite(best) and perf_counter() - self.began > self.controls.content_after


def _cbc(program: Any, controls: Controls) -> Answer:
    if controls.cancel is not None and controls.cancel():
        return Answer(End.CANCELLED, False, None)
    for variable, value in controls.start.items():
        variable.setInitialValue(value)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "cbc.log"
        solver = pulp.COIN_CMD(
            path=pulp.PULP_CBC_CMD.pulp_cbc_path,  # comes with PuLP 3; its own class is deprecated
            msg=False,
            gapRel=controls.gap,
            gapAbs=WHOLE_STEP,
            threads=controls.threads,
            timeLimit=controls.time_limit,
            warmStart=bool(controls.start),
            options=[f"randomCbcSeed {controls.seed + 1}"],
            logPath=str(log),
        )
        program.solve(solver)
        return _cbc_answer(program, log.read_text())


def _cbc_answer(program: Any, log: str) -> Answer:
    if program.status == pulp.LpStatusInfeasible:
        return Answer(End.INFEASIBLE, False, None)
    lower = re.search(r"Lower bound:\s+(\S+)", log)
    constant = program.objective.constant
    bound = rounded_up(float(lower[1]) + constant) if lower else None
    if program.sol_status == pulp.LpSolutionOptimal:
        best = round(pulp.value(program.objective))
        return Answer(End.FINISHED, True, best if bound is None else bound)
    return Answer(End.LIMIT, program.sol_status == pulp.LpSolutionIntegerFeasible, bound)


def rounded_up(bound: float) -> int | None:
    """Return the least whole cost that a bound allows, or None for no bound."""
    return math.ceil(bound - TOLERANCE * max(1.0, abs(bound))) if math.isfinite(bound) else None


SOLVERS: dict[str, Callable[[Any, Controls], Answer]] = {"highs": _highs, "cbc": _cbc}
