"""There is always a plan: a constructive start, a search that only betters it, and a bound."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.cities import city
from rukang.engines.visits import Plan, PlanProblem, Reason, Status, check
from rukang.engines.visits.planning.board import Board
from rukang.engines.visits.planning.draft import Draft, drawn, started
from rukang.engines.visits.planning.exact.bound import Tours, least_cost
from rukang.engines.visits.planning.local import searched
from rukang.engines.visits.planning.remaining import Remaining
from rukang.engines.visits.planning.search import MOST_VARIABLES, Search
from rukang.engines.visits.planning.tours import cost_done, tours
from tests.patience import plan, replan
from tests.rukang.engines.visits.random_problems import days, problems
from tests.rukang.engines.visits.tiny import THURSDAY, home, inspector, problem

LARGE = [(200, 15), (300, 20)]


def never(_: object = None) -> bool:
    """Stop at nothing but the steps."""
    return False


def always() -> bool:
    """Stop after the first round."""
    return True


def draft_of(asked: PlanProblem, before: Plan | None = None, on: date | None = None) -> Draft:
    """Return the constructive start of a problem, or of a changed plan."""
    remaining = (
        Remaining.after(asked, before, on) if before and on else Remaining(asked, asked.first)
    )
    return started(Board(remaining), np.random.default_rng(1))


def as_plan(draft: Draft, former: Plan | None = None) -> Plan:
    """Return a draft as the plan that the search makes of it, stating the draft's own cost."""
    search = Search(draft.board.remaining, former, 1, 0.0, None)
    made = search._plan(draft.layout())
    assert made.cost == draft.cost() + cost_done(draft.board.remaining)
    return made


@pytest.mark.parametrize(("homes", "people"), LARGE)
def test_a_large_round_leaves_nobody_out(homes: int, people: int) -> None:
    """Without any search, every home of a large city is visited and every rule is kept."""
    asked = city(5, "short", homes, people, weeks=11)
    draft = draft_of(asked)
    assert draft.without() == []
    assert check(asked, as_plan(draft)) == []


def test_a_large_round_without_time_is_a_plan_with_its_gap() -> None:
    """When time is up at once, the plan is the start, with a bound and so a gap."""
    asked = city(5, "short", 200, 15, weeks=11)
    remaining = Remaining(asked, asked.first)
    assert Tours(remaining, tours(remaining)).variables > MOST_VARIABLES
    made = plan(asked, 5, time_limit=0.0)
    assert (len(made.visits), made.left_out) == (200, ())
    assert made.status is Status.FEASIBLE
    assert 0 < made.gap < 1
    assert check(asked, made) == []


def test_search_betters_a_large_round() -> None:
    """A few hundred steps make the start cheaper, and the bound is near and below."""
    asked = city(5, "short", 200, 15, weeks=11)
    draft = draft_of(asked)
    better = searched(draft, np.random.default_rng(1), 500, never)
    assert better.cost() < draft.cost()
    assert check(asked, as_plan(better)) == []
    remaining = draft.board.remaining
    bound = least_cost(remaining, Tours(remaining, tours(remaining)), 100, never)
    assert 0.75 * better.cost() < bound <= better.cost()


@settings(deadline=None, max_examples=40)
@given(problems(), st.integers(0, 3))
def test_every_start_keeps_the_rules_and_search_is_never_dearer(
    asked: PlanProblem, seed: int
) -> None:
    """Start and search pass the independent recount, whatever is asked."""
    draft = draft_of(asked)
    better = searched(draft, np.random.default_rng(seed), 40, never)
    assert check(asked, as_plan(draft)) == []
    assert check(asked, as_plan(better)) == []
    assert better.cost() <= draft.cost()


@settings(deadline=None, max_examples=30)
@given(problems(), st.integers(1, 4))
def test_bound_is_below_the_best_plan(asked: PlanProblem, rounds: int) -> None:
    """Whatever round the columns end in, no plan is cheaper than the bound."""
    best = plan(asked)
    assert best.status is Status.OPTIMAL
    remaining = Remaining(asked, asked.first)
    assert least_cost(remaining, Tours(remaining, tours(remaining)), rounds, never) <= best.cost


