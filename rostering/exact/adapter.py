"""The one place where a solver is chosen: all are told the same and answer the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rostering.exact.cbc import solve_with_cbc
from rostering.exact.controls import Answer, Controls, End
from rostering.exact.highs import solve_with_highs

SOLVERS: dict[str, Callable[[Any, Controls], Answer]] = {
    "highs": solve_with_highs,
    "cbc": solve_with_cbc,
}


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
        if not program.valid():
            return Answer(End.INFEASIBLE, False, None)
        return Answer(End.FINISHED, True, round(program.objective.constant))
    return SOLVERS[solver](program, controls)
