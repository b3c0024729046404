"""Shrinking a set that clashes."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from rostering.explain.conflict.focus import shrink

CORES = st.lists(st.sets(st.integers(0, 19), min_size=1, max_size=4), min_size=1, max_size=4)


@given(cores=CORES)
def test_the_rest_is_irreducible(cores: list[set[int]]) -> None:
    """Whatever cores are planted, the result clashes, and nothing of it can be left out."""

    def clash(items: Sequence[int]) -> bool:
        return any(core <= set(items) for core in cores)

    found = shrink(clash, range(20))
    assert clash(found)
    assert not any(clash([item for item in found if item != left]) for left in found)


@given(cores=CORES, patience=st.integers(0, 12))
def test_what_is_not_known_stays(cores: list[set[int]], patience: int) -> None:
    """If questions go unanswered from some point on, the result clashes all the same."""
    asked = 0

    def clash(items: Sequence[int]) -> bool:
        nonlocal asked
        asked += 1
        return asked <= patience and any(core <= set(items) for core in cores)

    found = shrink(clash, range(20))
    assert any(core <= set(found) for core in cores)
