"""Reading the register as of any day: what the public may know, and nothing of persons."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select
from sqlalchemy.orm import Session

from rukang.bodies.homes import Home
from rukang.stars.register.order import held_on
from rukang.stars.register.places import within
from rukang.stars.register.records import EventKind, StarEvent


@dataclass(frozen=True)
class Filter:
    """What is looked for; empty means any.

    ``region`` is a division code (371600 takes in every county of Binzhou); ``text`` is part of a
    name, code or address, in whatever case.
    """

    region: str = ""
    star: int | None = None
    service: str = ""
    text: str = ""


@dataclass(frozen=True)
class Entry:
    """A home on the register on some day; days are inclusive."""

    code: str
    name: str
    county: str
    address: str
    services: tuple[str, ...]
    capacity: int
    star: int
    edition: str
    kind: EventKind
    since: date
    until: date
    words: str


def search(
    session: Session, on: date, wanted: Filter | None = None, limit: int = 50, offset: int = 0
) -> tuple[Sequence[Entry], int]:
    """Return the homes that hold a star on a day, the highest first, and how many there are.

    Parameters
    ----------
    on
        The day asked about; what was entered later about it is seen too.
    limit, offset
        The part of the list to return.
    """
    query = _query(on, wanted or Filter())
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    in_order = query.order_by(StarEvent.star.desc(), Home.county, Home.code)
    rows = session.execute(in_order.limit(limit).offset(offset))
    return [_entry(home, event) for home, event in rows], count


def services(session: Session) -> Sequence[str]:
    """Return every service that some home offers."""
    return sorted(
        {service for offered in session.scalars(select(Home.services)) for service in offered}
    )


def _query(on: date, wanted: Filter) -> Select[tuple[Home, StarEvent]]:
    query = select(Home, StarEvent).join(StarEvent, StarEvent.home_id == Home.id)
    return query.where(held_on(on), StarEvent.star > 0, *_conditions(wanted))


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    found = [within(wanted.region)]
    if wanted.star is not None:
        found.append(StarEvent.star == wanted.star)
    if wanted.service:
        # A list of services is kept as JSON text, in which Chinese is escaped.
        services = cast(Home.services, String)
        found.append(services.contains(json.dumps(wanted.service), autoescape=True))
    if wanted.text:
        columns = (Home.name, Home.code, Home.address)
        found.append(or_(*(column.icontains(wanted.text, autoescape=True) for column in columns)))
    return found


def _entry(home: Home, event: StarEvent) -> Entry:
    return Entry(
        code=home.code,
        name=home.name,
        county=home.county,
        address=home.address,
        services=tuple(home.services),
        capacity=home.capacity,
        star=event.star,
        edition=event.edition,
        kind=event.kind,
        since=event.effective_on,
        until=event.valid_until,
        words=event.words,
    )
