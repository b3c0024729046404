"""Who could take a shift that somebody cannot come for: the same answer on every door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import rostering
from rostering import Problem
from rukang.base.errors import InvalidError
from rukang.rosters.records import RosterPlan
from rukang.rosters.service import roster_of


@dataclass(frozen=True)
class Candidate:
    """Somebody of the home who does not work the shift, and what it would bring if they took it.

    Parameters
    ----------
    code
        Of the member of staff.
    is_allowed
        Whether no hard rule of the home or of law would be broken.
    zh, en
        Name, the shift that is left for it, rules broken and cost, as a sentence.
    """

    code: str
    is_allowed: bool
    zh: str
    en: str


def who_can_cover(plan: RosterPlan, day: date, shift: str) -> list[Candidate]:
    """Return who could take a shift of a roster: first who breaks no rule, at the least cost.

    Raises
    ------
    ConflictError
        If the plan has no roster.
    InvalidError
        If the day lies outside its month, or there is no such shift.
    """
    problem, roster = roster_of(plan)
    number = day_number(problem, day)
    if shift not in problem.shift_by_id:
        there = "、".join(problem.shift_by_id)
        raise InvalidError(
            f"班表里没有所填的班次；现有：{there}。",
            f"The roster has no such shift; there are {there}.",
        )
    return [
        Candidate(one.staff, one.is_allowed, one.sentence.zh, one.sentence.en)
        for one in rostering.recommend(problem, roster, number, shift)
    ]


def day_number(problem: Problem, day: date) -> int:
    """Return the number of a day in a roster's period, from 0.

    Raises
    ------
    InvalidError
        If it lies outside.
    """
    number = (day - problem.start).days
    if not 0 <= number < problem.days:
        last = problem.date(problem.days - 1)
        raise InvalidError(
            f"{day} 不在班表的 {problem.start} 至 {last} 之内。",
            f"{day} is not in the roster's {problem.start} to {last}.",
        )
    return number
