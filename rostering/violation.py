"""A broken hard rule, and an item of cost."""

from __future__ import annotations

from dataclasses import dataclass

from rostering.rule import Rule


@dataclass(frozen=True)
class Violation:
    """A hard rule that a roster breaks.

    Parameters
    ----------
    staff, day
        Whom and when it concerns; None where it is about nobody or no day in particular.
    amount
        By how much: heads, days, times or minutes, as the rule counts.
    zh, en
        The same as a sentence with numbers.
    where
        The part of the problem that is not kept: its list and number in it, ``("cover", 17)``;
        None for what stands on a person, a shift type or a cell.
    """

    rule: Rule
    staff: str | None
    day: int | None
    amount: int
    zh: str
    en: str
    where: tuple[str, int] | None = None

    @property
    def message(self) -> str:
        """Return the sentence in both languages."""
        return f"{self.zh} / {self.en}"


@dataclass(frozen=True)
class CostItem:
    """What a roster pays for one soft rule at one place.

    Parameters
    ----------
    staff, day, shift
        Whom, when and which shift type it concerns; None where it is no one in particular.
    amount
        By how much: heads, wishes, days or started units, as the rule counts.
    zh, en
        The same as a sentence with numbers.
    """

    rule: Rule
    staff: str | None
    day: int | None
    shift: str | None
    amount: int
    cost: int
    zh: str = ""
    en: str = ""
