"""Heads counted for pictures are those that the checker counts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rostering import Cover, Problem, cost
from rostering.explain.conflict.statement import only
from rostering.heads.demand import cover_name, heads
from rostering.parts import Sex, Span
from tests.rostering.random_problems import random_problem, random_roster
from tests.rostering.tiny import one


def counting(problem: Problem, item: Cover) -> Problem:
    """Return a problem in which every head of a cover costs one, and nothing else costs."""
    free = {"minimum": 0, "wanted": 0, "maximum": None, "over_weight": 1}
    return only(problem, []).model_copy(update={"cover": (item.model_copy(update=free),)})


@given(seed=st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_heads_agree_with_the_checker(seed: int) -> None:
    """Two counts that share no line give the same heads."""
    problem = random_problem(seed)
    roster = random_roster(problem, seed)
    for item in problem.cover:
        assert heads(problem, roster, item) == cost(counting(problem, item), roster)


def test_a_cover_is_called_by_what_it_counts() -> None:
    """Shift or span, and in brackets who counts, in both languages."""
    shift = Cover(day=0, shift="早", wanted=1, skill="护理", sex=Sex.FEMALE)
    assert str(cover_name(one("."), shift)) == "早班（护理、女） / 早 (护理, women)"
    span = Cover(day=0, span=Span(start=450, minutes=60), wanted=1, experienced=True)
    assert str(cover_name(one("."), span)) == "07:30–08:30（有经验） / 07:30–08:30 (experienced)"
