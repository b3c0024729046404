"""Vetoes, thresholds, floors, caps and steps, each both ways."""

import pytest

from rukang.rating import Rating, rate
from tests.rukang.rating.tiny import document, edition, sheet

EDITION = edition()


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
