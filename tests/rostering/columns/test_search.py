"""The search by columns: against the exact model, its bound, stopping, parts and dives."""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.homes import planted as planted_home
from rostering import Problem, Progress, Roster, Status, check, cost
from rostering.columns.anneal import exchanged, first_roster
from rostering.columns.board import Board
from rostering.columns.clock import Clock
from rostering.columns.dive import Manner, dive
from rostering.columns.part import Tools, cost_of, part_of, tools
from rostering.columns.relaxation import ascend
from rostering.columns.relaxation.generate import generate
from rostering.columns.relaxation.master import Master
from rostering.columns.search import _attended, _started
from rostering.compiled.automata.build import rows_of
from rostering.compiled.demand import demand_of
from rostering.compiled.judge import judge, judged
from rostering.compiled.tables import Ints
from rostering.forms import forms
from rostering.parts import Kept, Unavailable
from tests.patience import solve
from tests.rostering.compiled.rows import symbols_of
from tests.rostering.random_problems import random_problem
from tests.rostering.test_solve import planted

SEEDS = st.integers(0, 10**6)


def whole(problem: Problem) -> tuple[Tools, Ints, Master]:
    """Return tools, a first roster and a master over everybody that knows it."""
    given = forms(problem)
    own = tools(rows_of(given), demand_of(given))
    roster = first_roster(own, Board())
    people = np.arange(len(roster), dtype=np.int32)
    master = Master(part_of(own, roster, people, 0, problem.days), Board())
    paid = np.array([judge(own.rows, person, roster[person]) for person in people])
    master.add(people, roster, paid)
    return own, roster, master


@given(seed=SEEDS)
@settings(max_examples=10, deadline=None)
def test_columns_and_the_exact_model_find_the_same(seed: int) -> None:
    """On planted problems both methods end at the same cost, and neither bound exceeds it."""
    problem, roster = planted(seed)
    exact = solve(problem, method="exact")
    found = solve(problem, method="columns", iterations=750)
    assert exact.status is Status.OPTIMAL
    assert found.roster is not None
    assert check(problem, found.roster) == []
    assert found.cost == cost(problem, found.roster)
    assert exact.cost is not None
    assert exact.cost <= found.cost <= cost(problem, roster)
    assert found.bound is not None
    assert found.bound <= exact.cost


@given(seed=SEEDS)
@settings(max_examples=12, deadline=None)
def test_rules_of_every_kind(seed: int) -> None:
    """Whatever the rules, no cost is below the exact optimum, and no bound above it."""
    problem = random_problem(seed)
    exact = solve(problem, method="exact")
    found = solve(problem, method="columns", iterations=500)
    if exact.status is Status.OPTIMAL:
        assert exact.cost is not None
        assert found.bound is None or found.relaxations or found.bound <= exact.cost
        assert found.roster is None or found.relaxations or found.cost >= exact.cost
    else:
        assert found.status is not Status.OPTIMAL


def test_relaxation_and_bound_meet() -> None:
    """Column generation ends where its bound meets the relaxation; a dive is no cheaper."""
    problem, _ = planted(5, staff=5, days=14)
    own, roster, master = whole(problem)
    found = generate(own, master)
    assert found.proof.bound <= found.objective + 1e-6
    assert found.objective - found.proof.bound <= 1
    rows = dive(own, master, Manner(), np.random.default_rng(0))
    assert rows is not None
    assert cost_of(own.rows, own.demand, rows) >= found.proof.bound - 1e-6
    assert cost_of(own.rows, own.demand, rows) <= cost_of(own.rows, own.demand, roster)


def test_a_raised_flag_ends_searches_and_bounds_hold() -> None:
    """Once told to halt, nobody is priced, and nothing false is proven."""
    problem, _ = planted(5, staff=5, days=14)
    own, _, master = whole(problem)
    bound = generate(own, master).proof.bound
    own.work.halt[0] = True
    master.board.stop()
    found = generate(own, master)
    assert not found.is_done
    assert found.proof.bound <= bound


