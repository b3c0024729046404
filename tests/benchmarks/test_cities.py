"""Generated cities are the same for a seed, and can be planned and measured."""

from benchmarks.cities import city
from rukang.engines.visits import check
from tests.patience import plan


def test_city_follows_its_seed() -> None:
    """One seed gives one city, another gives another."""
    assert city(1) == city(1)
    assert city(1) != city(2)
    assert (len(city(1).homes), len(city(1).inspectors)) == (100, 10)


def test_small_city_has_a_sound_plan() -> None:
    """A few homes are visited without a fault."""
    problem = city(3, homes=10, inspectors=5, weeks=2)
    made = plan(problem)
    assert check(problem, made) == []
    assert made.visits
