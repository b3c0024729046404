"""Every fault of a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rostering.parts import Parts
from rostering.references.contradictions import clocks, collisions, people
from rostering.references.demand import demand
from rostering.references.doubles import doubles
from rostering.references.fault import Fault
from rostering.references.limits import limits
from rostering.references.names import days_outside, groups, unknown_shifts, unknown_staff

FINDERS: tuple[Callable[[Parts], Iterator[Fault]], ...] = (
    doubles,
    unknown_staff,
    unknown_shifts,
    groups,
    days_outside,
    people,
    demand,
    limits,
    clocks,
    collisions,
)


def faults(problem: Parts) -> Iterator[Fault]:
    """Find every fault of a problem."""
    for find in FINDERS:
        yield from find(problem)
