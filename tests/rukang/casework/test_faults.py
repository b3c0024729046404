"""What is wrong with a course is told at its line and column, in both languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rukang.casework import (
    CourseError,
    edition_on,
    examine,
    lint,
    parse_course,
    read_course_files,
    together,
)
from rukang.casework.graph import circle
from tests.rukang.casework.tiny import COURSES, LATER, NINE, TINY, course, later, tiny

FAULTS = [
    # of form
    ("valid_to: 2026", "valid_too: 2026", "valid_too", "是不是 valid_to？", "mean valid_to?"),
    ("    who: town\n    papers", "    papers", "steps.accept", "缺少 who", "who is missing"),
    ("kind: decision", "kind: decison", "steps.decide.kind", "是不是 decision？", "mean decision?"),
    ("join: all\n", "join: al\n", "steps.show.join", "是不是 all？", "did you mean all?"),
    ("on_expiry: deemed", "on_expiry: demed", "steps.accept.term.on_expiry", "是不是 deemed？",
     "did you mean deemed?"),
    ("{workdays: 3, on_expiry: list, source: law}", "{workdays: 3, source: law}", "supplement",
     "缺少 on_expiry", "on_expiry is missing"),
    ("{unknown: true, on_expiry: escalate}", "{on_expiry: escalate}", "steps.advice.term",
     "期限应写明 workdays", "exactly one of workdays"),
    ("{unknown: true, on", "{unknown: true, days: 4, on", "steps.advice.term.unknown",
     "现有：days、unknown", "found: days, unknown"),
    ("workdays: 5, on", "workdays: 0, on", "steps.accept.term.workdays", "应不小于 1", "1 or more"),
    ("workdays: 5, on", "workdays: five, on", "steps.accept.term.workdays", "应为整数",
     "a whole number"),
    ("      ok: {zh", "      yes: {zh", "steps.accept.outcomes.yes", "请加引号", "quote them"),
    ("      over: {zh", "      12: {zh", "steps.hold.outcomes.12", "请加引号", "quote one"),
    ("after: [accept.ok]\n    persons", "after: [no]\n    persons", "steps.visit.after.0",
     "请加引号", "quote them"),
    ("  county: {zh", "  on: {zh", "roles.on", "请加引号", "quote them"),
    ("  visit:\n    zh", "  Visit:\n    zh", "steps.Visit", "写法不符", "not written as expected"),
    ("    text: {zh: 不予许可。, en: Not permitted.}\n", "", "letters.refusal", "缺少 text",
     "text is missing"),
    ("valid_to: 2026-12-31", "valid_to: 2025-12-31", "valid_to", "早于 valid_from",
     "is before valid_from"),
    ("valid_to: 2026-12-31", "valid_to: 2026-13-31", "", "没有这一天", "there is no such day"),
    ("course: permit", "course: permit\ncourse: permit", "", "重复，第 1 行已有", "stands twice"),
    ("course: permit", "course: [", "", "不是有效的 YAML", "not valid YAML"),
    # of its sense
    ("after: [accept.ok]\n    persons", "after: [acept.ok]\n    persons", "steps.visit.after.0",
     "是不是 accept？", "did you mean accept?"),
    ("after: [accept.ok]\n    persons", "after: [accept.okay]\n    persons",
     "steps.visit.after.0", "accept.outcomes 中没有 okay", "no okay among accept.outcomes"),
    ("who: county\n    after: [accept.ok]\n    persons",
     "who: conty\n    after: [accept.ok]\n    persons",
     "steps.visit.who", "是不是 county？", "did you mean county?"),
    ("to: expert", "to: expertt", "steps.advice.hand_over.to", "是不是 expert？", "mean expert?"),
    ("to: expert", "to: county", "steps.advice.hand_over.to", "不能移交给自己（county）",
     "whose it is already"),
    ("to: city", "to: cty", "remedies.review.to", "是不是 city？", "did you mean city?"),
    ("papers: [form, photo, note]", "papers: [form, foto, note]", "steps.accept.papers.1",
     "是不是 photo？", "did you mean photo?"),
    ("letter: refusal", "letter: refusl", "steps.tell.letter", "是不是 refusal？", "mean refusal?"),
    ("remedy: review", "remedy: revew", "steps.decide.outcomes.refused.remedy", "是不是 review？",
     "did you mean review?"),
    ("  tell: refused\n", "  tel: refused\n", "ends.tel", "是不是 tell？", "did you mean tell?"),
    ("  tell: refused\n", "  tell: refusd\n", "ends.tell", "是不是 refused？", "mean refused?"),
    ("    join: any\n", "", "steps.tell.after", "请用 join 写明要等", "say with join"),
    ("    kind: publicity\n", "    kind: publicity\n    join: any\n", "", "重复", "stands twice"),
    ("    window: [", "    join: any\n    window: [", "steps.hold.join", "不足两项",
     "fewer than two"),
    ("after: [show, advice.bad, visit.away]",
     "after: [show, show.clear, advice.bad, visit.away]",
     "steps.decide.after.1", "show.clear 重复", "waited for already"),
    ("after: [show, advice.bad, visit.away]",
     "after: [show, advice.bad, visit.away, show]",
     "steps.decide.after.3", "show 重复", "waited for already"),
    ("outcome: ok, source: law}", "outcome: ok}", "steps.accept.term", "期限没有依据",
     "has no source"),
    ("outcome: ok, source: law}", "outcome: ok, source: lwa}", "steps.accept.term.source",
     "没有 lwa", "no lwa among sources"),
    ("valid_from: 2004-07-01", "valid_from: 2026-07-01", "steps.accept.term.source",
     "自 2026-07-01 起施行", "in force from 2026-07-01"),
    ("on_expiry: deemed, outcome: ok", "on_expiry: deemed", "steps.accept.term.on_expiry",
     "须用 outcome 写明", "needs an outcome"),
    ("on_expiry: deemed, outcome: ok", "on_expiry: deemed, outcome: okk",
     "steps.accept.term.outcome", "是不是 ok？", "did you mean ok?"),
    ("on_expiry: deemed, outcome: ok", "on_expiry: list, outcome: ok", "steps.accept.term.outcome",
     "请删去 outcome", "remove outcome"),
    ("{workdays: 3, on_expiry: list, source: law}", "{workdays: 3, on_expiry: close, source: law}",
     "supplement.on_expiry", "只能写 list 或 escalate", "write list or escalate"),
    ("until: permit_end,", "until: permit_end, extension: 3,", "steps.hold.term.extension",
     "不能延长", "cannot be extended"),
    ("promised: {workdays: 4,", "promised: {workdays: 14,", "steps.visit.promised",
     "承诺期限 14 长于法定期限 10", "the promised term (14) is longer"),
    ("promised: {workdays: 4, on_expiry: list,",
     "promised: {workdays: 4, on_expiry: close, outcome: fits,", "steps.visit.promised.on_expiry",
     "承诺期限只能写", "it ends no step"),
    ("      objection: {zh: 有异议, en: objection}\n", "", "steps.show", "缺少结果 objection",
     "has no outcome objection"),
    (", adverse: true, remedy: review}", ", adverse: true}", "steps.decide.outcomes.refused",
     "缺少救济途径", "has no remedy"),
    ('"12-30"', '"12-32"', "steps.hold.window", "没有这一天", "no such day"),
    ("  city: {zh", "  spare: {zh: 备用, en: spare}\n  city: {zh", "roles.spare", "没有用到",
     "never used"),
    ("  note: {zh", "  spare: {zh: 备用, en: spare}\n  note: {zh", "papers.spare", "没有用到",
     "never used"),
    ("    letter: refusal\n", "", "letters.refusal", "没有用到", "never used"),
    ("sources:\n", "sources:\n  old: {zh: 旧, en: old, standing: local}\n", "sources.old",
     "没有用到", "never used"),
    ("endings:\n", "endings:\n  void: {zh: 作废, en: void}\n", "endings.void", "没有用到",
     "never used"),
    # of the ways through it
    ("    after: [accept.ok]\n    persons", "    after: [decide.granted]\n    persons",
     "steps.visit.after", "步骤互相等待", "wait for each other"),
    ("after: [accept.refused, decide.refused]\n    join: any",
     "after: [accept.refused, decide.refused]\n    join: all", "steps.tell.join",
     "不会同时发生：accept.refused, decide.refused；是不是 any？", "did you mean any?"),
    ("  hold.over: granted\n", "", "steps.hold.outcomes.over", "hold.over 之后无人办理",
     "nobody handles hold.over"),
    ("after: [accept.refused, decide.refused]\n    join: any", "after: [decide.refused]",
     "steps.accept.outcomes.refused", "accept.refused 之后无人办理", "nobody handles"),
    ("join: all_live", "join: all", "steps.decide.join", "不会同时发生", "never comes together"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "becomes", "where", "zh", "en"), FAULTS)
def test_a_fault_is_told_where_it_stands(
    was: str, becomes: str, where: str, zh: str, en: str
) -> None:
    """The course is clean without it; with it, the fault stands at what has to be mended."""
    assert was in TINY
    assert examine(TINY)[1] == []
    text = TINY.replace(was, becomes, 1)
    faults = examine(text)[1]
    fault = next(one for one in faults if one.path == where and zh in one.zh)
    assert en in fault.en
    assert fault.line is not None
    assert fault.column is not None
    rest = text.splitlines()[fault.line - 1][fault.column - 1 :]
    last = where.split(".")[-1]
    if last and not last.isdigit():
        assert rest.startswith((f"{last}:", "{")), rest
    with pytest.raises(CourseError, match="line"):
        parse_course(text, "tiny")


def test_a_truth_value_is_told_at_its_key() -> None:
    """`yes` without quotes killed a branch in a trial: line and column are those of the word."""
    text = TINY.replace("      ok: {zh", "      yes: {zh", 1)
    fault = examine(text)[1][0]
    assert fault.line is not None
    assert fault.column is not None
    assert text.splitlines()[fault.line - 1][fault.column - 1 :].startswith("yes:")
    quoted = text.replace("      yes:", '      "yes":').replace("accept.ok", "accept.yes")
    assert examine(quoted.replace("outcome: ok", 'outcome: "yes"'))[1] == []


CROSSED = """\
course: crossed
edition: "1"
title: {zh: 交叉, en: crossed}
document: {zh: 示例, en: example}
standing: local
place: "371600"
valid_from: 2026-01-01
roles: {town: {zh: 乡镇, en: township}}
steps:
  left: {zh: 左, en: left, who: town, outcomes: {a: {zh: 甲, en: a}, b: {zh: 乙, en: b}}}
  right: {zh: 右, en: right, who: town, outcomes: {a: {zh: 甲, en: a}, b: {zh: 乙, en: b}}}
  same: {zh: 同甲, en: both a, who: town, after: [left.a, right.a], join: all}
  other: {zh: 同乙, en: both b, who: town, after: [left.b, right.b], join: all}
