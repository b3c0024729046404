"""How many people are needed, when, and of which kind."""

from __future__ import annotations

from pydantic import NonNegativeInt

from rostering.parts.base import Part
from rostering.parts.people import Sex, Span


class Cover(Part):
    """Heads needed on a day, of everybody or of those named.

    ``minimum`` and ``maximum`` are hard; each head below or above ``wanted`` costs its weight.

    Parameters
    ----------
    shift, span
        Exactly one is given: the shift type to be worked; or a span of time, counted from the
        begin of the day, throughout which heads are counted whose shift (of this day or the day
        before, last known day included) covers it wholly. A demand curve by time of day is a row
        of spans. One piece of one shift has to cover it; a shift type without a start covers none.
        If the shifts of both days of a person cover it, both are heads.
    skill, sex, experienced, place
        Count only people who have the skill (themselves or by substitution), are of the sex, are
        experienced; only shifts at the place.
    """

    day: NonNegativeInt
    shift: str | None = None
    span: Span | None = None
    skill: str | None = None
    sex: Sex | None = None
    experienced: bool = False
    place: str | None = None
    minimum: NonNegativeInt = 0
    wanted: NonNegativeInt
    maximum: NonNegativeInt | None = None
    under_weight: NonNegativeInt = 100
    over_weight: NonNegativeInt = 1
