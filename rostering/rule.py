"""The names of the rules: the model, the checker and the explanation speak of the same thing."""

from __future__ import annotations

from enum import StrEnum


class Rule(StrEnum):
    """A rule that a roster keeps, breaks, or pays for."""

    ASSIGNABLE = "assignable"
    LEAVE = "leave"
    FIXED = "fixed"
    SUCCESSION = "succession"
    REST = "rest"
    SHIFT_LIMIT = "shift_limit"
    MIN_MINUTES = "min_minutes"
    MAX_MINUTES = "max_minutes"
    WEEK_MINUTES = "week_minutes"
    MAX_CONSECUTIVE_DAYS = "max_consecutive_days"
    MIN_CONSECUTIVE_DAYS = "min_consecutive_days"
    MIN_CONSECUTIVE_DAYS_OFF = "min_consecutive_days_off"
    WEEKENDS = "weekends"
    COVER_MINIMUM = "cover_minimum"
    COVER_MAXIMUM = "cover_maximum"
    COVER_UNDER = "cover_under"
    COVER_OVER = "cover_over"
    REQUEST = "request"

    @property
    def zh(self) -> str:
        """Return the rule's name in Chinese."""
        return NAMES[self][0]

    @property
    def en(self) -> str:
        """Return the rule's name in English."""
        return NAMES[self][1]


NAMES: dict[Rule, tuple[str, str]] = {
    Rule.ASSIGNABLE: ("可任班次", "fit for the shift"),
    Rule.LEAVE: ("休假", "leave"),
    Rule.FIXED: ("固定安排", "pinned assignments"),
    Rule.SUCCESSION: ("班次衔接", "shift succession"),
    Rule.REST: ("班间休息", "rest between shifts"),
    Rule.SHIFT_LIMIT: ("班次次数上限", "limit on a shift type"),
    Rule.MIN_MINUTES: ("周期最少工时", "least hours of the period"),
    Rule.MAX_MINUTES: ("周期最多工时", "most hours of the period"),
    Rule.WEEK_MINUTES: ("每周最多工时", "most hours of a week"),
    Rule.MAX_CONSECUTIVE_DAYS: ("最多连续工作天数", "most consecutive days"),
    Rule.MIN_CONSECUTIVE_DAYS: ("最少连续工作天数", "least consecutive days"),
    Rule.MIN_CONSECUTIVE_DAYS_OFF: ("最少连续休息天数", "least consecutive days off"),
    Rule.WEEKENDS: ("周末上限", "limit on weekends"),
    Rule.COVER_MINIMUM: ("最少在岗人数", "minimum cover"),
    Rule.COVER_MAXIMUM: ("最多在岗人数", "maximum cover"),
    Rule.COVER_UNDER: ("低于期望人数", "below the wanted cover"),
    Rule.COVER_OVER: ("高于期望人数", "above the wanted cover"),
    Rule.REQUEST: ("未满足的意愿", "refused requests"),
}
