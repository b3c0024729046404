"""All that is said of a roster problem."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from rostering.parts.base import Part
from rostering.parts.days import (
    Choice,
    Fixed,
    Forbidden,
    History,
    Kept,
    Request,
    Unavailable,
)
from rostering.parts.demand import Cover
from rostering.parts.limits import CountLimit, Fairness, Pattern, Rotation, RunLimit, WeekendLimit
from rostering.parts.people import ShiftType, Staff
from rostering.parts.teams import Apart, Company, KeyWorker, Together


class Parts(Part):
    """The parts of a problem, not yet known to be consistent.

    The roster is to be made for ``days`` days from ``start``.

    Parameters
    ----------
    format
        Version of the JSON form (:mod:`rostering.versions`); those of earlier ones are read too.
    groups
        Names for several shift types, which may stand in the lists of shift types of runs, counts,
        patterns, rotations, company, key workers and successions; so may ``nights`` and ``days``,
        all types that are nights, and that are not. They are replaced when a problem is made.
    substitutes
        Skill → skills whose holders may stand in for it: ``{"照护": {"护理"}}`` lets a nurse cover
        a carer. Not transitive.
    holidays
        Statutory holidays among the days and the day after them, into which the last nights run:
        fairness, and pay at the holiday rate.
    make_up_days
        Saturdays and Sundays that are workdays by decree: they belong to no weekend.
    days_off
        Days from Monday to Friday that a notice takes off for them: overtime is paid as on a rest
        day. Like ``holidays``, both may name the day after the period.
    kept, max_changes
        Cells of a published roster, and how many of them may change.
    """

    format: Literal["rostering-problem-2"] = "rostering-problem-2"
    name: str = ""
    start: date
    days: PositiveInt
    shift_types: tuple[ShiftType, ...]
    staff: tuple[Staff, ...]
    groups: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    substitutes: Mapping[str, frozenset[str]] = Field(default_factory=dict)
    holidays: tuple[NonNegativeInt, ...] = ()
    make_up_days: tuple[NonNegativeInt, ...] = ()
    days_off: tuple[NonNegativeInt, ...] = ()
    cover: tuple[Cover, ...] = ()
    requests: tuple[Request, ...] = ()
    choices: tuple[Choice, ...] = ()
    unavailable: tuple[Unavailable, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    kept: tuple[Kept, ...] = ()
    max_changes: NonNegativeInt | None = None
    runs: tuple[RunLimit, ...] = ()
    counts: tuple[CountLimit, ...] = ()
    weekend_limits: tuple[WeekendLimit, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    fairness: tuple[Fairness, ...] = ()
    company: tuple[Company, ...] = ()
    together: tuple[Together, ...] = ()
    apart: tuple[Apart, ...] = ()
    key_workers: tuple[KeyWorker, ...] = ()
    history: tuple[History, ...] = ()
