"""Exchanging two cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostering import Roster, Rule
from rostering.repair import swap
from tests.rostering.repair.homes import people, published, week

CELLS = st.tuples(st.sampled_from("ABCD"), st.integers(0, 6))


def test_an_exchange_of_equals_is_allowed() -> None:
    """Two people who exchange a day of work and a day off break nothing and cost nothing."""
    problem = week()
    found = swap(problem, published(problem), ("A", 0), ("C", 4))
    assert found.is_allowed
    assert found.difference.cost == 0
    assert {(c.staff, c.day, c.becomes) for c in found.changes} == {
        ("A", 0, None),
        ("C", 0, "早"),
        ("A", 4, "早"),
        ("C", 4, None),
    }
    said = [str(sentence) for sentence in found.sentences(problem)]
    assert said[0] == "可以调换 / the exchange is allowed"
    assert len(said) == 5


def test_an_exchange_that_leaves_too_little_rest_is_refused() -> None:
    """Late then early breaks the rest, and the sentence says whose."""
    problem = week()
    found = swap(problem, published(problem), ("A", 1), ("B", 1))
    assert not found.is_allowed
    assert {(v.rule, v.staff, v.day) for v in found.difference.new} == {
        (Rule.REST, "A", 2),
        (Rule.REST, "B", 1),
    } or {v.rule for v in found.difference.new} == {Rule.REST}
    assert found.sentences(problem)[0].zh == "不能调换"


def test_one_person_exchanges_two_days() -> None:
    """A person's own shift moves to another day; the cover it leaves is broken."""
    problem = week()
    found = swap(problem, published(problem), ("A", 3), ("A", 5))
    assert [(c.day, c.becomes) for c in found.changes] == [(3, None), (5, "早")]
    assert [item.rule for item in found.difference.new] == [Rule.COVER_MINIMUM]


@given(first=CELLS, second=CELLS)
def test_twice_the_same_exchange_changes_nothing(
    first: tuple[str, int], second: tuple[str, int]
) -> None:
    """Exchanging back gives the roster as it was."""
    problem = week()
    roster: Roster = published(problem)
    there = swap(problem, roster, first, second)
    assert swap(problem, there.roster, first, second).roster == roster


def test_strangers_are_refused() -> None:
    """Somebody who is not of the problem cannot exchange."""
    with pytest.raises(ValueError, match="nobody has the id Z"):
        swap(week(staff=people()), published(week()), ("Z", 0), ("A", 0))
