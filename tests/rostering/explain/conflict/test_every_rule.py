"""Taking apart problems that have rules of every kind."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from rostering import Problem, Roster, Rule, check, cost
from rostering.explain import Verdict
from rostering.explain.conflict.apart import statements
from rostering.explain.conflict.possible import is_possible
from rostering.explain.conflict.statement import only
from tests.patience import UNREACHED, conflict
from tests.rostering.random_problems import random_problem, random_roster

Broken = Counter[tuple[Rule, str | None, int | None]]


def broken(problem: Problem, roster: Roster) -> Broken:
    """Return what a roster breaks, and by how much; whether people are fit for shifts aside."""
    found: Broken = Counter()
    for item in check(problem, roster):
        if item.rule not in (Rule.ASSIGNABLE, Rule.DAY_OVERTIME):
            found[item.rule, item.staff, item.day] += item.amount
    return found


@given(seed=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_statements_say_all_that_is_hard_and_nothing_else(seed: int) -> None:
    """All statements together break as the problem does; without any, nothing is broken."""
    problem = random_problem(seed)
    roster = random_roster(problem, seed)
    said = statements(problem)
    assert broken(only(problem, said), roster) == broken(problem, roster)
    never = {rule for rule, _, _ in broken(only(problem, []), roster)}
    assert never <= {Rule.SHIFT_LIMIT}  # a limit of 0 is fitness
    assert cost(only(problem, said), roster) == 0


@given(seed=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_every_statement_is_in_words(seed: int) -> None:
    """Each statement names its rule's numbers in both languages, and no two say the same thing."""
    said = statements(random_problem(seed))
    assert all(s.sentence.zh and s.sentence.en for s in said)
    assert not any("None" in str(s.sentence) for s in said)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=12, deadline=None)
def test_conflicts_of_any_rules_are_irreducible(seed: int) -> None:
    """Whatever rules collide, the set is impossible, and possible without any one of it."""
    problem = random_problem(seed)
    found = conflict(problem)
    if found.verdict is Verdict.POSSIBLE:
        return
    assert found.verdict is Verdict.IRREDUCIBLE
    assert is_possible(only(problem, found.statements), UNREACHED) is False
    for left in found.statements:
        rest = [statement for statement in found.statements if statement is not left]
        assert is_possible(only(problem, rest), UNREACHED) is True
