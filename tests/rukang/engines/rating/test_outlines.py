"""Schemes of which only the structure is known: nobody is rated under them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from rukang.engines.rating import (
    EditionError,
    Outline,
    UnknownContentsError,
    editions,
    load_edition,
    load_outline,
    outlines,
)


def test_outlines_are_no_editions() -> None:
    """Both provinces are there, neither can be chosen for a rating."""
    assert outlines() == ["guangdong-2022", "zhejiang"]
    assert not set(outlines()) & set(editions())


@pytest.mark.parametrize(("name", "sections"), [("guangdong-2022", 8), ("zhejiang", 10)])
def test_the_structure_is_what_was_found(name: str, sections: int) -> None:
    """Parts and five stars; named like its file, and said to be structure only."""
    outline = load_outline(name)
    assert outline.id == name
    assert len(outline.sections) == sections
    assert [star.star for star in outline.stars] == [1, 2, 3, 4, 5]
    assert "只知结构" in outline.label.zh


def test_rating_under_an_outline_is_refused_with_what_to_supply() -> None:
    """Guangdong: 200 points are known, those of each part, thresholds and floors are not."""
    with pytest.raises(UnknownContentsError, match="不能据以评定") as refused:
        load_edition("guangdong-2022")
    missing = [item.zh for item in refused.value.missing]
    assert len(missing) == 8 * 2 + 5 * 4
    assert {"「品牌」的分值", "「经费」的指标和评分办法", "5 星的分数线"} <= set(missing)
    assert "1 星对室内面积的要求" in missing
    assert "总分" not in missing
    assert "5 星的分数线 / the threshold of star 5" in str(refused.value)


def test_what_is_known_is_not_asked_for() -> None:
    """Once a threshold stands in the outline it is no longer missing."""
    plain = load_outline("zhejiang").model_dump()
    before = len(Outline.model_validate(plain).missing())
    plain["points"] = Decimal(100)
    plain["stars"][0]["at_least"] = Decimal(60)
    plain["sections"][0]["points"] = Decimal(10)
    plain["valid_from"] = "2020-01-01"
    assert len(Outline.model_validate(plain).missing()) == before - 4


def test_an_outline_that_is_not_there_is_named() -> None:
    """With those there are; and no key beyond its own is taken."""
    with pytest.raises(EditionError, match="没有 shandong 的结构；现有：guangdong-2022、zhejiang"):
        load_outline("shandong")
    with pytest.raises(ValidationError, match="bonus"):
        Outline.model_validate(load_outline("zhejiang").model_dump() | {"bonus": 1})
