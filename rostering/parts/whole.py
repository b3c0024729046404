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
        Version of the JSON form; a file that does not say it is of this one.
    substitutes
        Skill → skills whose holders may stand in for it: ``{"照护": {"护理"}}`` lets a nurse cover
        a carer. Not transitive.
    holidays
        Statutory holidays among the days: fairness, and pay at the holiday rate.
    make_up_days
        Saturdays and Sundays that are workdays by decree: they belong to no weekend.
    kept, max_changes
        Cells of a published roster, and how many of them may change.
    """

    format: Literal["rostering-problem-1"] = "rostering-problem-1"
    name: str = ""
    start: date
    days: PositiveInt
    shift_types: tuple[ShiftType, ...]
    staff: tuple[Staff, ...]
    substitutes: Mapping[str, frozenset[str]] = Field(default_factory=dict)
    holidays: tuple[NonNegativeInt, ...] = ()
    make_up_days: tuple[NonNegativeInt, ...] = ()
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
