"""Enact an invented city: everything goes through the services, under a clock that is turned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from rukang.base.access import Database
from rukang.base.access.records import Interest
from rukang.base.database.sealing.vault import Vault
from rukang.bodies.homes import Home, find_home
from rukang.demo.agenda import Agenda, CityClock
from rukang.demo.city import CITY, City, InventedHome, InventedInspector
from rukang.demo.diary import Diary
from rukang.demo.life import World, life
from rukang.engines.rating import Edition
from rukang.stars.inspections import Inspector


def enact(
    url: str,
    vault: Vault,
    city: City,
    editions: Sequence[Edition],
    first: date,
    last: date,
    on_progress: Callable[[date], None],
) -> None:
    """Let a city's homes be inspected and rated from one day to another, both included.

    Parameters
    ----------
    url, vault
        A migrated database without homes, and its keys.
    editions
        The editions inspections go by, each while it is in force.
    on_progress
        Is told every day on which something happens.
    """
    clock = CityClock(datetime(first.year, first.month, first.day, tzinfo=UTC))
    database = Database(url, vault, clock)
    try:
        with database.session() as session:
            register(session, city)
        agenda = Agenda(last)
        world = World(city, editions, last, Diary(city.inspectors))
        for home in city.homes:
            agenda.add(home.number, life(world, home, first))
        while (day := agenda.next_day) is not None:
            clock.to(day)
            with database.session() as session:
                agenda.wake(day, session)
            on_progress(day)
    finally:
        database.close()


def register(session: Session, city: City) -> None:
    """Keep the homes, the inspectors and their conflicts of interest."""
    session.add_all(_home(home) for home in city.homes)
    session.add_all(_inspector(one) for one in city.inspectors)
    session.flush()
    # Nobody signs in to an invented city, so its inspectors have no accounts to declare this for.
    session.add_all(
        Interest(
            home_id=find_home(session, one.home).id,
            email=one.email,
            words=one.words,
            held_from=one.since,
            held_to=one.until,
        )
        for one in city.interests
    )


def _home(home: InventedHome) -> Home:
    return Home(
        code=home.code,
        name=home.name,
        county=home.county,
        address=home.address,
        legal_person=f"{home.name}（示例运营单位）",
        uscc=f"91{home.county}MA3EXAMP{home.number % 10}X",
        capacity=home.capacity,
        floor_area=home.floor_area,
        opened_on=home.opened_on,
        opening_days=list(home.opening_days),
        rest_minutes=660,
        services=list(home.services),
        latitude=home.latitude,
        longitude=home.longitude,
    )


def _inspector(one: InventedInspector) -> Inspector:
    return Inspector(
        email=one.email,
        name=one.name,
        region=CITY,
        latitude=one.latitude,
        longitude=one.longitude,
        skills=list(one.skills),
        most_days=one.most_days,
        away=[day.isoformat() for day in one.away],
    )
