"""The names of the rules: the model, the checker and the explanation speak of the same thing."""

from __future__ import annotations

from enum import StrEnum


class Rule(StrEnum):
    """A rule that a roster keeps, breaks, or pays for."""

    ASSIGNABLE = "assignable"
    LEAVE = "leave"
    FORBIDDEN = "forbidden"
    FIXED = "fixed"
    CHANGES = "changes"
    SUCCESSION = "succession"
    PATTERN = "pattern"
    ROTATION = "rotation"
    REST = "rest"
    SHIFT_LIMIT = "shift_limit"
    MIN_ASSIGNMENTS = "min_assignments"
    MAX_ASSIGNMENTS = "max_assignments"
    MIN_MINUTES = "min_minutes"
    MAX_MINUTES = "max_minutes"
    WEEK_MINUTES = "week_minutes"
    MONTH_MINUTES = "month_minutes"
    DAY_OVERTIME = "day_overtime"
    MONTH_OVERTIME = "month_overtime"
    MAX_CONSECUTIVE_DAYS = "max_consecutive_days"
    MIN_CONSECUTIVE_DAYS = "min_consecutive_days"
    MIN_CONSECUTIVE_DAYS_OFF = "min_consecutive_days_off"
    RUN_MINIMUM = "run_minimum"
    RUN_MAXIMUM = "run_maximum"
    COUNT_MINIMUM = "count_minimum"
    COUNT_MAXIMUM = "count_maximum"
    WEEKENDS = "weekends"
    CONSECUTIVE_WEEKENDS = "consecutive_weekends"
    COMPLETE_WEEKENDS = "complete_weekends"
    COVER_MINIMUM = "cover_minimum"
    COVER_MAXIMUM = "cover_maximum"
    COVER_UNDER = "cover_under"
    COVER_OVER = "cover_over"
    REQUEST = "request"
    CHOICE = "choice"
    FAIRNESS = "fairness"
    COMPANY = "company"
    TOGETHER = "together"
    APART = "apart"
    KEY_WORKER = "key_worker"

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
    Rule.FORBIDDEN: ("禁排班次", "forbidden assignments"),
    Rule.FIXED: ("固定安排", "pinned assignments"),
    Rule.CHANGES: ("对已发布班表的改动", "changes to the published roster"),
    Rule.SUCCESSION: ("班次衔接", "shift succession"),
    Rule.PATTERN: ("班次组合", "pattern of shifts"),
    Rule.ROTATION: ("轮班顺序", "rotation"),
    Rule.REST: ("班间休息", "rest between shifts"),
    Rule.SHIFT_LIMIT: ("班次次数上限", "limit on a shift type"),
    Rule.MIN_ASSIGNMENTS: ("周期最少班数", "least shifts of the period"),
    Rule.MAX_ASSIGNMENTS: ("周期最多班数", "most shifts of the period"),
    Rule.MIN_MINUTES: ("周期最少工时", "least hours of the period"),
    Rule.MAX_MINUTES: ("周期最多工时", "most hours of the period"),
    Rule.WEEK_MINUTES: ("每周最多工时", "most hours of a week"),
    Rule.MONTH_MINUTES: ("每月最多工时", "most hours of a month"),
    Rule.DAY_OVERTIME: ("每日加班上限", "limit on a day's overtime"),
    Rule.MONTH_OVERTIME: ("每月加班上限", "limit on a month's overtime"),
    Rule.MAX_CONSECUTIVE_DAYS: ("最多连续工作天数", "most consecutive days"),
    Rule.MIN_CONSECUTIVE_DAYS: ("最少连续工作天数", "least consecutive days"),
    Rule.MIN_CONSECUTIVE_DAYS_OFF: ("最少连续休息天数", "least consecutive days off"),
    Rule.RUN_MINIMUM: ("连续天数下限", "least days in a row"),
    Rule.RUN_MAXIMUM: ("连续天数上限", "most days in a row"),
    Rule.COUNT_MINIMUM: ("数量下限", "least count"),
    Rule.COUNT_MAXIMUM: ("数量上限", "most count"),
    Rule.WEEKENDS: ("周末上限", "limit on weekends"),
    Rule.CONSECUTIVE_WEEKENDS: ("连续周末上限", "limit on consecutive weekends"),
    Rule.COMPLETE_WEEKENDS: ("完整周末", "complete weekends"),
    Rule.COVER_MINIMUM: ("最少在岗人数", "minimum cover"),
    Rule.COVER_MAXIMUM: ("最多在岗人数", "maximum cover"),
    Rule.COVER_UNDER: ("低于期望人数", "below the wanted cover"),
    Rule.COVER_OVER: ("高于期望人数", "above the wanted cover"),
    Rule.REQUEST: ("未满足的意愿", "refused requests"),
    Rule.CHOICE: ("多选一的意愿", "requests for one of several days"),
    Rule.FAIRNESS: ("公平分担", "fair shares"),
    Rule.COMPANY: ("不单独当班", "not working alone"),
    Rule.TOGETHER: ("同班搭档", "team mates together"),
    Rule.APART: ("分开排班", "people kept apart"),
    Rule.KEY_WORKER: ("责任照护人在岗", "key worker present"),
}
