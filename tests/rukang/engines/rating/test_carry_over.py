"""A running assessment under a new edition."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from rukang.engines.rating import carry_over, check_sheet, parse_edition, rate
from tests.rukang.engines.rating.tiny import TINY_EDITION, document, sheet


def _edition(**changes: Any) -> Any:
    plain = document() | {"id": "tiny-2"} | changes
    return parse_edition(yaml.safe_dump(plain, allow_unicode=True), "tiny-2.yaml")


def _altered() -> Any:
    """Return the document with other points for S2, another scale for T3, T2 gone, and S4 new."""
    plain = document() | {"id": "tiny-2"}
    services, others = plain["sections"]
    services["criteria"][1]["options"][1]["points"] = 2
    others["criteria"][2]["anchors"][1]["label"] = {"zh": "一般", "en": "so-so"}
    gone = others["criteria"].pop(1)
    services["criteria"].append({**services["criteria"][0], "id": "S4", "points": gone["points"]})
    services["points"], others["points"] = 14, 6
    plain["rules"] = [rule for rule in plain["rules"] if rule["id"] != "K3"]
    plain["facts"] = [
        {"key": "area", "title": {"zh": "面积", "en": "area"}, "unit": plain["facts"][0]["unit"]}
    ]
    plain["stars"] = [{"star": 1, "at_least": 8}]
    plain["rules"] = []
    plain["sections"][0].pop("floor")
    return parse_edition(yaml.safe_dump(plain, allow_unicode=True), "tiny-2.yaml")


def test_what_is_asked_alike_stays() -> None:
    """Other points are no other question; the sheet can be rated under the new edition."""
    over = carry_over(sheet(), TINY_EDITION, _altered())
    assert over.kept == ("S1", "S2", "S3", "T1", "T4")
    assert check_sheet(_altered(), over.sheet) == []
    assert rate(_altered(), over.sheet.with_answers([])).edition == "tiny-2"


def test_what_changed_is_told_and_asked_anew() -> None:
    """T2 is gone, T3 has another scale, S4 is new; so are the figures of the home."""
    over = carry_over(sheet(), TINY_EDITION, _altered())
    assert (over.dropped, over.opened) == (("T2", "T3"), ("S4", "T3"))
    told = "\n".join(words.zh for words in over.words)
    for line in (
        "tiny → tiny-2：保留 5 项，作废 2 项",
        "T2「扣分」：新标准没有这一项，答案作废",
        "T3「评定」：问法或分档有变，请重新评定",
        "S4「是否」：新增，待评",
        "容量：不再要求",
        "面积：新增，待填",
    ):
        assert line in told
    assert over.sheet.facts == {}


def test_the_same_edition_under_another_name_keeps_everything() -> None:
    """Nothing dropped, nothing opened."""
    over = carry_over(sheet(), TINY_EDITION, _edition())
    assert (over.dropped, over.opened) == ((), ())
    assert over.sheet.answers == sheet().answers


def test_a_sheet_of_another_edition_is_refused() -> None:
    """With both names."""
    with pytest.raises(ValueError, match=r"按 tiny 填写，不是 tiny-2"):
        carry_over(sheet(), _edition(), TINY_EDITION)
