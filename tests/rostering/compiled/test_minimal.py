"""The least automaton charges and counts what the whole one does, with no state to spare."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering.compiled.automata.automaton import Automaton, automaton, state_after
from rostering.compiled.automata.build import watches_of
from rostering.compiled.automata.minimal import minimal
from rostering.forms import forms
from tests.rostering.random_problems import random_problem

SEEDS = st.integers(0, 10**6)
Step = tuple[float, int]


def automata(seed: int) -> tuple[Automaton, Automaton, int]:
    """Return the whole and the least automaton of a random person, and the number of days."""
    problem = random_problem(seed, hardness="soft" if seed % 2 else "any")
    given = forms(problem)
    symbols = 1 + len(problem.shift_types)
    watches = watches_of(given)[0]
    before = state_after(watches, given.history[0])
    whole = automaton(watches, problem.days, symbols, [before])
    return whole, minimal(whole), problem.days


def walk(built: Automaton, row: list[int]) -> list[Step]:
    """Return the price and the counts of every step of a row, up to a forbidden one."""
    state, steps = built.starts[0], []
    for kind, symbol in zip(built.kinds, row, strict=True):
        at = kind, state, built.sees[symbol]
        steps.append((float(built.price[at]), int(built.counts[at])))
        state = int(built.after[at])
        if state < 0:
            break
    return steps


@given(seed=SEEDS)
@settings(max_examples=80, deadline=None)
def test_every_row_is_charged_alike(seed: int) -> None:
    """Both automata charge and count the same on every day of a row."""
    whole, least, days = automata(seed)
    rng = np.random.default_rng(seed)
    for _ in range(20):
        row = [int(symbol) for symbol in rng.integers(len(whole.sees), size=days)]
        assert walk(whole, row) == walk(least, row)


@given(seed=SEEDS)
@settings(max_examples=80, deadline=None)
def test_no_two_states_of_a_day_are_alike(seed: int) -> None:
    """States of a day differ in what follows, and each can be reached."""
    _, least, days = automata(seed)
    reached = set(least.starts)
    for day in range(days):
        kind, width = least.kinds[day], least.widths[day]
        assert reached == set(range(width))
        follows = [
            tuple(
                table[kind, state].tobytes() for table in (least.after, least.price, least.counts)
            )
            for state in range(width)
        ]
        assert len(set(follows)) == width
        reached = set(least.after[kind, :width].flat) - {-1}
