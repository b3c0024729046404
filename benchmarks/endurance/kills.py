"""Part ``kills``: every program is killed at a random moment while everybody works.

Then the database is looked at as it was left, the programs are started again, everybody goes on,
and the database is looked at again.
"""

from __future__ import annotations

import random
import time

from benchmarks.endurance.count import count_after_breakdown, count_in_the_end
from benchmarks.endurance.part import Options, Row
from benchmarks.endurance.people import AtWork, a_case, work_until_done
from benchmarks.endurance.site import Site, a_site
from benchmarks.endurance.state import State

PART = "kills"


def run(options: Options) -> list[Row]:
    """Kill so many times on each database."""
    return [_on(kind, options) for kind in options.databases]


def _on(kind: str, options: Options) -> Row:
    state = State.of(options, PART, kind)
    with a_site(kind, options.scratch / PART / kind) as site:
        longest = _undisturbed(site, options, state.row)
        while state.row.disturbed < options.times:
            _one(site, options, state, longest)
            options.say(f"{PART} {kind}: {state.row.disturbed} of {options.times}")
            state.keep()
    return state.row


def _undisturbed(site: Site, options: Options, row: Row) -> float:
    """Work once without a kill; return the seconds it took, within which kills then fall."""
    address = site.serve()
    case = a_case(site, 0, options.seed)
    begun = time.monotonic()
    if left := work_until_done(site, address, case, rounds=1):
        raise RuntimeError(f"The work does not end even undisturbed: {left}")
    seconds = time.monotonic() - begun
    count_in_the_end(site, case, row)
    return seconds


def _one(site: Site, options: Options, state: State, longest: float) -> None:
    number = state.row.disturbed + 1
    moment = random.Random(f"{options.seed}-{number}-kill").uniform(0, longest)  # noqa: S311
    case = a_case(site, number, options.seed)
    working = AtWork(site, site.address, case)
    working.everybody_done.wait(moment)
    site.kill()
    working.end()
    count_after_breakdown(site, case, state.row)
    address = site.serve()
    for trouble in work_until_done(site, address, case):
        state.row.count("lost", f"case {number}: {trouble}")
    count_in_the_end(site, case, state.row)
    state.row.disturbed = number
