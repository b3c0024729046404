"""Part ``restarts``: PostgreSQL breaks off every connection at random moments of the work."""

from __future__ import annotations

import random
import time

from benchmarks.endurance.count import count_in_the_end
from benchmarks.endurance.part import Options, Row
from benchmarks.endurance.people import AtWork, a_case, work_until_done
from benchmarks.endurance.site import Site, a_site
from benchmarks.endurance.state import State

PART = "restarts"
AWAY_SECONDS = 5.0
"""Longest time for which the server stays away."""


def run(options: Options) -> list[Row]:
    """Restart so many times; SQLite has no server to restart."""
    if "postgresql" not in options.databases:
        return []
    state = State.of(options, PART, "postgresql")
    with a_site("postgresql", options.scratch / PART) as site:
        site.serve()
        while state.row.disturbed < options.times:
            _one(site, options, state)
            options.say(f"{PART}: {state.row.disturbed} of {options.times}")
            state.keep()
    return [state.row]


def _one(site: Site, options: Options, state: State) -> None:
    if site.server is None:
        raise RuntimeError("SQLite has no server to restart.")
    number = state.row.disturbed + 1
    dice = random.Random(f"{options.seed}-{number}-restart")  # noqa: S311 - not a secret
    case = a_case(site, number, options.seed)
    working = AtWork(site, site.address, case)
    working.everybody_done.wait(dice.uniform(0, 6))
    site.server.stop()
    time.sleep(dice.uniform(0, AWAY_SECONDS))
    site.server.start()
    # Refused or broken off, people try again; the programs were never stopped.
    working.end()
    for trouble in work_until_done(site, site.address, case):
        state.row.count("lost", f"case {number}: {trouble}")
    count_in_the_end(site, case, state.row)
    state.row.disturbed = number
