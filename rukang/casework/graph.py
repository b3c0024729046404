"""What can happen in a course: order of its steps, joins, and every way a case can run.

Ways are not walked one by one: two that differ only in what no later step asks about are one. So
parallel branches add up where they would multiply.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from graphlib import CycleError, TopologicalSorter

from rukang.casework.course import Course, Join, Step

MOST_STATES = 20_000
"""States of a course that are looked at side by side; the nine courses of the tests need 7."""

Results = Mapping[str, str | None]
"""Steps that are over, with their outcome; none for one that will not happen."""

Known = tuple[frozenset[tuple[str, str | None]], bool]
Trail = tuple[tuple[str, str], ...]


class Verdict(Enum):
    """Whether a step may begin."""

    MET = auto()
    OPEN = auto()
    DEAD = auto()


def order(course: Course) -> tuple[str, ...]:
    """Return the steps, each behind those it waits for.

    Raises
    ------
    graphlib.CycleError
        If steps wait for each other; lint refuses such a course.
    """
    waits = {name: _known_before(course, step) for name, step in course.steps.items()}
    return tuple(TopologicalSorter(waits).static_order())


def circle(course: Course) -> tuple[str, ...]:
    """Return steps that wait for each other in a circle, from the first in the file; or none."""
    try:
        order(course)
    except CycleError as error:
        around = list(dict.fromkeys(error.args[1]))
        first = around.index(next(name for name in course.steps if name in around))
        return (*around[first:], *around[:first])
    return ()


def descendants(course: Course, step: str) -> list[str]:
    """Return the steps that wait for one, nearest first, however many steps lie between."""
    found = {step}
    for name in order(course):
        if found & _known_before(course, course.steps[name]):
            found.add(name)
    return [name for name in order(course) if name in found - {step}]


def verdict(step: Step, results: Results) -> Verdict:
    """Return whether a step may begin, must wait, or will never begin."""
    inputs = [_occurred(one, results) for one in step.inputs]
    if not inputs:
        return Verdict.MET
    if step.join in {Join.ANY, Join.ALL_LIVE}:
        return _of_some(inputs, wait_for_all=step.join is Join.ALL_LIVE)
    if False in inputs:
        return Verdict.DEAD
    return Verdict.OPEN if None in inputs else Verdict.MET


@dataclass
class Explored:
    """What the ways through a course showed.

    Parameters
    ----------
    begun
        Steps that begin in some way.
    seen
        Outcomes that occur in some way, as step and outcome.
    endless
        A way that is over without an ending, as steps with their outcomes; none if there is none.
    complete
        False when there were too many states to look at.
    """

    begun: set[str] = field(default_factory=set)
    seen: set[tuple[str, str]] = field(default_factory=set)
    endless: Trail | None = None
    complete: bool = True


def explore(
    course: Course, over: Results | None = None, live: Collection[str] = (), *, ended: bool = False
) -> Explored:
    """Return what can happen, from the beginning or from where a case stands.

    Parameters
    ----------
    over, live
        Steps of a case that are over and that are being worked on.
    ended
        Whether the case has an ending already from steps that the course no longer has.
    """
    found = Explored()
    steps = order(course)
    states: dict[Known, Trail] = {(frozenset(), ended): ()}
    for place, name in enumerate(steps):
        asked = _asked_later(course, steps[place + 1 :])
        states = _after(course, name, states, asked, over or {}, live, found)
        if len(states) > MOST_STATES:
            found.complete = False
            return found
    found.endless = next((trail for (_, done), trail in states.items() if not done), None)
    return found


def _after(
    course: Course,
    name: str,
    states: Mapping[Known, Trail],
    asked: set[str],
    over: Results,
    live: Collection[str],
    found: Explored,
) -> dict[Known, Trail]:
    """Return the states once a step is over, in whichever way."""
    following: dict[Known, Trail] = {}
    for (known, ended), trail in states.items():
        for outcome in _possible(course.steps[name], name, dict(known), over, live):
            kept = frozenset((s, o) for s, o in {*known, (name, outcome)} if s in asked)
            if outcome is None:
                following.setdefault((kept, ended), trail)
                continue
            found.begun.add(name)
            found.seen.add((name, outcome))
            now = ended or course.ending(name, outcome) is not None
            following.setdefault((kept, now), (*trail, (name, outcome)))
    return following


def _possible(
    step: Step, name: str, known: Results, over: Results, live: Collection[str]
) -> Iterable[str | None]:
    if name in over:
        return (over[name],)
    if name in live or verdict(step, known) is Verdict.MET:
        return step.results
    return (None,)


def _asked_later(course: Course, later: Iterable[str]) -> set[str]:
    return {source for name in later for source, _ in course.steps[name].inputs}


def _known_before(course: Course, step: Step) -> set[str]:
    return {source for source, _ in step.inputs if source in course.steps}


def _occurred(wanted: tuple[str, str | None], results: Results) -> bool | None:
    """Return whether an input occurred; none while it still may."""
    step, outcome = wanted
    if step not in results:
        return None
    return results[step] is not None and outcome in {None, results[step]}


def _of_some(inputs: list[bool | None], *, wait_for_all: bool) -> Verdict:
    if True in inputs and not (wait_for_all and None in inputs):
        return Verdict.MET
    return Verdict.DEAD if not any(one in {True, None} for one in inputs) else Verdict.OPEN
