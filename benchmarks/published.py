"""What the public instances' figures are set beside: groups with their aims, published costs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

STRANDMARK: Mapping[int, int] = {
    1: 607,
    2: 838,
    3: 1005,
    4: 1728,
    5: 1162,
    6: 1970,
    7: 1070,
    8: 1621,
    9: 439,
    10: 4637,
    11: 3443,
    12: 4066,
    13: 2057,
    14: 1553,
    15: 4218,
    16: 3374,
    17: 5878,
    18: 5375,
    19: 4299,
    20: 5932,
}
"""Strandmark's C++ column generation after 60 s, 300 s for 20 and 21 (21: none), as reported to us
on a machine like ours.

References
----------
P. Strandmark, Y. Qu and T. Curtois (2020). First-order linear programming in a column
generation-based heuristic approach to the nurse rostering problem. Computers & Operations Research.
"""


@dataclass(frozen=True)
class Aim:
    """What a group is to reach after some seconds.

    Parameters
    ----------
    average, worst
        Gaps to the best known over the group; None if nothing is asked.
    bound
        How far the bound may be below the best known.
    needs_optimum
        Whether every cost is to equal the best known.
    words
        The aim as a sentence.
    """

    words: str
    average: float | None = None
    worst: float | None = None
    bound: float | None = None
    needs_optimum: bool = False
    excused: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Group:
    """Public instances of like size, with their aims by seconds."""

    name: str
    instances: tuple[int, ...]
    aims: Mapping[int, Aim]


GROUPS = (
    Group(
        "1 to 7 and 9 to 12",
        (*range(1, 8), *range(9, 13)),
        {
            60: Aim("average gap ≤ 0.3 %, none above 1 %", average=0.003, worst=0.01),
            600: Aim("all optimal, bound within 0.2 %", bound=0.002, needs_optimum=True),
        },
    ),
    Group(
        "8 and 13 to 19",
        (8, *range(13, 20)),
        {
            60: Aim("average gap ≤ 6 %", average=0.06),
            600: Aim("average gap ≤ 1 %, none above 3 %", average=0.01, worst=0.03),
        },
    ),
    Group(
        "20 to 24",
        tuple(range(20, 25)),
        {
            60: Aim("a roster for each, within twice the best known", worst=1.0),
            600: Aim("average gap ≤ 5 % (24 may lag)", average=0.05, excused=frozenset({24})),
        },
    ),
)


@dataclass(frozen=True)
class Reached:
    """What an instance reached: gaps to the best known, of the cost and of the bound."""

    instance: int
    gap: float | None
    bound_gap: float | None


def is_met(aim: Aim, reached: Sequence[Reached]) -> bool:
    """Return whether figures reach an aim; an instance without a roster does not."""
    counted = [item for item in reached if item.instance not in aim.excused]
    gaps = [item.gap for item in counted if item.gap is not None]
    if not counted or len(gaps) < len(counted):
        return False
    tests: tuple[Callable[[], bool], ...] = (
        lambda: aim.average is None or sum(gaps) / len(gaps) <= aim.average,
        lambda: aim.worst is None or max(gaps) <= aim.worst,
        lambda: not aim.needs_optimum or max(gaps) <= 0,
        lambda: aim.bound is None or all(_within(item, aim.bound) for item in counted),
    )
    return all(test() for test in tests)


def _within(item: Reached, limit: float) -> bool:
    return item.bound_gap is not None and item.bound_gap <= limit


def number_of(instance: str) -> int | None:
    """Return the number of a public instance by its name; None if it is not one."""
    digits = instance.removeprefix("Instance")
    return int(digits) if digits.isdecimal() else None


def best_known(directory: Path) -> dict[str, int]:
    """Return instance → best known cost from ``best_known.csv``."""
    with (directory / "best_known.csv").open(encoding="utf-8", newline="") as file:
        return {row["instance"]: int(row["best_known"]) for row in csv.DictReader(file)}
