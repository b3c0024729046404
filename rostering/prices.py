"""What it costs to relax a hard rule where no roster keeps them all."""

from __future__ import annotations

from rostering.rule import Rule

PRICES: dict[Rule, int] = {
    # promises to people
    Rule.LEAVE: 10_000,
    Rule.FIXED: 10_000,
    Rule.FORBIDDEN: 10_000,
    Rule.CHOICE: 5_000,
    Rule.CHANGES: 5_000,
    # law and health
    Rule.REST: 3_000,
    Rule.SUCCESSION: 3_000,
    Rule.MAX_CONSECUTIVE_DAYS: 2_000,
    Rule.RUN_MAXIMUM: 2_000,
    Rule.APART: 2_000,
    Rule.COMPANY: 2_000,
    # an open place, which the manager can still fill
    Rule.COVER_MINIMUM: 1_000,
    Rule.KEY_WORKER: 1_000,
    Rule.TOGETHER: 500,
    Rule.PATTERN: 500,
    Rule.ROTATION: 500,
    Rule.WEEKENDS: 500,
    Rule.CONSECUTIVE_WEEKENDS: 500,
    Rule.SHIFT_LIMIT: 500,
    Rule.COMPLETE_WEEKENDS: 300,
    Rule.COVER_MAXIMUM: 300,
    Rule.MIN_CONSECUTIVE_DAYS: 200,
    Rule.MIN_CONSECUTIVE_DAYS_OFF: 200,
    Rule.RUN_MINIMUM: 200,
    Rule.MAX_ASSIGNMENTS: 200,
    Rule.MIN_ASSIGNMENTS: 100,
    # of minutes or shifts: not so dear that the minutes of one shift outweigh a promise
    Rule.COUNT_MAXIMUM: 20,
    Rule.COUNT_MINIMUM: 10,
    # minutes
    Rule.MONTH_OVERTIME: 4,
    Rule.WEEK_MINUTES: 3,
    Rule.MONTH_MINUTES: 3,
    Rule.MAX_MINUTES: 3,
    Rule.MIN_MINUTES: 1,
}
"""Price of relaxing a rule by one head, day, time or minute.

Promises to people come last (leave, pins), then rest and health, then an open shift, which the
manager can still fill; hours go first. Whether a person is fit for a shift is never relaxed, so it
has no price.
"""
