"""What would raise the star really raises it, at the least cost."""

from itertools import product
from typing import Any

import highspy
import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rukang.engines.rating import (
    Effort,
    ScoreSheet,
    State,
    apply_changes,
    improve,
    load_edition,
    rate,
)
from rukang.engines.rating.criteria.criterion import (
    Bands,
    Choice,
    Criterion,
    Deduction,
    Judged,
    Share,
    YesNo,
)
from tests.rukang.engines.rating.tiny import answer, edition, sheet

EDITION = edition()
EXAMPLE = load_edition("example-2026")

tiny_sheets = st.builds(
    sheet,
    capacity=st.sampled_from([10, 30]),
    S1=st.booleans(),
    S2=st.sampled_from([None, False, "a", "b"]),
    S3=st.integers(0, 9),
    T1=st.sampled_from([0, "0.6", "0.79", 1, State.NOT_APPLICABLE, State.NO_DATA]),
    T2=st.integers(0, 5),
    T3=st.sampled_from([None, 0, 1, 2]),
    T4=st.sampled_from([True, True, True, False]),
)


def raw_answers(item: Criterion) -> st.SearchStrategy[Any]:
    """Return answers a criterion allows, missing ones among them where that rates."""
    match item:
        case YesNo():
            return st.booleans()
        case Choice(options=options):
            return st.sampled_from([option.key for option in options])
        case Judged(anchors=anchors):
            return st.sampled_from([anchor.level for anchor in anchors])
        case Deduction():
            return st.integers(0, 6)
        case Share():
            return st.decimals(0, 1, places=2)
        case Bands(bands=bands):
            return st.sampled_from([0, *(band.limit for band in bands)])


@st.composite
def example_sheets(draw: st.DrawFn) -> ScoreSheet:
    """Return a sheet of the shipped example."""
    raw = {name: draw(raw_answers(item)) for name, item in EXAMPLE.criteria.items()}
    return sheet().model_copy(
        update={
            "edition": EXAMPLE.id,
            "facts": {"people_served": draw(st.sampled_from([3, 60])), "months_running": 30,
                      "capacity": 60},
            "answers": tuple(answer(name, value) for name, value in raw.items()),
        }
    )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(tiny_sheets)
def test_changes_give_at_least_the_next_star(filled: ScoreSheet) -> None:
    """Rated again with the proposed changes, the home has at least the next star."""
    before = rate(EDITION, filled)
    found = improve(EDITION, filled)
    after = rate(EDITION, apply_changes(filled, found))
    if found.reached is not None:
        assert after.star == found.reached
        assert before.star is not None
        assert found.reached > before.star
    else:
        assert after == before
        assert found.words


@settings(deadline=None, max_examples=15)
@given(example_sheets())
def test_law_holds_on_the_example(filled: ScoreSheet) -> None:
    """The same law on the shipped edition, with its 26 criteria."""
    before, found = rate(EXAMPLE, filled), improve(EXAMPLE, filled)
    if found.reached is not None:
        assert before.star is not None
        assert rate(EXAMPLE, apply_changes(filled, found)).star == found.reached > before.star


@settings(deadline=None, max_examples=25)
@given(tiny_sheets)
def test_no_cheaper_set_exists(filled: ScoreSheet) -> None:
    """Trying every set of best answers finds none of less cost, and none where none is said."""
    best = {"S1": True, "S2": "a", "S3": 3, "T1": 1, "T2": 0, "T3": 2}
    mendable = best.copy()
    if any(a.criterion == "T1" and a.state is State.NOT_APPLICABLE for a in filled.answers):
        del mendable["T1"]
    found, now = improve(EDITION, filled), rate(EDITION, filled).star
    costs = [
        sum(EDITION.criteria[name].effort.cost for name in names)
        for used in product([False, True], repeat=len(mendable))
        if (names := [name for name, use in zip(mendable, used, strict=True) if use])
        and (rate(EDITION, filled.with_answers(answer(n, mendable[n]) for n in names)).star or 0)
        > (now or 0)
    ]
    if found.target is not None:
        assert (found.cost if found.changes else None) == min(costs, default=None)


def test_cost_decides() -> None:
    """The cheap criterion is mended rather than the dear one."""
    found = improve(EDITION, sheet(S3=9, T1="0.6", T2=1, T3=0, capacity=10))
    assert "T3" not in [change.answer.criterion for change in found.changes]
    assert found.cost == len(found.changes)


def test_proposal_names_the_least_goal() -> None:
    """A change asks for no more than is needed, in words, with the points it brings."""
    found = improve(EDITION, sheet(S3=9, T1="0.6", T2=3))
    assert [str(change.answer.value) for change in found.changes] == ["2"]
    assert "T2 扣分：达到“2 次”，0.0 分提高到 0.6 分" in found.words[1].zh
    assert found.changes[0].gain.is_finite()


@pytest.mark.parametrize(
    ("filled", "words"),
    [
        (sheet(), "已是最高星级"),
        (sheet(S1=None), "请先补充「S1 是否」的数据"),
        (sheet(T4=False), "一票否决「事故」"),
    ],
)
def test_says_when_nothing_is_to_be_done(filled: ScoreSheet, words: str) -> None:
    """At the top, without data, or when nothing suffices, the reason stands in words."""
    found = improve(EDITION, filled)
    assert found.changes == ()
    assert any(words in text.zh for text in found.words)


def test_says_when_the_capacity_forbids_the_star() -> None:
    """A fact of the home that no criterion mends is named."""
    found = improve(edition(rules=[]), sheet(capacity=10))
    assert found.reached is None
    assert "容量不少于 30 人" in found.words[1].zh


def test_another_solver_run_before_changes_nothing() -> None:
    """A process that solved something with other threads still finds the way to the next star."""
    filled = sheet(S1=False, T3=0)
    alone = improve(EDITION, filled)
    other = pulp.LpProblem("other", pulp.LpMaximize)
    pick = [other.add_variable(f"x{number}", cat=pulp.LpBinary) for number in range(30)]
    other += pulp.lpSum(pick)
    other += pulp.lpSum((7 + number) * x for number, x in enumerate(pick)) <= 200
    highspy.Highs.resetGlobalScheduler(True)
    other.solve(pulp.HiGHS(msg=False, threads=2))
    assert improve(EDITION, filled) == alone
    assert alone.changes


def test_a_home_enters_its_own_costs() -> None:
    """S2 is the cheap way until the home finds it dear; an unknown criterion is refused."""
    start = sheet(S2="b", T3=0)
    assert [c.answer.criterion for c in improve(EDITION, start).changes] == ["S2"]
    dear = improve(EDITION, start, {"S2": Effort(cost=1000)})
    assert ([c.answer.criterion for c in dear.changes], dear.cost) == (["T3"], 9)
    with pytest.raises(ValueError, match="没有指标 X1"):
        improve(EDITION, start, {"X1": Effort()})


def test_what_takes_too_long_is_left_out() -> None:
    """S2 takes 40 days here, T3 takes 30: with less time the dearer way, then none."""
    start, efforts = sheet(S2="b", T3=0), {"S2": Effort(cost=1, lead_days=40)}
    found = {days: improve(EDITION, start, efforts, days) for days in (40, 39, 30, 29)}
    named = {days: [c.answer.criterion for c in one.changes] for days, one in found.items()}
    assert named == {40: ["S2"], 39: ["T3"], 30: ["T3"], 29: []}
    assert (found[40].lead_days, found[30].lead_days) == (40, 30)
