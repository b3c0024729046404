"""Schemes of other countries, published with their steps, written as editions.

Nursing homes in the United States, adult social care in England, services for children in
Australia: each sheet beside the scheme's own steps said again in a few lines.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations_with_replacement, product
from pathlib import Path
from typing import Any

import pytest
import yaml

from rukang.engines.rating import (
    Answer,
    Edition,
    Rating,
    ScoreSheet,
    State,
    apply_changes,
    editions,
    improve,
    load_port,
    ports,
    rate,
)

CMS = load_port("cms-five-star")
CQC = load_port("cqc-adult-social-care")
NQS = load_port("acecqa-nqs")
STAFFING = load_port("cms-five-star-staffing")


def _cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(
        (Path(__file__).parent / "cases" / name).read_text(encoding="utf-8")
    )
    return found


CASES, STAFFING_CASES = _cases("cms.yaml"), _cases("cms-staffing.yaml")
STARS = range(1, 6)


def _sheet(inspection: int, staffing: int, quality: int, *, abuse: bool = False) -> ScoreSheet:
    stars = {"H1": inspection, "S1": staffing, "Q1": quality}
    answers = [
        Answer(criterion=name, state=State.MET, value=Decimal(star)) for name, star in stars.items()
    ]
    answers.append(Answer(criterion="H2", state=State.NOT_MET if abuse else State.MET))
    return ScoreSheet(home="US1", edition=CMS.id, on=date(2023, 1, 25), answers=tuple(answers))


def _guide(inspection: int, staffing: int, quality: int) -> int:
    """Return the overall star as the guide's steps say it."""
    overall = inspection
    for domain in (staffing, quality):
        overall = min(5, max(1, overall + (domain == 5) - (domain == 1)))
    return min(overall, 2) if inspection == 1 else overall


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_the_guides_steps(case: dict[str, Any]) -> None:
    """Each step and each bound."""
    stars = (case["inspection"], case["staffing"], case["quality"])
    assert rate(CMS, _sheet(*stars, abuse=case.get("abuse", False))).star == case["overall"]


def test_every_combination_of_the_three_domains() -> None:
    """All 125, beside a few lines that say the guide's steps again."""
    found = {stars: rate(CMS, _sheet(*stars)).star for stars in product(STARS, repeat=3)}
    assert found == {stars: _guide(*stars) for stars in found}


def test_what_would_raise_it_is_the_least_change() -> None:
    """For every combination, set beside trying all better ones; the abuse icon too."""
    for stars in product(STARS, repeat=3):
        sheet = _sheet(*stars)
        now = rate(CMS, sheet).star or 0
        found = improve(CMS, sheet)
        if now == 5:
            assert found.target is None
            continue
        better = product(*(range(star, 6) for star in stars))
        reaching = [b for b in better if (_guide(*b)) > now]
        least = min(sum(a != b for a, b in zip(stars, one, strict=True)) for one in reaching)
        assert (found.target, found.cost) == (now + 1, least), stars
        assert (rate(CMS, apply_changes(sheet, found)).star or 0) > now


def test_the_path_says_which_part_decides() -> None:
    """Thresholds are held against the inspection; each step says what it did."""
    path = rate(CMS, _sheet(3, 5, 1)).path
    words = [step.words.zh for step in path]
    assert any("健康检查 3.0 ≥ 3" in word for word in words)
    assert any("3 星调整为 4 星" in word for word in words)
    assert any("4 星调整为 3 星" in word for word in words)


@pytest.mark.parametrize("case", STAFFING_CASES, ids=[case["why"] for case in STAFFING_CASES])
def test_the_points_of_staffing(case: dict[str, Any]) -> None:
    """Both sides of every cut point, and the total rescaled where a measure is left out."""
    answers = tuple(
        Answer(criterion=name, state=State.NO_DATA)
        if share is None
        else Answer(criterion=name, state=State.MET, value=share)
        for name, share in zip(STAFFING.criteria, case["shares"], strict=True)
    )
    sheet = ScoreSheet(home="US1", edition=STAFFING.id, on=date(2023, 1, 25), answers=answers)
    rating = rate(STAFFING, sheet)
    assert (str(rating.total), rating.star) == (case["total"], case["star"])


@pytest.mark.parametrize("name", ports())
def test_no_home_is_rated_by_a_port(name: str) -> None:
    """It can be loaded, and is no edition a sheet may name."""
    assert name not in editions()
    assert "不用于如康家园" in load_port(name).label.zh


def test_there_are_four_ports() -> None:
    """Three schemes; of the American one the staffing points, whose star it takes, stand apart."""
    expected = ["acecqa-nqs", "cms-five-star", "cms-five-star-staffing", "cqc-adult-social-care"]
    assert ports() == expected


KEY_QUESTIONS = {"S": 8, "E": 6, "C": 5, "R": 7, "W": 8}
"""Key questions and how many statements each has."""


def _scored(edition: Edition, scores: dict[str, int], *, breach: bool = False) -> ScoreSheet:
    answers = [
        Answer(criterion=name, state=State.MET, value=Decimal(score))
        for name, score in scores.items()
    ]
    if edition is CQC:
        answers.append(Answer(criterion="W9", state=State.NOT_MET if breach else State.MET))
    day = date(2024, 1, 25)
    return ScoreSheet(home="X1", edition=edition.id, on=day, answers=tuple(answers))


