"""Vetoes, thresholds, floors, caps and steps, each both ways."""

from datetime import date
from decimal import Decimal

import pytest

from rukang.engines.rating import Answer, Rating, ScoreSheet, State, improve, load_edition, rate
from rukang.engines.rating.improving.options import options
from tests.rukang.engines.rating.tiny import answer, document, edition, sheet

EDITION = edition()


def no_data(criterion: str) -> Answer:
    """Return that nothing is known of a criterion."""
    return Answer(criterion=criterion, state=State.NO_DATA)


def step(rating: Rating, rule: str) -> tuple[bool, int | None]:
    """Return whether a step of the path held and the star after it."""
    found = next(item for item in rating.path if item.rule == rule)
    return found.holds, found.star


def test_best_answers_reach_the_highest_star() -> None:
    """Nothing lacking, the home has the highest star, and the path ends with it."""
    rating = rate(EDITION, sheet())
    assert rating.star == rating.top_star == 3
    assert rating.path[-1].words.zh == "结果：3 星"


def test_veto_takes_every_star() -> None:
    """A veto that strikes leaves no star, whatever the total."""
    rating = rate(EDITION, sheet(T4=False))
    assert (rating.star, rating.total) == (0, 20)
    assert step(rating, "V1") == (False, 0)
    assert step(rate(EDITION, sheet()), "V1") == (True, None)


def test_veto_strikes_when_its_answer_is_missing() -> None:
    """Silence does not clear a home of a veto."""
    assert rate(EDITION, sheet(T4=None)).star == 0


@pytest.mark.parametrize(("at_least", "star"), [("17.9", 3), ("18", 3), ("18.1", 2)])
def test_threshold_includes_its_edge(at_least: str, star: int) -> None:
    """A total on the threshold has the star; a tenth less has not."""
    stars = [
        {"star": 1, "at_least": 8},
        {"star": 2, "at_least": 12},
        {"star": 3, "at_least": at_least},
    ]
    rating = rate(edition(stars=stars, rules=[]), sheet(T2=3))
    assert rating.total == 18
    assert rating.star == star


@pytest.mark.parametrize(("capacity", "star"), [(30, 3), (29, 2), (None, 2)])
def test_star_requires_a_fact(capacity: int | None, star: int) -> None:
    """A star with a further condition needs it; a fact not given does not meet it."""
    rating = rate(edition(rules=[]), sheet(capacity))
    assert rating.star == star
    assert ("容量不少于 30 人" in str(rating.path)) == (star == 2)


@pytest.mark.parametrize(("level", "star"), [(1, 3), (0, 2)])
def test_star_requires_points_of_a_criterion(level: int, star: int) -> None:
    """A star may require a least number of points of one criterion."""
    rating = rate(edition(rules=[]), sheet(T3=level))
    assert rating.total >= 16
    assert rating.star == star


@pytest.mark.parametrize(("choice", "holds", "star"), [("a", True, 2), ("b", False, 1)])
def test_section_floor_limits_the_star(choice: str, holds: bool, star: int) -> None:
    """A section below its floor limits the star, a section on it does not."""
    rating = rate(edition(rules=[]), sheet(S2=choice, S3=9, capacity=10))
    assert step(rating, "S") == (holds, star)
    assert rating.star == star


@pytest.mark.parametrize(("share", "star"), [("0.8", 3), ("0.79", 2)])
def test_cap_limits_the_star(share: str, star: int) -> None:
    """A criterion not met in full caps the star where the edition says so."""
    rating = rate(edition(), sheet(T1=share))
    assert step(rating, "K1") == (star == 3, min(star, 3))


def test_step_up_follows_the_cap() -> None:
    """Rules apply in the order written: capped to two, then raised by one."""
    rating = rate(EDITION, sheet(T1="0.7"))
    assert [step(rating, rule)[1] for rule in ("K1", "K2", "K3")] == [2, 3, 3]
    assert rating.star == 3


def test_step_never_passes_the_highest_star() -> None:
    """A step up at the top changes nothing."""
    assert step(rate(EDITION, sheet()), "K2") == (True, 3)


@pytest.mark.parametrize(("cases", "star"), [(2, 3), (3, 2)])
def test_step_down(cases: int, star: int) -> None:
    """Too many cases lower the star by one."""
    assert rate(EDITION, sheet(T2=cases)).star == star


def test_step_down_from_nothing_is_nothing() -> None:
    """A home without a star cannot fall below none."""
    rating = rate(EDITION, sheet(S1=False, S2=False, S3=9, T1=0, T2=3, T3=0))
    assert rating.star == 0
    assert all(item.star is None or item.star >= 0 for item in rating.path)


def test_section_without_applicable_points_meets_its_floor() -> None:
    """Where nothing applies there is nothing to fall short of."""
    sections = document()["sections"]
    for item in sections[1]["criteria"]:
        item["no_data"] = "exclude"
    sections[1]["floor"] = {"share": 0.9, "max_star": 1}
    stars = document()["stars"]
    stars[2]["requires"] = [{"section": "T", "share": 0.9}]
    item = document()["sections"][1]["criteria"][3]
    sections[1]["criteria"][3] = item | {"points": 1, "no_data": "exclude"}
    sections[1]["points"] = 9
    excluding = edition(sections=sections, points=21, vetoes=[], rules=[], stars=stars)
    rating = rate(excluding, sheet(T1=None, T2=None, T3=None, T4=None))
    assert rating.star == 3


