"""Events of one step: what each does to it, and when it is refused.

Each function takes a case and an event and returns the case after it. Responsibility for a live
step never has a gap: an offer leaves it with the sender, an acceptance moves it, a decline, an
expiry or a withdrawal leaves it where it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, NoReturn

from rostering.sheets.masking import shown
from rukang.base.definitions import nearest
from rukang.casework.clock import SUPPLEMENT, Rules, offer_clock, supplement_clock, term_clock
from rukang.casework.course import Checker, Expiry, Kind, Step, is_month_day
from rukang.casework.events import Event, Happened, RefusedError
from rukang.casework.state import Offer, Projection, State, StepState, Stop

Happen = Callable[[Projection, Event, Rules], Projection]
Words = tuple[str, str]

_IN_STATE: dict[State, Words] = {
    State.WAITING: ("还没有轮到", "has not begun"),
    State.DONE: ("已经办结，要重办请先退回", "is done; reopen it to do it again"),
    State.SKIPPED: ("已不再适用", "does not apply any more"),
    State.CANCELLED: ("已终止", "was cancelled"),
    State.READY: ("正在办理，没有暂停也没有移交",
        "is being worked on, not stopped and not offered",),
    State.OFFERED: (
        "正在移交，请先等对方答复或收回移交",
        "is offered to another organ; wait for the answer or withdraw the offer",
    ),
    State.SUSPENDED: ("已暂停，请先恢复", "is suspended; resume it first"),
}  # fmt: skip


def refuse(event: Event, zh: str, en: str) -> NoReturn:
    """Refuse an event.

    Raises
    ------
    RefusedError
        Always.
    """
    raise RefusedError(event, zh, en)


def step_of(case: Projection, event: Event) -> StepState:
    """Return the step an event names.

    Raises
    ------
    RefusedError
        If the course has no such step, or something happened to it after the event's day.
    """
    name = str(event.step)
    if name not in case.steps:
        near = nearest(name, case.steps)
        zh, en = (f"；是不是 {near}？", f"; did you mean {near}?") if near else ("", "")
        refuse(
            event, f"流程中没有步骤 {shown(name)}{zh}", f"the course has no step {shown(name)}{en}"
        )
    step = case.steps[name]
    since = step.touched or step.entered
    if since is not None and event.on < since:
        refuse(
            event,
            f"{event.on} 早于 {name} 开始或上一件事的日子 {since}，请核对日期；记错的请更正",
            f"{event.on} is before {name} began or its last event ({since}); check the day, and"
            " correct what was recorded wrongly",
        )
    return step


def in_state(case: Projection, event: Event, *states: State) -> StepState:
    """Return the step an event names, if it is in one of some states.

    Raises
    ------
    RefusedError
        If it is in another one.
    """
    step = step_of(case, event)
    if step.state not in states:
        zh, en = _IN_STATE[step.state]
        refuse(event, f"{step.id} {zh}", f"{step.id} {en}")
    return step


def own(case: Projection, event: Event, *states: State) -> StepState:
    """Return the step an event names, if the organ that acts is responsible for it.

    Raises
    ------
    RefusedError
        If another organ is, or the step is in another state.
    """
    step = in_state(case, event, *states)
    if event.organ != step.organ:
        refuse(
            event,
            f"{step.id} 由 {step.organ} 负责，{shown(event.organ)} 不能办理；需要时请先移交",
            f"{step.organ} is responsible for {step.id}, not {shown(event.organ)}; have it handed"
            " over first",
        )
    return step


def put(case: Projection, step: StepState) -> Projection:
    """Return the case with a step as it is now."""
    return replace(case, steps={**case.steps, step.id: step})


def finished(step: StepState, outcome: str, on: date, counts_from: date) -> StepState:
    """Return a step that has ended."""
    return replace(
        step, state=State.DONE, outcome=outcome, finished=on, counts_from=counts_from, offer=None
    )


def hindrance(
    case: Projection, step: StepState, outcome: str, rules: Rules, on: date
) -> Words | None:
    """Return why a step cannot end with an outcome as the case stands; none if it can."""
    course = case.definition(step.id)
    checks = (_not_accepted, _papers_missing, _tries_missing, _outside_window)
    found = (check(case, step, course, outcome, on) for check in checks)
    return next((words for words in found if words), None) or _still_public(
        case, step, outcome, rules, on
    )


def done(case: Projection, event: Event, rules: Rules) -> Projection:
    """End a step with an outcome."""
    step = own(case, event, State.READY)
    course, outcome = case.definition(step.id), str(event.outcome)
    if outcome not in course.results:
        near = nearest(outcome, course.results)
        zh, en = (f"；是不是 {near}？", f"; did you mean {near}?") if near else ("", "")
        known = ", ".join(course.results)
        refuse(
            event,
            f"{step.id} 没有结果 {shown(outcome)}，可用：{known}{zh}",
            f"{step.id} has no outcome {shown(outcome)}; there are {known}{en}",
        )
    if words := hindrance(case, step, outcome, rules, event.on) or _lacking(course, event):
        refuse(event, *words)
    return put(case, replace(finished(step, outcome, event.on, event.on), reason=event.reason))


def expired(case: Projection, event: Event, rules: Rules) -> Projection:
    """End a step by the time that has passed, as its term says."""
    step = own(case, event, State.READY)
    term = case.definition(step.id).term
    if term is None or term.outcome is None:
        refuse(
            event,
            f"{step.id} 的期限届满不使它办结",
            f"the end of its term does not end {step.id}",
        )
    clock = term_clock(case, step, rules)
    if not clock.is_late(event.on):
        due = clock.due or "未定"
        refuse(
            event,
            f"{step.id} 的期限（{due}）在 {event.on} 还没有过",
            f"the term of {step.id} ({clock.due or 'unknown'}) is not over on {event.on}",
        )
    silent = term.on_expiry is Expiry.DEEMED and step.entered is not None
    counts_from = step.entered if silent and step.entered else event.on
    return put(case, finished(step, term.outcome, event.on, counts_from))


def tried(case: Projection, event: Event, rules: Rules) -> Projection:
    """Count a day on which somebody tried to reach a person."""
    step = own(case, event, State.READY)
    return put(case, replace(step, tries=(*step.tries, event.on)))


def assigned(case: Projection, event: Event, rules: Rules) -> Projection:
    """Give a step to a person of the responsible organ."""
    step = own(case, event, State.READY, State.SUSPENDED, State.OFFERED)
    return put(case, replace(step, assignee=event.person))


def released(case: Projection, event: Event, rules: Rules) -> Projection:
    """Give a step back to the duty list of its organ."""
    step = own(case, event, State.READY, State.SUSPENDED, State.OFFERED)
    if step.assignee is None:
        refuse(event, f"{step.id} 没有分派给任何人", f"{step.id} is assigned to nobody")
    return put(case, replace(step, assignee=None))


def offered(case: Projection, event: Event, rules: Rules) -> Projection:
    """Offer a step to another organ; it stays where it is until that one accepts."""
    step = own(case, event, State.READY)
    course, to = case.definition(step.id), str(event.to)
    if course.hand_over is None and course.who in case.roles:
        refuse(
            event,
            f"流程没有规定 {step.id} 可以移交",
            f"the course does not let {step.id} be handed over",
        )
    if to == step.organ:
        refuse(event, f"{to} 已在负责，不能移交给自己", f"{to} is responsible already")
    if step.accepted:
        refuse(
            event,
            f"{step.id} 已由 {step.organ} 接收，不再移交",
            f"{step.id} was accepted by {step.organ} and is not handed on",
        )
    offer = Offer(sender=str(step.organ), to=to, on=event.on)
    return put(case, replace(step, state=State.OFFERED, offer=offer))


def offer_accepted(case: Projection, event: Event, rules: Rules) -> Projection:
    """Move responsibility to the organ that accepts."""
    step, _ = _answered(case, event)
    course = case.definition(step.id)
    role = course.hand_over.to if course.hand_over else course.who
    moved = replace(
        step, state=State.READY, organ=event.organ, offer=None, accepted=True, assignee=None
    )
    return put(replace(case, roles={**case.roles, role: event.organ}), moved)


def offer_declined(case: Projection, event: Event, rules: Rules) -> Projection:
    """Leave a step with its sender, with the reason."""
    step, _ = _answered(case, event)
    return put(case, replace(step, state=State.READY, offer=None, reason=event.reason))


def offer_expired(case: Projection, event: Event, rules: Rules) -> Projection:
    """Leave a step with its sender, because nobody answered in time."""
    step = own(case, event, State.OFFERED)
    clock = offer_clock(case, step, rules)
    if clock is None or not clock.is_late(event.on):
        due = clock.due if clock else None
        refuse(
            event,
            f"移交答复期限（{due or '未知'}）在 {event.on} 还没有过；可以收回移交",
            f"the term for an answer ({due or 'unknown'}) is not over on {event.on}; the offer can"
            " be withdrawn",
        )
    return put(case, replace(step, state=State.READY, offer=None))


def offer_withdrawn(case: Projection, event: Event, rules: Rules) -> Projection:
    """Take an offer back, with the reason."""
    step = own(case, event, State.OFFERED)
    return put(case, replace(step, state=State.READY, offer=None, reason=event.reason))


def supplement_asked(case: Projection, event: Event, rules: Rules) -> Projection:
    """Ask the applicant for papers, all at once; the clock stands still.

    References
    ----------
    行政许可法 art. 32: everything that is missing is told once.
    """
    step = own(case, event, State.READY)
    course = case.definition(step.id)
    if words := _askable(case, step, course, event):
        refuse(event, *words)
    stop = Stop(event.on, None, SUPPLEMENT, event.reason)
    return put(
        case,
        replace(
            step,
            state=State.SUSPENDED,
            stops=(*step.stops, stop),
            asked=tuple(dict.fromkeys((*step.asked, *event.papers))),
        ),
    )


def suspended(case: Projection, event: Event, rules: Rules) -> Projection:
    """Stop the clock on one of the grounds that law knows."""
    step = own(case, event, State.READY)
    stop = Stop(event.on, None, str(event.ground), event.reason)
    return put(case, replace(step, state=State.SUSPENDED, stops=(*step.stops, stop)))


def resumed(case: Projection, event: Event, rules: Rules) -> Projection:
    """Let the clock go on: the papers are there, or the ground is gone."""
    step = own(case, event, State.SUSPENDED)
    stop = step.stops[-1]
    if (stop.ground == SUPPLEMENT) is not (event.kind is Happened.SUPPLEMENT_ANSWERED):
        refuse(
            event,
            f"{step.id} 因 {stop.ground} 暂停，恢复方式不对应",
            f"{step.id} is stopped for {stop.ground}, which this does not end",
        )
    stops = (*step.stops[:-1], replace(stop, last=event.on))
    return put(case, replace(step, state=State.READY, stops=stops))


def extended(case: Projection, event: Event, rules: Rules) -> Projection:
    """Extend a step's term once, approved by somebody else, before it is over."""
    step = own(case, event, State.READY, State.SUSPENDED)
    term = case.definition(step.id).term
    if term is None or term.extension is None:
        refuse(event, f"{step.id} 的期限不能延长", f"the term of {step.id} cannot be extended")
    if step.extended:
        refuse(event, "期限只能延长一次", "a term is extended once only")
    if event.approver == event.actor:
        refuse(event, "批准人不能是经办人本人", "somebody other than who acts has to approve")
    if term_clock(case, step, rules).is_late(event.on):
        refuse(event, "期限已过，不能再延长", "the term is over and cannot be extended")
    return put(case, replace(step, extended=term.extension))


