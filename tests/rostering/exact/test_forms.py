"""The exact model counts as the standard forms say, on random problems with rules of every kind."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering import Problem, Roster
from rostering.exact.adapter import run
from rostering.exact.controls import Controls, End
from rostering.exact.model import Model, elastic, hard
from rostering.forms import Forms, forms
from tests.patience import UNREACHED
from tests.rostering.forms.count import cells_of, counts, fit_only, hard_breaches, soft_cost
from tests.rostering.random_problems import random_problem, random_roster

SEEDS = st.integers(0, 10**6)
QUICK = Controls(time_limit=UNREACHED, threads=1)


def assume(model: Model, roster: Roster) -> None:
    """Set every variable of a model to its value in a roster."""
    for variable, value in model.values(roster).items():
        variable.varValue = value


@given(seed=SEEDS)
@settings(max_examples=150, deadline=None)
def test_rows_hold_exactly_if_no_hard_form_is_broken(seed: int) -> None:
    """The values of a roster keep the rows of the hard model if the forms count no hard breach."""
    problem = random_problem(seed)
    roster = random_roster(problem, seed)
    model = hard(problem)
    assume(model, roster)
    assert model.program.valid() == (hard_breaches(forms(problem), roster) == [])


@given(seed=SEEDS)
@settings(max_examples=150, deadline=None)
def test_cost_is_what_the_forms_count(seed: int) -> None:
    """The cost of a roster's values is the cost that the forms count, breaches or not."""
    problem = random_problem(seed, hardness="soft" if seed % 2 else "any")
    roster = fit_only(forms(problem), random_roster(problem, seed))
    model = hard(problem)
    assume(model, roster)
    assert round(model.cost.value()) == soft_cost(forms(problem), roster)


def held(problem: Problem, roster: Roster) -> tuple[Model, End]:
    """Return the solved model in which every cell is held."""
    model = hard(problem)
    model.free(frozenset(), roster)
    return model, run(model.program, QUICK, "highs").end


@pytest.mark.parametrize("seed", range(25))
def test_the_solver_finds_the_same_cost_for_a_held_roster(seed: int) -> None:
    """No cheaper values than those of the roster are open to the solver when cells are held."""
    problem = random_problem(seed, hardness="soft")
    given = forms(problem)
    roster = fit_only(given, random_roster(problem, seed))
    model, end = held(problem, roster)
    if hard_breaches(given, roster):
        assert end is End.INFEASIBLE
    else:
        assert end is End.FINISHED
        assert round(model.cost.value()) == soft_cost(given, roster)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("hardness", ["any", "soft"])
def test_the_optimum_is_the_best_of_all_rosters(seed: int, hardness: str) -> None:
    """On tiny problems the exact optimum is the least cost over all rosters."""
    problem = random_problem(seed, staff=2, days=3, shifts=2, hardness=hardness)  # type: ignore[arg-type]
    given = forms(problem)
    best = min(
        (soft_cost(given, r) for r in rosters(given) if not hard_breaches(given, r)), default=None
    )
    model = hard(problem)
    answer = run(model.program, QUICK, "highs")
    assert (answer.end is End.INFEASIBLE) == (best is None)
    if best is not None:
        assert (round(model.cost.value()), answer.bound) == (best, best)
        assert soft_cost(given, model.roster()) == best


def rosters(given: Forms) -> list[Roster]:
    """Return every roster of fit cells."""
    problem = given.problem
    names = (None, *(shift.id for shift in problem.shift_types))
    cells = [
        [names[symbol] for symbol in (0, *sorted(fit))]
        for fit in given.fit
        for _ in range(problem.days)
    ]
    split = problem.days
    return [Roster.from_rows(problem, (c[:split], c[split:])) for c in product(*cells)]


@pytest.mark.parametrize("seed", range(12))
def test_the_nearest_roster_is_the_least_relaxed(seed: int) -> None:
    """The elastic model finds the least price, and then the least cost at that price."""
    problem = random_problem(seed, staff=2, days=3, shifts=2)
    given = forms(problem)
    best = min((price(given, roster), soft_cost(given, roster)) for roster in rosters(given))
    model = elastic(problem)
    assert run(model.program, QUICK, "highs").end is End.FINISHED
    assert price(given, model.roster()) == best[0]


def price(given: Forms, roster: Roster) -> int:
    """Return the price of the hard forms that a roster breaks."""
    broken = (item for item in counts(given, cells_of(given, roster)) if item.weight is None)
    return sum(item.price for item in broken)


def test_hard_rules_have_a_price() -> None:
    """Every rule that may be hard in some problem has a price of relaxing it."""
    for seed in range(200):
        given = forms(random_problem(seed))
        roster = random_roster(given.problem, seed)
        assert price(given, roster) >= 0
