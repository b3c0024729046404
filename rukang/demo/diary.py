"""The inspectors' diary: a day and two of them for every visit.

Days are working days on which the home is open; nobody goes twice on a day or more days a week
than they can, while they are away, or to a home they are barred from. The planner of
:mod:`rukang.engines.visits` finds better tours; here it is enough that every rule is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from rukang.base.calendar import calendar_of
from rukang.base.errors import ConflictError
from rukang.bodies.homes import find_home
from rukang.demo.city import InventedHome, InventedInspector
from rukang.stars.interests import barred_from


class Diary:
    """Who goes where on which day."""

    def __init__(self, inspectors: Sequence[InventedInspector]) -> None:
        self._inspectors = inspectors
        self._booked: set[tuple[str, date]] = set()
        self._times: Counter[str] = Counter()

    def pair(
        self, session: Session, home: InventedHome, first: date, last: date
    ) -> tuple[date, list[InventedInspector]]:
        """Return and book the first day on which two can go, and the two.

        Raises
        ------
        ConflictError
            If there is none.
        """
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            if calendar_of(session).kind_of(day).works and day.isoweekday() in home.opening_days:
                free = self.free(session, home, day)
                if len(free) > 1:
                    self._book(free[:2], day)
                    return day, free[:2]
        raise ConflictError(
            f"{first} 至 {last} 之间没有两位评定员可以到 {home.name} 上门。",
            f"No two inspectors can go to {home.name} from {first} to {last}.",
        )

    def third(
        self, session: Session, home: InventedHome, day: date, but: set[str]
    ) -> InventedInspector:
        """Return and book somebody who has not been there to decide what is disputed.

        Raises
        ------
        ConflictError
            If nobody is free.
        """
        for one in self.free(session, home, day):
            if one.email not in but:
                self._book([one], day)
                return one
        raise ConflictError(
            f"{day} 没有第三位评定员可以到 {home.name}。",
            f"No third inspector is free for {home.name} on {day}.",
        )

    def free(self, session: Session, home: InventedHome, day: date) -> list[InventedInspector]:
        """Return who can go to a home on a day: who has gone least first, then who lives near."""
        able = [one for one in self._inspectors if self._able(one, day)]
        emails = [one.email for one in able]
        barred = barred_from(session, find_home(session, home.code), emails, day)
        willing = [one for one in able if one.email not in barred]
        return sorted(willing, key=lambda one: (self._times[one.email], _apart(one, home)))

    def _able(self, one: InventedInspector, day: date) -> bool:
        week = day.isocalendar()[:2]
        days = {on for who, on in self._booked if who == one.email}
        in_week = sum(on.isocalendar()[:2] == week for on in days)
        return day not in one.away and day not in days and in_week < one.most_days

    def _book(self, ones: Sequence[InventedInspector], day: date) -> None:
        for one in ones:
            self._booked.add((one.email, day))
            self._times[one.email] += 1


def _apart(one: InventedInspector, home: InventedHome) -> float:
    """Return how far apart two places are; degrees will do to compare."""
    north, east = one.latitude - home.latitude, one.longitude - home.longitude
    return float(north * north + east * east)
