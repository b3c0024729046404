"""Generated care homes of any size, each with a roster that keeps every hard rule.

The people and the roster are made first (:mod:`benchmarks.homes.plan`); cover, limits and rules are
then stated so that this planted roster keeps them. Real homes are not needed to measure, and a
problem that has a roster for certain shows whether an engine finds one.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from benchmarks.homes.families import all_parts
from benchmarks.homes.limits import person
from benchmarks.homes.people import SHIFTS, SUBSTITUTES, workers
from benchmarks.homes.plan import Plan
from rostering import Problem, Roster, Staff

THURSDAY = date(2026, 10, 1)
"""Begin of every period: National Day, in the middle of a week."""

BASIC = {"name", "start", "days", "requests", "unavailable", "fixed", "history", "shift_types"}
"""Parts of a basic home, beside its staff and the cover of its shifts."""


def planted(staff: int, weeks: int, seed: int) -> tuple[Problem, Roster]:
    """Return a home under all rules of care work, and a roster that keeps the hard ones.

    Parameters
    ----------
    staff
        At least 6; trainees, people kept apart and protected people come with larger homes.
    weeks
        Length of the period, from 1 October 2026.
    seed
        The same seed gives the same problem and roster.

    Raises
    ------
    ValueError
        If the home is too small for its nights.
    """
    return _home(staff, 7 * weeks, seed)


def home(staff: int, days: int, seed: int) -> Problem:
    """Return a basic home of so many days: people, cover, wishes, leave and history only."""
    return basic(_home(staff, days, seed)[0])


def basic(problem: Problem) -> Problem:
    """Return a home with nothing but people, cover by shift, wishes, leave, pins and history.

    The roster planted in the full home keeps its rules as well.
    """
    parts = {name: getattr(problem, name) for name in BASIC}
    cover = tuple(item for item in problem.cover if item.shift and item.skill is None)
    return Problem(**parts, cover=cover, staff=tuple(map(_skilled, problem.staff)))


def _skilled(person: Staff) -> Staff:
    """Return a person who has the skills they may stand in for, and no nights if protected."""
    more = {skill for skill, others in SUBSTITUTES.items() if others & person.skills}
    skills, no_night = person.skills | more, person.no_night or person.is_protected
    return person.model_copy(update={"skills": skills, "no_night": no_night})


def _home(staff: int, days: int, seed: int) -> tuple[Problem, Roster]:
    if staff < 6:
        raise ValueError(f"a home of {staff} cannot fill its nights: at least 6 people")
    rng = np.random.default_rng(seed)
    plan = Plan(workers(staff, days, rng), THURSDAY, days, rng)
    plan.fill()
    problem = Problem(
        name=f"home {staff} × {days} days, seed {seed}",
        start=THURSDAY,
        days=days,
        shift_types=SHIFTS,
        staff=tuple(person(plan, worker) for worker in plan.people),
        **all_parts(plan),
    )
    return problem, Roster.from_rows(problem, [plan.row(worker.id) for worker in plan.people])