def test_a_part_leaves_the_rest_as_it_is() -> None:
    """A dive over some people and days changes nothing else."""
    problem, _ = planted(6, staff=5, days=21)
    own, roster, _ = whole(problem)
    people = np.array([1, 3], np.int32)
    part = part_of(own, roster, people, 7, 14)
    master = Master(part, Board())
    paid = np.array([judge(own.rows, person, roster[person]) for person in people])
    master.add(np.arange(2, dtype=np.int32), roster[people], paid)
    before = master.solve()
    assert before == pytest.approx(cost_of(own.rows, own.demand, roster))
    generate(own, master)
    rows = dive(own, master, Manner(), np.random.default_rng(1))
    assert rows is not None
    assert (rows[:, :7] == roster[people, :7]).all()
    assert (rows[:, 14:] == roster[people, 14:]).all()


def test_a_home_with_every_rule_is_bettered() -> None:
    """From the planted roster of a home with the full rules of care work, none worse comes back."""
    problem, roster = planted_home(12, 4, 3)
    result = solve(problem, method="columns", start=roster, iterations=1500)
    assert result.roster is not None
    assert check(problem, result.roster) == []
    assert result.cost is not None
    assert result.cost <= cost(problem, roster)
    assert result.bound is not None
    assert result.bound <= result.cost


def home_with_a_broken_row() -> tuple[Tools, Ints]:
    """Return a home, and its planted roster with somebody working every day."""
    problem, planted_roster = planted_home(12, 4, 3)
    made = forms(problem)
    own = tools(rows_of(made), demand_of(made))
    roster = symbols_of(problem, planted_roster)
    roster[0] = 1 + np.arange(problem.days) % len(problem.shift_types)
    assert cost_of(own.rows, own.demand, roster) == np.inf
    return own, roster


def test_moves_better_a_home_and_keep_its_rules() -> None:
    """Counted moves from the planted roster of a home end at less than half its cost, sound."""
    problem, planted_roster = planted_home(12, 4, 3)
    made = forms(problem)
    own = tools(rows_of(made), demand_of(made))
    start = symbols_of(problem, planted_roster)
    board = Board(Clock(iterations=300))
    best = exchanged(own, board, start, time=board.left(), seed=5)
    names = (None, *(shift.id for shift in problem.shift_types))
    roster = Roster.from_rows(problem, [[names[symbol] for symbol in row] for row in best])
    assert check(problem, roster) == []
    assert board.cost == cost(problem, roster)
    assert board.cost < cost(problem, planted_roster) / 2


def test_a_known_roster_keeps_its_sound_rows() -> None:
    """Of a roster to begin with only the rows that break their person's rules are made anew."""
    own, known = home_with_a_broken_row()
    roster = first_roster(own, Board(), 0, known)
    assert cost_of(own.rows, own.demand, roster) < np.inf
    assert (roster[1:] == known[1:]).all()


def test_moves_leave_people_without_a_row_to_others() -> None:
    """While somebody's row breaks their rules, moves better the others and offer nothing."""
    own, start = home_with_a_broken_row()
    board = Board(Clock(iterations=20))
    best = exchanged(own, board, start, time=board.left(), seed=5)
    assert board.roster is None
    assert (best[0] == start[0]).all()
    assert (best[1:] != start[1:]).any()


def test_moves_leave_everybody_alone_where_no_row_is_sound() -> None:
    """Where every row breaks its rules there is nothing to exchange, and the roster comes back."""
    own, start = home_with_a_broken_row()
    start[:] = start[0]
    assert np.isinf(judged(own.rows, np.arange(len(start), dtype=np.int32), start)).all()
    board = Board(Clock(iterations=20))
    assert (exchanged(own, board, start, time=board.left(), seed=5) == start).all()
    assert board.roster is None