def deemed_withdrawn(case: Projection, event: Event, rules: Rules) -> Projection:
    """Refuse what the applicant still has time for; the closing itself is the case's."""
    step = own(case, event, State.SUSPENDED)
    clock = supplement_clock(case, step, rules)
    if clock is None or not clock.is_late(event.on):
        due = clock.due if clock else None
        refuse(
            event,
            f"申请人的补正期限（{due or '未知'}）在 {event.on} 还没有过",
            f"the applicant's term ({due or 'unknown'}) is not over on {event.on}",
        )
    return case


def _answered(case: Projection, event: Event) -> tuple[StepState, Offer]:
    """Return the step and the offer that an organ answers."""
    step = step_of(case, event)
    if step.offer is None:
        refuse(event, f"{step.id} 没有待答复的移交", f"{step.id} is not offered to anybody")
    if event.organ != step.offer.to:
        refuse(
            event,
            f"{step.id} 是向 {step.offer.to} 移交的，{shown(event.organ)} 不能答复",
            f"{step.id} is offered to {step.offer.to}; {shown(event.organ)} cannot answer",
        )
    return step, step.offer


def _askable(case: Projection, step: StepState, course: Step, event: Event) -> Words | None:
    unknown = [name for name in event.papers if name not in course.papers]
    if unknown:
        known = ", ".join(course.papers) or "-"
        return (
            f"{step.id} 不需要材料 {shown(unknown[0])}（需要：{known}）",
            f"{step.id} needs no paper {shown(unknown[0])} (it needs: {known})",
        )
    there = [name for name in event.papers if name in case.in_hand]
    if there:
        return f"材料 {there[0]} 已收到，不能再要", f"{there[0]} is there already"
    rejected = {p.name for p in case.papers if p.rejected is not None}
    again = [name for name in event.papers if name not in rejected]
    if step.asked and again:
        return (
            f"补正须一次告知：{again[0]} 第一次就应告知，不能再次要求",
            f"what is missing is told once: {again[0]} could have been asked for the first time",
        )
    return None


