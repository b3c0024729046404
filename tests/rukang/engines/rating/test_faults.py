"""What is wrong with an edition is told where it stands, in one sentence, in both languages."""

from __future__ import annotations

import pytest

from rukang.engines.rating import EditionError, parse_edition
from rukang.engines.rating.files.read import examine
from tests.rukang.engines.rating.tiny import TINY


@pytest.mark.parametrize(
    ("was", "becomes", "where", "zh", "en"),
    [
        ("valid_to: 2026", "valid_too: 2026", "valid_too", "是不是 valid_to？", "mean valid_to?"),
        ("per_unit: 0.7", "per_unti: 0.7", "sections.1.criteria.1.per_unti",
         "是不是 per_unit？", "did you mean per_unit?"),
        ("per_unit: 0.7, ", "", "sections.1.criteria.1", "缺少 per_unit", "per_unit is missing"),
        ("kind: yes_no, points: 2", "kind: yes_n, points: 2", "sections.0.criteria.0.kind",
         "是不是 yes_no？", "did you mean yes_no?"),
        ("standing: local", "standing: loca", "standing", "是不是 local？", "did you mean local?"),
        ("measure: insured_share", "measure: insurd_share", "sections.1.criteria.0.measure",
         "是不是 insured_share？", "did you mean insured_share?"),
        ("requires: {criterion: T1}", "requires: {criterio: T1}", "rules.0.requires",
         "是不是 criterion？", "did you mean criterion?"),
        ("{share: 0.5, max_star: 1}", "{share: 1.5, max_star: 1}", "sections.0.floor.share",
         "应不大于 1", "1 or less"),
        ("unit: {zh: 人, en: people}", "unit: {zh: 人, en: no}", "facts.0.unit.en",
         "请加引号", "quote them"),
        ("points: 20", "points: many", "points", "应为数字", "a number is expected"),
        ("valid_from: 2026-01-01", "valid_from: soon", "valid_from", "应为日期", "a day"),
        ("validity_months: 24", "validity_months: 24000", "periods.validity_months",
         "应不大于 600", "600 or less"),
        ("limit: 3, points: 6", "limit: 3, points: '1e999999'",
         "sections.0.criteria.2.bands.0.points", "应不大于 1000000", "1000000 or less"),
        ("star: 1, at_least", "star: 0, at_least", "stars.0.star", "应大于 0", "more than 0"),
        ("if_met: 1", "if_met: [1]", "rules.1.if_met", "应为整数", "a whole number"),
        ("points: 1.5}", "points: 1.55}", "sections.0.criteria.1.options.1.points",
         "最多 1 位小数", "no more than 1 decimal place"),
        # of its sense, found by lint
        ("points: 20", "points: 21", "points", "各部分合计 20 分", "sections add up to 20"),
        ("requires: {criterion: T1}", "requires: {criterion: T11}", "rules.0.requires.criterion",
         "没有 T11；是不是 T1？", "there is no T11 in this edition; did you mean T1?"),
        ("start: X\n", "start: X\n", "start", "没有部分 X", "no section X"),
    ],
)  # fmt: skip
def test_a_fault_is_told_where_it_stands(
    was: str, becomes: str, where: str, zh: str, en: str
) -> None:
    """One fault each: its line holds what was written, its column is that of the part."""
    text = TINY.replace(was, becomes, 1) if was in TINY else TINY + becomes
    (fault,) = examine(text)[1]
    assert fault.path == where
    assert zh in fault.zh
    assert en in fault.en
    assert fault.line is not None
    assert fault.column is not None
    if where.split(".")[-1].isalpha():
        line = text.splitlines()[fault.line - 1]
        assert line[fault.column - 1 :].startswith(where.split(".")[-1])


def test_faults_stand_in_the_order_of_the_file() -> None:
    """All are told at once, from the top."""
    text = TINY.replace("per_unit: 0.7", "per_unit: no").replace("points: 20", "points: no")
    with pytest.raises(EditionError, match="2 处不符") as refused:
        parse_edition(text, "tiny.yaml")
    lines = [fault.line or 0 for fault in refused.value.faults]
    assert lines == sorted(lines)
    assert len(str(refused.value).splitlines()) == 3


