"""Replay: the events of a case, one after another, give where it stands.

The same events give the same case, always; an event that cannot have happened is refused in words.
Corrections are put in their places first, so that a case reads as if it had been recorded rightly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from rostering.sheets.masking import shown
from rukang.casework.clock import Rules, remedy_clock
from rukang.casework.course import Course, Join
from rukang.casework.events import Event, Happened, RefusedError
from rukang.casework.graph import Verdict, descendants, explore, order, verdict
from rukang.casework.state import (
    Closing,
    Objection,
    Offer,
    Paper,
    Projection,
    State,
    StepState,
)
from rukang.casework.steps import (
    OF_STEPS,
    Happen,
    deemed_withdrawn,
    in_state,
    put,
    refuse,
    step_of,
)

H = Happened

ANYTIME: Final = frozenset(
    {H.NOTED, H.DELIVERED, H.OBJECTED, H.OBJECTION_DECIDED, H.REOPENED, H.CORRECTED}
)
"""What can still happen when nothing is left to do."""


def replay(events: Sequence[Event], rules: Rules) -> Projection:
    """Return where a case stands after its events.

    Parameters
    ----------
    events
        All of one case, by number.

    Raises
    ------
    RefusedError
        If one cannot have happened, with its number, why, and what to do.
    """
    _numbered(events)
    right = corrected(events)
    try:
        return _fold(right, rules)
    except RefusedError as error:
        if list(right) == list(events) or not any(one.kind is H.CORRECTED for one in events):
            raise
        error.zh, error.en = f"按更正后的记录，{error.zh}", f"As corrected: {error.en}"
        error.args = (f"{error.zh} {error.en}",)
        raise


def corrected(events: Sequence[Event]) -> list[Event]:
    """Return the events as they should have been recorded; of two corrections the last one holds.

    Raises
    ------
    RefusedError
        If a correction corrects nothing that was recorded before it, or another correction.
    """
    by_number = {event.seq: event for event in events}
    right: dict[int, Event | None] = {}
    for event in events:
        if event.kind is H.CORRECTED:
            right[int(event.corrects or 0)] = _correction(event, by_number)
    found = (right.get(event.seq, event) for event in events)
    return [event for event in found if event is not None]


def settle(case: Projection, on: date) -> Projection:
    """Begin every step whose inputs have come, and drop those whose inputs never will."""
    for name in order(case.course):
        step = case.steps[name]
        if step.state is not State.WAITING:
            continue
        ruling = verdict(case.course.steps[name], case.results)
        if ruling is Verdict.MET:
            case = put(case, _begun(case, step))
        elif ruling is Verdict.DEAD:
            case = put(case, replace(step, state=State.SKIPPED, finished=on))
    return case


def _fold(events: Sequence[Event], rules: Rules) -> Projection:
    if not events:
        raise ValueError("没有事件：案件从“立案”开始 / no events: a case begins with opened")
    case = _opened(events[0], rules)
    for event in events[1:]:
        case = _after(case, event, rules)
    return case


def _after(case: Projection, event: Event, rules: Rules) -> Projection:
    """Return a case after one more event."""
    if event.kind is H.OPENED:
        refuse(event, "案件已经立案", "the case is open already")
    _dated(event, rules)
    if event.on < case.opened:
        refuse(
            event,
            f"{event.on} 早于立案日 {case.opened}",
            f"{event.on} is before the case was opened ({case.opened})",
        )
    if case.ended and event.kind not in ANYTIME:
        refuse(event, "案件已办结，没有待办事项", "the case is over, nothing is left to do")
    happened = _HAPPEN[event.kind](case, event, rules)
    step = happened.steps.get(str(event.step))
    if step is not None:
        happened = put(happened, replace(step, touched=event.on))
    return replace(settle(happened, event.on), seq=event.seq)


def _opened(event: Event, rules: Rules) -> Projection:
    if event.kind is not H.OPENED:
        refuse(event, "案件须从“立案”开始", "a case begins with opened")
    _dated(event, rules)
    course = _course(event, rules)
    if not course.holds_on(event.on):
        refuse(
            event,
            f"{course.id} 在 {event.on} 无效（{course.valid_from} 至 {course.valid_to or '今后'}）",
            f"{course.id} does not hold on {event.on} ({course.valid_from} to"
            f" {course.valid_to or 'further notice'})",
        )
    if unknown := sorted(event.organs.keys() - course.roles.keys()):
        refuse(
            event,
            f"流程没有角色 {shown(unknown[0])}，可用：{', '.join(course.roles)}",
            f"the course has no role {shown(unknown[0])}; there are {', '.join(course.roles)}",
        )
    case = Projection(
        course=course,
        opener=event.organ,
        opened=event.on,
        roles=dict(event.organs),
        steps={name: StepState(name) for name in course.steps},
        seq=event.seq,
    )
    return settle(case, event.on)


def _begun(case: Projection, step: StepState) -> StepState:
    """Return a step that begins: of the organ of its role, from the day its inputs had come.

    A step of a role that nobody has yet is with the organ that did what came before, which offers
    it on: nobody is lost between two organs.
    """
    course = case.course.steps[step.id]
    sources = [case.steps[name] for name, _ in course.inputs]
    came = [
        case.steps[name]
        for name, outcome in course.inputs
        if case.steps[name].outcome is not None and outcome in {None, case.steps[name].outcome}
    ]
    days = [one.counts_from for one in came if one.counts_from]
    if course.join is Join.ANY:
        entered = min(days)
    else:
        over = [one.finished for one in sources if one.state is State.SKIPPED and one.finished]
        other = [one.counts_from for one in sources if one.counts_from]
        entered = max([*over, *other], default=case.opened)
    last = max(came, key=lambda one: one.finished or case.opened, default=None)
    holder = last.organ if last is not None else case.opener
    return replace(
        step, state=State.READY, entered=entered, organ=case.roles.get(course.who, holder)
    )


def _numbered(events: Sequence[Event]) -> None:
    for number, event in enumerate(events, 1):
        if event.seq != number:
            refuse(event, f"编号应为 {number}", f"its number should be {number}")
        if number > 1 and event.at < events[number - 2].at:
            refuse(
                event,
                f"登记时间 {event.at} 早于上一件",
                f"it was recorded ({event.at}) before the one before it",
            )


def _dated(event: Event, rules: Rules) -> None:
    recorded = event.at.date()
    if event.on > recorded:
        refuse(
            event,
            f"日期 {event.on} 晚于登记日 {recorded}，不能预先登记",
            f"its day {event.on} is after it was recorded ({recorded}); nothing is recorded ahead",
        )
    long_ago = event.on < recorded and rules.calendar.workday_after(event.on, 1) < recorded
    if long_ago and event.backdated is None:
        refuse(
            event,
            f"{event.on} 的事在 {recorded} 才登记，请写明补记理由（backdated）",
            f"what happened on {event.on} is recorded on {recorded}; say why so late (backdated)",
        )


def _course(event: Event, rules: Rules) -> Course:
    found = rules.courses.get(str(event.course))
    if found is None:
        known = ", ".join(rules.courses) or "-"
        refuse(
            event,
            f"没有流程 {shown(event.course)}（现有：{known}）",
            f"there is no course {shown(event.course)} (there are: {known})",
        )
    return found


def _correction(event: Event, by_number: Mapping[int, Event]) -> Event | None:
    """Return what an event should have been; none if it never happened."""
    wrong = by_number.get(int(event.corrects or 0))
    if wrong is None or wrong.seq >= event.seq:
        refuse(event, f"之前没有第 {event.corrects} 件", f"no event {event.corrects} before it")
    if wrong.kind is H.CORRECTED:
        refuse(
            event,
            f"第 {wrong.seq} 件本身是更正，请再次更正第 {wrong.corrects} 件",
            f"event {wrong.seq} is a correction itself; correct event {wrong.corrects} again",
        )
    right = event.right
    if wrong.kind is H.OPENED and (right is None or right.kind is not H.OPENED):
        refuse(event, "立案不能取消，请用“误立作废”", "an opening stays; use voided instead")
    if right is not None and (right.seq, right.at) != (wrong.seq, wrong.at):
        refuse(
            event,
            f"更正后须保留原编号 {wrong.seq} 和登记时间 {wrong.at}",
            f"what is right keeps the number {wrong.seq} and the moment {wrong.at}",
        )
    if right is not None and right.kind is H.CORRECTED:
        refuse(event, "不能更正为“更正”", "nothing is corrected into a correction")
    return right


def _unchanged(case: Projection, event: Event, rules: Rules) -> Projection:
    return case


def _paper_added(case: Projection, event: Event, rules: Rules) -> Projection:
    _known_papers(case, event)
    kept = tuple(one for one in case.papers if one.name not in event.papers)
    return replace(case, papers=(*kept, *(Paper(name, event.on) for name in event.papers)))


def _paper_rejected(case: Projection, event: Event, rules: Rules) -> Projection:
    _known_papers(case, event)
    if absent := [name for name in event.papers if name not in case.in_hand]:
        refuse(event, f"没有收到材料 {absent[0]}", f"{absent[0]} was not handed in")
    papers = tuple(
        replace(one, rejected=event.on) if one.name in event.papers else one for one in case.papers
    )
    return replace(case, papers=papers)


def _known_papers(case: Projection, event: Event) -> None:
    if unknown := [name for name in event.papers if name not in case.course.papers]:
        known = ", ".join(case.course.papers) or "-"
        refuse(
            event,
            f"流程没有材料 {shown(unknown[0])}（现有：{known}）",
            f"the course knows no paper {shown(unknown[0])} (there are: {known})",
        )


def _day_set(case: Projection, event: Event, rules: Rules) -> Projection:
    steps = case.course.steps.values()
    wanted = sorted({term.until for step in steps for _, term in step.terms if term.until})
    if event.name not in wanted or event.day is None:
        known = ", ".join(wanted) or "-"
        refuse(
            event,
            f"没有期限以 {shown(event.name)} 为止（现有：{known}）",
            f"no term runs until {shown(event.name)} (there are: {known})",
        )
    return replace(case, days={**case.days, str(event.name): event.day})


def _delivered(case: Projection, event: Event, rules: Rules) -> Projection:
    step = in_state(case, event, State.DONE)
    return put(case, replace(step, delivered=event.on))


def _objected(case: Projection, event: Event, rules: Rules) -> Projection:
    step = in_state(case, event, State.DONE)
    outcome = case.outcome_of(step)
    if outcome is None or outcome.remedy is None:
        refuse(
            event,
            f"对 {step.id} 的结果 {step.outcome} 没有规定救济途径",
            f"the course names no remedy against {step.id}.{step.outcome}",
        )
    if any(one.step == step.id and one.upheld is None for one in case.objections):
        refuse(event, "已有一件异议在处理中", "an objection against it is being decided already")
    clock = remedy_clock(case, step, rules)
    if clock is not None and clock.is_late(event.on):
        refuse(
            event,
            f"异议期限已于 {clock.due} 届满",
            f"the time to object ended on {clock.due}",
        )
    return replace(case, objections=(*case.objections, Objection(step.id, step.round, event.on)))


def _objection_decided(case: Projection, event: Event, rules: Rules) -> Projection:
    step = step_of(case, event)
    at = [n for n, one in enumerate(case.objections) if one.step == step.id and one.upheld is None]
    if not at:
        refuse(event, f"对 {step.id} 没有待处理的异议", f"no objection against {step.id} is open")
    listed = list(case.objections)
    listed[at[0]] = replace(listed[at[0]], upheld=event.upheld, decided=event.on)
    return replace(case, objections=tuple(listed))


def _reopened(case: Projection, event: Event, rules: Rules) -> Projection:
    """Begin a further round of a step; what followed from its outcome waits again."""
    if case.closing is not None:
        refuse(
            event,
            f"案件已因“{case.closing.how.zh}”结束，请另立新案",
            f"the case was closed ({case.closing.how}); open a new one",
        )
    step = in_state(case, event, State.DONE)
    if event.approver == event.actor:
        refuse(event, "批准人不能是经办人本人", "somebody other than who acts has to approve")
    again = StepState(
        step.id,
        State.READY,
        round=step.round + 1,
        organ=step.organ,
        entered=event.on,
        accepted=step.accepted,
    )
    case = put(replace(case, earlier=(*case.earlier, step)), again)
    for name in descendants(case.course, step.id):
        case = _waits_again(case, case.steps[name])
    return case


def _waits_again(case: Projection, step: StepState) -> Projection:
    """Return a case in which a step waits, if what it began or was dropped for is open again."""
    ruling = verdict(case.course.steps[step.id], case.results)
    stays = Verdict.DEAD if step.state is State.SKIPPED else Verdict.MET
    if step.state is State.WAITING or ruling is stays:
        return case
    if step.state is State.SKIPPED:
        return put(case, StepState(step.id, round=step.round))
    past = replace(step, state=State.CANCELLED, offer=None) if step.is_live else step
    case = replace(case, earlier=(*case.earlier, past))
    return put(case, StepState(step.id, round=step.round + 1))


def _organ_changed(case: Projection, event: Event, rules: Rules) -> Projection:
    """Put one organ in the place of another, which was merged or closed, in everything live."""
    old, new = event.organ, str(event.to)
    concerned = old in case.roles.values() or any(
        old in {step.organ, step.offer.to if step.offer else None} for step in case.live
    )
    if not concerned or old == new:
        refuse(
            event,
            f"{shown(old)} 在本案没有职责，或变更为自己",
            f"{shown(old)} has no part in the case, or would be replaced by itself",
        )
    steps = {
        name: _of_new_organ(step, old, new) if step.is_live else step
        for name, step in case.steps.items()
    }
    roles = {role: new if organ == old else organ for role, organ in case.roles.items()}
    return replace(case, steps=steps, roles=roles)


def _of_new_organ(step: StepState, old: str, new: str) -> StepState:
    offer = step.offer
    organ = new if step.organ == old else step.organ
    if offer is not None:
        sender, to = (new if one == old else one for one in (offer.sender, offer.to))
        offer = Offer(sender, to, offer.on) if sender != to else None
    state = State.READY if step.state is State.OFFERED and offer is None else step.state
    return replace(step, organ=organ, offer=offer, state=state)


def _edition_changed(case: Projection, event: Event, rules: Rules) -> Projection:
    """Bind a case to another edition of its course; what was done and counted stays."""
    course = _course(event, rules)
    if course.course != case.course.course or course.id == case.course.id:
        refuse(
            event,
            f"{course.id} 不是 {case.course.course} 的另一版本",
            f"{course.id} is no other edition of {case.course.course}",
        )
    if course.valid_from > event.on:
        refuse(
            event,
            f"{course.id} 自 {course.valid_from} 起才有效",
            f"{course.id} is in force from {course.valid_from} only",
        )
    names = {name: event.renamed.get(name, name) for name in case.steps}
    if lost := [step.id for step in case.live if names[step.id] not in course.steps]:
        refuse(
            event,
            f"{course.id} 没有正在办理的步骤 {', '.join(lost)}，请用 renamed 写明，或先办结",
            f"{course.id} has no step for what is being done: {', '.join(lost)}; name it in"
            " renamed, or end it first",
        )
    moved = _moved(case, course, names)
    explored = explore(
        course, moved.results, [step.id for step in moved.live], ended=bool(moved.former_endings)
    )
    if explored.endless is not None:
        way = " → ".join(f"{name}.{outcome}" for name, outcome in explored.endless)
        refuse(
            event,
            f"变更后这样办完没有结局：{way}；请先退回重办新版本中不同的步骤",
            f"after the change this way would have no ending: {way}; reopen first what the new"
            " edition calls otherwise",
        )
    return moved


def _moved(case: Projection, course: Course, names: Mapping[str, str]) -> Projection:
    """Return a case with its steps under their names in another edition."""
    kept = {
        names[name]: replace(step, id=names[name])
        for name, step in case.steps.items()
        if names[name] in course.steps and (step.is_live or step.state is State.DONE)
    }
    gone = tuple(
        step
        for name, step in case.steps.items()
        if names[name] not in course.steps and step.state is State.DONE
    )
    rounds = {names[name]: step.round for name, step in case.steps.items()}
    steps = {
        name: kept.get(name, StepState(name, round=rounds.get(name, 1))) for name in course.steps
    }
    endings = (case.course.ending(step.id, str(step.outcome)) for step in gone)
    former = (*case.former_endings, *(one for one in endings if one))
    return replace(
        case,
        course=course,
        steps=steps,
        earlier=(*case.earlier, *gone),
        former_endings=former,
        roles={role: organ for role, organ in case.roles.items() if role in course.roles},
        papers=tuple(one for one in case.papers if one.name in course.papers),
    )


def _closed(case: Projection, event: Event, rules: Rules) -> Projection:
    """Close a case from outside: what was live is cancelled."""
    if event.kind is H.DEEMED_WITHDRAWN:
        deemed_withdrawn(case, event, rules)
    over = {State.DONE, State.SKIPPED}
    steps = {
        name: step
        if step.state in over
        else replace(step, state=State.CANCELLED, offer=None, finished=event.on)
        for name, step in case.steps.items()
    }
    return replace(case, steps=steps, closing=Closing(event.kind, event.on, event.reason))


_HAPPEN: Final[Mapping[Happened, Happen]] = {
    **OF_STEPS,
    H.PAPER_ADDED: _paper_added,
    H.PAPER_REJECTED: _paper_rejected,
    H.DAY_SET: _day_set,
    H.DELIVERED: _delivered,
    H.OBJECTED: _objected,
    H.OBJECTION_DECIDED: _objection_decided,
    H.REOPENED: _reopened,
    H.ORGAN_CHANGED: _organ_changed,
    H.EDITION_CHANGED: _edition_changed,
    H.WITHDRAWN: _closed,
    H.DEEMED_WITHDRAWN: _closed,
    H.DIED: _closed,
    H.MOVED: _closed,
    H.VOIDED: _closed,
    H.CORRECTED: _unchanged,
    H.NOTED: _unchanged,
}