def _lacking(course: Step, event: Event) -> Words | None:
    """Return what an event that ends a step does not say and must."""
    if course.result(str(event.outcome)).adverse and not event.reason:
        return "不利结果须写明理由（reason）", "an adverse outcome needs its reason"
    if course.checker is Checker.DIFFERS and event.checker in {None, event.actor}:
        return (
            "须由经办人以外的人复核（checker）",
            "somebody other than its maker has to confirm it (checker)",
        )
    if len({event.actor, *event.persons}) < course.persons:
        return (
            f"须 {course.persons} 人共同办理（persons）",
            f"{course.persons} people have to do it together (persons)",
        )
    if course.where and event.where not in course.where:
        known = ", ".join(course.where)
        return f"须写明地点（where）：{known}", f"say where it was done (where): {known}"
    return None


def _not_accepted(
    case: Projection, step: StepState, course: Step, outcome: str, on: date
) -> Words | None:
    if course.hand_over is None or not course.hand_over.required or step.accepted:
        return None
    to = course.hand_over.to
    return (
        f"{step.id} 须先移交 {to} 并被接收",
        f"{step.id} has to be offered to {to} and accepted first",
    )


def _papers_missing(
    case: Projection, step: StepState, course: Step, outcome: str, on: date
) -> Words | None:
    missing = case.missing(step.id)
    if not missing or course.result(outcome).adverse:
        return None
    told = ", ".join(missing)
    return f"缺少材料：{told}；请收取或要求补正", f"papers are missing: {told}; have them handed in"


