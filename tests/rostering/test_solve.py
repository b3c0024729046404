"""Solving: planted rosters, impossible problems, seeds, cancelling, two solvers, empty problems."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.homes import home
from rostering import (
    Cover,
    Fixed,
    Problem,
    Progress,
    Request,
    Roster,
    Rule,
    Staff,
    Status,
    Unavailable,
    check,
    cost,
    explain,
    shortages,
)
from tests.patience import solve
from tests.rostering.tiny import MONDAY, SHIFTS, one


def planted(seed: int, staff: int = 3, days: int = 9) -> tuple[Problem, Roster]:
    """Return a problem and a roster that keeps its rules: limits are read off the roster."""
    rng = np.random.default_rng(seed)
    shifts = {
        f"S{n}": {d: "早中夜"[rng.integers(3)] for d in range(days) if rng.random() < 0.7}
        for n in range(staff)
    }
    people = []
    for name, worked in shifts.items():
        minutes = sum(450 if shift != "夜" else 480 for shift in worked.values())
        limits = {shift: list(worked.values()).count(shift) for shift in "早中夜"}
        people.append(
            Staff(
                id=name,
                skills={"夜间"},
                shift_limits=limits,
                min_minutes=minutes - 450 if minutes > 450 else 0,
                max_minutes=minutes,
                max_weekends=sum(d in worked or d + 1 in worked for d in range(5, days, 7)),
            )
        )
    cover = [
        Cover(
            day=day,
            shift=shift.id,
            minimum=max(0, heads - 1),
            wanted=heads + int(rng.integers(2)),
            maximum=heads + 1,
        )
        for day in range(days)
        for shift in SHIFTS
        for heads in [sum(worked.get(day) == shift.id for worked in shifts.values())]
    ]
    wishes = [
        Request(staff=name, day=int(rng.integers(days)), wanted=bool(rng.integers(2)), weight=3)
        for name in shifts
    ]
    problem = Problem(
        start=MONDAY,
        days=days,
        shift_types=SHIFTS,
        staff=people,
        cover=cover,
        requests=wishes,
    )
    return problem, Roster.of(problem, shifts)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_planted_roster_is_found_or_bettered(seed: int) -> None:
    """Where a roster exists, solve finds one that passes the check and costs no more."""
    problem, roster = planted(seed)
    assert check(problem, roster) == []
    result = solve(problem)
    assert result.status is Status.OPTIMAL
    assert result.roster is not None
    assert check(problem, result.roster) == []
    assert result.cost == cost(problem, result.roster)
    assert result.cost <= cost(problem, roster)
    assert result.bound == result.cost


@pytest.mark.parametrize("seed", range(3))
def test_both_solvers_prove_the_same_optimum(seed: int) -> None:
    """HiGHS and CBC agree on the cost of the best roster."""
    problem, _ = planted(seed, staff=2, days=6)
    highs, cbc = solve(problem), solve(problem, solver="cbc")
    assert (highs.status, cbc.status) == (Status.OPTIMAL, Status.OPTIMAL)
    assert highs.cost == cbc.cost


def test_unknown_solver_names_the_known() -> None:
    """A solver that is not there is refused with the names of those that are."""
    with pytest.raises(ValueError, match="highs, cbc"):
        solve(planted(1)[0], solver="abacus")


def test_same_seed_same_roster() -> None:
    """Solving twice with one seed gives one roster."""
    problem, _ = planted(7, staff=4, days=14)
    assert solve(problem, seed=3).roster == solve(problem, seed=3).roster


def test_progress_falls_and_bound_rises() -> None:
    """Progress reports whole costs that never rise and bounds that never fall."""
    heard: list[Progress] = []
    result = solve(planted(7, staff=4, days=14)[0], on_progress=heard.append)
    costs = [item.cost for item in heard if item.cost is not None]
    bounds = [item.bound for item in heard if item.bound is not None]
    assert costs == sorted(costs, reverse=True)
    assert bounds == sorted(bounds)
    assert result.progress == tuple(heard)


def test_cancelled_at_once_returns_the_start() -> None:
    """A solve cancelled before it began returns the roster it was given, recounted."""
    problem, roster = planted(7, staff=4, days=14)
    result = solve(problem, start=roster, cancel=lambda: True)
    assert result.status in (Status.CANCELLED, Status.OPTIMAL)
    assert result.roster is not None
    assert check(problem, result.roster) == []
    assert result.cost is not None
    assert result.cost <= cost(problem, roster)


def test_cancelled_without_any_roster() -> None:
    """A solve cancelled before CBC began has a status and nothing else."""
    result = solve(planted(7)[0], solver="cbc", cancel=lambda: True)
    assert (result.status, result.roster, result.gap) == (Status.CANCELLED, None, None)


def test_impossible_cover_names_day_and_shift() -> None:
    """One person cannot fill two places: the open one is named, and the cheapest way out taken."""
    item = Cover(day=1, shift="早", minimum=2, wanted=2)
    result = solve(one("早早早", cover=(item,)))
    assert result.status is Status.INFEASIBLE
    (relaxed,) = result.relaxations
    assert (relaxed.rule, relaxed.day, relaxed.amount) == (Rule.COVER_MINIMUM, 1, 1)
    said = [str(sentence) for sentence in explain(result)]
    assert any("10月6日（周二） 早班至少需要 2 人，只有 1 人可以上" in text for text in said)


def test_impossible_hours_name_the_person() -> None:
    """Hours that leave cannot leave room for are named with person and amount."""
    leave = tuple(Unavailable(staff="A", day=day) for day in (1, 2))
    result = solve(one("早..", unavailable=leave, min_minutes=900))
    (relaxed,) = result.relaxations
    assert (relaxed.rule, relaxed.staff, relaxed.amount) == (Rule.MIN_MINUTES, "A", 420)


def test_impossible_pin_gives_way_to_rest_or_the_reverse() -> None:
    """Two pinned shifts too close to each other collide: rest gives way, the promise stays."""
    pins = (Fixed(staff="A", day=0, shift="中"), Fixed(staff="A", day=1, shift="早"))
    result = solve(one("中早", fixed=pins, min_rest_minutes=660))
    assert result.status is Status.INFEASIBLE
    assert [(item.rule, item.day) for item in result.relaxations] == [(Rule.REST, 1)]


def test_unfit_is_never_relaxed() -> None:
    """A pin to a shift a person is not fit for gives way itself."""
    result = solve(one("夜", fixed=(Fixed(staff="A", day=0, shift="夜"),), no_night=True))
    assert [item.rule for item in result.relaxations] == [Rule.FIXED]


def test_day_shortage_over_all_shifts() -> None:
    """A day on which all shifts together need more people than there are is named."""
    needs = [Cover(day=0, shift=shift, minimum=1, wanted=1) for shift in "早中"]
    (sentence,) = shortages(one(".", cover=needs))
    assert "各班次合计至少需要 2 人，只有 1 人可以上班" in sentence.zh
    assert shortages(one(".", cover=needs[:1])) == []


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_nobody_and_nothing(solver: str) -> None:
    """A problem without people, shifts or cover has the empty roster."""
    result = solve(Problem(start=MONDAY, days=3, shift_types=(), staff=()), solver=solver)
    assert (result.status, result.cost) == (Status.OPTIMAL, 0)
    assert result.roster is not None
    assert result.roster.to_dict() == {}


def test_nobody_for_needed_cover() -> None:
    """Cover without people is impossible and says so."""
    needs = Cover(day=0, shift="早", minimum=1, wanted=1)
    result = solve(Problem(start=MONDAY, days=1, shift_types=SHIFTS, staff=(), cover=(needs,)))
    assert result.status is Status.INFEASIBLE
    assert [item.rule for item in result.relaxations] == [Rule.COVER_MINIMUM]


@pytest.mark.parametrize("seed", range(4))
def test_bounds_never_exceed_the_optimum(seed: int) -> None:
    """Starting from a roster, and improving it in parts, no bound reported exceeds the optimum."""
    problem, roster = planted(seed, staff=4, days=14)
    best = solve(problem)
    assert best.status is Status.OPTIMAL
    again = solve(problem, start=roster)
    bounds = [item.bound for item in again.progress if item.bound is not None]
    assert all(bound <= (best.cost or 0) for bound in bounds)
    assert (again.status, again.cost) == (Status.OPTIMAL, best.cost)


def test_parts_improve_a_roster_when_work_is_short() -> None:
    """With too little work to prove anything, the roster still passes the check and is bettered."""
    problem = home(staff=12, days=21, seed=2)
    result = solve(problem, iterations=3000)
    assert result.roster is not None
    assert check(problem, result.roster) == []
    costs = [item.cost for item in result.progress if item.cost is not None]
    assert costs == sorted(costs, reverse=True)
    assert result.bound is None or result.bound <= (result.cost or 0)
