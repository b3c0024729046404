"""How long a small round of visits takes: to plan and prove, to change, and to recount."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.cities import city
from rukang.engines.visits import Plan, PlanProblem, Status, check, plan, replan

pytestmark = pytest.mark.benchmark(group="visits")


@pytest.fixture(scope="module")
def problem() -> PlanProblem:
    """Return thirty homes, five inspectors and four weeks."""
    return city(seed=1, homes=30, inspectors=5, weeks=4)


@pytest.fixture(scope="module")
def planned(problem: PlanProblem) -> Plan:
    """Return the plan of the small city."""
    return plan(problem)


def test_plan(benchmark: BenchmarkFixture, problem: PlanProblem) -> None:
    """From problem to the proven best plan."""
    made = benchmark.pedantic(plan, (problem,), rounds=1)
    assert made.status is Status.OPTIMAL


def test_replan(benchmark: BenchmarkFixture, problem: PlanProblem, planned: Plan) -> None:
    """The same without one inspector from the middle on."""
    on = problem.first.fromordinal((problem.first.toordinal() + problem.last.toordinal()) // 2)
    changed = problem.without("P00", on)
    after = benchmark.pedantic(replan, (changed, planned, on), rounds=1)
    assert check(changed, after) == []


def test_check(benchmark: BenchmarkFixture, problem: PlanProblem, planned: Plan) -> None:
    """The recount of a plan."""
    assert benchmark.pedantic(check, (problem, planned), rounds=10, warmup_rounds=1) == []
