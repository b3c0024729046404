"""One run from task to figures; called in a fresh process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from time import perf_counter
from typing import Any

from benchmarks.harness.machine import cores, peak_megabytes
from benchmarks.harness.run import Run
from benchmarks.harness.task import Task
from benchmarks.peers import PEERS
from rostering import Cover, Problem, Result, ShiftType, Staff, check, cost, solve

Solver = Callable[[Problem], Result]

TINY_LIMIT = 2.0
"""Seconds for the tiny problem, if an engine does not prove it at once."""


def measure(task: Task) -> Run:
    """Return the figures of a run."""
    problem, roster = task.problem()
    first_use = None if task.is_cold else _first_use(task)
    began = perf_counter()
    result = engine(task)(problem)
    seconds = perf_counter() - began
    megabytes = peak_megabytes()  # before the recount, which is not the engine's
    broken = len(check(problem, result.roster)) if result.roster else 0
    has_cost = result.roster is not None and not broken
    return Run(
        task=task,
        staff=len(problem.staff),
        days=problem.days,
        status=str(result.status),
        cost=cost(problem, result.roster) if has_cost and result.roster else None,
        said=result.cost,
        bound=result.bound,
        broken=0 if result.relaxations else broken,
        planted=cost(problem, roster) if roster else None,
        seconds=seconds,
        first_use=first_use,
        megabytes=megabytes,
        progress=result.progress if has_cost else (),  # else its costs are of broken rosters
    )


def engine(task: Task) -> Solver:
    """Return what solves a problem as the task says."""
    if task.engine in PEERS:
        threads = task.threads or cores()
        peer = PEERS[task.engine]
        return partial(peer, time_limit=task.limit, seed=task.seed, threads=threads)
    options: dict[str, Any] = {"time_limit": task.limit, "seed": task.seed, "gap": task.gap}
    options["iterations"] = task.iterations
    if task.engine:
        options["method"] = task.engine
    if task.threads is not None:
        options["threads"] = task.threads
    return partial(solve, **options)


def _first_use(task: Task) -> float:
    """Return how much longer the first of two solves of a tiny problem takes."""
    short = replace(task, limit=min(task.limit, TINY_LIMIT))
    first, second = (_seconds(engine(short)) for _ in range(2))
    return max(0.0, first - second)


def _seconds(solver: Solver) -> float:
    began = perf_counter()
    solver(_tiny())
    return perf_counter() - began


def _tiny() -> Problem:
    """Return a problem in the form of the public instances that is solved at once."""
    return Problem(
        start=date(2024, 1, 1),
        days=7,
        shift_types=(ShiftType(id="D", minutes=480, paid_minutes=480),),
        staff=tuple(Staff(id=name, max_consecutive_days=5) for name in "ABC"),
        cover=tuple(Cover(day=day, shift="D", wanted=2) for day in range(7)),
    )
