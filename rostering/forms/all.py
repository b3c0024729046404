"""Every form of a problem."""

from __future__ import annotations

from dataclasses import dataclass

from rostering.forms.shapes import Ban, Chain, Ends, Heads, Sequence, Stretch, Symbols, Total
from rostering.problem import Problem


@dataclass(frozen=True)
class Forms:
    """A problem in standard forms.

    Parameters
    ----------
    history
        Staff × past days, oldest first: symbols; as many columns as the longest history, −1 where
        nothing is known.
    fit
        For each person the symbols, without OFF, that they may ever hold: skill, nights, overtime
        of a day, shift limit above 0. This never gives way.
    """

    problem: Problem
    history: tuple[tuple[int, ...], ...]
    fit: tuple[Symbols, ...]
    bans: tuple[Ban, ...]
    sequences: tuple[Sequence, ...]
    stretches: tuple[Stretch, ...]
    totals: tuple[Total, ...]
    ends: tuple[Ends, ...]
    chains: tuple[Chain, ...]
    heads: tuple[Heads, ...]


def forms(problem: Problem) -> Forms:
    """Return the standard forms of a problem."""
    raise NotImplementedError