def test_a_section_may_decide_the_first_star() -> None:
    """Thresholds are held against its points, whatever the total."""
    stars = [{"star": 1, "at_least": 4}, {"star": 2, "at_least": 8}, {"star": 3, "at_least": 12}]
    starting = edition(start="S", stars=stars, rules=[])
    assert rate(starting, sheet(T1="0.5", T2=2, T3=0)).star == 3
    assert rate(starting, sheet(S2="b")).star == 2
    assert "服务 9.5 ≥ 8" in rate(starting, sheet(S2="b")).path[2].words.zh


@pytest.mark.parametrize(("least", "star"), [(0, 1), (1, 2)])
def test_a_star_is_kept_at_the_least_at_every_step(least: int, star: int) -> None:
    """One down and then one up: from the least star the way down ends there, not below."""
    down = {
        "kind": "step", "id": "K1", "title": {"zh": "降", "en": "down"}, "if_not_met": -1,
        "requires": {"criterion": "T2"},
    }  # fmt: skip
    up = {
        "kind": "step", "id": "K2", "title": {"zh": "升", "en": "up"}, "if_met": 1,
        "requires": {"criterion": "S1"},
    }  # fmt: skip
    stars = [{"star": 1, "at_least": 1}, {"star": 3, "at_least": 20}]
    stepping = edition(rules=[down, up], least_star=least, stars=stars)
    assert rate(stepping, sheet(T2=2)).star == star


@pytest.mark.parametrize("rules", [[], document()["rules"][:1]])
def test_who_reaches_no_threshold_has_the_least_star(rules: list[object]) -> None:
    """With or without a rule that moves nothing; a veto still leaves no star."""
    stars = [{"star": 2, "at_least": 19}, {"star": 3, "at_least": 20}]
    kept = edition(rules=rules, least_star=1, stars=stars)
    rating = rate(kept, sheet(T2=3))
    assert rating.star == 1
    assert not any("调整" in step.words.zh for step in rating.path)
    assert rate(kept, sheet(T4=False)).star == 0


def test_a_section_may_be_asked_for_points() -> None:
    """Reached exactly it holds; a tenth more is lacking."""
    for at_least, star in (("9.5", 3), ("9.6", 2)):
        stars = [
            {"star": 2, "at_least": 1},
            {"star": 3, "at_least": 2, "requires": [{"section": "S", "at_least": at_least}]},
        ]
        asking = edition(stars=stars, rules=[])
        rating = rate(asking, sheet(S2="b"))
        assert rating.star == star
    assert any("「服务」不低于 9.6 分" in step.words.zh for step in rating.path)


YOUNG = [
    {"star": 1, "at_least": 8, "requires": [{"fact": "capacity", "at_least": 5}]},
    {"star": 2, "at_least": 12},
    {"star": 3, "at_least": 16},
]


@pytest.mark.parametrize(("capacity", "star"), [(5, 3), (4, 0), (0, 0), (None, 0)])
def test_a_star_requires_what_every_lower_star_requires(capacity: int | None, star: int) -> None:
    """With all 20 points, a home below what one star asks has none of the stars above it."""
    rating = rate(edition(stars=YOUNG, rules=[]), sheet(capacity))
    assert (rating.total, rating.star) == (20, star)
    assert str(rating.path).count("未满足 容量不少于 5 人") == (0 if star else 3)


@pytest.mark.parametrize(("served", "months", "star"), [(1, 1, 0), (5, 1, 0), (5, 6, 3)])
def test_one_person_and_one_month_get_no_star_by_the_example(
    served: int, months: int, star: int
) -> None:
    """example-2026 asks 5 people and 6 months for its first star, so for its second and third."""
    example = load_edition("example-2026")
    facts = {"people_served": Decimal(served), "months_running": Decimal(months)}
    best = ScoreSheet(
        home="ZP001",
        edition="example-2026",
        on=date(2026, 10, 31),
        facts=facts,
        answers=tuple(
            options(item, no_data(item.id))[-1].answer for item in example.criteria.values()
        ),
    )
    # Accidents have happened or not, so nothing makes them better: A2 and A4 are as they should be.
    good = [answer("A2", 0), answer("A4", True)]
    assert rate(example, best.with_answers(good)).star == star


@pytest.mark.parametrize(
    ("unknown", "star"),
    # 20 points in all, T3 has 3, S3 has 6: known are 20, 17 (85 %), 14 (70 %) and 11 (55 %).
    [((), 3), (("T3",), 3), (("S3",), 2), (("S3", "T3"), None)],
)
def test_an_edition_may_demand_a_coverage(unknown: tuple[str, ...], star: int | None) -> None:
    """With 70 percent known there is a rating, its edge included; with less there is none."""
    without = dict.fromkeys(unknown, State.NO_DATA)
    rating = rate(edition(coverage="0.7"), sheet(**without))
    assert rating.star == star
    told = "适用的 20 分中只查明 11 分，标准要求至少查明 70 %，不能评定"
    words = [one.words.zh for one in rating.path]
    assert words == [told] if star is None else told not in words


def test_what_does_not_apply_is_not_unknown() -> None:
    """T1 (3 points) does not apply and S3 (6) is unknown: 11 of 17 are known, 64.7 percent."""
    given = sheet(T1=State.NOT_APPLICABLE, S3=State.NO_DATA)
    assert rate(edition(coverage="0.64"), given).star is not None
    assert rate(edition(coverage="0.65"), given).star is None


def test_improving_asks_for_what_is_unknown_first() -> None:
    """Below the coverage nothing is proposed but to find out; above it there are proposals."""
    given = sheet(S3=State.NO_DATA, T3=State.NO_DATA)
    found = improve(edition(coverage="0.7"), given)
    assert found.target is None
    assert [words.zh for words in found.words] == [
        "请先补充「S3 分档」的数据。",
        "请先补充「T3 评定」的数据。",
    ]
    assert improve(edition(coverage="0.5"), given).target is not None
