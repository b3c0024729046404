"""Every rule in the solver: what it accepts is free, what it rejects is forbidden or paid for."""

from __future__ import annotations

import pytest

from rostering import Status
from tests.patience import solve
from tests.rostering.cases import CASES
from tests.rostering.cases.case import Case
from tests.rostering.tiny import cells, wished


@pytest.mark.parametrize("case", CASES, ids=str)
def test_solver_accepts(case: Case) -> None:
    """The solver returns the accepted roster, if it is wished for, and pays nothing."""
    result = solve(wished(case.good, **case.given))
    assert (result.status, result.cost) == (Status.OPTIMAL, 0)
    assert result.roster is not None
    assert result.roster.rows == tuple(map(cells, case.good))


@pytest.mark.parametrize("case", [case for case in CASES if case.cost is None], ids=str)
def test_solver_rejects(case: Case) -> None:
    """A hard rule makes the solver refuse some wishes rather than break it."""
    result = solve(wished(case.bad, **case.given))
    assert result.status is Status.OPTIMAL
    assert result.roster is not None
    assert result.roster.rows != tuple(map(cells, case.bad))


@pytest.mark.parametrize("case", [case for case in CASES if case.cost is not None], ids=str)
def test_solver_pays(case: Case) -> None:
    """A priced rule costs the solver exactly what the case says, if that is what is wished."""
    result = solve(wished(case.bad, **case.given))
    assert (result.status, result.cost) == (Status.OPTIMAL, case.cost)
    assert result.roster is not None
    assert result.roster.rows == tuple(map(cells, case.bad))
