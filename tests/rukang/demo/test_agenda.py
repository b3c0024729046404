"""The order in which things happen, the diary of visits, and the edition that fits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from rukang.base.access import Database
from rukang.base.access.records import Interest
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.homes import find_home
from rukang.demo import invent
from rukang.demo.agenda import Agenda, CityClock, Days
from rukang.demo.city import City
from rukang.demo.diary import Diary
from rukang.demo.enact import register
from rukang.demo.life import World
from tests.rukang.demo.conftest import EDITIONS, FIRST, LAST

MONDAY, FRIDAY = date(2026, 6, 1), date(2026, 6, 5)


def life(*days: date) -> Days[None]:
    """Return a life that is woken on some days."""
    for day in days:  # noqa: UP028 - a tuple is sent nothing
        yield day


def woken(agenda: Agenda) -> list[date]:
    """Wake everything, and return the days on which something happened."""
    days = []
    while (day := agenda.next_day) is not None:
        days.append(day)
        agenda.wake(day, Session())
    return days


def test_lives_go_on_side_by_side() -> None:
    """Days come in order, whoever asked for them."""
    agenda = Agenda(LAST)
    agenda.add(2, life(MONDAY, date(2026, 6, 4)))
    agenda.add(1, life(date(2026, 6, 3), FRIDAY))
    assert [day.day for day in woken(agenda)] == [1, 3, 4, 5]


def test_what_falls_on_a_rest_day_is_done_on_the_next_working_day() -> None:
    """National Day 2026 is followed by a working day on the 8th."""
    agenda = Agenda(LAST)
    agenda.add(1, life(date(2026, 10, 1)))
    assert woken(agenda) == [date(2026, 10, 8)]


def test_nothing_happens_after_the_last_day() -> None:
    """A life that asks for a later day is woken no more."""
    agenda = Agenda(FRIDAY)
    agenda.add(1, life(FRIDAY, date(2026, 6, 8)))
    agenda.add(2, life(date(2026, 6, 6)))
    assert woken(agenda) == [FRIDAY]


def test_the_clock_shows_the_day_it_is_turned_to() -> None:
    """It stands in the morning, also in Binzhou."""
    clock = CityClock(datetime(2025, 1, 1, tzinfo=UTC))
    clock.to(MONDAY)
    assert clock() == datetime(2026, 6, 1, 2, tzinfo=UTC)


@pytest.fixture
def city() -> City:
    """Six homes."""
    return invent(1, FIRST, LAST, 6)


@pytest.fixture
def session(empty_database: Database, city: City) -> Iterator[Session]:
    """A session in which the city is on record, without a conflict of interest."""
    with empty_database.session() as session:
        register(session, City(city.seed, city.homes, city.inspectors, ()))
        yield session


def test_the_diary_spreads_visits(session: Session, city: City) -> None:
    """Five pairs of ten people can go on a day; the sixth home waits for the next."""
    diary = Diary(city.inspectors)
    found = [diary.pair(session, home, MONDAY, FRIDAY) for home in city.homes]
    assert [day for day, _ in found] == [MONDAY] * 5 + [date(2026, 6, 2)]
    assert len({one.email for _, pair in found[:5] for one in pair}) == 10


def test_the_diary_leaves_out_who_is_barred(session: Session, city: City) -> None:
    """Where all but one are barred, no two can go and nobody can be the third."""
    home, left = city.homes[0], city.inspectors[0]
    home_id = find_home(session, home.code).id
    session.add_all(
        Interest(home_id=home_id, email=one.email, words="示例", held_from=FIRST)
        for one in city.inspectors[1:]
    )
    diary = Diary(city.inspectors)
    with pytest.raises(ConflictError, match="没有两位评定员"):
        diary.pair(session, home, MONDAY, FRIDAY)
    assert diary.third(session, home, MONDAY, set()) == left
    with pytest.raises(ConflictError, match="没有第三位评定员"):
        diary.third(session, home, FRIDAY, {left.email})


def test_the_diary_keeps_to_days_a_week(session: Session, city: City) -> None:
    """Two inspectors of two days a week go twice a week, and then on the next Monday."""
    two = [one for one in city.inspectors if one.most_days == 2][:2]
    diary = Diary(two)
    days = [diary.pair(session, city.homes[0], MONDAY, LAST)[0] for _ in range(3)]
    assert [(day.month, day.day) for day in days] == [(6, 1), (6, 2), (6, 8)]


def test_an_application_waits_for_an_edition_that_lasts(city: City) -> None:
    """Too late for a visit within the year, it is opened under the next edition."""
    world = World(city, EDITIONS, LAST, Diary(city.inspectors))
    edition, opens_on = world.edition_for(date(2025, 9, 1))
    assert (edition.id, opens_on) == ("example-2025", date(2025, 9, 1))
    edition, opens_on = world.edition_for(date(2025, 11, 3))
    assert (edition.id, opens_on) == ("example-2026", date(2026, 1, 1))
    with pytest.raises(InvalidError, match="请补充下一版"):
        world.edition_for(date(2027, 12, 1))