def _statements(**scores: list[int]) -> dict[str, int]:
    """Return scores of all statements, 3 for each that is not said."""
    return {
        f"{question}{number}": scores.get(question, [3] * most)[number - 1]
        for question, most in KEY_QUESTIONS.items()
        for number in range(1, most + 1)
    }


def _principles(ratings: tuple[int, ...], breach: bool) -> int:
    """Return the overall rating as the six principles say it: 1 inadequate to 4 outstanding."""
    if ratings.count(1) >= 2:
        return 1
    if breach or ratings.count(1) or ratings.count(2) >= 2:
        return 2
    return 4 if ratings.count(4) >= 2 and not ratings.count(2) else 3


def _rated(rating: Rating, section: str) -> str:
    return next(step.words.en for step in rating.path if step.rule == section).split("rated ")[1]


@pytest.mark.parametrize("breach", [False, True])
def test_englands_principles(breach: bool) -> None:
    """Every choice of five key questions' ratings: all statements of one have its score."""
    for ratings in combinations_with_replacement(range(1, 5), 5):
        of_each = zip(KEY_QUESTIONS.items(), ratings, strict=True)
        scores = {question: [rating] * most for (question, most), rating in of_each}
        sheet = _scored(CQC, _statements(**scores), breach=breach)
        assert rate(CQC, sheet).star == _principles(ratings, breach), ratings


@pytest.mark.parametrize(
    ("safe", "rating"),
    [
        ([1] * 4 + [2] * 4, "inadequate"),  # 12 of 32: 37.5 %
        ([1] * 3 + [2] * 5, "requires improvement"),  # 13: 40.6 %
        ([3] * 3 + [2] * 5, "requires improvement"),  # 19: 59.4 %
        ([3] * 4 + [2] * 4, "good"),  # 20: 62.5 %
        ([4] * 3 + [3] * 4 + [1], "requires improvement"),  # 25: 78.1 %, but a score of 1
        ([4] * 3 + [3] * 4 + [2], "good"),  # 26: 81.3 %
        ([4] * 3 + [3] * 5, "good"),  # 27: 84.4 %
        ([4] * 4 + [3] * 4, "outstanding"),  # 28: 87.5 %
        ([4] * 6 + [2] * 2, "good"),  # 28, but a score of 2
        ([4] * 7 + [1], "good"),  # 29: 90.6 %, but a score of 1
    ],
)
def test_englands_scores_and_limits(safe: list[int], rating: str) -> None:
    """Both sides of every percentage, and the limits by single scores."""
    found = rate(CQC, _scored(CQC, _statements(S=safe)))
    assert _rated(found, "S").startswith(f"“{rating}”")


def test_what_is_only_recorded_in_england_counts_nothing() -> None:
    """The kind of service is not asked for; a statement is."""
    sheet = _scored(CQC, _statements())
    assert rate(CQC, sheet).star == 3
    lacking = sheet.model_copy(update={"answers": sheet.answers[1:]})
    assert rate(CQC, lacking).star is None


def _overall(areas: tuple[int, ...]) -> int:
    """Return Australia's overall rating of seven areas' 0 to 3: 1 to 4."""
    if min(areas) < 2:
        return min(areas) + 1
    key = [areas[n - 1] for n in (1, 5, 6, 7)]
    return 4 if areas.count(3) >= 4 and key.count(3) >= 2 else 3


def test_australias_overall_rating() -> None:
    """Every choice for the four key areas and for the three others."""
    levels = range(4)
    names = list(NQS.criteria)
    for key in combinations_with_replacement(levels, 4):
        for others in combinations_with_replacement(levels, 3):
            areas = (key[0], *others, *key[1:])
            scores = {name: areas[int(name[1]) - 1] for name in names}
            assert rate(NQS, _scored(NQS, scores)).star == _overall(areas), areas


def test_the_lowest_standard_rates_an_area() -> None:
    """All standards exceed but one of the first area, which is of each level: so is the area."""
    words = ["significant improvement required", "working towards", "meeting", "exceeding"]
    for level, word in enumerate(words):
        found = rate(NQS, _scored(NQS, dict.fromkeys(NQS.criteria, 3) | {"S12": level}))
        assert _rated(found, "A1").startswith(f"“{word}”" if level else "“no level”")
        assert found.star == [1, 2, 4, 4][level]


@pytest.mark.parametrize(
    ("edition", "low", "target", "cost"),
    [
        # one of four inadequate statements of 12 points is one too many: 13 of 32
        (CQC, _statements(S=[1] * 4 + [2] * 4, E=[1] * 6), 2, 1),
        (NQS, dict.fromkeys(NQS.criteria, 2), 4, 8),  # the least: four areas of two standards
    ],
)
def test_what_would_raise_it_abroad(
    edition: Edition, low: dict[str, int], target: int, cost: int
) -> None:
    """The least effort through ratings, limits and counts, rated again."""
    sheet = _scored(edition, low)
    found = improve(edition, sheet)
    assert (found.target, found.cost) == (target, cost)
    assert (rate(edition, apply_changes(sheet, found)).star or 0) >= target
