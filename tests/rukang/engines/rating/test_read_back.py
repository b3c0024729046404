"""A result read back later is byte-identical, whatever became of its edition since."""

from __future__ import annotations

import json
from pathlib import Path

from rukang.engines.rating import Rating, rate
from tests.rukang.engines.rating.tiny import TINY_EDITION, document, edition, sheet

KEPT = Path(__file__).parent / "cases" / "tiny-result.json"
"""The tiny sheet's result as it was written when this test was made."""

DIGEST = KEPT.with_suffix(".sha256")


def _written(rating: Rating) -> str:
    return json.dumps(rating.model_dump(mode="json"), ensure_ascii=False, indent=1)


def test_a_result_of_another_day_is_read_back_byte_by_byte() -> None:
    """The same text, and the hash it was signed with."""
    kept = KEPT.read_text(encoding="utf-8")
    rating = Rating.model_validate_json(kept)
    assert _written(rating) + "\n" == kept
    assert rating.digest() == DIGEST.read_text(encoding="utf-8").strip()


def test_today_rates_the_tiny_sheet_as_then() -> None:
    """A change of the engine that changes results has to be meant."""
    assert _written(rate(TINY_EDITION, sheet(S2="b", T2=1))) + "\n" == KEPT.read_text("utf-8")


def test_a_later_edition_changes_no_result() -> None:
    """The result carries what it went by; a harder edition of the same name leaves it."""
    rating = rate(TINY_EDITION, sheet())
    stars = [{**star, "at_least": 19} for star in document()["stars"][-1:]]
    assert rate(edition(stars=stars), sheet(S2="b")).star != rating.star
    assert Rating.model_validate_json(rating.model_dump_json()).digest() == rating.digest()
