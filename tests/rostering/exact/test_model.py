"""The model agrees with the checker and its own description on known rosters."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rostering import Roster, check, cost
from rostering.exact.model import elastic, hard
from rostering.problem import Problem
from tests.rostering.test_solve import planted
from tests.rostering.tiny import cells, one

ROWS = st.text("早中夜.", min_size=9, max_size=9)
LIMITED = {
    "min_rest_minutes": 660,
    "max_consecutive_days": 4,
    "min_consecutive_days": 2,
    "min_consecutive_days_off": 2,
    "max_weekends": 1,
    "max_minutes": 2400,
    "max_week_minutes": 1900,
    "shift_limits": {"夜": 2},
    "history": ({"staff": "A", "shifts": (None, "早", "夜")},),
}


def keeps(problem: Problem, roster: Roster) -> bool:
    """Return whether the values of a roster keep every row of the hard model."""
    model = hard(problem)
    for variable, value in model.values(roster).items():
        variable.varValue = value
    return bool(model.program.valid())


@given(row=ROWS)
@settings(max_examples=150, deadline=None)
def test_model_and_checker_agree_on_every_row(row: str) -> None:
    """A row of shifts keeps the model's rows exactly if the checker finds nothing."""
    problem = one("." * 9, **LIMITED)
    roster = Roster.from_rows(problem, [cells(row)])
    assert keeps(problem, roster) == (check(problem, roster) == [])


@given(seed=st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_objective_is_the_recounted_cost(seed: int) -> None:
    """The model prices a roster as the checker does."""
    problem, roster = planted(seed)
    model = hard(problem)
    for variable, value in model.values(roster).items():
        variable.varValue = value
    assert model.program.valid()
    assert round(model.cost.value()) == cost(problem, roster)
    assert model.roster() == roster


def test_elastic_rows_know_their_rule() -> None:
    """Every row that may be relaxed names a rule that the checker knows."""
    problem = one("早中夜......", **LIMITED)
    model = elastic(problem)
    rules = {slack.breach.rule for slack in model.slacks}
    assert len(rules) >= 7
