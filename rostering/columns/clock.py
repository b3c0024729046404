"""The clock that searches by columns ask: seconds, or work that is counted instead of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from time import perf_counter

STEPS_A_SECOND = 500
"""Steps that stand for a second in schedules: about what one thread does on a usual machine."""


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

    def seconds(self) -> float:
        """Return the seconds that have passed, whatever is counted."""
        return perf_counter() - self.began

    def is_late(self) -> bool:
        """Return whether the seconds are used up, whatever is counted."""
        return self.seconds() > self.time_limit
