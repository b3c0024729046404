"""Corrections and editions: a case reads as if rightly recorded, and goes on under a new text."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rukang.base.calendar import Calendar
from rukang.casework import Event, Of, RefusedError, Rules, clocks, parse_course, replay
from tests.rukang.casework.tiny import TINY, Case, rules
from tests.rukang.casework.walk import ALL, drawn, finish, walk

REASON = "理由 reason"


def renumbered(events: list[Event]) -> list[Event]:
    """Return events as if those that are missing had never been recorded."""
    return [event.model_copy(update={"seq": n}) for n, event in enumerate(events, 1)]


def taken(events: list[Event]) -> Any:
    """Return a case without its numbers, or the refusal."""
    try:
        now = replay(events, rules())
    except RefusedError:
        return RefusedError
    return {key: value for key, value in vars(now).items() if key != "seq"}


@settings(max_examples=80)
@given(
    st.sampled_from(ALL), st.randoms(use_true_random=False), st.integers(2, 15), st.integers(0, 14)
)
def test_a_case_reads_as_if_it_had_been_recorded_rightly(
    name: str, random: Any, length: int, which: int
) -> None:
    """What never happened is as if left out; where later events then cannot be, it is refused."""
    case = walk(name, random, length)
    assume(len(case.events) > 1)
    wrong = case.events[1 + which % (len(case.events) - 1)]
    correction = case.event("corrected", corrects=wrong.seq, reason=REASON)
    without = [event for event in case.events if event is not wrong]
    assert taken([*case.events, correction]) == taken(renumbered(without))


@settings(max_examples=60)
@given(
    st.sampled_from(ALL), st.randoms(use_true_random=False), st.integers(2, 15), st.integers(0, 14)
)
def test_a_correction_puts_right_what_was_wrong(
    name: str, random: Any, length: int, which: int
) -> None:
    """Another event in its place, drawn from what could have happened; of two, the last holds."""
    case = walk(name, random, length)
    assume(len(case.events) > 1)
    at = 1 + which % (len(case.events) - 1)
    wrong, early = case.events[at], Case(case.course, case.organs)
    early.events, early.now = case.events[:at], replay(case.events[:at], rules())
    early.day = wrong.on
    other = drawn(early, random)
    assume(other is not None)
    assert other is not None
    right = other.model_copy(update={"at": wrong.at})
    first = case.event("corrected", corrects=wrong.seq, reason=REASON, right=right)
    replaced = [right if event is wrong else event for event in case.events]
    assert taken([*case.events, first]) == taken(replaced)
    back = first.model_copy(update={"seq": first.seq + 1, "right": wrong})
    assert taken([*case.events, first, back]) == taken(case.events)


def test_a_correction_that_makes_later_events_impossible_is_refused() -> None:
    """With the number of the event that could not have happened then."""
    case = Case().accepted()  # 1 opened, 2 papers, 3 done
    with pytest.raises(RefusedError) as refused:
        case.tell("corrected", corrects=2, reason=REASON)
    assert refused.value.zh.startswith("按更正后的记录，第 3 件")
    assert refused.value.en.startswith("As corrected: Event 3 (done)")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"corrects": 4}, "is a correction itself; correct event 3 again"),
        ({"right_seq": 2}, "keeps the number 3"),
        ({"right_kind": "corrected"}, "corrected into a correction"),
    ],
)
def test_what_is_no_correction_is_refused(change: dict[str, Any], told: str) -> None:
    """A correction of a correction, another number, a correction as what is right."""
    case = Case().accepted()
    done = case.events[2]
    case.tell("corrected", corrects=3, reason=REASON, right=done)
    right = done.model_copy(update={"seq": change.get("right_seq", 3)})
    if "right_kind" in change:
        right = case.events[3].model_copy(update={"seq": 3, "at": done.at})
    with pytest.raises(RefusedError, match=told):
        case.tell("corrected", corrects=change.get("corrects", 3), reason=REASON, right=right)


def test_a_corrected_day_moves_what_follows() -> None:
    """The clocks of later steps run from the right day."""
    case = Case(day=date(2026, 9, 7)).papers()
    case.day = date(2026, 9, 9)
    case.tell("done", "accept", outcome="ok")
    done = case.events[-1]
    assert case.now.steps["visit"].entered == date(2026, 9, 9)
    right = done.model_copy(update={"on": date(2026, 9, 8)})
    now = case.tell("corrected", corrects=done.seq, reason=REASON, right=right)
    assert now.steps["visit"].entered == date(2026, 9, 8)


def test_a_case_goes_on_under_another_edition() -> None:
    """The new term holds, with the stops there were; nobody's responsibility moves."""
    case = Case().accepted()
    case.tell("suspended", "visit", ground="applicant_away", reason=REASON)
    case.day += timedelta(days=3)
    case.tell("resumed", "visit")
    before = case.now
    now = case.tell("edition_changed", course="permit@2", reason=REASON)
    assert now.course.edition == "2"
    assert now.responsible == before.responsible
    assert now.steps["visit"].stops == before.steps["visit"].stops
    (old,) = [c for c in clocks(before, rules()) if (c.step, c.of) == ("visit", Of.TERM)]
    (new,) = [c for c in clocks(now, rules()) if (c.step, c.of) == ("visit", Of.TERM)]
    assert (old.due, new.due) == (date(2026, 9, 23), date(2026, 9, 20))
    case.advised().visited()
    case.day += timedelta(days=9)
    case.tell("expired", "show")
    case.tell("done", "decide", outcome="refused", checker="p9", reason=REASON)
    case.tell("done", "tell", outcome="done")
    assert case.now.responsible == {"record": "T1"}  # only the new edition has it
    assert case.tell("done", "record", outcome="done").endings == ("refused",)