endings: {over: {zh: 完, en: over}}
ends: {same: over, other: over}
"""


def test_a_way_without_an_ending_is_found() -> None:
    """Each outcome is awaited and each step can begin, and still one way leads nowhere."""
    (fault,) = examine(CROSSED)[1]
    assert fault.path == "ends"
    assert "left.a → right.b" in fault.en or "left.b → right.a" in fault.en
    mended = CROSSED.replace(
        "endings:",
        "  mixed: {zh: 不同, en: mixed, who: town, after: [same, other], join: any}\nendings:",
    )
    assert examine(mended)[1]
    assert examine(CROSSED.replace("ends: {", "ends: {left: over, "))[1] == []


def test_too_many_branches_side_by_side_are_refused() -> None:
    """Sixteen that all join have 65 536 states: the course has to be split."""
    steps = "".join(
        f"  s{n}: {{zh: 步, en: step, who: town,"
        " outcomes: {a: {zh: 甲, en: a}, b: {zh: 乙, en: b}}}\n"
        for n in range(16)
    )
    names = ", ".join(f"s{n}.a" for n in range(16))
    head, rest = CROSSED.split("  left:")[0], "endings: {over: {zh: 完, en: over}}\n"
    text = f"{head}{steps}  end: {{zh: 完, en: end, who: town, after: [{names}], join: all_live}}\n"
    text += rest + "ends: {end: over, " + ", ".join(f"s{n}.b: over" for n in range(16)) + "}\n"
    (fault,) = examine(text)[1]
    assert "split the course" in fault.en
    few = text
    for n in range(6, 16):
        few = few.replace(f", s{n}.a", "").replace(f", s{n}.b: over", ", "[:0])
        few = "\n".join(line for line in few.split("\n") if not line.startswith(f"  s{n}:"))
    assert examine(few)[1] == []


def test_a_clean_course_has_no_circle() -> None:
    """Neither the small one nor the nine."""
    assert all(circle(one) == () for one in (tiny(), *map(course, NINE)))
    assert lint(tiny()) == []


def test_files_are_read_together() -> None:
    """The nine by name and edition."""
    found = read_course_files(sorted(COURSES.glob("*.yaml")))
    assert sorted(one.course for one in found.values()) == NINE


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """By its name; and one with faults by all of them."""
    with pytest.raises(CourseError, match=r"none\.yaml: 打不开"):
        read_course_files([tmp_path / "none.yaml"])
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(TINY.replace("kind: decision", "kind: decison"), encoding="utf-8")
    with pytest.raises(CourseError, match=r"wrong\.yaml: 1 处不符 / 1 faults") as refused:
        read_course_files([wrong])
    assert len(refused.value.faults) == 1


def test_editions_that_overlap_are_refused() -> None:
    """One place, one day, one edition; the older one needs its last day."""
    assert set(together([tiny(), later()])) == {"permit@1", "permit@2"}
    longer = tiny().model_copy(update={"valid_to": None})
    with pytest.raises(CourseError, match="hold in 371600 on the same days"):
        together([longer, later()])
    with pytest.raises(CourseError, match="permit@1 stands twice"):
        together([tiny(), tiny()])
    elsewhere = parse_course(LATER.replace("371600", "371700"), "elsewhere")
    assert len(together([longer, elsewhere])) == 2


def test_the_edition_of_a_day_and_place_is_found() -> None:
    """The one in force; of a county its own before the city's."""
    county = tiny().model_copy(update={"place": "371602", "edition": "1c"})
    known = together([tiny(), later(), county])
    assert edition_on(known, "permit", "371602", date(2026, 5, 1)).edition == "1c"
    assert edition_on(known, "permit", "371621", date(2026, 5, 1)).edition == "1"
    assert edition_on(known, "permit", "371621", date(2027, 5, 1)).edition == "2"
    with pytest.raises(CourseError, match="no edition of permit holds in 370100 on 2026-05-01"):
        edition_on(known, "permit", "370100", date(2026, 5, 1))
