"""What people do to cases: only what may happen next, and only for the organ they act for.

Steps that a room's own code ends (`Step.run`: a complaint closed, mending confirmed) are not ended
here: the room asks for more than an outcome, and tells the case itself. Where an outcome is all it
asks, it lends its code instead (`Ends`), and the step is ended here like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from rukang.base.access.accounts import named_account
from rukang.base.access.caller import caller_in
from rukang.base.database import context
from rukang.base.errors import ConflictError, InvalidError, NotFoundError
from rukang.cases.organs import may_act_for, organs, refuse_stranger
from rukang.cases.records import CaseFile
from rukang.cases.shelf import run_here
from rukang.cases.store import Told, events_of, lock_case, read_case, tell
from rukang.casework import Event, Happened, Move, Projection, moves

H = Happened

ACTS: Final = tuple(one for one in Happened if one not in {H.OPENED, H.EDITION_CHANGED})
"""What people may tell of a case that is open; an opening and another edition are told apart."""

BESIDE: Final = frozenset({H.ASSIGNED, H.RELEASED, H.NOTED})
"""What may be told of steps that a room's code ends."""

PEOPLE: Final = ("person", "checker", "approver")
"""Fields that name an account."""

OF_OFFERED: Final = frozenset({H.OFFER_ACCEPTED, H.OFFER_DECLINED})


End = Callable[[Session, CaseFile, Told], None]
"""Does to the records what the end of a step means, or refuses, before the case tells it."""

Ends = Mapping[str, End]
"""By `Step.run`, what a room lends to those who end its steps as those of a case."""

NONE: Final[Ends] = {}


def offered_moves(session: Session, file: CaseFile, ends: Ends = NONE) -> list[Move]:
    """Return the moves that the session's caller may make today, those hindered among them."""
    now, rules = read_case(session, file)
    found = [
        one for one in moves(now, rules, context.today(session)) if not _is_run(now, one, ends)
    ]
    known = organs(session, {one.organ for one in found})
    caller = caller_in(session)
    return [one for one in found if may_act_for(caller, known[one.organ])]


def act(
    session: Session,
    file: CaseFile,
    kind: Happened,
    given: Mapping[str, Any],
    on: date | None = None,
    ends: Ends = NONE,
) -> Projection:
    """Tell what somebody does to a case, for the organ that may.

    Parameters
    ----------
    given
        Fields of `rukang.casework.Event`: ``step``, ``outcome``, ``reason``, ``to``…; of a
        correction ``corrects``, and what was wrong: ``day`` as the right day, ``outcome``; with
        neither it never happened.
    on
        The legal day; today if not given.
    ends
        What rooms lend to end steps of theirs.

    Raises
    ------
    NotAllowedError
        If the caller does not act for the organ.
    NotFoundError
        If an account that is named does not exist.
    ConflictError
        If it cannot happen as the case stands, or is for a room's own code to tell.
    InvalidError
        If it lacks what its kind needs.
    """
    if kind not in ACTS:
        raise InvalidError(
            f"“{kind.zh}”不能这样登记。", f"{kind} cannot be told of an open case like this."
        )
    lock_case(session, file)
    now, _ = read_case(session, file)
    _refuse_run(now, kind, given, ends)
    organ = _organ(session, now, kind, given.get("step"))
    refuse_stranger(session, organ)
    filled = dict(given)
    for name in PEOPLE:
        if filled.get(name):
            filled[name] = named_account(session, str(filled[name])).email
    filled["persons"] = tuple(
        named_account(session, str(one)).email for one in given.get("persons") or ()
    )
    if kind is H.DONE and not filled.get("outcome"):
        filled["outcome"] = _only_outcome(now, given.get("step"))
    if kind is H.CORRECTED:
        filled = _corrected(session, file, filled)
    told = Told(kind, organ, on, filled)
    step = now.course.steps.get(str(given.get("step")))
    if kind is H.DONE and step is not None and step.run is not None and step.run in ends:
        ends[step.run](session, file, told)
    return tell(session, file, told)


def _is_run(now: Projection, move: Move, ends: Ends) -> bool:
    return move.kind not in BESIDE and now.course.steps[move.step].run in run_here() - ends.keys()


def _refuse_run(now: Projection, kind: Happened, given: Mapping[str, Any], ends: Ends) -> None:
    """Refuse what a room's own code tells: of a step it ends, or of a case that has such.

    What was told with its code is not corrected by hand either: the records would say otherwise.
    """
    step = now.course.steps.get(str(given.get("step")))
    concerned = [step] if step is not None else list(now.course.steps.values())
    ours = run_here() - (frozenset() if kind is H.CORRECTED else ends.keys())
    if kind not in BESIDE and any(one.run in ours for one in concerned):
        raise ConflictError(
            f"“{now.course.title.zh}”由相应业务办理并自动登记：请在投诉记录、整改或异议的页面办理。",
            f"{now.course.title.en} is told by the records it is about: work on the complaint, the"
            " mending or the objection itself.",
        )


def _organ(session: Session, now: Projection, kind: Happened, step: object) -> str:
    """Return the organ that may tell something."""
    state = now.steps.get(str(step)) if step else None
    if state is not None:
        offer = state.offer
        return offer.to if offer and kind in OF_OFFERED else str(state.organ or now.opener)
    if step:
        known = "、".join(now.steps)
        raise NotFoundError(f"没有这个步骤，现有：{known}。", f"No such step; there are: {known}.")
    mine = (*now.responsible.values(), now.opener)
    known_organs, caller = organs(session, set(mine)), caller_in(session)
    return next((one for one in mine if may_act_for(caller, known_organs[one])), now.opener)


def _only_outcome(now: Projection, step: object) -> str | None:
    """Return how a step ends that can end in one way only."""
    results = now.course.steps[str(step)].results if step else ()
    return results[0] if len(results) == 1 else None


def _corrected(session: Session, file: CaseFile, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a correction with what is right, made of the event and what was wrong of it."""
    number = given.get("corrects")
    wrong = next((one for one in events_of(session, file) if one.seq == number), None)
    changed = {name: given[name] for name in ("outcome",) if given.get(name)}
    if given.get("day"):
        changed["on"] = given["day"]
    rest = {name: given[name] for name in ("corrects", "reason") if given.get(name)}
    return {**rest, "right": _right(wrong, changed, given)} if wrong and changed else rest


def _right(wrong: Event, changed: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    said = wrong.model_dump(exclude_defaults=True)
    return {**said, **changed, "backdated": said.get("backdated") or given.get("reason")}
