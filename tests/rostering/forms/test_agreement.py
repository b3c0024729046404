"""The standard forms count what the checker recounts, on random problems with every rule."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rostering import Rule, check, cost
from rostering.forms import forms
from tests.rostering.forms.count import fit_only, hard_breaches, soft_cost
from tests.rostering.random_problems import random_problem, random_roster

SEEDS = st.integers(0, 10**6)
UNFIT = {Rule.ASSIGNABLE, Rule.DAY_OVERTIME, Rule.SHIFT_LIMIT}
"""What the forms call fitness: a limit of 0 among it."""


@given(seed=SEEDS)
@settings(max_examples=150, deadline=None)
def test_the_same_hard_rules_are_broken(seed: int) -> None:
    """Of a roster of fit people, the forms of a rule are broken exactly if the rule is."""
    problem = random_problem(seed)
    given = forms(problem)
    roster = fit_only(given, random_roster(problem, seed))
    counted = {item.rule for item in hard_breaches(given, roster)}
    assert counted == {item.rule for item in check(problem, roster)}


@given(seed=SEEDS)
@settings(max_examples=50, deadline=None)
def test_the_same_people_are_unfit(seed: int) -> None:
    """Fitness is broken exactly if the checker finds a skill missing, a limit of 0 and the like."""
    problem = random_problem(seed)
    roster = random_roster(problem, seed)
    counted = {item.rule for item in hard_breaches(forms(problem), roster)}
    found = {item.rule for item in check(problem, roster)}
    assert counted.isdisjoint(UNFIT) == found.isdisjoint(UNFIT)


@given(seed=SEEDS)
@settings(max_examples=150, deadline=None)
def test_the_same_cost_is_paid(seed: int) -> None:
    """A roster pays for soft forms what the checker recounts."""
    problem = random_problem(seed, hardness="soft" if seed % 2 else "any")
    given = forms(problem)
    roster = fit_only(given, random_roster(problem, seed))
    assert soft_cost(given, roster) == cost(problem, roster)
