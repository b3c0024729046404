"""One place at which a rule is not kept: hard, or with its cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from rostering.rule import Rule


class About(TypedDict):
    """What the breaches of one part have in common: its weight, and where it stands."""

    weight: int | None
    where: tuple[str, int] | None


HARD: About = {"weight": None, "where": None}
"""Of what stands on a person."""


@dataclass(frozen=True)
class Breach:
    """One place at which a rule is not kept.

    Parameters
    ----------
    staff, day, shift
        Whom, when and which shift type it concerns; None where it is no one in particular.
    amount
        By how much: heads, days, times, minutes or started units, as the rule counts.
    cost
        What it costs in all; None if the rule is hard.
    zh, en
        The same as a sentence with numbers.
    where
        The part of the problem it comes from: its list and its number in it.
    """

    rule: Rule
    staff: str | None
    day: int | None
    shift: str | None
    amount: int
    cost: int | None
    zh: str
    en: str
    where: tuple[str, int] | None = None


def price(amount: int, weight: int | None) -> int | None:
    """Return what an amount costs, None if the rule is hard."""
    return None if weight is None else amount * weight


def many(count: int, one: str, more: str = "") -> str:
    """Return a count with its English noun: 1 shift, 2 shifts, 2 people."""
    return f"{count} {one if count == 1 else more or f'{one}s'}"


def hours(minutes: int) -> str:
    """Return minutes in hours, without needless digits: 450 is 7.5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
