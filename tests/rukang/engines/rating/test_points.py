"""Each kind of criterion, answered both ways, and the effect of missing data."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rukang.engines.rating import State, rate
from tests.rukang.engines.rating.tiny import document, edition, sheet

EDITION = edition()


def earned(criterion: str, raw: Any) -> Decimal:
    """Return what one answer earns on the tiny edition."""
    return rate(EDITION, sheet(**{criterion: raw})).criteria[criterion].earned


@pytest.mark.parametrize(
    ("criterion", "raw", "points"),
    [
        ("S1", True, "2.0"),
        ("S1", False, "0.0"),
        ("S2", "a", "4.0"),
        ("S2", "b", "1.5"),
        ("S2", False, "0.0"),
        ("S3", 3, "6.0"),
        ("S3", "3.1", "2.0"),
        ("S3", "7.5", "2.0"),
        ("S3", "7.6", "0.0"),
        ("T1", "0.8", "3.0"),
        ("T1", 1, "3.0"),
        ("T1", "0.65", "1.5"),
        ("T1", "0.5", "0.0"),
        ("T1", "0.1", "0.0"),
        ("T2", 0, "2.0"),
        ("T2", 2, "0.6"),
        ("T2", 3, "0.0"),
        ("T3", 2, "3.0"),
        ("T3", 1, "1.5"),
        ("T3", 0, "0.0"),
    ],
)
def test_points_of_an_answer(criterion: str, raw: Any, points: str) -> None:
    """Every kind of criterion earns what its document says, limits included."""
    assert earned(criterion, raw) == Decimal(points)


def test_share_between_tenths_is_rounded_down() -> None:
    """A share just short of a tenth does not earn it."""
    assert earned("T1", "0.5099") == Decimal("0.0")
    assert earned("T1", "0.51") == Decimal("0.1")


def test_higher_bands_include_their_limit() -> None:
    """Where more is better, a number on the limit is within the band."""
    sections = document()["sections"]
    sections[0]["criteria"][2] |= {
        "better": "higher",
        "bands": [{"limit": 7.5, "points": 6}, {"limit": 3, "points": 2}],
    }
    higher = edition(sections=sections)
    found = [rate(higher, sheet(S3=raw)).criteria["S3"].earned for raw in ("7.5", "7.4", "2.9")]
    assert found == [Decimal(6), Decimal(2), Decimal(0)]


@given(st.decimals(0, 1, places=4), st.decimals(0, 1, places=4))
def test_more_never_earns_less(one: Decimal, other: Decimal) -> None:
    """A higher share never earns fewer points."""
    low, high = sorted((one, other))
    assert earned("T1", low) <= earned("T1", high)


def test_no_data_counts_as_nothing() -> None:
    """Missing data on an ordinary criterion earns nothing and still counts."""
    rating = rate(EDITION, sheet(S2=None))
    assert rating.criteria["S2"].state is State.NO_DATA
    assert rating.applicable == 20
    assert rating.total == Decimal("16.0")
    assert "计 0 分" in rating.criteria["S2"].reason.zh


def test_no_data_left_out_of_the_total() -> None:
    """Missing data the edition excludes costs nothing."""
    rating = rate(EDITION, sheet(T3=State.NO_DATA))
    assert rating.applicable == 17
    assert rating.total == 20


def test_no_data_that_refuses() -> None:
    """Missing data the edition insists on leaves the home unrated and says what to supply."""
    rating = rate(EDITION, sheet(S1=None))
    assert rating.star is None
    assert [item.id for item in rating.missing] == ["S1"]
    assert "不能评定" in rating.path[-1].words.zh


def test_what_does_not_apply_costs_nothing() -> None:
    """A criterion that does not apply is left out, and hinders no requirement on it."""
    rating = rate(EDITION, sheet(T1=State.NOT_APPLICABLE))
    assert (rating.total, rating.star) == (20, 3)
    assert rating.criteria["T1"].applicable == 0


def test_total_is_rounded_down_to_a_tenth() -> None:
    """A total between two tenths shows the lower one: 15 of 17 on a scale of 20 is 17.6."""
    rating = rate(EDITION, sheet(T3=None, T2=3))
    assert (rating.earned, rating.applicable) == (15, 17)
    assert rating.total == Decimal("17.6")


def test_every_reason_speaks_both_languages() -> None:
    """Each criterion gives its reason in Chinese and English."""
    for item in rate(EDITION, sheet(S2=False, T3=None)).criteria.values():
        assert item.reason.zh
        assert item.reason.en
