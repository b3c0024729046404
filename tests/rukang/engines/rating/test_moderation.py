"""Two sheets become one; where they are too far apart a third decides."""

from __future__ import annotations

from typing import Any

import pytest

from rukang.engines.rating import (
    Answer,
    ModerationError,
    Outcome,
    ScoreSheet,
    State,
    compare,
    compare_facts,
    moderated,
    rate,
)
from tests.rukang.engines.rating.tiny import TINY_EDITION, edition, sheet, sheet_with


def _one(first: Any, second: Any, third: Any = None, name: str = "T3") -> Any:
    sheets = [
        sheet_with(who, **{name: value})
        for who, value in zip("甲乙丙", (first, second, third), strict=True)
        if value is not None
    ]
    found = compare(TINY_EDITION, *sheets)
    return next(item for item in found if item.criterion.id == name)


def test_the_same_is_the_same() -> None:
    """Nothing to settle."""
    found = _one(2, 2)
    assert (found.outcome, found.settled.value) == (Outcome.SAME, 2)


def test_near_enough_takes_the_lower() -> None:
    """0.7 of 2 points apart is more than a quarter; at a tolerance of 0.4 it is near enough."""
    sheets = (sheet_with("甲", T2=0), sheet_with("乙", T2=1))
    assert _one(0, 1, name="T2").outcome is Outcome.DISPUTED
    edition = TINY_EDITION.model_copy(update={"tolerance": TINY_EDITION.tolerance * 2})
    found = next(x for x in compare(edition, *sheets) if x.criterion.id == "T2")
    assert found.outcome is Outcome.WITHIN_TOLERANCE
    assert found.settled is not None
    assert found.settled.value == 1
    assert "取低" in found.words.zh


@pytest.mark.parametrize(("third", "settled"), [(0, 0), (1, 1), (2, 2)])
def test_a_third_between_decides(third: int, settled: int) -> None:
    """0 and 2 are too far apart: the middle of the three holds."""
    assert _one(0, 2).settled is None
    assert _one(0, 2, third).settled.value == settled


def test_where_one_says_it_does_not_apply_the_third_says_it_all() -> None:
    """Nothing lies between “does not apply” and a level; without data nothing is decided."""
    absent = Answer(criterion="T3", state=State.NOT_APPLICABLE, evidence="没有这项服务")
    unseen = Answer(criterion="T3", state=State.NO_DATA)
    assert _one(absent, 2).outcome is Outcome.DISPUTED
    assert _one(absent, 2, 1).settled.value == 1
    assert _one(absent, 2, absent).settled.state is State.NOT_APPLICABLE
    assert _one(unseen, 2).outcome is Outcome.DISPUTED
    assert _one(0, 2, unseen).settled is None


def test_a_disputed_sheet_is_not_rated_before_a_third_has_judged() -> None:
    """The words name what is open; with a third the sheet holds and carries all three names."""
    first = sheet_with("甲", S1=True, S2="a", S3=3, T1="0.8", T2=0, T3=0, T4=True)
    second = sheet_with("乙", S1=True, S2="a", S3=3, T1="0.5", T2=0, T3=2, T4=True)
    with pytest.raises(ModerationError, match="须由第三人评定") as refused:
        moderated(TINY_EDITION, first, second)
    assert [item.criterion.id for item in refused.value.disputed] == ["T3"]
    assert "「评定」：符合 0.0 分；符合 3.0 分" in str(refused.value)
    whole = moderated(TINY_EDITION, first, second, sheet_with("丙", T3=1))
    assert whole.inspectors == ("甲", "乙", "丙")
    answers = {answer.criterion: answer.value for answer in whole.answers}
    assert answers["T3"] == 1
    assert str(answers["T1"]) == "0.8"  # measured, not judged: as on the first sheet
    assert rate(TINY_EDITION, whole).inspectors == ("甲", "乙", "丙")


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (sheet_with("乙").model_copy(update={"home": "X"}), "同一机构"),
        (sheet_with("乙").model_copy(update={"edition": "other"}), "同一标准"),
        (sheet_with("甲"), "甲 填了不止一份"),
    ],
)
def test_sheets_that_do_not_go_together_are_refused(second: ScoreSheet, words: str) -> None:
    """Another home, another edition, one person twice."""
    with pytest.raises(ModerationError, match=words):
        compare(TINY_EDITION, sheet_with("甲"), second)


