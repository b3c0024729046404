"""What homes most often do not earn, by the ratings that stand on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rukang.base.definitions import Text
from rukang.bodies.homes import Home
from rukang.stars.register import StarEvent, within
from rukang.stars.register.order import held_on
from rukang.stars.register.records import RatingLoss


@dataclass(frozen=True)
class Failing:
    """A criterion and how many homes did not earn it in full."""

    edition: str
    criterion: str
    title: Text
    homes: int


def failings(session: Session, on: date, region: str = "", limit: int = 10) -> Sequence[Failing]:
    """Return the criteria most homes did not earn in full, the most frequent first."""
    times = func.count()
    query = (
        select(
            RatingLoss.edition,
            RatingLoss.criterion,
            func.min(RatingLoss.title_zh),
            func.min(RatingLoss.title_en),
            times,
        )
        .join(StarEvent, StarEvent.rating_id == RatingLoss.rating_id)
        .join(Home, Home.id == StarEvent.home_id)
        .where(held_on(on), within(region))
        .group_by(RatingLoss.edition, RatingLoss.criterion)
        .order_by(times.desc(), RatingLoss.edition, RatingLoss.criterion)
        .limit(limit)
    )
    return [
        Failing(edition, criterion, Text(zh=zh, en=en), homes)
        for edition, criterion, zh, en, homes in session.execute(query)
    ]
