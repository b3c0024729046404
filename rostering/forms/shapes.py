"""The standard forms.

People and shift types are numbers here: a person is their place in ``problem.staff``; a *symbol* is
what a cell holds, 0 for a day off and ``1 + n`` for shift type ``n``. Days before 0 are history.
Every form carries the rule it comes from, and a ``weight``: what a unit of breaking it costs, None
for a hard rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rostering.rule import Rule

Symbols = frozenset[int]

OFF = 0


@dataclass(frozen=True)
class Ban:
    """A person's cell should hold none of some symbols."""

    rule: Rule
    staff: int
    day: int
    symbols: Symbols
    weight: int | None


@dataclass(frozen=True)
class Sequence:
    """Cells of consecutive days should not all lie in the sets given; each occurrence is a breach.

    Parameters
    ----------
    staff
        The people it binds.
    firsts
        Days on which an occurrence may begin; the last cell lies in the period, the first may lie
        in the history (an unknown day matches nothing).
    sets
        Symbols for each day, at least two days.
    """

    rule: Rule
    staff: tuple[int, ...]
    firsts: tuple[int, ...]
    sets: tuple[Symbols, ...]
    weight: int | None


@dataclass(frozen=True)
class Stretch:
    """Days in a row that hold one of some symbols: how long such a run may be.

    A run that begins and ends at known days, and ends at day −1 or later, should not be shorter
    than ``minimum``: a breach of as many units as days are missing. Every day of the period that
    is the ``maximum + 1``-th or later of its run is a breach of one unit.

    Exactly one of ``minimum > 1`` and ``maximum is not None`` holds.
    """

    rule: Rule
    staff: tuple[int, ...]
    symbols: Symbols
    minimum: int
    maximum: int | None
    weight: int | None


@dataclass(frozen=True, eq=False)
class Total:
    """A person's sum over days, by what their cells hold, should lie between ``low`` and ``high``.

    Parameters
    ----------
    days
        Days of the period that are summed, ascending.
    amounts
        Days × symbols, not negative: what a cell adds.
    base
        What the history adds already.
    low, high
        None for no limit. Exactly one of them is given.
    unit
        A breach counts ``ceil(distance / unit)`` units; for hard rules 1.
    """

    rule: Rule
    staff: int
    days: tuple[int, ...]
    amounts: npt.NDArray[np.int64]
    base: int
    low: int | None
    high: int | None
    unit: int
    weight: int | None


@dataclass(frozen=True)
class Ends:
    """How many blocks of days (weekends) a person works: should be at most ``most``.

    A block is worked when any of its cells is no day off. Breach: blocks above.

    Parameters
    ----------
    blocks
        Days of each block, all within the period, blocks ascending.
    worked
        Blocks that count as worked already, by number: those with work in the history.
    base
        Added to the count before comparing; a person's load so far.
    """

    rule: Rule
    staff: int
    blocks: tuple[tuple[int, ...], ...]
    worked: frozenset[int]
    base: int
    most: int
    weight: int | None


@dataclass(frozen=True)
class Chain:
    """Blocks of days (weekends) of one person that concern each other.

    With ``most`` None each block is a pair of days, both should be worked or neither: a breach of
    one unit each. With ``most`` given, a worked block that has a day in the period and is the
    ``most + 1``-th or later worked in a row is a breach of one unit.

    Parameters
    ----------
    blocks
        Days of each block; those of the history have negative days and are known.
    """

    rule: Rule
    staff: int
    blocks: tuple[tuple[int, ...], ...]
    most: int | None
    weight: int | None


@dataclass(frozen=True)
class Term:
    """``factor`` for each of some people whose cell of a day holds one of some symbols."""

    staff: frozenset[int]
    day: int
    symbols: Symbols
    factor: int = 1


@dataclass(frozen=True)
class Heads:
    """A sum over people: heads in shifts; should be at least ``low`` and at most ``high``.

    Terms of the history are in ``base``. Breach: the distance, paid at ``under`` or ``over`` a
    head; None is hard there.

    Parameters
    ----------
    subject
        Whom it is about, if about one person: the number, for explanations.
    where
        The part it comes from, such as ``("cover", 17)``, so that it can be put in words.
    missing
        Where no roster keeps all hard rules: the price of a head below ``low`` that is not the
        last, and of the last; None for that of the rule.
    """

    rule_under: Rule
    rule_over: Rule
    subject: int | None
    day: int | None
    where: tuple[str, int]
    terms: tuple[Term, ...]
    base: int
    low: int | None
    high: int | None
    under: int | None
    over: int | None
    missing: tuple[int, int] | None = None


Form = Ban | Sequence | Stretch | Total | Ends | Chain | Heads
"""Any of them."""

AnyArray = npt.NDArray[Any]
