"""Where to look for a conflict, and shrinking a set that clashes to what is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from rostering.explain.conflict.statement import Statement
from rostering.rule import Rule
from rostering.violation import Violation

TRIED = 4
"""So many of the rules that gave way are looked at closely."""

WEEK = 7


def scopes(
    statements: Sequence[Statement], broken: Sequence[Violation]
) -> Iterator[list[Statement]]:
    """Return ever larger parts of the statements, ending with all of them."""
    first = broken[:TRIED]
    for violation in first:
        yield _at(statements, violation)
    for days in (1, WEEK):
        for violation in first:
            yield _around(statements, violation, days)
    yield list(statements)


def _at(statements: Sequence[Statement], violation: Violation) -> list[Statement]:
    """Return what is said of the same person; or of the same day, where it is about nobody."""
    if violation.staff is not None:
        return [s for s in statements if s.staff == violation.staff or s.rule is Rule.SUCCESSION]
    return [s for s in statements if s.day == violation.day]


def _around(statements: Sequence[Statement], violation: Violation, days: int) -> list[Statement]:
    """Return what is said of days about the same, and of no day; of a person's row, any day."""
    if violation.day is None:
        return [s for s in statements if s.staff == violation.staff or s.staff is None]
    near = range(violation.day - days, violation.day + days + 1)
    return [s for s in statements if s.day is None or s.day in near]


T = TypeVar("T")


def shrink(clash: Callable[[Sequence[T]], bool], items: Sequence[T]) -> list[T]:
    """Return a part of items that clash such that no smaller part of it clashes (QuickXplain).

    Parameters
    ----------
    clash
        Whether some items clash; more items never clash less. If it answers false for what it
        does not know, the result clashes all the same, but may hold more than needed.
    items
        They clash together; what comes first is rather kept.
    """
    return _needed(clash, [], False, list(items))


def _needed(
    clash: Callable[[Sequence[T]], bool], given: list[T], has_grown: bool, items: list[T]
) -> list[T]:
    """Return what of the items is needed beside those given; asked again only if those grew."""
    if has_grown and clash(given):
        return []
    if len(items) <= 1:
        return items
    half = len(items) // 2
    first, second = items[:half], items[half:]
    late = _needed(clash, [*given, *first], True, second)
    early = _needed(clash, [*given, *late], bool(late), first)
    return [*early, *late]
