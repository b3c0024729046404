"""Figures that somebody should look at again: carried forward, about to end, long unchecked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from payroll.policy.looks.overview import overview
from payroll.policy.lookup import Policy, Resolved
from payroll.policy.parameter import Name
from payroll.policy.unknown import UnknownFigure

SOON = timedelta(days=62)
"""A figure that ends within two months needs its successor now."""

LONG = timedelta(days=365)
"""A figure not checked for a year may have been replaced without anybody seeing it."""


@dataclass(frozen=True)
class Stale:
    """A figure in force and why it should be looked at."""

    figure: Resolved
    why: Name


def stale(policy: Policy, place: str, on: date) -> tuple[Stale, ...]:
    """Return the figures of a place that are stale on a day, in order of their ids.

    Figures that are unknown are not among them: `overview` lists those.
    """
    found = overview(policy, place, on).known
    return tuple(
        Stale(figure, why) for figure in found for why in _reasons(policy, figure, place, on)
    )


def _reasons(policy: Policy, figure: Resolved, place: str, on: date) -> Iterator[Name]:
    last = figure.valid_to
    if figure.provisional:
        yield Name(
            zh=f"暂按上期（止于 {last}）执行，新数值尚未收录",
            en=f"carried forward from before ({last}); the new one is not on file",
        )
    elif last and last - on <= SOON and not _goes_on(policy, figure.parameter, place, last):
        yield Name(zh=f"{last} 到期，其后没有数值", en=f"ends on {last} and nothing follows")
    if on - figure.checked > LONG:
        yield Name(zh=f"{figure.checked} 以后没有再核对", en=f"not checked since {figure.checked}")


def _goes_on(policy: Policy, parameter: str, place: str, last: date) -> bool:
    try:
        return not policy.value(parameter, place, last + timedelta(days=1)).provisional
    except UnknownFigure:
        return False
