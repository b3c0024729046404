"""What cannot have happened is refused in words, and what differs from it by a little is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

import pytest
from pydantic import ValidationError

from rukang.base.errors import ConflictError
from rukang.casework import Event, RefusedError, replay
from rukang.casework.events import MAY, NEEDS, Happened
from rukang.casework.steps import hindrance
from tests.rukang.casework.tiny import MONDAY, Case, rules, tiny

REASON = "理由 reason"
ONE = timedelta(days=1)


def noon(year: int, month: int, day: int) -> datetime:
    """Return when the clock of the place shows twelve."""
    return datetime.combine(date(year, month, day), time(12))


def fresh() -> Case:
    """Return a case just opened."""
    return Case()


def accepted() -> Case:
    """Return a case whose visit and advice are to be done."""
    return Case().accepted()


def offered() -> Case:
    """Return a case whose advice is offered to the expert."""
    case = Case().accepted()
    case.tell("offered", "advice", to="E1")
    return case


def asked() -> Case:
    """Return a case whose papers were asked for."""
    case = Case()
    case.tell("supplement_asked", "accept", papers=("form",))
    return case


def answered() -> Case:
    """Return a case whose papers came, and one of them was rejected."""
    case = asked()
    case.tell("supplement_answered", "accept")
    case.tell("paper_added", papers=("form",))
    case.tell("paper_rejected", papers=("form",), reason=REASON)
    return case


def stopped() -> Case:
    """Return a case whose visit stands still."""
    case = Case().accepted()
    case.tell("suspended", "visit", ground="force_majeure", reason=REASON)
    return case


def shown() -> Case:
    """Return a case in publicity."""
    return Case().accepted().advised().visited()


def ready_to_decide() -> Case:
    """Return a case that is to be decided."""
    return Case().shown()


def granted() -> Case:
    """Return a case that was granted, on a day of its window."""
    return Case().decided("granted")


def refused_and_told() -> Case:
    """Return a case that was refused and is over, the letter delivered."""
    case = Case().decided()
    case.tell("delivered", "decide")
    case.tell("done", "tell", outcome="done")
    return case


def objected() -> Case:
    """Return a case with an objection."""
    case = refused_and_told()
    case.tell("objected", "decide")
    return case


def withdrawn() -> Case:
    """Return a case that was withdrawn after it was accepted."""
    case = Case().accepted()
    case.tell("withdrawn")
    return case


class Row(NamedTuple):
    """A case, an event that is refused with these words, and one that is taken."""

    case: Callable[[], Case]
    wrong: tuple[str, str | None, dict[str, Any]]
    zh: str
    en: str
    right: tuple[str, str | None, dict[str, Any]]


VISIT = {"outcome": "fits", "persons": ("p2",), "where": "home"}
DECIDE = {"outcome": "refused", "reason": REASON, "checker": "p9"}
AGAIN = {"approver": "p8", "reason": REASON}

ROWS = [
    Row(fresh, ("opened", None, {"course": "permit@1"}), "已经立案", "open already",
        ("noted", None, {"reason": REASON})),
    Row(fresh, ("done", "acept", {"outcome": "ok"}), "是不是 accept？", "did you mean accept?",
        ("done", "accept", {"outcome": "refused", "reason": REASON})),
    Row(fresh, ("done", "visit", VISIT), "visit 还没有轮到", "visit has not begun",
        ("assigned", "accept", {"person": "p4"})),
    Row(fresh, ("done", "accept", {"outcome": "ok"}), "缺少材料：form, photo", "papers are missing",
        ("done", "accept", {"outcome": "refused", "reason": REASON})),
    Row(fresh, ("done", "accept", {"outcome": "refused"}), "须写明理由", "needs its reason",
        ("done", "accept", {"outcome": "refused", "reason": REASON})),
    Row(fresh, ("done", "accept", {"outcome": "refusd", "reason": REASON}),
        "没有结果 refusd，可用：ok, refused；是不是 refused？", "did you mean refused?",
        ("done", "accept", {"outcome": "refused", "reason": REASON})),
    Row(fresh, ("done", "accept", {"outcome": "refused", "reason": REASON, "organ": "C1"}),
        "accept 由 T1 负责", "T1 is responsible",
        ("done", "accept", {"outcome": "refused", "reason": REASON, "organ": "T1"})),
    Row(fresh, ("expired", "accept", {}), "（2026-09-14）在 2026-09-07 还没有过", "is not over",
        ("expired", "accept", {"on": date(2026, 9, 15)})),
    Row(fresh, ("released", "accept", {}), "没有分派给任何人", "assigned to nobody",
        ("assigned", "accept", {"person": "p4"})),
    Row(fresh, ("offered", "accept", {"to": "C1"}), "没有规定 accept 可以移交",
        "does not let accept be handed over", ("noted", None, {"reason": REASON})),
    Row(fresh, ("paper_added", None, {"papers": ("passport",)}), "没有材料 passport",
        "no paper passport", ("paper_added", None, {"papers": ("form",)})),
    Row(fresh, ("paper_rejected", None, {"papers": ("form",), "reason": REASON}),
        "没有收到材料 form", "form was not handed in",
        ("paper_added", None, {"papers": ("form",)})),
    Row(fresh, ("supplement_asked", "accept", {"papers": ("passport",)}), "不需要材料 passport",
        "needs no paper passport", ("supplement_asked", "accept", {"papers": ("form",)})),
    Row(fresh, ("day_set", None, {"name": "permit_ends", "day": MONDAY}), "现有：permit_end",
        "there are: permit_end", ("day_set", None, {"name": "permit_end", "day": MONDAY})),
    Row(fresh, ("noted", None, {"reason": REASON, "on": date(2026, 9, 4),
                              "at": noon(2026, 9, 7)}), "早于立案日",
        "before the case was opened", ("noted", None, {"reason": REASON})),
    Row(fresh, ("noted", None, {"reason": REASON, "at": noon(2026, 9, 10)}),
        "请写明补记理由", "say why so late",
        ("noted", None, {"reason": REASON, "at": noon(2026, 9, 8)})),
    Row(fresh, ("noted", None, {"reason": REASON, "at": noon(2026, 9, 6)}),
        "早于上一件", "before the one before it", ("noted", None, {"reason": REASON})),
    Row(fresh, ("noted", None, {"reason": REASON, "seq": 3}), "编号应为 2", "should be 2",
        ("noted", None, {"reason": REASON, "seq": 2})),
    Row(fresh, ("corrected", None, {"corrects": 2, "reason": REASON}), "之前没有第 2 件",
        "no event 2 before it", ("noted", None, {"reason": REASON})),
    Row(fresh, ("corrected", None, {"corrects": 1, "reason": REASON}), "立案不能取消",
        "an opening stays", ("voided", None, {"reason": REASON})),
    Row(asked, ("supplement_asked", "accept", {"papers": ("photo",)}), "accept 已暂停",
        "accept is suspended", ("supplement_answered", "accept", {})),
    Row(asked, ("resumed", "accept", {}), "恢复方式不对应", "which this does not end",
        ("supplement_answered", "accept", {})),
    Row(asked, ("deemed_withdrawn", "accept", {}), "申请人的补正期限（2026-09-10）",
        "the applicant's term (2026-09-10)",
        ("deemed_withdrawn", "accept", {"on": date(2026, 9, 11)})),
    Row(answered, ("supplement_asked", "accept", {"papers": ("photo",)}), "补正须一次告知：photo",
        "told once: photo", ("supplement_asked", "accept", {"papers": ("form",)})),
    Row(accepted, ("done", "accept", {"outcome": "ok"}), "accept 已经办结，要重办请先退回",
        "reopen it to do it again", ("reopened", "accept", AGAIN)),
    Row(accepted, ("reopened", "accept", {"approver": "p1", "reason": REASON}),
        "批准人不能是经办人本人", "somebody other than who acts", ("reopened", "accept", AGAIN)),
    Row(accepted, ("reopened", "visit", AGAIN), "visit 正在办理", "visit is being worked on",
        ("reopened", "accept", AGAIN)),
    Row(accepted, ("done", "visit", {"outcome": "fits", "where": "home"}), "须 2 人共同办理",
        "2 people have to do it", ("done", "visit", VISIT)),
    Row(accepted, ("done", "visit", {"outcome": "fits", "persons": ("p2",)}),
        "须写明地点（where）：home, office", "say where it was done",
        ("done", "visit", VISIT)),
    Row(accepted, ("done", "visit", {**VISIT, "outcome": "away"}),
        "须先在 2 个不同日子尝试，现有 0 个", "attempts on 2 different days; there are 0",
        ("tried", "visit", {})),
    Row(accepted, ("expired", "visit", {"on": date(2026, 9, 22)}), "不使它办结",
        "does not end visit", ("done", "visit", {**VISIT, "on": date(2026, 9, 22)})),
    Row(accepted, ("done", "advice", {"outcome": "good"}), "须先移交 expert 并被接收",
        "has to be offered to expert", ("offered", "advice", {"to": "E1"})),
    Row(accepted, ("offered", "advice", {"to": "C1"}), "C1 已在负责", "C1 is responsible already",
        ("offered", "advice", {"to": "E1"})),
    Row(accepted, ("offer_accepted", "advice", {"organ": "E1"}), "没有待答复的移交",
        "not offered to anybody", ("offered", "advice", {"to": "E1"})),
    Row(accepted, ("resumed", "visit", {}), "没有暂停也没有移交", "not stopped and not offered",
        ("suspended", "visit", {"ground": "applicant_away", "reason": REASON})),
    Row(accepted, ("extended", "advice", AGAIN), "advice 的期限不能延长", "cannot be extended",
        ("extended", "visit", AGAIN)),
    Row(accepted, ("extended", "visit", {"approver": "p1", "reason": REASON}),
        "批准人不能是经办人本人", "somebody other than who acts", ("extended", "visit", AGAIN)),
    Row(accepted, ("extended", "visit", {**AGAIN, "on": date(2026, 9, 21)}), "期限已过",
        "the term is over", ("extended", "visit", {**AGAIN, "on": date(2026, 9, 20)})),
    Row(accepted, ("organ_changed", None, {"organ": "X9", "to": "C2", "reason": REASON}),
        "X9 在本案没有职责", "X9 has no part",
        ("organ_changed", None, {"organ": "C1", "to": "C2", "reason": REASON})),
    Row(accepted, ("edition_changed", None, {"course": "permit@3", "reason": REASON}),
        "没有流程 permit@3", "no course permit@3",
        ("edition_changed", None, {"course": "permit@2", "reason": REASON})),
    Row(accepted, ("edition_changed", None, {"course": "device@2026-01", "reason": REASON}),
        "不是 permit 的另一版本", "no other edition of permit",
        ("edition_changed", None, {"course": "permit@2", "reason": REASON})),
    Row(offered, ("done", "advice", {"outcome": "good"}), "advice 正在移交", "advice is offered",
        ("offer_withdrawn", "advice", {"reason": REASON})),
    Row(offered, ("offer_accepted", "advice", {"organ": "E2"}), "是向 E1 移交的",
        "is offered to E1", ("offer_accepted", "advice", {"organ": "E1"})),
    Row(offered, ("offer_declined", "advice", {"organ": "C1", "reason": REASON}), "是向 E1 移交的",
        "is offered to E1", ("offer_declined", "advice", {"organ": "E1", "reason": REASON})),
    Row(offered, ("offer_expired", "advice", {}), "移交答复期限（2026-09-09）", "is not over",
        ("offer_expired", "advice", {"on": date(2026, 9, 10)})),
    Row(stopped, ("done", "visit", VISIT), "visit 已暂停", "visit is suspended",
        ("resumed", "visit", {})),
    Row(stopped, ("supplement_answered", "visit", {}), "恢复方式不对应", "does not end",
        ("resumed", "visit", {})),
    Row(shown, ("done", "show", {"outcome": "clear"}), "公示期（至 2026-09-14）", "is not over",
        ("done", "show", {"outcome": "objection"})),
    Row(shown, ("reopened", "visit", {**AGAIN, "on": date(2026, 9, 4),
                                    "at": noon(2026, 9, 7)}),
        "早于立案日", "before the case was opened", ("reopened", "visit", AGAIN)),
    Row(ready_to_decide, ("done", "decide", {**DECIDE, "checker": None}), "须由经办人以外的人复核",
        "other than its maker", ("done", "decide", DECIDE)),
    Row(ready_to_decide, ("done", "decide", {**DECIDE, "checker": "p1"}), "须由经办人以外的人复核",
        "other than its maker", ("done", "decide", DECIDE)),
    Row(ready_to_decide,
        ("done", "decide", {**DECIDE, "on": date(2026, 9, 8), "at": noon(2026, 9, 15),
                            "backdated": REASON}),
        "早于 decide 开始", "before decide began", ("done", "decide", DECIDE)),
    Row(granted, ("done", "hold", {"outcome": "over", "on": date(2026, 12, 31)}),
        "只能在每年 01-01 至 12-30 办理", "from 01-01 to 12-30",
        ("done", "hold", {"outcome": "over", "on": date(2026, 12, 30)})),
    Row(granted, ("objected", "decide", {}), "没有规定救济途径", "names no remedy",
        ("noted", None, {"reason": REASON})),
    Row(refused_and_told, ("withdrawn", None, {}), "案件已办结", "the case is over",
        ("objected", "decide", {})),
    Row(refused_and_told, ("objected", "decide", {"on": date(2026, 9, 26)}),
        "异议期限已于 2026-09-25 届满", "ended on 2026-09-25",
        ("objected", "decide", {"on": date(2026, 9, 25)})),
    Row(refused_and_told, ("objection_decided", "decide", {"upheld": True, "reason": REASON}),
        "没有待处理的异议", "no objection against decide is open", ("objected", "decide", {})),
    Row(objected, ("objected", "decide", {}), "已有一件异议", "is being decided already",
        ("objection_decided", "decide", {"upheld": False, "reason": REASON})),
    Row(withdrawn, ("reopened", "accept", AGAIN), "请另立新案", "open a new one",
        ("noted", None, {"reason": REASON})),
]  # fmt: skip


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row.case.__name__}-{row.wrong[0]}-{row.en[:24]}"
)
def test_what_cannot_be_is_refused_and_what_can_is_taken(row: Row) -> None:
    """In both languages, with the number of the event; and the case stays as it was."""
    case = row.case()
    before, length = case.now, len(case.events)
    kind, step, given = row.wrong
    with pytest.raises(RefusedError) as refused:
        case.tell(kind, step, **given)
    assert row.zh in refused.value.zh
    assert row.en in refused.value.en
    assert refused.value.seq == given.get("seq", length + 1)
    assert (case.now, len(case.events)) == (before, length)
    assert isinstance(refused.value, ConflictError)
    kind, step, given = row.right
    case.tell(kind, step, **given)
    assert case.now.seq == length + 1


OPENING: dict[str, Any] = {
    "seq": 1, "at": datetime.combine(MONDAY, time(12)), "on": MONDAY, "actor": "p1", "organ": "T1",
    "kind": Happened.OPENED, "course": "permit@1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        ({"kind": Happened.NOTED, "course": None, "reason": REASON}, "从“立案”开始", "with opened"),
        ({"course": "permi@1"}, "没有流程 permi@1", "no course permi@1"),
        ({"organs": {"twon": "T1"}}, "没有角色 twon", "no role twon"),
        ({"on": date(2025, 12, 31), "backdated": REASON}, "在 2025-12-31 无效", "does not hold on"),
        ({"on": MONDAY + ONE}, "不能预先登记", "nothing is recorded ahead"),
        ({"seq": 2}, "编号应为 1", "should be 1"),
    ],
)
def test_an_opening_can_be_refused(given: dict[str, Any], zh: str, en: str) -> None:
    """Before there is a case; the same without the fault opens one."""
    with pytest.raises(RefusedError) as refused:
        replay([Event(**{**OPENING, **given})], rules())
    assert zh in refused.value.zh
    assert en in refused.value.en
    assert replay([Event(**OPENING)], rules()).seq == 1


def test_no_events_are_no_case() -> None:
    """It is told in words as well."""
    with pytest.raises(ValueError, match="begins with opened"):
        replay([], rules())


def test_an_edition_holds_from_its_first_day() -> None:
    """A case does not go over to what is not in force yet."""
    case = Case(day=MONDAY - ONE).accepted()
    case.day = MONDAY - ONE
    with pytest.raises(RefusedError, match="in force from 2026-09-07 only"):
        case.tell("edition_changed", course="permit@2", reason=REASON)
    case.day = MONDAY
    assert case.tell("edition_changed", course="permit@2", reason=REASON).course.edition == "2"


def test_a_paper_that_is_optional_is_not_waited_for() -> None:
    """The case is accepted without the note, not without the photo."""
    case = fresh()
    case.tell("paper_added", papers=("form",))
    with pytest.raises(RefusedError, match="papers are missing: photo"):
        case.tell("done", "accept", outcome="ok")
    case.tell("paper_added", papers=("photo",))
    assert case.tell("done", "accept", outcome="ok").steps["accept"].outcome == "ok"


def test_a_hand_over_that_is_not_required_may_be_left_out() -> None:
    """The organ gives the advice itself, where the course lets it."""
    may = tiny().model_copy(deep=True)
    hand_over = may.steps["advice"].hand_over
    assert hand_over is not None
    step = may.steps["advice"].model_copy(
        update={"hand_over": hand_over.model_copy(update={"required": False})}
    )
    course = may.model_copy(update={"steps": {**may.steps, "advice": step}})
    case = accepted()
    done = case.event("done", "advice", outcome="good")
    with pytest.raises(RefusedError, match="accepted first"):
        replay([*case.events, done], rules())
    free = replace(rules(), courses={course.id: course})
    assert replay([*case.events, done], free).steps["advice"].outcome == "good"


@pytest.mark.parametrize(
    ("window", "day", "inside"),
    [
        (("03-01", "10-31"), date(2026, 3, 1), True),
        (("03-01", "10-31"), date(2026, 11, 1), False),
        (("11-15", "02-29"), date(2026, 12, 1), True),
        (("11-15", "02-29"), date(2027, 1, 1), True),
        (("11-15", "02-29"), date(2027, 3, 1), False),
    ],
)
def test_a_window_may_run_over_new_year(window: tuple[str, str], day: date, inside: bool) -> None:
    """Both ends included, every year again."""
    case = granted()
    step = tiny().steps["hold"].model_copy(update={"window": window})
    course = tiny().model_copy(update={"steps": {**tiny().steps, "hold": step}})
    known = replace(rules(), courses={course.id: course})
    event = case.event("done", "hold", outcome="over", on=day)
    now = replay(case.events, known)
    state = replace(now.steps["hold"], entered=date(2026, 1, 1))
    assert (hindrance(now, state, "over", known, event.on) is None) is inside


def test_a_term_is_extended_once() -> None:
    """The second time is refused."""
    case = accepted()
    case.tell("extended", "visit", **AGAIN)
    with pytest.raises(RefusedError, match="once only"):
        case.tell("extended", "visit", **AGAIN)


def test_what_was_accepted_is_not_handed_on() -> None:
    """One acceptance a round; a merger of organs is another event."""
    case = offered()
    case.tell("offer_accepted", "advice", organ="E1")
    with pytest.raises(RefusedError, match="not handed on"):
        case.tell("offered", "advice", to="E2")


def test_papers_that_are_there_are_not_asked_for() -> None:
    """Sharing goes before asking."""
    case = fresh()
    case.tell("paper_added", papers=("form",))
    with pytest.raises(RefusedError, match="form is there already"):
        case.tell("supplement_asked", "accept", papers=("form",))


@pytest.mark.parametrize("kind", list(Happened))
def test_each_kind_has_its_fields(kind: Happened) -> None:
    """What it needs and is not given, and what is given and not known, is told by name."""
    values: dict[str, Any] = {
        "step": "accept", "outcome": "ok", "reason": REASON, "course": "permit@1", "to": "E1",
        "person": "p2", "checker": "p3", "approver": "p8", "papers": ("form",), "where": "home",
        "ground": "applicant_away", "name": "end", "day": MONDAY, "upheld": False, "corrects": 1,
    }  # fmt: skip
    common = {key: value for key, value in OPENING.items() if key != "course"} | {"kind": kind}
    whole = {**common, **{key: values[key] for key in NEEDS[kind]}}
    assert Event(**whole).kind is kind
    for key in NEEDS[kind]:
        with pytest.raises(ValidationError, match=f"{kind} needs {key}"):
            Event(**{**whole, key: () if key == "papers" else None})
    extra = next(key for key in sorted(values) if key not in NEEDS[kind] | MAY.get(kind, set()))
    with pytest.raises(ValidationError, match=f"takes no {extra}"):
        Event(**{**whole, extra: values[extra]})
