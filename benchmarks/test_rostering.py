"""How long a small home's roster takes."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.generated_home import home
from rostering import Status, check, solve


def test_solve_a_small_home(benchmark: BenchmarkFixture) -> None:
    """Eight people, two weeks: from problem to proven roster."""
    problem = home(staff=8, days=14, seed=1)
    result = benchmark.pedantic(solve, (problem,), {"gap": 0.02, "time_limit": 60}, rounds=1)
    assert result.status in (Status.OPTIMAL, Status.FEASIBLE)
    assert check(problem, result.roster) == []
