"""What a running piece of work holds on to: reporting progress, and hearing that it shall stop."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context

from dbos import DBOS, error

from rukang.base.access import Database
from rukang.base.database.passing import is_passing
from rukang.base.jobs.engine import client
from rukang.base.jobs.records import Job
from rukang.base.jobs.status import PROGRESS, JobState, state_of

POLL_SECONDS = 0.5
"""A solver asks and reports hundreds of times a second; the database hears of it this often."""


class Reporter:
    """The line between a piece of work and those who follow it.

    Make it inside a step; afterwards it may be used from any thread, such as a solver's own.

    Parameters
    ----------
    workflow
        Id of the running workflow.
    poll_seconds
        Least time between two questions, and between two reports, to the database.
    """

    def __init__(
        self, database: Database, workflow: str, poll_seconds: float = POLL_SECONDS
    ) -> None:
        self._client = client(database.engine)
        self._job = Job(workflow=workflow)
        self._poll_seconds = poll_seconds
        # DBOS knows the step it is in by a context variable, which other threads do not inherit.
        self._context = copy_context()
        self._asked_at = self._reported_at = -poll_seconds
        self._cancelled = False
        self._unsent: dict[str, object] | None = None

    def cancelled(self) -> bool:
        """Return whether somebody cancelled the job; then keep the best so far and return."""
        now = time.monotonic()
        if not self._cancelled and now - self._asked_at >= self._poll_seconds:
            self._asked_at = now
            # A database that is away for a moment has not cancelled anything; ask again later.
            with _passing_by():
                self._cancelled = state_of(self._client, self._job) is JobState.CANCELLED
        return self._cancelled

    def progress(
        self,
        seconds: float,
        cost: float | None = None,
        bound: float | None = None,
        message: str = "",
    ) -> None:
        """Report; one that follows another within the poll time is held back.

        Parameters
        ----------
        seconds
            Time spent so far.
        cost, bound
            Cost of the best result so far and the proven lower bound.
        message
            One sentence for people.

        Raises
        ------
        DBOSWorkflowConflictIDError
            If the job was handed to another worker because this one had lost the database. The
            work must end without storing anything; the other one stores the result.
        """
        self._unsent = {
            "seconds": plain(seconds),
            "cost": plain(cost),
            "bound": plain(bound),
            "message": message,
        }
        if time.monotonic() - self._reported_at >= self._poll_seconds:
            self.flush()

    def flush(self) -> None:
        """Send the last report now, if it was held back."""
        if self._unsent is None:
            return
        report, self._unsent = self._unsent, None
        self._reported_at = time.monotonic()
        try:
            # A report that cannot be written is no reason to lose the work it tells of.
            with _passing_by():
                self._context.copy().run(DBOS.set_event, PROGRESS, report)
        except error.DBOSWorkflowConflictIDError:
            # A cancelled job is nobody's either, but it may end its work in peace.
            self._asked_at = -self._poll_seconds
            if not self.cancelled():
                raise


@contextmanager
def _passing_by() -> Iterator[None]:
    """Let errors pass that end by themselves."""
    try:
        yield
    except Exception as error:
        if not is_passing(error):
            raise


def plain(number: float | None) -> float | None:
    """Return a number as JSON can carry it: no NumPy type, and None for a bound not yet known.

    >>> plain(float("-inf")), plain(607)
    (None, 607.0)
    """
    return None if number is None or not math.isfinite(number) else float(number)