KEYED = [
    ("points: 12", "points: 13", "sections.0.points"),  # 12 of 13, and 21 of 20
    ("id: T4, kind", "id: T3, kind", "sections.1.criteria.3.id"),
    ("star: 2, at_least: 12", "star: 2, at_least: 8", "stars.1.at_least"),
    ("star: 2, at_least: 12", "star: 1, at_least: 12", "stars.1.star"),
    ("star: 3, at_least: 16", "star: 3, at_least: 26", "stars.2.at_least"),
    ("criterion: T3, at_least: 1.5", "criterion: T3, at_least: 3.5",
     "stars.2.requires.1.at_least"),
    ("criterion: T3, at_least: 1.5", "criterion: T33, at_least: 1.5",
     "stars.2.requires.1.criterion"),
    ("fact: capacity, at_least: 30", "fact: capacitie, at_least: 30", "stars.2.requires.0.fact"),
    ("{fact: capacity, at_least: 30}",
     "{any_of: [{fact: capacity, at_least: 1}, {section: SS, share: 1}]}",
     "stars.2.requires.0.any_of.1.section"),
    ("{fact: capacity, at_least: 30}", "{at_least: 2, of: [{fact: capacity, at_least: 1}]}",
     "stars.2.requires.0.at_least"),
    ("star: 2, at_least: 12}", "star: 2, at_least: 12, requires: [{fact: capacity, at_least: 31}]}",
     "stars.2.requires.0.at_least"),
    ("requires: {criterion: T4}", "requires: {criterion: S1}", "sections.1.criteria.3.points"),
    ("kind: share, points: 3, zero_at: 0.5, full_at: 0.8", "kind: yes_no, points: 3",
     "sections.1.criteria.0.kind"),
    ("requires: {criterion: T1}, max_star: 2", "requires: {criterion: T1}, max_star: 3",
     "rules.0.max_star"),
    ("share: 0.5, max_star: 1", "share: 0.5, max_star: 3", "sections.0.floor.max_star"),
    ("share: 1}, if_met: 1", "share: 1}, if_met: 0", "rules.1.if_met"),
    ("revisit_months: 12", "revisit_months: 25", "periods.revisit_months"),
    ("points: 20", "points: 20\nleast_star: 3", "least_star"),
    # of form, found where the parts of one value do not fit
    ("valid_to: 2026-12-31", "valid_to: 2025-12-31", "valid_to"),
    ("label: {zh: 乙, en: second}, points: 1.5", "label: {zh: 乙, en: second}, points: 5",
     "sections.0.criteria.1.points"),
    ("key: b, label", "key: a, label", "sections.0.criteria.1.options.1.key"),
    ("{limit: 7.5, points: 2}", "{limit: 2, points: 2}", "sections.0.criteria.2.bands.1"),
    ("{level: 2, label", "{level: 1, label", "sections.1.criteria.2.anchors.2"),
    ("zero_at: 0.5, full_at: 0.8", "zero_at: 0.9, full_at: 0.8", "sections.1.criteria.0.zero_at"),
    ("scorer: measured, measure: insured_share", "scorer: measured",
     "sections.1.criteria.0.scorer"),
    ("requires: {section: S, share: 1}", "requires: {section: S, share: 1, at_least: 3}",
     "rules.1.requires.share"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "becomes", "where"), KEYED)
def test_a_fault_of_sense_is_told_at_its_key(was: str, becomes: str, where: str) -> None:
    """Not at the part around it: line and column are those of the key that has to be mended."""
    assert was in TINY
    text = TINY.replace(was, becomes, 1)
    fault = next(one for one in examine(text)[1] if one.path == where)
    assert fault.line is not None
    assert fault.column is not None
    line = text.splitlines()[fault.line - 1][fault.column - 1 :]
    last = where.split(".")[-1]
    assert line.startswith(f"{last}:" if last.isalpha() or "_" in last else "{")


def test_what_is_merged_in_is_told_where_it_is_merged() -> None:
    """A key that stands elsewhere, brought in by <<, has the place of what brings it in."""
    text = TINY.replace(
        "  - {star: 2, at_least: 12}",
        "  - &two {star: 2, at_least: 12}",
    ).replace("  - {star: 3, at_least: 16,", "  - {<<: *two, star: 3,")
    (fault,) = examine(text)[1]
    assert fault.path == "stars.2.at_least"
    assert fault.line is not None
    assert text.splitlines()[fault.line - 1].strip().startswith("- {<<: *two")


UNFOLDING = "a0: &a0 [1, 1]\n" + "".join(
    f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 30)
)


@pytest.mark.parametrize(
    ("text", "line", "zh"),
    [
        ("a: [", 1, "不是有效的 YAML"),
        ("a: 1\nb: 2\na: 3", 3, "重复，第 1 行已有"),
        ("\nvalid_from: 2026-13-45", 2, "没有这一天"),
        ("- " * 60, 1, "嵌套超过 40 层"),
        (UNFOLDING, 1, "别名展开后超过"),
        ("a: &a [*a]", 1, "别名展开后超过"),
        ("a: !!python/object:os.system {}", 1, "不能用 YAML 标签"),
        ("", 1, "应为一组"),
        ("canary-4711", 1, "应为一组"),
    ],
)
def test_what_is_no_document_is_refused(text: str, line: int, zh: str) -> None:
    """Broken, unfolding, or no mapping at all: told at its line, and nothing of it quoted."""
    edition, faults = examine(text)
    assert edition is None
    assert faults[0].line == line
    assert zh in faults[0].zh
    assert "4711" not in str(faults[0])


def test_an_alias_may_be_used() -> None:
    """What is written once and meant twice is read as if it were written twice."""
    once = TINY.replace("title: {zh: 小标准, en: tiny}", "title: &t {zh: 小标准, en: tiny}")
    assert examine(once.replace("issuer: {zh: 示例, en: example}", "issuer: *t"))[1] == []