@settings(deadline=None, max_examples=30)
@given(problems(last=THURSDAY), st.data())
def test_a_changed_plan_starts_from_the_former(asked: PlanProblem, data: st.DataObject) -> None:
    """With somebody gone, the start keeps the rules and states its changes; so does the bound."""
    before = plan(asked)
    gone = data.draw(st.sampled_from([item.code for item in asked.inspectors]))
    on = data.draw(st.sampled_from(days(THURSDAY)))
    changed = asked.without(gone, on)
    draft = draft_of(changed, before, on)
    assert check(changed, as_plan(draft, before)) == []
    remaining = draft.board.remaining
    bound = least_cost(remaining, Tours(remaining, tours(remaining)), 5, never)
    assert bound <= replan(changed, before, on).cost


def test_an_unchanged_plan_is_kept_by_the_start() -> None:
    """Planned again with nothing changed, every visit stays where and whose it was."""
    asked = city(1, "short", 30, 5, weeks=4)
    before = plan(asked, 1, time_limit=0.0)
    draft = draft_of(asked, before, asked.first)
    after = as_plan(draft, before)
    assert {(v.home, v.day, v.pair) for v in after.visits} == {
        (v.home, v.day, v.pair) for v in before.visits
    }


def test_what_stands_in_the_way_gives_way() -> None:
    """B can only be on Monday, when X and Y are with A unless A moves: the search moves it."""
    monday, tuesday = days(THURSDAY)[:2]
    people = [
        inspector(code, away=frozenset(days(THURSDAY)[2:]), most_days_a_week=2) for code in "XY"
    ]
    homes = [home("A", minutes=300), home("B", minutes=300, due=monday)]
    asked = problem(homes, people, last=tuesday)
    draft = Draft(Board(Remaining(asked, asked.first)))
    assert draft.book(("A",), (0, 1), draft.board.bit[monday])
    assert not draft.insert("B", np.random.default_rng(0))
    assert searched(draft, np.random.default_rng(0), 50, never).without() == []


def test_no_room_is_told_only_where_it_is_proven() -> None:
    """Three long visits and two free days: proven, there is no room; unproven, none was found."""
    homes = [home(code, minutes=300) for code in "ABC"]
    asked = problem(homes, [inspector(code, most_days_a_week=2) for code in "XY"])
    proven = plan(asked)
    assert [left.reason for left in proven.left_out] == [Reason.NO_ROOM]
    search = Search(Remaining(asked, asked.first), None, 0, 0.0, None)
    assert search.best.cost > search.bound
    (left,) = search._ended(0).left_out
    assert left.reason is Reason.NOT_FOUND
    assert "没有找到" in left.words.zh
    assert "more time" in left.words.en


def test_what_cannot_be_is_told_without_proof() -> None:
    """A home without a day or without a pair stays so, however the search ended."""
    asked = problem([home("A", due=date(2026, 11, 8)), home("B", needs=frozenset({"消防"}))])
    search = Search(Remaining(asked, asked.first), None, 0, 0.0, None)
    reasons = [left.reason for left in search._ended(0).left_out]
    assert reasons == [Reason.NO_DAY, Reason.NO_PAIR]


def test_days_of_the_start_are_drawn() -> None:
    """Of five days each is drawn by some seed, and no other ever is."""
    found = {drawn(0b1011010001, np.random.default_rng(seed)) for seed in range(60)}
    assert found == {1 << place for place in (0, 4, 6, 7, 9)}


@pytest.mark.parametrize("stop", [never, always])
def test_a_round_without_pairs_has_a_bound(stop: Callable[[], bool]) -> None:
    """Where nobody can go, every home is left out, and the bound says just that."""
    asked = problem([home("A"), home("B")], [inspector("X")])
    remaining = Remaining(asked, asked.first)
    assert least_cost(remaining, Tours(remaining, tours(remaining)), 3, stop) == 20_000


def test_spread_of_a_draft_is_that_of_the_check() -> None:
    """Loads in per cent: 2 of 3 and 0 of 3 days are 67 apart."""
    asked = problem([home("A", minutes=300), home("B", minutes=300)])
    draft = Draft(Board(Remaining(asked, asked.first)))
    bits = list(draft.board.bit.values())
    pairs = list(combinations(range(3), 2))
    assert draft.book(("A",), pairs[0], bits[0])
    assert draft.book(("B",), pairs[0], bits[1])
    assert draft.spread() == 67
    assert not draft.book(("A",), pairs[0], bits[1])
