"""The values of an invented city."""

from __future__ import annotations

from collections import Counter

from rukang.demo import invent
from rukang.demo.city import COUNTIES
from tests.rukang.demo.conftest import FIRST, LAST


def test_the_same_seed_is_the_same_city() -> None:
    """Values follow from the seed alone."""
    assert invent(5, FIRST, LAST) == invent(5, FIRST, LAST)
    assert invent(5, FIRST, LAST) != invent(6, FIRST, LAST)


def test_forty_homes_in_seven_counties() -> None:
    """Every county has homes, with codes of their own; names say that they are examples."""
    city = invent(1, FIRST, LAST)
    assert len({home.code for home in city.homes}) == len(city.homes) == 40
    assert {home.county for home in city.homes} == {county.code for county in COUNTIES}
    assert {home.code for home in city.homes} >= {"ZP001", "BC002"}
    assert all("示例" in home.name and "示例" in home.address for home in city.homes)
    assert all("示例" in one.name for one in city.inspectors)


def test_homes_lie_in_their_county_and_apply_in_time() -> None:
    """A home is near the middle of its county, opened before it applies, within the time."""
    middles = {county.code: (county.latitude, county.longitude) for county in COUNTIES}
    for home in invent(2, FIRST, LAST).homes:
        north, east = middles[home.county]
        assert abs(float(home.latitude) - north) <= 0.1
        assert abs(float(home.longitude) - east) <= 0.1
        assert home.opened_on < home.applies_on
        assert FIRST < home.applies_on < LAST
        assert home.served <= home.capacity


def test_some_inspectors_are_barred_from_some_homes() -> None:
    """Interests name homes and inspectors of the city, at most one of a home."""
    city = invent(1, FIRST, LAST)
    assert max(Counter(one.home for one in city.interests).values()) == 1
    assert {one.home for one in city.interests} <= {home.code for home in city.homes}
    assert {one.email for one in city.interests} <= {one.email for one in city.inspectors}
    assert {one.until is None for one in city.interests} == {True, False}
