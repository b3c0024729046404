"""Others to compare with, on the public instances: a CP-SAT model and a plain integer program.

Each ``solve`` takes a problem, a time limit, a seed and a number of threads, and returns a
:class:`rostering.Result` with the cost as the peer counts it; the harness recounts its roster.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.peers import cp_sat, plain
from rostering import Result

PEERS: dict[str, Callable[..., Result]] = {"cp-sat": cp_sat.solve, "plain": plain.solve}
