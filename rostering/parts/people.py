"""Shift types and the people who work them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Annotated

from pydantic import (
    BeforeValidator,
    Field,
    NonNegativeInt,
    PlainSerializer,
    PositiveInt,
    WithJsonSchema,
)

from rostering.parts.base import Identifier, Part
from rostering.parts.cells import TIME_SCHEMA, clock_of, minutes_of

DAY = 24 * 60

Minute = Annotated[
    int,
    BeforeValidator(minutes_of),
    Field(ge=0, lt=24 * 60),
    PlainSerializer(clock_of, when_used="json"),
    WithJsonSchema(TIME_SCHEMA),
]
"""A minute of the day: 450, or 07:30; text in JSON."""

Later = Annotated[
    int,
    BeforeValidator(minutes_of),
    Field(ge=0),
    PlainSerializer(clock_of, when_used="json"),
    WithJsonSchema(TIME_SCHEMA),
]
"""The same, going on after midnight: 1500, or 25:00."""


class Sex(StrEnum):
    """Sex of a person, where personal care asks for it."""

    FEMALE = "female"
    MALE = "male"


class Span(Part):
    """A piece of a split shift: minutes after the begin of the day, and length."""

    start: Later
    minutes: PositiveInt


class ShiftType(Part):
    """A kind of shift.

    Parameters
    ----------
    start
        Minute of the day when it begins; None when the clock does not matter.
    minutes
        Length by the clock from begin to end, for rest and overlap.
    paid_minutes
        What it counts towards limits of minutes.
    skill
        Skill or role worked: what a person must be able to do, themselves or by substitution
        (:attr:`Parts.substitutes`); None for nothing.
    place
        Where it is worked; people at other places are no company.
    forbidden_next
        Shift types that may not follow on the very next day.
    spans
        The pieces of a split shift in order, inside start and length, with time between them;
        empty for one piece. Between the pieces the person is not present, but not at rest either.
    """

    id: Identifier
    name: str = ""
    start: Minute | None = None
    minutes: NonNegativeInt
    paid_minutes: NonNegativeInt
    skill: str | None = None
    place: str | None = None
    is_night: bool = False
    forbidden_next: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()

    @property
    def pieces(self) -> tuple[Span, ...]:
        """Return when it is worked: its spans, or all of it; nothing without a start or length."""
        if self.spans or self.start is None or self.minutes == 0:
            return self.spans
        return (Span(start=self.start, minutes=self.minutes),)

    @cached_property
    def paid_by_day(self) -> tuple[int, ...]:
        """Return the paid minutes worked on its own day, on the next, and so on.

        They are divided as the minutes by the clock are, rounded down from the begin on, so that
        their sum is what it pays: a night of 21:00–07:00 that pays 570 has 171 and 399.
        """
        ends = [piece.start + piece.minutes for piece in self.pieces]
        whole = sum(piece.minutes for piece in self.pieces)
        if not whole:
            return (self.paid_minutes,)
        midnights = range(DAY, max(ends) + DAY, DAY)
        by_then = [
            sum(max(0, min(piece.minutes, midnight - piece.start)) for piece in self.pieces)
            for midnight in midnights
        ]
        paid = [self.paid_minutes * minutes // whole for minutes in by_then]
        return tuple(now - before for before, now in pairwise([0, *paid]))


class Staff(Part):
    """A person and the hard limits of their work; None means no limit.

    Parameters
    ----------
    shift_limits
        Most shifts of a type over the period; 0 means the person may not work it, a type that is
        not named has no limit.
    min_minutes, max_minutes
        Paid minutes over the period.
    max_week_minutes, max_month_minutes
        Most minutes from Monday to Sunday, and in a calendar month; days of the history count in a
        week or month they share.
    min_assignments, max_assignments
        Shifts over the period.
    max_consecutive_days, min_consecutive_days, min_consecutive_days_off
        Days in a row worked and off; runs that touch an unknown day are never too short.
    max_weekends
        Most weekends with work on Saturday, Sunday or both, as :attr:`WeekendLimit.maximum` counts.
    min_rest_minutes
        Least time by the clock between the end of a shift and the begin of any later one.
    day_minutes
        Contract minutes of a day; paid minutes of a shift beyond them are overtime. None: a shift
        has no overtime.
    max_day_overtime, max_month_overtime
        Most overtime minutes of a day, and of a calendar month (劳动法 art. 41: 3 h and 36 h).
    is_protected
        No night shift and no overtime at all: pregnancy from month 7, nursing a child under one
        (女职工劳动保护特别规定 art. 6 and 9).
    no_night
        No night shifts, for any other reason.
    """

    id: Identifier
    name: str = ""
    skills: frozenset[str] = frozenset()
    sex: Sex | None = None
    is_experienced: bool = False
    shift_limits: Mapping[str, NonNegativeInt] = Field(default_factory=dict)
    min_minutes: NonNegativeInt = 0
    max_minutes: NonNegativeInt | None = None
    max_week_minutes: NonNegativeInt | None = None
    max_month_minutes: NonNegativeInt | None = None
    min_assignments: NonNegativeInt = 0
    max_assignments: NonNegativeInt | None = None
    max_consecutive_days: PositiveInt | None = None
    min_consecutive_days: PositiveInt = 1
    min_consecutive_days_off: PositiveInt = 1
    max_weekends: NonNegativeInt | None = None
    min_rest_minutes: NonNegativeInt | None = None
    day_minutes: NonNegativeInt | None = None
    max_day_overtime: NonNegativeInt | None = None
    max_month_overtime: NonNegativeInt | None = None
    is_protected: bool = False
    no_night: bool = False
