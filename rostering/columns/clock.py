"""The clock that searches by columns ask: seconds, or work that is counted instead of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, inf
from time import perf_counter

STEPS_A_SECOND = 500
"""Steps that stand for a second in schedules: about what one thread does on a usual machine."""

A_NODE = 50
"""Steps for a node of the exact model's tree."""


def clock_of(time_limit: float | None, iterations: int | None, usual: float) -> Clock:
    """Return the clock of a search: steps if they are limited, else seconds, or the usual ones.

    Where steps are limited and no seconds are given, no seconds end it.
    """
    if time_limit is None:
        time_limit = usual if iterations is None else inf
    return Clock(time_limit, iterations)


def refuse_wrong(time_limit: float | None, iterations: int | None) -> None:
    """Refuse limits that can be none.

    Raises
    ------
    ValueError
        If iterations are no whole number from 1 on, or nothing ends the search.
    """
    if iterations is not None and (type(iterations) is not int or iterations < 1):
        raise ValueError(
            f"iterations={iterations!r}: 应为 1 以上的整数，或 None（不限） / "
            "give a whole number from 1 on, or None for no limit"
        )
    if iterations is None and time_limit is not None and not time_limit < inf:
        raise ValueError(
            f"time_limit={time_limit!r}: 没有给 iterations 时应为有限的秒数 / "
            "give a finite number of seconds, or iterations"
        )


@dataclass(eq=False)
class Clock:
    """Tells how far a search has come, and how long it may go on.

    A step is one search for one person's row. What else takes long counts as many as it takes the
    time of. Where steps are limited, schedules go by them alone: equal work, equal roster. Where
    they are not, nobody reads them.

    Parameters
    ----------
    time_limit
        Seconds.
    iterations
        Steps; None lets the seconds decide.
    """

    time_limit: float = inf
    iterations: int | None = None
    steps: float = 0.0
    began: float = field(default_factory=perf_counter)

    @property
    def is_counted(self) -> bool:
        """Return whether work is counted instead of time."""
        return self.iterations is not None

    @property
    def limit(self) -> float:
        """Return the whole length of the search, on this clock."""
        return self.time_limit if self.iterations is None else self.iterations / STEPS_A_SECOND

    def now(self) -> float:
        """Return what has passed, in seconds or what stands for them."""
        return self.steps / STEPS_A_SECOND if self.is_counted else self.seconds()

    def tick(self, steps: float) -> None:
        """Count work."""
        self.steps += steps

    def tick_nodes(self, nodes: int) -> None:
        """Count a run of the exact model; it takes the time of a node at least."""
        self.tick(A_NODE * max(1, nodes))

    def nodes(self, length: float) -> int:
        """Return the nodes that a length on a clock that counts stands for; one at least."""
        return max(1, ceil(length * STEPS_A_SECOND / A_NODE))

    def seconds_left(self) -> float:
        """Return the seconds that are left, whatever is counted."""
        return max(0.0, self.time_limit - self.seconds())

    def seconds(self) -> float:
        """Return the seconds that have passed, whatever is counted."""
        return perf_counter() - self.began

    def is_late(self) -> bool:
        """Return whether the seconds are used up, whatever is counted."""
        return self.seconds() > self.time_limit