def test_sheets_of_another_edition_are_refused() -> None:
    """Both were filled for it, but it is not the one at hand."""
    both = [sheet_with(who).model_copy(update={"edition": "other"}) for who in "甲乙"]
    with pytest.raises(ModerationError, match="不能按 tiny 合并"):
        compare(TINY_EDITION, *both)


def test_a_veto_is_never_near_enough() -> None:
    """Its criterion has no points: whether it strikes is for a third to say, either way."""
    assert _one(True, False, name="T4").outcome is Outcome.DISPUTED
    assert _one(True, False, name="T4").settled is None
    assert _one(True, False, False, name="T4").settled.state is State.NOT_MET
    assert _one(True, False, True, name="T4").settled.state is State.MET
    assert _one(True, True, name="T4").outcome is Outcome.SAME


@pytest.mark.parametrize(
    ("first", "second", "outcome", "settled"),
    [
        (40, 40, Outcome.SAME, 40),
        (None, None, Outcome.SAME, None),
        (31, 40, Outcome.WITHIN_TOLERANCE, 31),  # star 3 asks 30: both reach it
        (12, 29, Outcome.WITHIN_TOLERANCE, 12),  # neither does
        (29, 30, Outcome.DISPUTED, None),
        (None, 40, Outcome.DISPUTED, None),
        (0, None, Outcome.DISPUTED, None),  # nothing known is not 0
    ],
)
def test_figures_of_the_home_are_compared_like_answers(
    first: int | None, second: int | None, outcome: Outcome, settled: int | None
) -> None:
    """Near enough is what every requirement takes alike; the lower holds then."""
    sheets = [sheet(capacity=one) for one in (first, second)]
    (found,) = compare_facts(TINY_EDITION, *_apart(*sheets))
    assert (found.outcome, found.settled) == (outcome, settled)
    assert found.is_settled == (outcome is not Outcome.DISPUTED)


def test_a_figure_that_a_part_of_a_requirement_asks_is_compared_by_it() -> None:
    """29 and 30 people are apart where one of several things a star asks is 30."""
    either = {"any_of": [{"fact": "capacity", "at_least": 30}, {"criterion": "T3"}]}
    scheme = edition(
        stars=[
            {"star": 1, "at_least": 4},
            {"star": 2, "at_least": 8},
            {"star": 3, "at_least": 12, "requires": [either]},
        ]
    )
    sheets = _apart(sheet(capacity=29), sheet(capacity=30))
    assert compare_facts(scheme, *sheets)[0].outcome is Outcome.DISPUTED
    sheets = _apart(sheet(capacity=28), sheet(capacity=29))
    assert compare_facts(scheme, *sheets)[0].outcome is Outcome.WITHIN_TOLERANCE


@pytest.mark.parametrize(
    ("three", "is_settled", "settled"),
    [
        ((20, 40, 35), True, 35),  # the middle one
        ((20, 40, 50), True, 40),
        ((None, 40, 28), True, 28),  # nothing lies between unknown and a figure
        ((None, 40, None), True, None),  # two do not know
        ((20, 40, None), False, None),  # a third without data decides nothing
    ],
)
def test_a_third_settles_a_figure(
    three: tuple[int | None, ...], is_settled: bool, settled: int | None
) -> None:
    """As for answers: of three figures the middle one holds."""
    sheets = _apart(*(sheet(capacity=one) for one in three))
    (found,) = compare_facts(TINY_EDITION, *sheets)
    assert (found.is_settled, found.settled) == (is_settled, settled)
    if is_settled:
        facts = moderated(TINY_EDITION, *sheets).facts
        assert facts == ({} if settled is None else {"capacity": settled})
    else:
        with pytest.raises(ModerationError, match="「容量」：20 人；40 人：差距过大"):
            moderated(TINY_EDITION, *sheets)


def _apart(*sheets: ScoreSheet) -> list[ScoreSheet]:
    """Return sheets as filled by different people."""
    return [
        one.model_copy(update={"inspectors": (who,)})
        for one, who in zip(sheets, "甲乙丙", strict=False)
    ]
