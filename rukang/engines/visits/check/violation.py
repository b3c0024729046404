"""A rule that a plan breaks."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from rukang.engines.visits.asked.parts import Frozen


class Rule(StrEnum):
    """What a plan can break."""

    ONCE = "once"
    UNKNOWN = "unknown"
    WORKING_DAY = "working_day"
    OPEN = "open"
    WINDOW = "window"
    FIXED = "fixed"
    SURPRISE = "surprise"
    TWO = "two"
    SKILL = "skill"
    CONFLICT = "conflict"
    AWAY = "away"
    ONE_TOUR = "one_tour"
    NEAR = "near"
    TIMES = "times"
    DAY_MINUTES = "day_minutes"
    WEEK = "week"
    COST = "cost"


class Violation(Frozen):
    """A rule broken, whom and when it concerns, and the same as a sentence."""

    rule: Rule
    zh: str
    en: str
    home: str | None = None
    inspector: str | None = None
    day: date | None = None

    @property
    def message(self) -> str:
        """Return the sentence in both languages."""
        return f"{self.zh} / {self.en}"
