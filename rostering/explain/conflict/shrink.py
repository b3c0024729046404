"""Shrink a set that clashes to one in which everything is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

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
