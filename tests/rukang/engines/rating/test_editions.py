"""Editions are strict: unknown keys, wrong sums and dead criteria are refused."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from rukang.engines.rating import (
    Edition,
    EditionError,
    Measure,
    Standing,
    editions,
    lint,
    load_edition,
    load_outline,
    load_port,
    parse_edition,
    read_edition_file,
)
from tests.rukang.engines.rating.tiny import TINY, document

Plain = dict[str, Any]


def criterion(plain: Plain, name: str) -> Plain:
    """Return one criterion of a plain document, to alter."""
    found: Plain = next(c for s in plain["sections"] for c in s["criteria"] if c["id"] == name)
    return found


@pytest.mark.parametrize("name", editions())
def test_shipped_editions_add_up(name: str) -> None:
    """Every shipped edition loads, passes lint and is named like its file."""
    edition = load_edition(name)
    assert edition.id == name
    assert lint(edition) == []


def test_example_says_it_is_not_official() -> None:
    """The example is labelled, has 100 points, five stars, six sections and cites documents."""
    edition = load_edition("example-2026")
    assert edition.standing is Standing.LOCAL
    assert str(edition.label) == "本地示例，非官方 / local example, not official"
    assert (edition.points, edition.top_star, len(edition.sections)) == (Decimal(100), 5, 6)
    assert 22 <= len(edition.criteria) <= 28
    assert all(item.source.zh and item.evidence.zh for item in edition.criteria.values())


def test_a_file_is_read_only_where_a_person_says_so(tmp_path: Path) -> None:
    """A file outside the package has a reader of its own; a name never opens it."""
    path = tmp_path / "tiny.yaml"
    path.write_text(TINY, encoding="utf-8")
    assert read_edition_file(path).id == "tiny"
    for look_up in (load_edition, load_port, load_outline):
        with pytest.raises(EditionError, match="没有"):
            look_up(str(path))


@pytest.mark.parametrize("content", ["canary-4711-secret", "id: canary-4711", "a: [canary-4711"])
def test_a_refused_file_is_not_quoted(tmp_path: Path, content: str) -> None:
    """Where and why it does not fit is said, and nothing of what stands in it."""
    path = tmp_path / "other.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EditionError, match=r"other\.yaml") as refused:
        read_edition_file(path)
    assert "4711" not in str(refused.value)


def test_unknown_edition_names_those_there_are() -> None:
    """An unknown name is answered with the known ones."""
    with pytest.raises(EditionError, match=r"没有评定标准 gold；现有：.*example-2026"):
        load_edition("gold")


def test_text_that_is_no_yaml_is_refused() -> None:
    """A broken file is reported by its name."""
    with pytest.raises(EditionError, match=r"(?s)bad\.yaml: .*第 1 行第 5 列：不是有效的 YAML"):
        parse_edition("a: [", "bad.yaml")


ALTERATIONS: list[tuple[str, Callable[[Plain], object]]] = [
    ("bonus", lambda d: d.update(bonus=1)),
    ("没有部分 X", lambda d: d.update(start="X")),
    ("总分只有 8 分", lambda d: d.update(start="T")),
    ("最低 3 星不低于最高 3 星", lambda d: d.update(least_star=3)),
    ("1★: 低于最低 2 星", lambda d: d.update(least_star=2)),
    ("封顶 1 星低于最低 2 星", lambda d: d.update(least_star=2)),
    ("share 和 at_least 应写其一", lambda d: d["rules"][1].update(requires={"section": "S"})),
    (
        "S 最多 12 分",
        lambda d: d["rules"][1].update(requires={"section": "S", "at_least": 12.1}),
    ),
    ("weight", lambda d: criterion(d, "S1").update(weight=1)),
    ("measure", lambda d: criterion(d, "T1").update(measure="staff_smiles")),
    ("names its measure", lambda d: criterion(d, "T1").pop("measure")),
    ("kind", lambda d: criterion(d, "S1").update(kind="guess")),
    ("points", lambda d: criterion(d, "S1").update(points=1.55)),
    ("share a key", lambda d: criterion(d, "S2")["options"][1].update(key="a")),
    ("best answer earns", lambda d: criterion(d, "S2")["options"][0].update(points=3)),
    ("from the best", lambda d: criterion(d, "S3").update(better="higher")),
    ("zero_at must be below", lambda d: criterion(d, "T1").update(zero_at=0.9)),
    ("rise together", lambda d: criterion(d, "T3")["anchors"][1].update(level=2)),
    ("before valid_from", lambda d: d.update(valid_to="2025-12-31")),
    ("stands 2 times", lambda d: criterion(d, "S2").update(id="S1")),
    ("criteria add up to", lambda d: criterion(d, "S1").update(points=1)),
    ("sections add up to", lambda d: d.update(points=21)),
    ("must be above", lambda d: d["stars"][1].update(at_least=8)),
    ("star 3 needs 21", lambda d: d["stars"][2].update(at_least=21)),
    ("there is no Z9", lambda d: d["vetoes"][0].update(requires={"criterion": "Z9"})),
    ("there is no Z", lambda d: d["rules"][1].update(requires={"section": "Z", "share": 1})),
    ("no area", lambda d: d["stars"][0].update(requires=[{"fact": "area", "at_least": 1}])),
    ("are required", lambda d: d["rules"][2].update(requires={"criterion": "T2", "at_least": 3})),
    ("T4: 无分值", lambda d: d.update(vetoes=[])),
    ("is of kind bands", lambda d: criterion(d, "S1").update(
        scorer="measured", measure="opening_days")),
    ("limits nothing", lambda d: d["rules"][0].update(max_star=3)),
    ("limits nothing", lambda d: d["sections"][0]["floor"].update(max_star=3)),
    ("neither rises nor falls", lambda d: d["rules"][1].pop("if_met")),
    ("periods", lambda d: d.pop("periods")),
    ("periods.revisit_months", lambda d: d["periods"].update(revisit_months=0)),
    ("longer than validity_months 24", lambda d: d["periods"].update(revisit_months=25)),
    ("found window_months 3", lambda d: criterion(d, "S1").update(window_months=3)),
    ("if_not_met", lambda d: d["rules"][2].update(if_not_met=1)),
]  # fmt: skip


@pytest.mark.parametrize(("message", "alter"), ALTERATIONS)
def test_faulty_edition_is_refused(message: str, alter: Callable[[Plain], object]) -> None:
    """Each fault of an edition is named when it is read."""
    plain = document()
    alter(plain)
    with pytest.raises(EditionError, match=message):
        parse_edition(yaml.safe_dump(plain, allow_unicode=True), "tiny.yaml")


def test_faultless_edition_is_accepted() -> None:
    """The edition all alterations start from is in order."""
    assert lint(parse_edition(TINY, "tiny.yaml")) == []


def test_a_measured_criterion_may_read_a_year() -> None:
    """Its window is its own; any other criterion has the month asked."""
    plain = document()
    criterion(plain, "T1")["window_months"] = 12
    read = parse_edition(yaml.safe_dump(plain, allow_unicode=True), "tiny.yaml")
    assert (read.criteria["T1"].window_months, read.criteria["S1"].window_months) == (12, 1)


def test_a_visit_may_be_due_on_the_day_the_star_ends() -> None:
    """As many months until the visit as the star holds is in order."""
    plain = document()
    plain["periods"].update(validity_months=12)
    assert parse_edition(yaml.safe_dump(plain), "tiny.yaml").periods.revisit_months == 12


def test_every_measure_says_what_it_means() -> None:
    """In both languages, whether or not a reader for it exists yet."""
    assert all(measure.meaning.zh and measure.meaning.en for measure in Measure)


@pytest.mark.parametrize(
    ("need", "less"),
    [
        ({"fact": "capacity", "at_least": 29}, True),
        ({"fact": "capacity", "at_least": 30}, False),
        ({"criterion": "T3", "at_least": 1}, True),
        ({"criterion": "T3"}, False),
        ({"section": "S", "share": "0.4"}, True),
        ({"section": "S", "share": "0.6"}, False),
        ({"section": "S", "at_least": 3}, False),  # a share and points are not set side by side
    ],
)
def test_lint_finds_a_star_that_asks_less_than_a_lower_one(
    need: dict[str, object], less: bool
) -> None:
    """Requirements are cumulative, so asking less above changes nothing."""
    lower: list[dict[str, object]] = [
        {"fact": "capacity", "at_least": 30},
        {"criterion": "T3", "at_least": "1.5"},
        {"section": "S", "share": "0.5"},
    ]
    stars = [
        {"star": 1, "at_least": 8, "requires": lower},
        {"star": 2, "at_least": 12, "requires": [need]},
    ]
    found = [
        remark
        for remark in lint(Edition.model_validate(document() | {"stars": stars}))
        if "低于 1 星的要求" in remark.words
    ]
    assert bool(found) == less
