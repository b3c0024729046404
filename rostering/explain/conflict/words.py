"""The openings of sentences about people and days."""

from __future__ import annotations

from rostering.changes import Sentence
from rostering.days import when
from rostering.problem import Problem

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
