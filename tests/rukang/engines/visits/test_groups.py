"""What a group can do bounds what it does; trips get days, or it is proven that they cannot."""

from math import inf

from rukang.engines.visits.planning.exact.cuts import collision
from rukang.engines.visits.planning.exact.layout import lay_out
from rukang.engines.visits.planning.remaining import Remaining, meeting_days, most_trips
from rukang.engines.visits.planning.tours import Tour, Trip, tours, week_by_week
from tests.rukang.engines.visits.tiny import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    home,
    inspector,
    problem,
)

MON_TUE = frozenset({MONDAY, TUESDAY})
ASKED = problem(
    [home(code, minutes=300) for code in "ABCD"],
    [
        inspector("W"),
        inspector("X", away=frozenset({WEDNESDAY, THURSDAY, FRIDAY})),
        inspector("Y", away=frozenset({MONDAY})),
        inspector("Z", most_days_a_week=1),
    ],
)
WEEK = Remaining(ASKED, MONDAY)


def trip(code: str, pair: str) -> Trip:
    """Return the free tour to a home by two."""
    return Trip(Tour((code,), WEEK.open_days[code]), (pair[0], pair[1]))


def test_pair_meets_where_both_are_at_hand() -> None:
    """X and Y meet on Tuesday only, and can make one trip."""
    group = frozenset("XY")
    assert meeting_days(WEEK, group, WEEK.ahead) == {TUESDAY}
    assert most_trips(WEEK, group, WEEK.ahead) == 1


def test_three_make_one_trip_a_day() -> None:
    """Of three one is always over; of four two pairs can go, as far as their week allows."""
    assert most_trips(WEEK, frozenset("WXZ"), MON_TUE) == 2
    assert most_trips(WEEK, frozenset("WXYZ"), MON_TUE) == 3
    assert most_trips(WEEK, frozenset("WZ"), WEEK.ahead) == 1


def test_days_for_trips_that_fit() -> None:
    """Trips of different pairs all have a day on which both are at hand."""
    trips = [trip("A", "WX"), trip("B", "XY"), trip("C", "WY")]
    layout = lay_out(WEEK, trips, 0, inf)
    assert layout.without == ()
    assert not layout.collides
    assert layout.days[trips[1]] == TUESDAY


def test_smallest_collision_is_found() -> None:
    """Two trips of X and Y collide; the others have nothing to do with it."""
    trips = [trip("A", "WX"), trip("B", "XY"), trip("C", "XY"), trip("D", "WY")]
    layout = lay_out(WEEK, trips, 0, inf)
    assert layout.collides
    assert len(layout.without) == 1
    assert set(collision(WEEK, layout, inf)) == {trips[1], trips[2]}


def test_tours_week_by_week() -> None:
    """A tour of two weeks is split into one for each; no day is lost."""
    whole = tours(Remaining(ASKED.model_copy(update={"last": MONDAY.replace(day=20)}), MONDAY))
    split = week_by_week(whole)
    assert len(split) == 2 * len(whole)
    assert whole[0].days == split[0].days | split[1].days
