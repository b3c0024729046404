"""What is said of single days of single people."""

from __future__ import annotations

from pydantic import NonNegativeInt, PositiveInt

from rostering.parts.base import Part


class Request(Part):
    """A wish for a day: to work a shift (``wanted``) or not; without ``shift``, any shift.

    So ``shift=None, wanted=False`` wishes a day off. Refusing it costs ``weight``.
    """

    staff: str
    day: NonNegativeInt
    shift: str | None = None
    wanted: bool
    weight: NonNegativeInt = 1


class Choice(Part):
    """A request for one of several days: on at least one of them the wish is to be granted.

    The wish is that of :class:`Request`. Granting none costs ``weight``; None makes it hard.
    """

    staff: str
    days: tuple[NonNegativeInt, ...]
    shift: str | None = None
    wanted: bool
    weight: PositiveInt | None = 1


class Unavailable(Part):
    """A day on which a person may not be asked to work: leave, training, another post."""

    staff: str
    day: NonNegativeInt


class Forbidden(Part):
    """A shift type that a person may not be given on a day."""

    staff: str
    day: NonNegativeInt
    shift: str


class Fixed(Part):
    """A cell that must stay: this shift, or a day off (``shift=None``)."""

    staff: str
    day: NonNegativeInt
    shift: str | None = None


class Kept(Part):
    """A cell of a published roster: changing it costs ``weight``, and counts as a change.

    :attr:`Parts.max_changes` limits how many may change.
    """

    staff: str
    day: NonNegativeInt
    shift: str | None = None
    weight: NonNegativeInt = 1


class History(Part):
    """What a person worked on the days just before the period, oldest first; None is a day off.

    Nothing is assumed about days before the history: a run of work or of days off that reaches
    back to its beginning is never too short.
    """

    staff: str
    shifts: tuple[str | None, ...]
