"""Where homes lie: divisions by code, counties and the cities and provinces above them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from payroll.policy.places import NATION, chain
from rukang.base.divisions import leading
from rukang.base.errors import InvalidError
from rukang.bodies.homes import Home


def within(place: str) -> ColumnElement[bool]:
    """Return the condition that a home lies in a division; every home does where none is named."""
    return Home.county.startswith(leading(place), autoescape=True)


def places(session: Session) -> Sequence[str]:
    """Return every county with a home the session may see, each after what it lies in."""
    counties = session.scalars(select(Home.county).distinct())
    return sorted({place for county in counties for place in chain(county)} - {NATION})


def require_place(session: Session, place: str) -> None:
    """Refuse a division in which the session sees no home; none named is every home.

    Raises
    ------
    InvalidError
        If there is no home in it.
    """
    known = places(session)
    if place and place not in known:
        raise InvalidError(
            f"行政区划代码 {place!r} 内没有机构，可用的有：{'、'.join(known) or '（尚无机构）'}。",
            f"No home lies in the division {place!r}; there are homes in"
            f" {', '.join(known) or 'none yet'}.",
        )
