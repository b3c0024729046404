"""The line of a briefing: how many homes of each star on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rukang.base.definitions import Text
from rukang.bodies.homes import Home
from rukang.stars.register.order import held_on
from rukang.stars.register.places import within
from rukang.stars.register.records import StarEvent

NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Summary:
    """Homes by star on a day; ``by_star`` has the highest first and no star without a home."""

    on: date
    homes: int
    by_star: Mapping[int, int]

    @property
    def rated(self) -> int:
        """Return how many homes hold a star."""
        return sum(self.by_star.values())

    @property
    def words(self) -> Text:
        """Return the line: 3 家四星、12 家三星."""
        zh = "、".join(f"{count} 家{NUMERALS[star]}星" for star, count in self.by_star.items())
        en = ", ".join(
            f"{count} {star}-star home{'s' if count > 1 else ''}"
            for star, count in self.by_star.items()
        )
        return Text(zh=zh or "尚无星级机构", en=en or "no home holds a star")


def summary(session: Session, on: date, region: str = "") -> Summary:
    """Return how many homes of a region (division code, or empty for all) hold each star."""
    ours = within(region)
    query = (
        select(StarEvent.star, func.count())
        .join(Home, Home.id == StarEvent.home_id)
        .where(held_on(on), StarEvent.star > 0, ours)
        .group_by(StarEvent.star)
        .order_by(StarEvent.star.desc())
    )
    homes = session.scalar(select(func.count()).select_from(Home).where(ours)) or 0
    counted = dict(session.execute(query).tuples().all())
    return Summary(on, homes, counted)