@settings(max_examples=40)
@given(st.randoms(use_true_random=False), st.integers(0, 15), st.integers(0, 8))
def test_under_whichever_edition_a_case_can_end(random: Any, before: int, after: int) -> None:
    """Changed at any moment, back and forth: what is live stays with whom it was, and ends."""
    case = walk("permit", random, before)
    for edition in ("permit@2", "permit@1"):
        if case.now.ended or "record" in case.now.responsible:  # which edition 1 does not have
            break
        held = case.now.responsible
        case.tell("edition_changed", course=edition, reason=REASON)
        assert held.items() <= case.now.responsible.items()
        for _ in range(after):
            case.day += timedelta(days=random.choice((0, 1, 9)))
            event = drawn(case, random)
            if event is not None:
                case.add(event)
    finish(case, random)
    assert case.now.endings


def edition_three(was: str, becomes: str) -> Rules:
    """Return the rules with a further edition, changed in one place."""
    text = TINY.replace('edition: "1"', 'edition: "3"').replace(was, becomes)
    one = parse_course(text, "three")
    return Rules({**rules().courses, one.id: one}, Calendar(), rules().figures)


def test_an_edition_without_what_is_being_done_is_refused() -> None:
    """Unless the event says what the step is called there."""
    known = edition_three("visit", "inspect")
    case = Case().accepted()
    change = case.event("edition_changed", course="permit@3", reason=REASON)
    with pytest.raises(RefusedError, match="no step for what is being done: visit"):
        replay([*case.events, change], known)
    renamed = change.model_copy(update={"renamed": {"visit": "inspect"}})
    assert set(replay([*case.events, renamed], known).responsible) == {"inspect", "advice"}


def test_an_edition_in_which_a_case_could_not_end_is_refused() -> None:
    """An outcome that the new edition calls otherwise would lead nowhere."""
    known = edition_three("fits", "suits")
    case = Case().accepted().advised().visited()
    change = case.event("edition_changed", course="permit@3", reason=REASON)
    assert replay([*case.events, change], known).responsible == {"show": "T1"}  # it is begun
    early = Case().accepted().visited()
    change = early.event("edition_changed", course="permit@3", reason=REASON)
    with pytest.raises(RefusedError, match=r"would have no ending: accept\.ok"):
        replay([*early.events, change], known)


