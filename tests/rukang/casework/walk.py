"""Random walks through courses: events drawn from what may happen, and the way to an end."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from rukang.casework import Event, Happened, Move, State, moves
from tests.rukang.casework.tiny import NINE, Case, course, rules, tiny

ALL = ["permit", *NINE]
H = Happened

FORWARD = (
    H.DONE,
    H.EXPIRED,
    H.OFFER_ACCEPTED,
    H.OFFERED,
    H.SUPPLEMENT_ANSWERED,
    H.RESUMED,
    H.TRIED,
)
"""What brings a step nearer to its end."""


def opened(name: str, random: Random) -> Case:
    """Return a case of a course; some of its roles have no organ yet."""
    one = tiny() if name == "permit" else course(name)
    organs = {role: f"O{number}" for number, role in enumerate(one.roles) if random.random() < 0.7}
    return Case(one, organs)


def walk(name: str, random: Any, length: int) -> Case:
    """Return a case after some random events; parallel branches and rounds are among them."""
    case = opened(name, random)
    for _ in range(length):
        case.day += timedelta(days=random.choice((0, 0, 1, 2, 9)))
        event = drawn(case, random)
        if event is None:
            break
        case.add(event)
    return case


def drawn(case: Case, random: Any) -> Event | None:
    """Return one of the events that may happen to a case, none if nothing may."""
    missing = [p for p in case.now.course.papers if p not in case.now.in_hand]
    if missing and not case.now.ended and random.random() < 0.3:
        return case.event("paper_added", papers=tuple(missing))
    if case.now.in_hand and not case.now.ended and random.random() < 0.1:
        paper = sorted(case.now.in_hand)[0]
        return case.event("paper_rejected", papers=(paper,), reason="模糊 blurred")
    open_moves = [m for m in moves(case.now, rules(), case.day) if m.hindered is None]
    onward = [move for move in open_moves if move.kind in FORWARD]
    wanted = onward if onward and random.random() < 0.5 else open_moves
    return case.make(random.choice(wanted)) if wanted else None


def finish(case: Case, random: Any) -> None:
    """Do what is left, step by step."""
    for _ in range(200):
        if case.now.ended:
            return
        case.day += timedelta(days=1)
        missing = [p for p in case.now.course.papers if p not in case.now.in_hand]
        if missing:
            case.tell("paper_added", papers=tuple(missing))
        case.add(case.make(_next(case, random)))
    raise AssertionError(f"no end of {case.course.id}: {case.now.live}")


def _next(case: Case, random: Any) -> Move:
    """Return a move forward, a day or more later where nothing can be done today."""
    for _ in range(400):
        live = {step.id for step in case.now.live}
        found = [
            move
            for move in moves(case.now, rules(), case.day)
            if move.kind in FORWARD and move.hindered is None and move.step in live
        ]
        ends = [move for move in found if move.kind in {H.DONE, H.EXPIRED}]
        needed = [move for move in found if _is_needed(case, move)]
        if ends or needed:
            return random.choice(ends or needed)
        case.day += timedelta(days=1)
    raise AssertionError(f"nothing leads on in {case.course.id}: {case.now.live}")


def _is_needed(case: Case, move: Move) -> bool:
    state = case.now.steps[move.step].state
    return move.kind is H.OFFERED or state is not State.READY
