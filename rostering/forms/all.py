"""Every form of a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from rostering.forms import cells, cover, fairness, runs, sequences, teams, totals, weekends
from rostering.forms.facts import Facts, facts, padded
from rostering.forms.shapes import Ban, Chain, Ends, Heads, Sequence, Stretch, Symbols, Total
from rostering.problem import Problem

T = TypeVar("T")


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


BANS: tuple[Callable[[Facts], Iterator[Ban]], ...] = (
    cells.leave,
    cells.forbidden,
    cells.fixed,
    cells.requests,
    cells.kept,
)
SEQUENCES: tuple[Callable[[Facts], Iterator[Sequence]], ...] = (
    sequences.succession,
    sequences.rest,
    sequences.patterns,
    sequences.rotations,
)
STRETCHES: tuple[Callable[[Facts], Iterator[Stretch]], ...] = (
    runs.longest_work,
    runs.shortest_work,
    runs.shortest_rest,
    runs.runs,
)
TOTALS: tuple[Callable[[Facts], Iterator[Total]], ...] = (
    totals.shift_limits,
    totals.period,
    totals.weeks_and_months,
    totals.counts,
    cells.choices,
    fairness.fair_totals,
)
ENDS: tuple[Callable[[Facts], Iterator[Ends]], ...] = (
    weekends.most_weekends,
    fairness.fair_weekends,
)
CHAINS: tuple[Callable[[Facts], Iterator[Chain]], ...] = (
    weekends.consecutive_weekends,
    weekends.complete_weekends,
)
HEADS: tuple[Callable[[Facts], Iterator[Heads]], ...] = (
    cover.cover,
    cells.changes,
    teams.company,
    teams.together,
    teams.apart,
    teams.key_workers,
)


def forms(problem: Problem) -> Forms:
    """Return the standard forms of a problem."""
    given = facts(problem)
    return Forms(
        problem=problem,
        history=padded(given.known),
        fit=given.fit,
        bans=_all(BANS, given),
        sequences=_all(SEQUENCES, given),
        stretches=_all(STRETCHES, given),
        totals=_all(TOTALS, given),
        ends=_all(ENDS, given),
        chains=_all(CHAINS, given),
        heads=_all(HEADS, given),
    )


def _all(families: Iterable[Callable[[Facts], Iterator[T]]], given: Facts) -> tuple[T, ...]:
    return tuple(form for family in families for form in family(given))
