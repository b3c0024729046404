"""Problems that make no sense are refused, and travel is as given or estimated."""

from datetime import date, time
from typing import Any

import pytest
from pydantic import ValidationError

from rukang.engines.visits import Place
from rukang.engines.visits.asked.travel import kilometres, minutes_between
from tests.rukang.engines.visits.tiny import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TOWN,
    WEDNESDAY,
    home,
    problem,
)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last": date(2026, 11, 1)}, "早于第一天"),
        ({"homes": (home("A"), home("A"))}, "编号重复：A"),
        ({"homes": (home("X"),)}, "编号重复：X"),
        ({"travel": {("A", "X"): 10, ("X", "A"): 11}}, "往返一致"),
        ({"travel": {("A", "X"): -1}}, "非负"),
        ({"day_start": time(20, 0)}, "超过午夜"),
    ],
)
def test_nonsense_is_refused(changes: dict[str, Any], words: str) -> None:
    """Each fault is named in words."""
    with pytest.raises(ValidationError, match=words):
        problem(**changes)


def test_given_travel_replaces_the_estimate_both_ways() -> None:
    """A known time counts in both directions; others are estimated."""
    asked = problem([home("A"), home("B", place=Place(latitude=37.5, longitude=118.0))],
                    travel={("A", "X"): 17})  # fmt: skip
    assert asked.minutes_between("A", "X") == asked.minutes_between("X", "A") == 17
    assert asked.minutes_between("A", "Y") == 0
    assert asked.minutes_between("A", "B") == 20


def test_estimate_by_hand() -> None:
    """A tenth of a degree of latitude is 11.1 km: at 50 km/h with 1.3 of detour, 17.3 minutes."""
    north = Place(latitude=37.5, longitude=118.0)
    assert kilometres(TOWN, north) == pytest.approx(11.12, abs=0.01)
    assert minutes_between(TOWN, north, 1.3, 50) == 20
    assert minutes_between(TOWN, TOWN, 1.3, 50) == 0


def test_inspector_taken_out() -> None:
    """Somebody who falls ill is away from that day to the end."""
    asked = problem().without("X", WEDNESDAY)
    assert asked.inspector_by_code["X"].away == {WEDNESDAY, THURSDAY, FRIDAY}
    assert MONDAY not in asked.inspector_by_code["X"].away
    assert not asked.inspector_by_code["Y"].away