def test_what_an_edition_dropped_is_kept_in_the_history() -> None:
    """A step that was done and is called otherwise now stays to be read; the new one is begun."""
    known = edition_three("advice", "opinion")
    case = Case().accepted().advised()
    change = case.event("edition_changed", course="permit@3", reason=REASON)
    now = replay([*case.events, change], known)
    assert [(step.id, step.outcome) for step in now.earlier] == [("advice", "good")]
    assert set(now.responsible) == {"visit", "opinion"}


SIDE_BY_SIDE = """\
course: pair
edition: "1"
title: {zh: 并行, en: side by side}
document: {zh: 示例, en: example}
standing: local
place: "371600"
valid_from: 2026-01-01
roles: {town: {zh: 乡镇, en: township}}
steps:
  one: {zh: 一, en: one, who: town}
  two: {zh: 二, en: two, who: town}
endings:
  first: {zh: 其一, en: first}
  second: {zh: 其二, en: second}
ends:
  one: first
  two: second
"""


def test_an_ending_outlives_its_step() -> None:
    """What a case had reached before its edition changed is still how it ended."""
    pair = parse_course(SIDE_BY_SIDE, "pair")
    text = SIDE_BY_SIDE.replace('edition: "1"', 'edition: "2"')
    for line in ("  one: {zh: 一, en: one, who: town}\n", "  first: {zh: 其一, en: first}\n"):
        text = text.replace(line, "")
    after = parse_course(text.replace("  one: first\n", ""), "pair")
    known = Rules({pair.id: pair, after.id: after}, Calendar())
    common = {"at": datetime.combine(date(2026, 9, 7), time(12)), "on": date(2026, 9, 7),
              "actor": "p1", "organ": "T1"}  # fmt: skip
    told = [
        {"kind": "opened", "course": "pair@1", "organs": {"town": "T1"}},
        {"kind": "done", "step": "one", "outcome": "done"},
        {"kind": "edition_changed", "course": "pair@2", "reason": REASON},
        {"kind": "done", "step": "two", "outcome": "done"},
    ]
    events = [Event.model_validate({"seq": n, **common, **one}) for n, one in enumerate(told, 1)]
    assert replay(events, known).endings == ("first", "second")


def test_what_another_edition_adds_runs_from_the_first_that_had_come() -> None:
    """Of two that are done already: any, the day of the first; all, that of the last."""
    head, rest = SIDE_BY_SIDE.split("endings:")
    waits = head + "  keep: {zh: 存, en: keep, who: town}\n"
    added = "  then: {zh: 后, en: then, who: town, after: [one, two], join: any}\n"
    ends = rest + "  keep: first\n"
    pair = parse_course(f"{waits}endings:{ends}", "pair")
    common = {"actor": "p1", "organ": "T1"}
    told = [
        (7, {"kind": "opened", "course": "pair@1", "organs": {"town": "T1"}}),
        (8, {"kind": "done", "step": "one", "outcome": "done"}),
        (10, {"kind": "done", "step": "two", "outcome": "done"}),
        (11, {"kind": "edition_changed", "course": "pair@2", "reason": REASON}),
    ]
    events = [
        Event.model_validate(
            {"seq": n, "at": datetime.combine(date(2026, 9, day), time(12)),
             "on": date(2026, 9, day), **common, **one}
        )
        for n, (day, one) in enumerate(told, 1)
    ]  # fmt: skip
    for join, day in (("any", 8), ("all", 10), ("all_live", 10)):
        text = f"{waits}{added}endings:{ends}  then: second\n".replace("join: any", f"join: {join}")
        after = parse_course(text.replace('edition: "1"', 'edition: "2"'), "pair")
        now = replay(events, Rules({pair.id: pair, after.id: after}, Calendar()))
        assert now.steps["then"].entered == date(2026, 9, day)
