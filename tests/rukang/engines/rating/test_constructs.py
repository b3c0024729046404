"""What an edition can say beyond points, each construct both ways, worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import yaml

from rukang.engines.rating import (
    Edition,
    EditionError,
    State,
    apply_changes,
    differences,
    improve,
    parse_edition,
    rate,
)
from rukang.engines.rating.criteria.edition import Level
from tests.rukang.engines.rating.built import BUILT, built, document, filled

EDITION = built()


def words(*, places: int | None = 25, **changes: Any) -> str:
    """Return the path of a sheet in Chinese."""
    return "\n".join(step.words.zh for step in rate(EDITION, filled(places, **changes)).path)


def section(name: str, **changes: Any) -> Decimal:
    """Return what a section of a sheet earned."""
    found = rate(EDITION, filled(**changes)).sections
    return next(part.earned for part in found if part.id == name)


def star(*, places: int | None = 25, **changes: Any) -> int | None:
    """Return the star of a sheet."""
    return rate(EDITION, filled(places, **changes)).star


def test_a_section_by_its_lowest_criterion() -> None:
    """Of 0.9, 0.9, 0.8 the least, 0.8 of 10 points; what does not apply is not the lowest."""
    assert section("Q") == Decimal("8.0")
    assert section("Q", Q3="0.25") == Decimal("2.4")  # 0.25 x 5 = 1.25 -> 1.2; 1.2 / 5 = 0.24
    assert section("Q", Q1=State.NOT_APPLICABLE, Q2="1", Q3="1") == Decimal("10.0")
    assert section("Q", Q2=None) == 0  # without data it earned nothing, which is the lowest


def test_a_section_by_the_mean_of_its_criteria() -> None:
    """(1 + 0.8 + 0.6) / 3 = 0.8, whatever their points (3, 7, 1); of two, (0.8 + 0.6) / 2."""
    assert section("R") == Decimal("8.0")
    assert section("R", R1=State.NOT_APPLICABLE) == Decimal("7.0")
    assert section("R", R3="1", R2="1", R1="0.3") == Decimal("7.6")  # 0.9/3 = .3; 2.3/3 = .7667


def test_a_total_of_averages() -> None:
    """(1 + 0.8 + 0.8 + 0.6) / 4 = 0.8 of 100; exact until the end: 1/3 of P is no 0.3."""
    assert rate(EDITION, filled()).total == Decimal("80.0")
    # P: 3 of 10; (0.3 + 0.8 + 0.8 + 0.6) / 4 = 0.625
    assert rate(EDITION, filled(P1=2, P2=False)).total == Decimal("62.5")
    # R: 2.3/3; (1 + 0.8 + 0.76667 + 0.6) / 4 = 0.791667 -> 79.1, though R shows 7.6
    assert rate(EDITION, filled(R1="0.3", R2="1", R3="1")).total == Decimal("79.1")


def test_sections_have_ratings_that_others_refer_to() -> None:
    """P, Q and R exceed, so S does with 6 points; with P alone it only meets."""
    assert "「管理」6.0 分，评为「超出」（2）" in words()
    lacking = words(Q3="0.7", R2="0.5")  # Q 7.0, R (1 + .5 + .6) / 3 = 7.0: both only meet
    assert "「环境」7.0 分，评为「达标」（1）" in lacking
    assert "「管理」6.0 分，评为「达标」（1）" in lacking
    assert "「环境」0.0 分，评为「未达到任何等级」（0）" in words(Q2=None)


def test_two_of_three_are_enough() -> None:
    """With one of Q and R exceeding beside P, two of three do."""
    assert "「管理」6.0 分，评为「超出」（2）" in words(Q3="0.7")
    assert "「管理」6.0 分，评为「超出」（2）" in words(R2="0.5")


def test_all_and_any() -> None:
    """Places or R2 in full; P2 in any case. An unknown fact is not met."""
    exceeds = "「管理」6.0 分，评为「超出」（2）"
    assert exceeds in words(places=20)
    assert exceeds not in words(places=19)
    assert exceeds not in words(places=None)
    assert exceeds in words(places=19, R2="1")
    assert exceeds not in words(P2=False, P1=3, R2="1")


def test_a_table_of_two_ratings_gives_the_star() -> None:
    """Rows are people, columns management: 2 x 2 is 4, 2 x 1 is 3; the points said 3."""
    assert star() == 4
    assert "4 ≥" not in words()
    assert star(S1="0.5", places=19) == 3
    assert "人员与管理（2 × 1：3 星）" in words(places=19)
    assert star(P1=2) == 3  # P 7 of 10: row 1; S still exceeds by Q and R: 1 x 2


def test_not_caps_what_happened() -> None:
    """S2 says that there was an accident: none of it is to be met, else one star.

    The bound from below comes after the cap, as written, and lifts to 2 where Q and R meet.
    """
    assert star(S2=True) == 2
    assert star(S2=True, Q2=None) == 1
    assert star(S2=False, Q2=None) == 4  # Q is 0, but P and R exceed: two of three, 2 x 2


def test_what_nobody_knows_is_not_known_to_be_unmet() -> None:
    """Without an answer on accidents the cap holds like with one."""
    assert star(S2=None, Q2=None) == 1


def test_a_bound_from_below() -> None:
    """The table says 0 x 1 = 1; place and activities meet, so two."""
    assert star(P1=0, P2=False, places=None) == 2
    assert star(P1=0, P2=False, Q2=None, places=None) == 1


def test_what_is_only_recorded_changes_nothing() -> None:
    """Own or rented, answered or not: the same star and total; the report says the answer."""
    rented, unknown = rate(EDITION, filled(P3="rented")), rate(EDITION, filled(P3=None))
    assert (rented.star, rented.total) == (unknown.star, unknown.total) == (4, Decimal("80.0"))
    assert rented.criteria["P3"].reason.zh == "租用，只作记录"
    assert unknown.criteria["P3"].reason.zh == "无数据，只作记录"


def test_coverage_is_held_against_points_that_are_known() -> None:
    """Of 42 points 21 have to be known; S1, P1 and Q3 alone are 21, without Q3 too few."""
    some = dict.fromkeys(("P2", "P3", "Q1", "Q2", "R1", "R2", "R3", "S2"))
    assert star(**some) is not None
    assert star(**(some | {"Q3": None})) is None


def test_the_way_up_is_found_through_every_construct() -> None:
    """From one star to the next by the least effort, rated again."""
    low = filled(P1=0, P2=False, Q2="0.1", R2="0", S1="0.2", places=19)
    found = improve(EDITION, low)
    assert found.target is not None
    assert (rate(EDITION, apply_changes(low, found)).star or 0) >= found.target


def test_the_edition_is_kept_word_for_word() -> None:
    """As JSON and back it is the same, requirements within requirements too."""
    assert Edition.model_validate(EDITION.model_dump(mode="json")) == EDITION


def test_changes_of_constructs_are_told() -> None:
    """How the total is made, how a section is."""
    plain = document()
    plain["sections"][1]["combine"] = "average"
    after = Edition.model_validate(plain)
    assert any("lowest → average" in one.zh for one in differences(EDITION, after))
    summed = EDITION.model_copy(update={"combine": "sum"})
    assert any("总分的算法" in one.zh for one in differences(EDITION, summed))


Plain = dict[str, Any]


@pytest.mark.parametrize(
    ("message", "alter"),
    [
        ("等级 2 应排在 1 之上", lambda d: d["sections"][0]["levels"][1].update(at_least=4)),
        ("等级 2 需 11 分", lambda d: d["sections"][3]["levels"][1].update(at_least=11)),
        ("只能引用排在前面的部分", lambda d: d["sections"][3]["levels"][0].update(
            requires=[{"rating_of": "S", "at_least": 1}])),
        ("最高等级 2", lambda d: d["rules"][2].update(
            requires={"rating_of": "Q", "at_least": 3})),
        ("没有 Z", lambda d: d["rules"][2].update(
            requires={"any_of": [{"rating_of": "Z", "at_least": 1}, {"criterion": "P2"}]})),
        ("要求 3 项，只列出 2 项", lambda d: d["rules"][2].update(
            requires={"at_least": 3, "of": [{"criterion": "P1"}, {"criterion": "P2"}]})),
        ("3 行 3 列", lambda d: d["rules"][0]["stars"].pop()),
        ("等级更高，星级却更低", lambda d: d["rules"][0]["stars"][2].__setitem__(2, 2)),
        ("高于最高 4 星", lambda d: d["rules"][0]["stars"][2].__setitem__(2, 5)),
        ("X 没有等级", lambda d: d["rules"][0].update(rows="X")),
        ("只作记录，却被引用", lambda d: d["rules"][1].update(requires={"criterion": "P3"})),
        ("只作记录的指标不计分", lambda d: d["sections"][0]["criteria"][1].update(recorded=True)),
        ("应合整 0.1 分", lambda d: d["rules"][1].update(
            requires={"section": "R", "share": "0.333"})),
        ("至少 5 星应高于", lambda d: d["rules"][2].update(min_star=5)),
        ("至少要有 1 项", lambda d: d["rules"][1].update(requires={"none_of": []})),
        ("是不是 all_of？", lambda d: d["rules"][1].update(requires={"al_of": []})),
    ],
)  # fmt: skip
def test_a_construct_that_makes_no_sense_is_told(
    message: str, alter: Callable[[Plain], object]
) -> None:
    """Each by lint or by its form."""
    plain = yaml.safe_load(yaml.safe_dump(document()))
    alter(plain)
    with pytest.raises(EditionError, match=message):
        parse_edition(yaml.safe_dump(plain, allow_unicode=True), "built.yaml")


def test_the_test_edition_is_in_order() -> None:
    """All alterations start from it, and a level is what it says."""
    assert parse_edition(BUILT, "built.yaml") == EDITION
    assert isinstance(EDITION.sections[0].levels[0], Level)
