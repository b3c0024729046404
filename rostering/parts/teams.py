"""Rules between people who work at the same time. Hard, or with a price.

Two shifts meet if they are the same type on the same day, or at the same place and their pieces
share time by the clock, also where one of them is a night that runs into the day of the other. What
is worked before the period counts as far as it is known, what after it nobody knows. Shift types
that name no place share one; those without a start, or of no length, meet only the same type.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, NonNegativeInt, PositiveInt

from rostering.parts.base import Part


class Company(Part):
    """Whoever works needs somebody with them: nobody alone, a trainee with a mentor.

    Every shift of one of ``staff`` must meet a shift of one of ``by`` (not themselves).
    The weight is paid for every shift worked without.

    Parameters
    ----------
    staff
        Who needs company; empty for everybody.
    by
        Who is company; empty for everybody.
    shifts
        Shift types of ``staff`` that need company; empty for all.
    same_shift
        Whether the company must work the same shift type.
    """

    staff: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
    same_shift: bool = False
    weight: PositiveInt | None = None
    name: str = ""


class Together(Part):
    """Team mates who like to work together: every shift that only one of them works costs.

    So on a day on which both work, but different types, the weight is paid twice.
    """

    staff: tuple[str, str]
    weight: PositiveInt | None = 1


class Apart(Part):
    """People who are kept apart: at every moment at most one of them is at a place.

    Each head more, on each day, at each place and each moment at which a piece of some shift type
    there begins, costs the weight; a night from the day before is a head too. If two shifts of one
    person cover a moment, both are heads; those whom the history alone brings together are past. A
    shift type without a start is a moment of its own.
    """

    staff: Annotated[tuple[str, ...], Field(min_length=2)]
    weight: PositiveInt | None = None


class KeyWorker(Part):
    """On each of a resident's days one of their key workers is to be present.

    Parameters
    ----------
    resident
        How to call the resident in explanations.
    shifts
        Shift types that count as present; empty for all.
    """

    resident: str
    staff: Annotated[tuple[str, ...], Field(min_length=1)]
    days: tuple[NonNegativeInt, ...]
    shifts: tuple[str, ...] = ()
    weight: PositiveInt | None = None
