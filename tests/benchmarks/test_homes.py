"""Generated homes: their planted rosters keep all rules, and a seed gives the same home."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from benchmarks.homes import basic, home, planted
from benchmarks.homes.people import SHIFT_BY_ID
from benchmarks.homes.plan import meet
from rostering import Problem, Roster, check, cost
from rostering.parts import KeyWorker, Sex

SIZES = [(6, 4), (9, 5), (12, 3), (25, 4), (40, 13)]

Cells = dict[int, str]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def made(request: pytest.FixtureRequest) -> tuple[Problem, Roster]:
    """Return homes of several sizes with their planted rosters."""
    return planted(*request.param, seed=1)


def known(problem: Problem, roster: Roster, person: str) -> Cells:
    """Return a person's shifts by day, history included."""
    past = problem.history_by_staff[person]
    row = (*past, *roster.by_staff[person])
    return {day: shift for day, shift in enumerate(row, start=-len(past)) if shift}


def present(roster: Roster, people: tuple[str, ...], day: int) -> set[str | None]:
    """Return what some people work on a day."""
    return {roster.shift(who, day) for who in people} - {None}


def test_same_seed_same_home() -> None:
    """A seed gives the same problem and roster again, another seed others."""
    assert planted(14, 4, seed=5) == planted(14, 4, seed=5)
    assert planted(14, 4, seed=5) != planted(14, 4, seed=6)


@pytest.mark.parametrize("seed", range(5))
def test_planted_roster_passes_the_check_of_the_basic_home(seed: int) -> None:
    """Contracts, runs, rest, weekends, leave, pins and least cover hold in the planted roster."""
    problem, roster = planted(20, 4, seed)
    assert check(basic(problem), roster) == []
    assert cost(basic(problem), roster) > 0


def test_planted_roster_passes_the_check(made: tuple[Problem, Roster]) -> None:
    """The checker finds nothing under all rules."""
    assert check(*made) == []


def test_nights_come_in_runs_with_rest(made: tuple[Problem, Roster]) -> None:
    """No night stands alone between days off, none is the fourth, and two days off follow."""
    problem, roster = made
    for person in problem.staff:
        cells = known(problem, roster, person.id)
        nights = {day for day, shift in cells.items() if shift == "夜"}
        assert not any({d, d + 1, d + 2, d + 3} <= nights for d in nights)
        last_day = problem.days - 1
        for day in sorted(nights - {last_day, last_day - 1, -14}):
            assert day + 1 in nights or day + 2 not in cells
            assert {day - 1, day + 1} & cells.keys()


def test_eleven_hours_of_rest_and_a_day_in_seven(made: tuple[Problem, Roster]) -> None:
    """Between shifts lie eleven hours, and nobody works seven days running."""
    problem, roster = made
    for person in problem.staff:
        cells = known(problem, roster, person.id)
        for (day, shift), (later, after) in pairwise(sorted(cells.items())):
            kind, begin = SHIFT_BY_ID[shift], SHIFT_BY_ID[after].start or 0
            gap = (later - day) * 1440 + begin - (kind.start or 0) - kind.minutes
            assert gap >= 660
        assert not any(set(range(day, day + 7)) <= cells.keys() for day in cells)


def filtered(problem: Problem, roster: Roster) -> Iterator[tuple[int, int]]:
    """Yield minimum and heads of cover that counts women or the experienced only."""
    for item in problem.cover:
        if item.sex is Sex.FEMALE:
            able = [p for p in problem.staff if p.sex is item.sex and p.skills & {"照护", "护理"}]
            yield item.minimum, sum(roster.shift(p.id, item.day) == item.shift for p in able)
        if item.experienced:
            able = [p for p in problem.staff if p.is_experienced]
            yield item.minimum, sum(roster.shift(p.id, item.day) == "夜" for p in able)


def test_women_and_the_experienced_are_there(made: tuple[Problem, Roster]) -> None:
    """Cover by sex and experience is kept, and most days do ask for it."""
    pairs = list(filtered(*made))
    assert all(heads >= minimum for minimum, heads in pairs)
    assert sum(minimum for minimum, _ in pairs) > len(pairs) / 2


def test_trainees_work_with_their_mentor(made: tuple[Problem, Roster]) -> None:
    """Every shift of a trainee is one of their mentor, and no night has one person where two."""
    problem, roster = made
    for rule in problem.company:
        for day in range(problem.days):
            if rule.same_shift:
                assert present(roster, rule.staff, day) <= present(roster, rule.by, day)
            elif rule.weight is None:
                assert sum(row[day] == "夜" for row in roster.rows) != 1


def test_people_kept_apart_never_meet(made: tuple[Problem, Roster]) -> None:
    """Two who are kept apart work no shifts of a day that share time at a place."""
    problem, roster = made
    for rule in problem.apart:
        first, second = (roster.by_staff[who] for who in rule.staff)
        assert not any(a and b and meet(a, b) for a, b in zip(first, second, strict=True))


def test_key_workers_and_choices_are_granted(made: tuple[Problem, Roster]) -> None:
    """On the days that a resident must have a key worker one is there; promised Sundays are off."""
    problem, roster = made
    musts: list[KeyWorker] = [rule for rule in problem.key_workers if rule.weight is None]
    assert musts
    assert all(present(roster, rule.staff, day) for rule in musts for day in rule.days)
    promised = [choice for choice in problem.choices if choice.weight is None]
    assert all(None in [roster.shift(c.staff, d) for d in c.days] for c in promised)


def test_larger_homes_have_every_kind_of_rule() -> None:
    """A home of forty uses all parts but names for many, and those of a roster published before."""
    problem, _ = planted(40, 4, seed=0)
    unused = {name for name in Problem.model_fields if not getattr(problem, name)}
    assert unused == {"groups", "kept", "max_changes"}


def test_a_home_of_five_is_refused() -> None:
    """Too few people for the nights are refused with the least number."""
    with pytest.raises(ValueError, match="at least 6"):
        home(5, 28, seed=0)
