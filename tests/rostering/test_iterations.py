"""Counted work instead of time: the same seed and iterations give the same roster."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

import pytest

from benchmarks.homes import planted as planted_home
from rostering import Problem, Progress, Result, Roster, Status, check, cost
from rostering.columns.board import Board
from rostering.columns.clock import STEPS_A_SECOND, Clock
from tests.patience import UNREACHED, solve
from tests.rostering.test_solve import home, planted

HOME = planted_home(8, 4, 0)
LARGE = home(staff=12, days=21, seed=2)


def counted(problem: Problem, iterations: int, start: Roster | None = None, **more: int) -> Result:
    """Return what columns find in so many iterations."""
    return solve(problem, method="columns", iterations=iterations, start=start, **more)


def told(result: Result) -> tuple[object, ...]:
    """Return all that must not depend on the machine."""
    return result.status, result.cost, result.bound, result.roster


@contextmanager
def busy() -> Iterator[None]:
    """Keep the interpreter busy beside what is measured."""
    is_done = threading.Event()

    def spin() -> None:
        while not is_done.is_set():
            sum(range(1000))

    thread = threading.Thread(target=spin)
    thread.start()
    try:
        yield
    finally:
        is_done.set()
        thread.join()


@pytest.mark.parametrize("method", ["columns", "auto", "exact"])
def test_same_seed_and_iterations_same_roster(method: str) -> None:
    """Whatever the method, two runs end alike, long before their time, one of them disturbed."""
    first = solve(LARGE, method=method, iterations=300, seed=3)
    with busy():
        again = solve(LARGE, method=method, iterations=300, seed=3)
    assert first.roster is not None
    assert check(LARGE, first.roster) == []
    assert told(first) == told(again)


def test_a_home_under_all_rules_twice() -> None:
    """From the planted roster of a home, which takes annealing, masters and dives."""
    problem, start = HOME
    assert told(counted(problem, 300, start)) == told(counted(problem, 300, start))


def test_a_known_roster_is_bettered_and_never_made_worse() -> None:
    """However short the work, the roster known at the start is the worst that comes back.

    More work need not be better than less: its schedule is another from the beginning.
    """
    problem, start = HOME
    at_first = cost(problem, start)
    found = [counted(problem, number, start).cost or inf for number in (1, 50, 300)]
    assert max(found) <= at_first
    assert found[-1] < at_first


def test_both_solvers_count_nodes() -> None:
    """A tree cut short ends alike with HiGHS and with CBC, whose bounds hold."""
    problem, _ = planted(3, staff=4, days=14)
    best = solve(problem).cost
    assert best is not None
    for solver in ("highs", "cbc"):
        first, again = (
            solve(problem, method="exact", solver=solver, iterations=50) for _ in range(2)
        )
        assert told(first) == told(again)
        assert first.bound is not None
        assert first.bound <= best


def test_threads_are_one() -> None:
    """More threads would share what they find as chance has it; they are not used."""
    problem, start = HOME
    assert told(counted(problem, 100, start, threads=2)) == told(counted(problem, 100, start))


@pytest.mark.parametrize("wrong", [0, -3, True, 2.5])
def test_iterations_are_a_number_above_0(wrong: Any) -> None:
    """What is no number of iterations is refused by name."""
    with pytest.raises(ValueError, match="iterations="):
        solve(LARGE, iterations=wrong)


def test_cancelling_ends_it_before() -> None:
    """A wish to stop holds whatever is counted; the best roster so far comes back."""
    problem, start = HOME
    heard: list[Progress] = []
    result = solve(
        problem,
        method="columns",
        iterations=10**9,
        start=start,
        on_progress=heard.append,
        cancel=lambda: any(item.cost is not None for item in heard),
    )
    assert result.status is Status.CANCELLED
    assert result.roster is not None
    assert check(problem, result.roster) == []


def test_a_counted_clock_stands_still_without_work() -> None:
    """Only steps move it; the seconds go on beside and end it when they are used up."""
    clock = Clock(time_limit=UNREACHED, iterations=2 * STEPS_A_SECOND)
    board = Board(clock, share=0.5)
    assert (clock.limit, clock.now(), board.left()) == (2.0, 0.0, 1.0)
    clock.tick(STEPS_A_SECOND)
    assert clock.now() == 1.0
    assert board.is_over()
    assert not board.is_urgent()
    assert Board(Clock(time_limit=0.0, iterations=1)).is_urgent()
