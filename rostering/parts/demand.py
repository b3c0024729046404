"""How many people are needed, when, and of which kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import NonNegativeInt, PositiveInt, model_validator

from rostering.parts.base import Part
from rostering.parts.people import Sex, Span


class Cover(Part):
    """Heads needed on a day, of everybody or of those named.

    ``minimum`` and ``maximum`` are hard; each head below or above ``wanted`` costs its weight.
    Without ``wanted`` only the limits speak: it is ``minimum`` then, and heads above it cost
    nothing unless ``over_weight`` says so.

    Parameters
    ----------
    shift, span
        Exactly one is given: the shift type to be worked; or a span of time, counted from the
        begin of the day, throughout which heads are counted whose shift (of this day or one before
        that runs into it, last known days included) covers it wholly. A demand curve by
        time of day is a row of spans. One piece of one shift has to cover it; a shift type without
        a start covers none. If two shifts of a person cover it, both are heads.
    skill, sex, experienced, place
        Count only people who have the skill (themselves or by substitution), are of the sex, are
        experienced; only shifts at the place.
    price, last_price
        Where no roster keeps all hard rules: what a head below ``minimum`` costs, and the last of
        them, without whom nobody is there. None for those of :mod:`rostering.prices`, where the
        last is far dearer than any other, by night more than by day.
    """

    day: NonNegativeInt
    shift: str | None = None
    span: Span | None = None
    skill: str | None = None
    sex: Sex | None = None
    experienced: bool = False
    place: str | None = None
    minimum: NonNegativeInt = 0
    wanted: NonNegativeInt = 0
    maximum: NonNegativeInt | None = None
    under_weight: NonNegativeInt = 100
    over_weight: NonNegativeInt = 1
    price: PositiveInt | None = None
    last_price: PositiveInt | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_wanted(cls, given: Any) -> Any:
        """Let only the limits speak where nothing is said to be wanted."""
        if not isinstance(given, Mapping) or given.get("wanted") is not None:
            return given
        least = given.get("minimum") or 0
        return {"over_weight": 0, **given, "wanted": least}
