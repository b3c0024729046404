"""Homes with ratings of the tiny edition, ready for the register."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from rukang.bodies.homes import Home
from rukang.engines.rating import State
from rukang.stars.ratings.records import RatingRecord
from rukang.stars.ratings.service import store_rating
from rukang.stars.register import StarEvent, grant
from tests.rukang.engines.rating.tiny import edition, sheet

EDITION = edition(valid_from="2020-01-01", valid_to="2030-12-31")

ON = date(2026, 3, 31)
LAST = date(2028, 3, 31)
"""The last day of a star granted on that day for 24 months."""

ANSWERS: dict[int | None, dict[str, Any]] = {
    3: {},
    2: {"S2": "b", "T1": "0.5"},
    1: {"S2": "b", "S3": 5, "T3": 0},
    0: {"T4": False},
    None: {"S1": State.NO_DATA},
}
"""What has to be answered to reach a star; None is no result at all."""


def a_rating(session: Session, home: Home, star: int | None, on: date = ON) -> RatingRecord:
    """Return a kept rating that reached a star."""
    filled = sheet(**ANSWERS[star]).model_copy(update={"home": home.code, "on": on})
    rating = store_rating(session, home, EDITION, filled)
    assert rating.star == star
    return rating


def a_star(session: Session, home: Home, star: int, on: date = ON) -> StarEvent:
    """Return the entry of a star that a home was granted."""
    return grant(session, home, a_rating(session, home, star, on), EDITION, on)
