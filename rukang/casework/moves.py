"""What can happen next in a case: moves of its steps, and what stands in the way of some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rukang.base.definitions import Text
from rukang.casework.clock import Clock, Rules, offer_clock, remedy_clock, term_clock
from rukang.casework.course import Checker, Step
from rukang.casework.events import NEEDS, Happened
from rukang.casework.state import Projection, State, StepState
from rukang.casework.steps import hindrance

H = Happened

_FILLED = frozenset({"step", "outcome", "upheld"})
"""What a move says itself."""


@dataclass(frozen=True)
class Move:
    """One event that a step may have next.

    Parameters
    ----------
    kind, step, outcome
        What the event would be.
    organ
        Who may do it; for the moves of an applicant, the responsible organ records it.
    needs
        What the event has to say beside: ``reason``, ``checker``, ``persons``, ``where``, ``to``…
    hindered
        Why it cannot be done yet; none if it can.
    """

    kind: Happened
    step: str
    organ: str
    outcome: str | None = None
    needs: tuple[str, ...] = ()
    hindered: Text | None = None


def moves(case: Projection, rules: Rules, on: date) -> list[Move]:
    """Return what may happen on a day to the steps of a case, in the order of the course.

    What concerns the whole case (papers handed in, withdrawal, death, another edition, notes) can
    happen while it is open, and is not listed.
    """
    found = [
        move
        for step in case.live
        if _begins(step) <= on
        for move in _of_live(case, step, rules, on)
    ]
    over = [step for step in case.steps.values() if step.state is State.DONE]
    return found + [
        move for step in over if _begins(step) <= on for move in _of_done(case, step, rules, on)
    ]


def _begins(step: StepState) -> date:
    return step.touched or step.entered or date.min


def _of_live(case: Projection, step: StepState, rules: Rules, on: date) -> Iterator[Move]:
    if step.state is State.READY:
        yield from _endings(case, step, rules, on)
        yield from _others(case, step)
        yield _move(step, H.SUSPENDED)
    elif step.state is State.OFFERED and step.offer is not None:
        yield _move(step, H.OFFER_ACCEPTED, organ=step.offer.to)
        yield _move(step, H.OFFER_DECLINED, organ=step.offer.to)
        yield _move(step, H.OFFER_WITHDRAWN)
        if _late(offer_clock(case, step, rules), on):
            yield _move(step, H.OFFER_EXPIRED)
    else:
        answers = step.stop is not None and step.stop.ground == "supplement"
        yield _move(step, H.SUPPLEMENT_ANSWERED if answers else H.RESUMED)
    yield from _assigning(step)
    if step.state is not State.OFFERED and _extendable(case, step, rules, on):
        yield _move(step, H.EXTENDED)


def _endings(case: Projection, step: StepState, rules: Rules, on: date) -> Iterator[Move]:
    """Yield each outcome, with what stands in the way of it, and the end of its term."""
    course = case.definition(step.id)
    for outcome in course.results:
        words = hindrance(case, step, outcome, rules, on)
        yield Move(
            H.DONE,
            step.id,
            str(step.organ),
            outcome,
            tuple(_asked(course, outcome)),
            Text(zh=words[0], en=words[1]) if words else None,
        )
    ends = course.term is not None and course.term.outcome is not None
    if ends and _late(term_clock(case, step, rules), on):
        yield _move(step, H.EXPIRED)


def _asked(course: Step, outcome: str) -> Iterator[str]:
    """Yield what an event that ends a step has to say beside its outcome."""
    if course.result(outcome).adverse:
        yield "reason"
    if course.checker is Checker.DIFFERS:
        yield "checker"
    if course.persons > 1:
        yield "persons"
    if course.where:
        yield "where"


def _others(case: Projection, step: StepState) -> Iterator[Move]:
    course = case.definition(step.id)
    if any(one.tries for one in course.outcomes.values()):
        yield _move(step, H.TRIED)
    if not step.accepted and (course.hand_over is not None or course.who not in case.roles):
        yield _move(step, H.OFFERED)
    rejected = {one.name for one in case.papers if one.rejected is not None}
    open_papers = [one for one in course.papers if one not in case.in_hand]
    if any(one in rejected or not step.asked for one in open_papers):
        yield _move(step, H.SUPPLEMENT_ASKED)


def _assigning(step: StepState) -> Iterator[Move]:
    yield _move(step, H.ASSIGNED)
    if step.assignee is not None:
        yield _move(step, H.RELEASED)


def _extendable(case: Projection, step: StepState, rules: Rules, on: date) -> bool:
    term = case.definition(step.id).term
    open_still = term is not None and term.extension is not None and not step.extended
    return open_still and not _late(term_clock(case, step, rules), on)


def _of_done(case: Projection, step: StepState, rules: Rules, on: date) -> Iterator[Move]:
    if case.closing is None:
        yield _move(step, H.REOPENED)
    outcome = case.outcome_of(step)
    if outcome is None or outcome.remedy is None:
        return
    if step.delivered is None:
        yield _move(step, H.DELIVERED)
    if any(one.step == step.id and one.upheld is None for one in case.objections):
        yield _move(step, H.OBJECTION_DECIDED)
    elif not _late(remedy_clock(case, step, rules), on):
        yield _move(step, H.OBJECTED)


def _move(step: StepState, kind: Happened, *, organ: str | None = None) -> Move:
    needs = tuple(sorted(NEEDS[kind] - _FILLED))
    return Move(kind, step.id, organ or str(step.organ), needs=needs)


def _late(clock: Clock | None, on: date) -> bool:
    return clock is not None and clock.is_late(on)
