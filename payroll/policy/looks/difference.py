"""What differs between two looks at the rule base: two days, two places, two days of knowledge."""

from collections.abc import Iterator
from dataclasses import dataclass

from payroll.policy.looks.overview import Overview
from payroll.policy.lookup import Resolved


@dataclass(frozen=True)
class Change:
    """A parameter whose figure differs; None stands for unknown."""

    parameter: str
    before: Resolved | None
    after: Resolved | None


def difference(before: Overview, after: Overview) -> tuple[Change, ...]:
    """Return the parameters whose value, tier or standing differ, in order of their ids.

    A figure that only has another document, note or day of checking is not told.
    """
    return tuple(_changes(before, after))


def _changes(before: Overview, after: Overview) -> Iterator[Change]:
    old = {figure.parameter: figure for figure in before.known}
    new = {figure.parameter: figure for figure in after.known}
    for parameter in sorted(old.keys() | new.keys()):
        one, other = old.get(parameter), new.get(parameter)
        if _what_counts(one) != _what_counts(other):
            yield Change(parameter, one, other)


def _what_counts(figure: Resolved | None) -> tuple[object, ...]:
    if figure is None:
        return ()
    return (figure.value, figure.standing, figure.provisional)