def _tries_missing(
    case: Projection, step: StepState, course: Step, outcome: str, on: date
) -> Words | None:
    wanted = course.result(outcome).tries or 0
    days = len(set(step.tries))
    if days >= wanted:
        return None
    return (
        f"{outcome} 须先在 {wanted} 个不同日子尝试，现有 {days} 个",
        f"{outcome} needs attempts on {wanted} different days; there are {days}",
    )


def _outside_window(
    case: Projection, step: StepState, course: Step, outcome: str, on: date
) -> Words | None:
    if course.window is None or not all(map(is_month_day, course.window)):
        return None
    first, last = course.window
    if _within(f"{on:%m-%d}", first, last):
        return None
    return (
        f"{step.id} 只能在每年 {first} 至 {last} 办理，{on} 不在其中",
        f"{step.id} is done from {first} to {last} of a year only; {on} is outside",
    )


def _within(day: str, first: str, last: str) -> bool:
    """Return whether a day of the year lies in a window, which may run over New Year."""
    return first <= day <= last if first <= last else day >= first or day <= last


def _still_public(
    case: Projection, step: StepState, outcome: str, rules: Rules, on: date
) -> Words | None:
    course = case.definition(step.id)
    if course.kind is not Kind.PUBLICITY or course.term is None or course.term.outcome != outcome:
        return None
    clock = term_clock(case, step, rules)
    if clock.budget is None or clock.is_late(on):
        return None
    return (
        f"公示期（至 {clock.due or '暂停中'}）在 {on} 还没有满",
        f"the publicity (to {clock.due or 'stopped'}) is not over on {on}",
    )


OF_STEPS: Final[Mapping[Happened, Happen]] = {
    Happened.DONE: done,
    Happened.EXPIRED: expired,
    Happened.TRIED: tried,
    Happened.ASSIGNED: assigned,
    Happened.RELEASED: released,
    Happened.OFFERED: offered,
    Happened.OFFER_ACCEPTED: offer_accepted,
    Happened.OFFER_DECLINED: offer_declined,
    Happened.OFFER_EXPIRED: offer_expired,
    Happened.OFFER_WITHDRAWN: offer_withdrawn,
    Happened.SUPPLEMENT_ASKED: supplement_asked,
    Happened.SUPPLEMENT_ANSWERED: resumed,
    Happened.SUSPENDED: suspended,
    Happened.RESUMED: resumed,
    Happened.EXTENDED: extended,
}
"""What each event of one step does."""
