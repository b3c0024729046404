"""How long a small home's roster takes: to find and prove, and to recount."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.homes import home
from rostering import Problem, Roster, check, solve

pytestmark = pytest.mark.benchmark(group="rostering")


@pytest.fixture(scope="module")
def problem() -> Problem:
    """Return eight people for two weeks."""
    return home(staff=8, days=14, seed=1)


@pytest.fixture(scope="module")
def roster(problem: Problem) -> Roster:
    """Return any sound roster of the small home."""
    found = solve(problem, gap=1.0, time_limit=60).roster
    assert found is not None
    return found


def test_solve(benchmark: BenchmarkFixture, problem: Problem) -> None:
    """From problem to a roster within 2 % of its bound."""
    result = benchmark.pedantic(solve, (problem,), {"gap": 0.02, "time_limit": 60}, rounds=1)
    assert result.gap <= 0.02


def test_check(benchmark: BenchmarkFixture, problem: Problem, roster: Roster) -> None:
    """The recount of a roster, which every solve ends with."""
    assert benchmark.pedantic(check, (problem, roster), rounds=10, warmup_rounds=1) == []
