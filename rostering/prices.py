"""What it costs to relax a hard rule where no roster keeps them all."""

from __future__ import annotations

from rostering.parts import Cover
from rostering.rule import Rule

LAST_BY_DAY = 30_000
"""Price of the last head of a cover: with it nobody at all is there, or nobody in the role.

Above all that one person's shift can break of law, health and hours at once (rest before and after
it, the longest run, overtime, hours of day, week, month and period), so that whoever can be had is
called; and far below a promise, because somebody on leave cannot be had.
"""

LAST_BY_NIGHT = 70_000
"""The same of a cover that a night shift fills: dearer than the last head by day with all that its
change to the night can break, so that one person, if there is only one, is there at night.
"""

PRICES: dict[Rule, int] = {
    # promises to people: more than the last heads of all roles that one person fills
    Rule.LEAVE: 500_000,
    Rule.FIXED: 500_000,
    Rule.FORBIDDEN: 500_000,
    Rule.CHOICE: 5_000,
    Rule.CHANGES: 5_000,
    # law and health
    Rule.REST: 3_000,
    Rule.SUCCESSION: 3_000,
    Rule.MAX_CONSECUTIVE_DAYS: 2_000,
    Rule.RUN_MAXIMUM: 2_000,
    Rule.APART: 2_000,
    Rule.COMPANY: 2_000,
    # an open place beside others who are there; of the last head see LAST_BY_DAY
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

Promises to people come last (leave, pins), then that nobody at all is there, then rest and health,
then one head less beside others; hours go first. Whether a person is fit for a shift is never
relaxed, so it has no price.
"""


def of_missing(item: Cover, is_night: bool) -> tuple[int, int]:
    """Return the prices of a head below a cover's minimum: of any but the last, and of the last.

    Parameters
    ----------
    is_night
        Whether a night shift may fill it.
    """
    each = item.price or PRICES[Rule.COVER_MINIMUM]
    last = item.last_price or (LAST_BY_NIGHT if is_night else LAST_BY_DAY)
    return each, max(each, last)


def of_missing_heads(item: Cover, is_night: bool, missing: int) -> int:
    """Return the price of some heads below a cover's minimum, the last among them if all are."""
    each, last = of_missing(item, is_night)
    return each * missing + (last - each if missing >= item.minimum else 0)
