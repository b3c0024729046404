"""What a round of visits is made of: inspectors, homes, and what each wish is worth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from rukang.engines.visits.asked.travel import Place

MONDAY_TO_FRIDAY = frozenset(range(1, 6))


class Frozen(BaseModel):
    """A value that never changes and knows no key beyond its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields changed, and nothing remembered of the old ones."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]  # pydantic copies cached properties along
        return copied


class Inspector(Frozen):
    """Somebody who visits homes.

    Parameters
    ----------
    base
        Where each day begins and ends.
    away
        Days on which they are not at hand.
    most_days_a_week
        Days with visits from Monday to Sunday.
    barred
        Homes they may not inspect because of a conflict of interest.
    last_visited
        Homes they inspected last time; rotation would rather send others.
    """

    code: str
    name: str
    base: Place
    skills: frozenset[str] = frozenset()
    away: frozenset[date] = frozenset()
    most_days_a_week: int = Field(default=3, ge=1, le=7)
    barred: frozenset[str] = frozenset()
    last_visited: frozenset[str] = frozenset()


class VisitHome(Frozen):
    """A home to be visited once.

    Parameters
    ----------
    minutes
        How long the visit takes.
    needs
        Skills each of which at least one of the two must have.
    not_before, due
        First and last day allowed; none where there is no limit but the round's.
    weekdays
        ISO weekdays (1 is Monday) on which the home is open; a make-up workday counts as its own.
    closed
        Single days on which it is closed all the same.
    fixed
        The day that is agreed; none leaves it to the planner.
    surprise
        Whether the visit comes without notice, its day drawn by the seed.
    last_visit
        When it was visited last; a surprise visit comes on another weekday.
    """

    code: str
    name: str
    place: Place
    minutes: int = Field(gt=0)
    needs: frozenset[str] = frozenset()
    not_before: date | None = None
    due: date | None = None
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    closed: frozenset[date] = frozenset()
    fixed: date | None = None
    surprise: bool = False
    last_visit: date | None = None


class Prices(Frozen):
    """What each unit of a wish left unmet costs; an example, not official.

    Parameters
    ----------
    left_out
        A home without a visit.
    travel_minute
        A minute on the road of one inspector.
    seen_last_time
        An inspector at a home they inspected last time.
    spread_point
        A started per cent between the most and the least loaded, each as days with visits out of
        the days they could give.
    moved, new_inspector
        In a changed plan: a visit on another day, and an inspector new to a visit.
    """

    left_out: int = Field(default=10_000, ge=0)
    travel_minute: int = Field(default=1, ge=0)
    seen_last_time: int = Field(default=60, ge=0)
    spread_point: int = Field(default=10, ge=0)
    moved: int = Field(default=300, ge=0)
    new_inspector: int = Field(default=200, ge=0)
