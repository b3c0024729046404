"""Rules for one person's row that may be hard or have a price."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field, NonNegativeInt, PositiveInt

from rostering.parts.base import Limit, Part


class RunOf(StrEnum):
    """Whose days in a row a :class:`RunLimit` counts."""

    WORK = "work"
    OFF = "off"
    NIGHTS = "nights"
    SHIFTS = "shifts"


class RunLimit(Limit):
    """Least and most days in a row: worked, off, night shifts, or one of some shift types.

    A run is too short only if its begin and its end are both known and it is not wholly past (one
    that ends on day −1 is not); the weight is paid for every missing day. It is too long by every
    day beyond the most, also days of a run that began in the history; of those, only days of the
    period are counted.

    Parameters
    ----------
    shifts
        With ``of=SHIFTS``: a day of any of them belongs to the run.
    """

    of: RunOf
    shifts: tuple[str, ...] = ()
    minimum: PositiveInt = 1
    maximum: PositiveInt | None = None


class Measure(StrEnum):
    """What a :class:`CountLimit` adds up."""

    ASSIGNMENTS = "assignments"
    MINUTES = "minutes"
    OVERTIME = "overtime"


class Reach(StrEnum):
    """Over which days a :class:`CountLimit` adds up; weeks begin on Monday, months on the 1st."""

    PERIOD = "period"
    WEEK = "week"
    MONTH = "month"


class CountLimit(Limit):
    """Least and most of something a person works over the period, each week or each month.

    The weight is paid for every started ``unit`` below or above. Days of the history count in a
    week or month that they share with the period, and not over the period. A week or month that
    the end of the period cuts counts what lies inside, and its minimum is not asked for.

    Parameters
    ----------
    shifts
        Shift types that count; empty for all.
    days
        Days of the period that count; empty for all. With days, only ``reach=PERIOD``.
    unit
        Shifts, or minutes; whoever sets weights on minutes usually wants 60.
    past
        What people had before the period, as a number instead of as days: it counts over the
        period, or in the week or month that the period begins in, in place of the days of the
        history. A person not named has what the history says.
    """

    measure: Measure = Measure.ASSIGNMENTS
    reach: Reach = Reach.PERIOD
    shifts: tuple[str, ...] = ()
    days: tuple[NonNegativeInt, ...] = ()
    minimum: NonNegativeInt = 0
    maximum: NonNegativeInt | None = None
    unit: PositiveInt = 1
    past: Mapping[str, NonNegativeInt] = Field(default_factory=dict)


class WeekendLimit(Limit):
    """Weekends of a person: how many are worked, how many in a row, and whether whole.

    A weekend is the Saturday and Sunday of a week, less make-up workdays
    (:attr:`Parts.make_up_days`), worked when any of its days is; the Saturday may lie in the
    history. One that the period holds no day of does not count, except in a row. One whose days
    are all make-up workdays is none, and does not interrupt a row.

    Parameters
    ----------
    maximum
        Most weekends worked.
    max_consecutive
        Most weekends worked in a row; the history's count. The weight is paid for each weekend of
        the period that is beyond the most in its row.
    complete
        Whether a weekend is to be worked on both days or on neither; those cut by the edge of what
        is known are exempt. The weight is paid for each that is not.
    past
        Weekends that people worked before the first of the period, by person; they count towards
        ``maximum``. A person not named had none.
    """

    maximum: NonNegativeInt | None = None
    max_consecutive: NonNegativeInt | None = None
    complete: bool = False
    past: Mapping[str, NonNegativeInt] = Field(default_factory=dict)


class PatternKind(StrEnum):
    """What a cell of a :class:`Pattern` may be besides shift types."""

    OFF = "off"
    WORK = "work"
    ANY = "any"


class Pattern(Limit):
    """A sequence of days that must not, or should not, occur: successions and longer patterns.

    Parameters
    ----------
    cells
        For each of two or more days in a row: off, work or any, or some shift types. The first
        days may lie in the history, the last may not; an unknown day matches nothing, not even
        ``any``. Every occurrence is one breach, also where occurrences overlap.
    weekday
        Weekday of the first day, 0 for Monday; None for every day.
    name
        What to call it in explanations.
    """

    cells: Annotated[tuple[PatternKind | tuple[str, ...], ...], Field(min_length=1)]
    weekday: Annotated[int, Field(ge=0, le=6)] | None = None
    name: str = ""


class Rotation(Limit):
    """Shift types are to follow in an order, say early, late, night: a step back is a breach.

    Parameters
    ----------
    order
        Groups of shift types, first to last; from the last, only a rest longer than
        ``over_days_off`` leads back to an earlier one.
    over_days_off
        Days off between two shifts over which the order still holds. A shift type of no group
        between them ends it.
    """

    order: Annotated[tuple[tuple[str, ...], ...], Field(min_length=2)]
    over_days_off: NonNegativeInt = 0


class FairOver(StrEnum):
    """What is to be shared fairly."""

    NIGHTS = "nights"
    WEEKENDS = "weekends"
    HOLIDAYS = "holidays"
    MINUTES = "minutes"
    REFUSALS = "refusals"


class Fairness(Part):
    """Share something fairly over the period and the year so far.

    A person's load is what they had before (``past``) plus what the roster gives on days of the
    period: night shifts, weekends with work, shifts on holidays, paid minutes, or refused requests.
    Only those share who may have it at all: nights among people who are fit for a night shift,
    weekends among those whose own limit allows one, everything but refusals among those who are
    fit for any shift; and in each case those who are not on leave whenever there is any.
    Their fair share is the whole load, as far as it is known beforehand, divided by ``shares``:
    the past of all who share, plus what the cover of shift types wants (nights; heads on the
    busiest day of each weekend; heads on holidays; paid minutes), and for refusals nothing but the
    past. Of several covers for one shift type on one day, the greatest ``wanted`` counts, since
    heads with a skill are heads of the shift as well. The first started unit
    above the share, rounded up, costs ``weight``, the second twice that, the third and any more
    three times: so it is dearer to load one person twice than two people once.

    Parameters
    ----------
    staff
        Who shares; empty for everybody.
    past
        Load of the year so far by person; a person not named had none.
    shares
        Parts that a person takes, say per cent of full time; a person not named takes 100. Without
        any, minutes are shared by contract: by the most minutes of the period, of a month or of a
        week (the first of these limits that everybody who shares has), everything else alike.
    unit
        Size of a unit: 1 for counts, minutes for minutes. Weekends are always counted by 1.
    """

    over: FairOver
    staff: tuple[str, ...] = ()
    weight: PositiveInt = 1
    past: Mapping[str, NonNegativeInt] = Field(default_factory=dict)
    shares: Mapping[str, PositiveInt] = Field(default_factory=dict)
    unit: PositiveInt = 1
