"""What forms look like: shared by people, in units, with the past in their base."""

from __future__ import annotations

from typing import Any

import pytest

from rostering import Cover, Fixed, Problem, Rule, Staff
from rostering.forms import OFF, Chain, Ends, Heads, Total, forms
from rostering.parts import Fairness, FairOver, RunLimit, RunOf, Span, WeekendLimit
from tests.rostering.tiny import EARLY, LATE, MONDAY, NIGHT, SHIFTS, cells

SUNDAY = MONDAY.replace(day=11)


def problem(staff: int = 2, **given: Any) -> Problem:
    """Return a problem of some people A, B, … with more given."""
    limits = given.pop("limits", {})
    people = tuple(Staff(id=name, skills={"夜间"}, **limits) for name in "ABC"[:staff])
    return Problem.model_validate(
        {"start": MONDAY, "days": 7, "shift_types": SHIFTS, "staff": people} | given
    )


def past(row: str, staff: str = "A") -> Any:
    """Return the days before the period of one person."""
    return ({"staff": staff, "shifts": cells(row)},)


def test_history_is_as_long_as_the_longest() -> None:
    """Unknown days of a shorter history are −1."""
    given = forms(problem(history=past("早.夜")))
    assert given.history == ((1, 0, 3), (-1, -1, -1))


def test_people_share_one_sequence_over_all_days() -> None:
    """Rest is stated once for all who need as much, from the history on."""
    given = forms(problem(history=past("早"), limits={"min_rest_minutes": 660}))
    next_day = [form for form in given.sequences if len(form.sets) == 2]
    assert {form.staff for form in next_day} == {(0, 1)}
    assert {form.firsts for form in next_day} == {tuple(range(-1, 6))}
    late, night = 2, 3
    assert [(set(form.sets[0]), set(form.sets[1])) for form in next_day] == [
        ({late, night}, {1}),
        ({night}, {1, 2}),
    ]


def test_a_pin_bans_all_other_symbols() -> None:
    """A pinned day off bans all work, a pinned shift the day off too."""
    pins = (Fixed(staff="A", day=0), Fixed(staff="B", day=1, shift="早"))
    given = forms(problem(fixed=pins))
    assert [set(form.symbols) for form in given.bans] == [{1, 2, 3}, {OFF, 2, 3}]


def test_a_week_counts_its_past() -> None:
    """Minutes of the past days of a week are in the base."""
    given = forms(
        problem(start=SUNDAY, history=past("早夜"), limits={"max_week_minutes": 2400})
    ).totals
    assert [(form.staff, form.days, form.base) for form in given if form.days[0] == 0] == [
        (0, (0,), 930),
        (1, (0,), 0),
    ]


def test_a_weekend_begun_in_the_history() -> None:
    """A Saturday worked before the period makes the weekend worked, and its row go on."""
    limit = WeekendLimit(maximum=1, max_consecutive=1)
    given = forms(problem(start=SUNDAY, history=past("早"), weekend_limits=(limit,)))
    assert given.ends == (
        Ends(Rule.WEEKENDS, 0, ((0,), (6,)), frozenset({0}), 0, 1, None),
        Ends(Rule.WEEKENDS, 1, ((0,), (6,)), frozenset(), 0, 1, None),
    )
    assert given.chains[0] == Chain(Rule.CONSECUTIVE_WEEKENDS, 0, ((-1, 0), (6,)), 1, None)


def test_make_up_days_belong_to_no_weekend() -> None:
    """A Saturday that is a workday by decree is not counted."""
    given = forms(problem(make_up_days=(5,), limits={"max_weekends": 0}))
    assert [form.blocks for form in given.ends] == [((6,),), ((6,),)]


def test_fair_shares_are_three_steps() -> None:
    """Shares follow the parts, rounded up; the past of a person is their base."""
    cover = tuple(Cover(day=day, shift="夜", wanted=1) for day in range(7))
    fair = Fairness(over=FairOver.NIGHTS, past={"A": 3}, shares={"B": 50}, weight=4)
    given = forms(problem(cover=cover, fairness=(fair,))).totals
    assert [(form.staff, form.base, form.high, form.weight) for form in given] == [
        *((0, 3, high, 4) for high in (7, 8, 9)),  # (3 + 7) · 100 / 150
        *((1, 0, high, 4) for high in (4, 5, 6)),
    ]
    assert all(form.amounts is given[0].amounts for form in given)


@pytest.mark.parametrize(
    ("span", "today", "before"),
    [
        ({"start": 420, "minutes": 480}, {1}, set()),
        ({"start": 1300, "minutes": 300}, {3}, set()),
        ({"start": 60, "minutes": 300}, set(), {3}),
        ({"start": 800, "minutes": 60}, {1, 2}, set()),
    ],
)
def test_a_span_counts_shifts_that_cover_it(span: Any, today: set[int], before: set[int]) -> None:
    """Shifts of the day and of the day before count; on day 0 the history does."""
    need = {"span": span, "wanted": 1}
    given = forms(problem(cover=[need | {"day": 1}, need | {"day": 0}], history=past("夜"))).heads
    found: dict[int, set[int]] = {1: set(), 0: set()}
    for term in given[0].terms:
        found[term.day] |= term.symbols
    assert (found[1], found[0]) == (today, before)
    assert given[1].base == int(3 in before)


def test_pieces_of_a_split_shift() -> None:
    """Between its pieces nobody is present."""
    split = EARLY.model_copy(
        update={"spans": (Span(start=420, minutes=120), Span(start=780, minutes=120))}
    )
    needs = [
        {"day": 0, "span": {"start": start, "minutes": 60}, "wanted": 1} for start in (420, 600)
    ]
    given = forms(problem(shift_types=(split, LATE, NIGHT), cover=needs)).heads
    assert [bool(form.terms) for form in given] == [True, False]


def test_hard_and_soft_cover_are_separate() -> None:
    """What is wanted has a price on both sides; minimum and maximum are hard."""
    need = Cover(day=0, shift="早", minimum=1, wanted=2, maximum=3, over_weight=0)
    soft, hard = forms(problem(cover=(need,))).heads
    assert (soft.low, soft.high, soft.under, soft.over) == (2, 2, 100, 0)
    assert (hard.low, hard.high, hard.under, hard.over) == (1, 3, None, None)
    assert isinstance(hard, Heads)


def test_runs_are_shared_and_split_into_least_and_most() -> None:
    """A limit of least and most days is two stretches; people who share limits share them."""
    limit = RunLimit(of=RunOf.NIGHTS, minimum=2, maximum=3, weight=5)
    given = forms(problem(runs=(limit,), limits={"max_consecutive_days": 4})).stretches
    assert [(form.staff, form.minimum, form.maximum, form.weight) for form in given] == [
        ((0, 1), 1, 4, None),
        ((0, 1), 2, None, 5),
        ((0, 1), 1, 3, 5),
    ]


def test_totals_have_one_limit_each() -> None:
    """Least and most minutes are two totals over one array."""
    given = forms(problem(1, limits={"min_minutes": 450, "max_minutes": 900})).totals
    low, high = given
    assert (low.low, low.high, high.low, high.high) == (450, None, None, 900)
    assert low.amounts is high.amounts
    assert isinstance(low, Total)
