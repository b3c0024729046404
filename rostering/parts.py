"""The parts of a roster problem: frozen values that refuse unknown keys.

Days are numbered from 0; the days before are −1, −2, … (see :class:`History`). Times are minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt

Identifier = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """A frozen piece of a problem that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ShiftType(Part):
    """A kind of shift.

    Parameters
    ----------
    start
        Minute of the day when it begins; None when the clock does not matter.
    minutes
        Length by the clock, for rest.
    paid_minutes
        What it counts towards limits of minutes.
    skill
        What a person must be able to do to work it; None for nothing.
    forbidden_next
        Shift types that may not follow on the very next day.
    """

    id: Identifier
    name: str = ""
    start: Annotated[int, Field(ge=0, lt=24 * 60)] | None = None
    minutes: NonNegativeInt
    paid_minutes: NonNegativeInt
    skill: str | None = None
    is_night: bool = False
    forbidden_next: tuple[str, ...] = ()


class Staff(Part):
    """A person and the limits of their work; None means no limit.

    Parameters
    ----------
    shift_limits
        Most shifts of a type over the period; 0 means the person may not work it, a type that is
        not named has no limit.
    max_week_minutes
        Most minutes from Monday to Sunday; days of the history count in a week they share.
    max_weekends
        Most weekends with work on Saturday, Sunday or both.
    min_rest_minutes
        Least time by the clock between the end of a shift and the begin of the next.
    no_night
        Whether night shifts are out (pregnancy from month 7, nursing a child under one).
    """

    id: Identifier
    name: str = ""
    skills: frozenset[str] = frozenset()
    shift_limits: Mapping[str, NonNegativeInt] = Field(default_factory=dict)
    min_minutes: NonNegativeInt = 0
    max_minutes: NonNegativeInt | None = None
    max_week_minutes: NonNegativeInt | None = None
    max_consecutive_days: PositiveInt | None = None
    min_consecutive_days: PositiveInt = 1
    min_consecutive_days_off: PositiveInt = 1
    max_weekends: NonNegativeInt | None = None
    min_rest_minutes: NonNegativeInt | None = None
    no_night: bool = False


class Cover(Part):
    """Heads needed on a day in a shift, of everybody or of those with a skill.

    ``minimum`` and ``maximum`` are hard; each head below or above ``wanted`` costs its weight.
    """

    day: NonNegativeInt
    shift: str
    skill: str | None = None
    minimum: NonNegativeInt = 0
    wanted: NonNegativeInt
    maximum: NonNegativeInt | None = None
    under_weight: NonNegativeInt = 100
    over_weight: NonNegativeInt = 1


class Request(Part):
    """A wish for a day: to work a shift (``wanted``) or not; without ``shift``, any shift.

    So ``shift=None, wanted=False`` wishes a day off. Refusing it costs ``weight``.
    """

    staff: str
    day: NonNegativeInt
    shift: str | None = None
    wanted: bool
    weight: NonNegativeInt = 1


class Unavailable(Part):
    """A day on which a person may not be asked to work: leave, training, another post."""

    staff: str
    day: NonNegativeInt


class Fixed(Part):
    """A cell that must stay: this shift, or a day off (``shift=None``)."""

    staff: str
    day: NonNegativeInt
    shift: str | None = None


class History(Part):
    """What a person worked on the days just before the period, oldest first; None is a day off.

    Nothing is assumed about days before the history: a run of work or of days off that reaches
    back to its beginning is never too short.
    """

    staff: str
    shifts: tuple[str | None, ...]


class Parts(Part):
    """All that is said of a roster problem, not yet known to be consistent.

    The roster is to be made for ``days`` days from ``start``.
    """

    name: str = ""
    start: date
    days: PositiveInt
    shift_types: tuple[ShiftType, ...]
    staff: tuple[Staff, ...]
    cover: tuple[Cover, ...] = ()
    requests: tuple[Request, ...] = ()
    unavailable: tuple[Unavailable, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    history: tuple[History, ...] = ()
