"""How searches and waits of the tests end: by proof, by counted work, never by a moment.

A machine ten times slower, or one that does five other things, gives the same answers. What has no
``iterations`` here ends by itself, with a proof or by its own counts; the seconds beside it only
keep a hang from lasting for ever, and nothing that is right comes near them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from math import inf

import rostering
from rostering.explain import conflict as one_conflict
from rostering.explain import conflicts as all_conflicts
from rukang.engines import visits

UNREACHED = 86_400.0
"""Seconds of a search that ends by a proof."""

HANG = 3600.0
"""Seconds of waiting for something that comes, after which it is called a hang."""

solve = partial(rostering.solve, time_limit=UNREACHED)
"""Of tiny problems, which the exact model proves; with ``iterations``, of any."""

repair = partial(rostering.repair, iterations=500)
conflict = partial(one_conflict, iterations=200_000)
conflicts = partial(all_conflicts, iterations=200_000)

plan = partial(visits.plan, time_limit=inf)
replan = partial(visits.replan, time_limit=inf)


def wait_for(condition: Callable[[], bool], seconds: float = HANG, pause: float = 0.05) -> None:
    """Return as soon as the condition holds; fail if it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not reached within {seconds} s")
        time.sleep(pause)
