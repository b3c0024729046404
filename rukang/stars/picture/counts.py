"""Stars by county and by edition on a day, and what changed since another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rukang.base.errors import InvalidError
from rukang.bodies.homes import Home
from rukang.stars.register import EventKind, StarEvent, within
from rukang.stars.register.order import held_on

Stars = Mapping[int, int]
"""Homes by star, the highest first; 0 is none."""


@dataclass(frozen=True)
class Change:
    """How many homes went from one star to another; 0 is none."""

    before: int
    after: int
    homes: int


@dataclass(frozen=True)
class Picture:
    """Homes by star: in all, by county (division code), and by edition where a star is held.

    ``before`` is how the same homes stood on ``since``, ``changes`` are those since then, and
    ``events`` counts what took effect after it.
    """

    on: date
    since: date
    homes: int
    by_star: Stars
    before: Stars
    by_county: Mapping[str, Stars]
    by_edition: Mapping[str, Stars]
    changes: Sequence[Change]
    events: Mapping[EventKind, int]


def picture(session: Session, on: date, since: date, region: str = "") -> Picture:
    """Return the stars of a region on a day, and what changed since another.

    Parameters
    ----------
    region
        Division code; empty for all that the session may see.

    Raises
    ------
    InvalidError
        If the other day is not before the day.
    """
    if since >= on:
        raise InvalidError(
            f"比较日 {since} 须早于 {on}。", f"Compare {on} with a day before it, not {since}."
        )
    counties = _counties(session, region)
    now, then = _held(session, on, region), _held(session, since, region)
    stars, before = _stand(counties, now), _stand(counties, then)
    return Picture(
        on=on,
        since=since,
        homes=len(counties),
        by_star=_stars(stars.values()),
        before=_stars(before.values()),
        by_county=_by((counties[home], star) for home, star in stars.items()),
        by_edition=_by((edition, star) for star, edition in now.values()),
        changes=_changes(stars, before),
        events=_events(session, on, since, region),
    )


def _counties(session: Session, region: str) -> dict[int, str]:
    """Return the county of every home."""
    query = select(Home.id, Home.county).where(within(region))
    return dict(session.execute(query).tuples().all())


def _held(session: Session, on: date, region: str) -> dict[int, tuple[int, str]]:
    """Return the star and edition of every home that holds one."""
    query = (
        select(StarEvent.home_id, StarEvent.star, StarEvent.edition)
        .join(Home, Home.id == StarEvent.home_id)
        .where(held_on(on), StarEvent.star > 0, within(region))
    )
    return {home: (star, edition) for home, star, edition in session.execute(query)}


def _stand(homes: Iterable[int], held: Mapping[int, tuple[int, str]]) -> dict[int, int]:
    """Return the star of every home; 0 is none."""
    return {home: held[home][0] if home in held else 0 for home in homes}


def _stars(stars: Iterable[int]) -> Stars:
    return dict(sorted(Counter(stars).items(), reverse=True))


def _by(pairs: Iterable[tuple[str, int]]) -> dict[str, Stars]:
    """Count stars under each name, names in order."""
    found: dict[str, list[int]] = {}
    for name, star in pairs:
        found.setdefault(name, []).append(star)
    return {name: _stars(found[name]) for name in sorted(found)}


def _changes(now: Mapping[int, int], then: Mapping[int, int]) -> list[Change]:
    """Return the moves from one star to another, the most frequent first."""
    moves = Counter((then[home], star) for home, star in now.items())
    return [
        Change(before, after, times)
        for (before, after), times in sorted(moves.items(), key=lambda move: (-move[1], move[0]))
        if before != after
    ]


def _events(session: Session, on: date, since: date, region: str) -> dict[EventKind, int]:
    query = (
        select(StarEvent.kind, func.count())
        .join(Home, Home.id == StarEvent.home_id)
        .where(
            StarEvent.effective_on > since,
            StarEvent.effective_on <= on,
            within(region),
        )
        .group_by(StarEvent.kind)
    )
    return dict(session.execute(query).tuples().all())
