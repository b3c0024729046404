"""A scheme of steps from another field: the overall star of nursing homes in the United States."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from rukang.rating import (
    Answer,
    ScoreSheet,
    State,
    apply_changes,
    editions,
    improve,
    load_edition,
    ports,
    rate,
)

CMS = load_edition("cms-five-star")
STAFFING = load_edition("cms-five-star-staffing")


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
    assert "不用于如康家园" in load_edition(name).label.zh


def test_there_are_two_ports() -> None:
    """The overall star, and the staffing points whose star it takes."""
    assert ports() == ["cms-five-star", "cms-five-star-staffing"]
