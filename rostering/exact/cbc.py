"""CBC through PuLP, as a process of its own: no progress, no cancelling while it runs.

An infeasible run leaves fractional values behind, and "integer infeasible" comes back as infeasible
too: the status is read before any value. The bound is read from its log.
"""

from __future__ import annotations

import math
import re
import tempfile
from pathlib import Path
from typing import Any

import pulp

from rostering.exact.controls import WHOLE_STEP, Answer, Controls, End, rounded_up


def solve_with_cbc(program: Any, controls: Controls) -> Answer:
    """Solve a program by CBC."""
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
            timeLimit=controls.time_limit if math.isfinite(controls.time_limit) else None,
            maxNodes=controls.nodes,
            warmStart=bool(controls.start),
            options=[f"randomCbcSeed {controls.seed + 1}"],
            logPath=str(log),
        )
        program.solve(solver)
        return _answer(program, log.read_text())


def _answer(program: Any, log: str) -> Answer:
    if program.status == pulp.LpStatusInfeasible:
        return Answer(End.INFEASIBLE, False, None)
    counted = re.search(r"Enumerated nodes:\s+(\d+)", log)
    nodes = int(counted[1]) if counted else 0
    lower = re.search(r"Lower bound:\s+(\S+)", log)
    constant = program.objective.constant
    bound = rounded_up(float(lower[1]) + constant) if lower else None
    if program.sol_status == pulp.LpSolutionOptimal:
        best = round(pulp.value(program.objective))
        return Answer(End.FINISHED, True, best if bound is None else bound, nodes)
    return Answer(End.LIMIT, program.sol_status == pulp.LpSolutionIntegerFeasible, bound, nodes)
