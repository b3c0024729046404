"""Small random editions and sheets for them, to set the model beside trying everything."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from rukang.engines.rating import Answer, Edition, ScoreSheet, State, lint
from tests.rukang.engines.rating.tiny import document

WORDS = {"zh": "示例", "en": "example"}
VETO = {"id": "V1", "title": WORDS, "requires": {"criterion": "B2"}}
SECTIONS = {"A": ("A1", "A2"), "B": ("B1", "B2")}


@st.composite
def small_editions(draw: st.DrawFn) -> Edition:
    """Return an edition of two sections with two judged criteria each, whatever its rules."""
    points = {name: draw(st.integers(1, 3)) for names in SECTIONS.values() for name in names}
    sections = [_section(draw, name, points) for name in SECTIONS]
    start = draw(st.sampled_from([None, "A"]))
    most = sum(points.values()) if start is None else sections[0]["points"]
    plain = document() | {
        "id": "small",
        "points": sum(points.values()),
        "start": start,
        "combine": draw(st.sampled_from(["sum", "sum", "average"])),
        "least_star": draw(st.integers(0, 1)),
        "facts": [],
        "sections": sections,
        "vetoes": draw(st.sampled_from([[], [VETO]])),
        "stars": _stars(draw, most),
        "rules": [_rule(draw, number) for number in range(draw(st.integers(0, 4)))],
    }
    edition = Edition.model_validate(plain)
    assume(not lint(edition))
    return edition


def _section(draw: st.DrawFn, name: str, points: dict[str, int]) -> dict[str, Any]:
    floor = {"share": draw(st.sampled_from([0.5, 0.8])), "max_star": draw(st.integers(0, 2))}
    return {
        "id": name,
        "title": WORDS,
        "points": sum(points[item] for item in SECTIONS[name]),
        "floor": draw(st.sampled_from([None, floor])),
        "combine": draw(st.sampled_from(["sum", "sum", "average", "lowest"])),
        "levels": _levels(draw, name, sum(points[item] for item in SECTIONS[name])),
        "criteria": [_criterion(draw, item, points[item]) for item in SECTIONS[name]],
    }


def _levels(draw: st.DrawFn, name: str, most: int) -> list[dict[str, Any]]:
    """Return two levels of a section; the higher one of B may look at the rating of A."""
    low = draw(st.integers(1, most))
    high = draw(st.integers(low, most))
    needs: list[dict[str, Any]] = draw(st.lists(_plain(), max_size=1))
    if name == "B" and draw(st.booleans()):
        needs.append({"rating_of": "A", "at_least": draw(st.integers(1, 2))})
    return [
        {"level": 1, "title": WORDS, "at_least": low},
        {"level": 2, "title": WORDS, "at_least": high, "requires": needs},
    ]


def _criterion(draw: st.DrawFn, name: str, points: int) -> dict[str, Any]:
    anchors = [{"level": level, "label": WORDS, "points": level} for level in range(points + 1)]
    return {
        "id": name, "kind": "judged", "points": points, "title": WORDS, "evidence": WORDS,
        "source": WORDS, "anchors": anchors, "may_not_apply": True,
        "no_data": draw(st.sampled_from(["zero", "exclude"])),
        "effort": {"cost": draw(st.integers(1, 4))},
    }  # fmt: skip


def _stars(draw: st.DrawFn, most: int) -> list[dict[str, Any]]:
    count = min(3, most)
    lines = sorted(draw(st.sets(st.integers(1, most), min_size=count, max_size=count)))
    return [
        {"star": star, "at_least": line, "requires": draw(st.lists(_requirements(), max_size=1))}
        for star, line in enumerate(lines, 1)
    ]


def _requirements() -> st.SearchStrategy[dict[str, Any]]:
    """Return plain requirements, ratings of sections, and what is made of these."""
    rating = st.builds(
        lambda s, v: {"rating_of": s, "at_least": v},
        st.sampled_from(list(SECTIONS)),
        st.integers(1, 2),
    )
    some = st.lists(st.one_of(_plain(), rating), min_size=2, max_size=3)
    composite = st.one_of(
        st.builds(lambda parts: {"all_of": parts}, some),
        st.builds(lambda parts: {"any_of": parts}, some),
        st.builds(lambda parts: {"none_of": parts}, some),
        st.builds(lambda parts: {"at_least": 2, "of": parts}, some),
        st.builds(lambda parts, one: {"any_of": [{"none_of": parts}, one]}, some, rating),
    )
    return st.one_of(_plain(), rating, composite)


def _plain() -> st.SearchStrategy[dict[str, Any]]:
    """Return requirements of a section by share or points, and of a criterion."""
    section = st.sampled_from(list(SECTIONS))
    return st.one_of(
        st.builds(lambda s, v: {"section": s, "share": v}, section, st.sampled_from([0.5, 1])),
        st.builds(lambda s, v: {"section": s, "at_least": v}, section, st.integers(1, 3)),
        st.builds(lambda c: {"criterion": c}, st.sampled_from(["A1", "B1"])),
    )


def _rule(draw: st.DrawFn, number: int) -> dict[str, Any]:
    rule = {"id": f"K{number}", "title": WORDS, "requires": draw(_requirements())}
    kind = draw(st.sampled_from(["cap", "step", "least", "table"]))
    if kind == "least":
        return rule | {"kind": kind, "min_star": draw(st.integers(1, 2))}
    if kind == "table":
        stars = sorted(draw(st.lists(st.integers(0, 3), min_size=5, max_size=5)))
        table = [[stars[row + column] for column in range(3)] for row in range(3)]
        del rule["requires"]
        return rule | {"kind": kind, "rows": "A", "columns": "B", "stars": table}
    if kind == "cap":
        return rule | {"kind": "cap", "max_star": draw(st.integers(0, 2))}
    steps = {"if_met": draw(st.integers(0, 2)), "if_not_met": -draw(st.integers(0, 2))}
    return rule | {"kind": "step", **steps}


@st.composite
def sheets_of(draw: st.DrawFn, edition: Edition) -> ScoreSheet:
    """Return a sheet with any answers, among them none and such that do not apply."""
    return ScoreSheet(
        home="ZP001",
        edition=edition.id,
        on=date(2026, 10, 31),
        answers=tuple(draw(_answers(name, int(i.points))) for name, i in edition.criteria.items()),
    )


def _answers(name: str, points: int) -> st.SearchStrategy[Answer]:
    met = st.integers(0, points).map(
        lambda level: Answer(criterion=name, state=State.MET, value=Decimal(level))
    )
    missing = st.sampled_from([State.NO_DATA, State.NOT_APPLICABLE]).map(
        lambda state: Answer(criterion=name, state=state, evidence="说明")
    )
    return st.one_of(met, met, missing)
