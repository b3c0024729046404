"""Limits that stand on a person, in words, and how sentences about people and days begin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rostering.changes import Sentence
from rostering.days import when
from rostering.problem import Problem
from rostering.rule import Rule

HOUR = 60


def name_of(problem: Problem, staff: str) -> str:
    """Return what to call a person."""
    return problem.staff_by_id[staff].name or staff


def about(problem: Problem, staff: str, day: int | None, zh: str, en: str) -> Sentence:
    """Return a sentence that begins with a person, and a day if there is one."""
    name = name_of(problem, staff)
    if day is None:
        return Sentence(f"{name}：{zh}", f"{name}: {en}")
    day_zh, day_en = when(problem, day)
    return Sentence(f"{name} {day_zh}：{zh}", f"{name} {day_en}: {en}")


def dated(problem: Problem, day: int, zh: str, en: str) -> Sentence:
    """Return a sentence that begins with a day."""
    day_zh, day_en = when(problem, day)
    return Sentence(f"{day_zh} {zh}", f"{day_en} {en}")


def hours(minutes: int) -> str:
    """Return minutes as hours, with no needless decimals."""
    return f"{minutes / HOUR:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class PersonLimit:
    """A field of a person; ``none`` is its value when there is no limit."""

    field: str
    rule: Rule
    none: int | None
    zh: str
    en: str
    shown: Callable[[int], str] = str

    def words(self, value: int) -> tuple[str, str]:
        """Return the limit with its number, in Chinese and English."""
        return self.zh.format(self.shown(value)), self.en.format(self.shown(value))


LIMITS: tuple[PersonLimit, ...] = (
    PersonLimit(
        "min_minutes",
        Rule.MIN_MINUTES,
        0,
        "整个周期至少 {} 小时",
        "at least {} h in the period",
        hours,
    ),
    PersonLimit(
        "min_assignments",
        Rule.MIN_ASSIGNMENTS,
        0,
        "整个周期至少 {} 班",
        "at least {} shifts in the period",
    ),
    PersonLimit(
        "max_minutes",
        Rule.MAX_MINUTES,
        None,
        "整个周期最多 {} 小时",
        "at most {} h in the period",
        hours,
    ),
    PersonLimit(
        "max_assignments",
        Rule.MAX_ASSIGNMENTS,
        None,
        "整个周期最多 {} 班",
        "at most {} shifts in the period",
    ),
    PersonLimit(
        "max_week_minutes",
        Rule.WEEK_MINUTES,
        None,
        "每周最多 {} 小时",
        "at most {} h a week",
        hours,
    ),
    PersonLimit(
        "max_month_minutes",
        Rule.MONTH_MINUTES,
        None,
        "每月最多 {} 小时",
        "at most {} h a month",
        hours,
    ),
    PersonLimit(
        "max_month_overtime",
        Rule.MONTH_OVERTIME,
        None,
        "每月加班最多 {} 小时",
        "at most {} h of overtime a month",
        hours,
    ),
    PersonLimit(
        "max_consecutive_days",
        Rule.MAX_CONSECUTIVE_DAYS,
        None,
        "最多连续工作 {} 天",
        "at most {} days running",
    ),
    PersonLimit(
        "min_consecutive_days",
        Rule.MIN_CONSECUTIVE_DAYS,
        1,
        "至少连续工作 {} 天",
        "at least {} days running",
    ),
    PersonLimit(
        "min_consecutive_days_off",
        Rule.MIN_CONSECUTIVE_DAYS_OFF,
        1,
        "至少连续休息 {} 天",
        "at least {} days off running",
    ),
    PersonLimit(
        "max_weekends",
        Rule.WEEKENDS,
        None,
        "最多 {} 个周末上班",
        "at most {} weekends worked",
    ),
    PersonLimit(
        "min_rest_minutes",
        Rule.REST,
        None,
        "班间至少休息 {} 小时",
        "at least {} h of rest between shifts",
        hours,
    ),
)
"""Every limit of a person that may give way; a day's overtime is a matter of fitness."""
