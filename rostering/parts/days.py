"""What is said of single days of single people."""

from __future__ import annotations

from pydantic import ConfigDict, Field, NonNegativeInt, PositiveInt

from rostering.parts.base import Part
from rostering.parts.cells import Cell


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
    """A day on which a person may not be asked to work: leave, training, another post.

    Parameters
    ----------
    from_midnight
        Whether the day is theirs from 00:00 on: no shift of a day before may run into it. One that
        was worked before the period is past.
    """

    staff: str
    day: NonNegativeInt
    from_midnight: bool = False


class Forbidden(Part):
    """A shift type that a person may not be given on a day."""

    staff: str
    day: NonNegativeInt
    shift: str


class CellPart(Part):
    """What is said of one cell: a shift type, or a day off (``shift=None``).

    In files ``shifts`` is the list of what the cell holds; ``shift`` is read too.
    """

    model_config = ConfigDict(
        validate_by_name=True, validate_by_alias=True, serialize_by_alias=True
    )

    staff: str
    day: NonNegativeInt
    shift: Cell = Field(default=None, alias="shifts")


class Fixed(CellPart):
    """A cell that must stay: this shift, or a day off (``shift=None``)."""


class Kept(CellPart):
    """A cell of a published roster: changing it costs ``weight``, and counts as a change.

    :attr:`Parts.max_changes` limits how many may change.
    """

    weight: NonNegativeInt = 1


class History(Part):
    """What a person worked on the days just before the period, oldest first; None is a day off.

    Nothing is assumed about days before the history: a run of work or of days off that reaches
    back to its beginning is never too short.
    """

    staff: str
    shifts: tuple[Cell, ...]