def test_a_start_that_breaks_rules_is_mended_not_made_anew() -> None:
    """Most of a start that an absence broke stays; so little work finds no other roster."""
    problem, published = planted_home(12, 4, 3)
    away = next(day for day in range(10, 28) if published.shift("S007", day))
    absent = (*problem.unavailable, Unavailable(staff="S007", day=away))
    cells = ((staff, *cell) for staff, row in published.by_staff.items() for cell in enumerate(row))
    kept = tuple(Kept(staff=s, day=d, shift=x, weight=10) for s, d, x in cells)
    later = problem.model_copy(update={"unavailable": absent, "kept": kept})
    assert check(later, published)
    found = solve(later, method="columns", start=published, iterations=20).roster
    assert found is not None
    assert check(later, found) == []
    pairs = zip(found.rows, published.rows, strict=True)
    assert sum(a != b for mine, old in pairs for a, b in zip(mine, old, strict=True)) < 20


@pytest.mark.parametrize("method", ["auto", "columns", "exact"])
def test_a_start_of_other_people_is_refused(method: str) -> None:
    """Whatever the method, rows of others are not taken for those of the problem's people."""
    problem, roster = planted_home(12, 4, 3)
    other = Roster(staff=roster.staff[::-1], rows=roster.rows)
    with pytest.raises(ValueError, match="other people"):
        solve(problem, method=method, start=other)


def _wait_for(event: Event) -> None:
    event.wait()


def _fail() -> None:
    raise ZeroDivisionError


def test_work_that_does_not_hear_is_left_to_itself() -> None:
    """When all is over, a solver busy for long keeps nobody waiting; failures are raised."""
    # All is over after a moment, however little was done by then.
    board, goes_on = Board(Clock(0.1)), Event()
    deaf = _started(partial(_wait_for, goes_on))
    _attended(board, [], [deaf])
    assert not deaf.done()
    goes_on.set()
    deaf.result()
    with pytest.raises(ZeroDivisionError):
        _attended(Board(), [], [_started(_fail)])


def test_cancelling_ends_both_threads() -> None:
    """Once told to stop, the best roster so far comes back as cancelled."""
    problem, roster = planted_home(12, 4, 4)
    heard: list[Progress] = []

    def enough() -> bool:
        return any(item.cost is not None for item in heard)

    result = solve(
        problem,
        method="columns",
        start=roster,
        iterations=10**9,
        on_progress=heard.append,
        cancel=enough,
    )
    assert result.status in (Status.CANCELLED, Status.OPTIMAL)
    assert result.roster is not None
    assert check(problem, result.roster) == []


@pytest.mark.parametrize("until", [{"iterations": 500}, {"threads": 2, "gap": 0.2}], ids=str)
def test_what_large_problems_do(until: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows at the duals, annealed, then parts: rosters keep the rules, and there is a bound."""
    monkeypatch.setattr(ascend, "LARGE_CELLS", 0)
    problem, _ = planted(7, staff=12, days=28)
    result = solve(problem, method="columns", **until)
    assert result.roster is not None
    assert check(problem, result.roster) == []
    assert result.bound is not None
    assert result.cost is not None
    assert 0 < result.bound <= result.cost < 1.3 * result.bound


def test_a_large_home_has_moves_and_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under hard heads nobody is given the row of the duals, and moves go on as in small homes."""
    monkeypatch.setattr(ascend, "LARGE_CELLS", 0)
    problem, roster = planted_home(12, 4, 3)
    result = solve(problem, method="columns", iterations=1500)
    assert result.roster is not None
    assert check(problem, result.roster) == []
    assert result.cost is not None
    assert result.cost < cost(problem, roster) / 2
    assert result.bound is not None


def test_one_thread_is_enough() -> None:
    """With one thread the search improves and proves as well."""
    problem, _ = planted(7, staff=6, days=28)
    result = solve(problem, method="columns", threads=1, iterations=2500)
    assert result.roster is not None
    assert check(problem, result.roster) == []
    assert result.bound is not None
    assert result.cost is not None
    assert result.bound <= result.cost
