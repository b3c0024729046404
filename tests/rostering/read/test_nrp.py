"""The public text format: a small instance solved to its enumerated optimum, and wrong lines."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from rostering import NrpError, Problem, Roster, Status, check, cost, read, read_nrp
from tests.patience import solve

INSTANCE = """\
# our own small instance
SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
L,480,E

SECTION_STAFF
A,E=7|L=2,2400,960,4,2,2,1
B,E=0|L=7,2400,960,5,2,2,1

SECTION_DAYS_OFF
A,0

SECTION_SHIFT_ON_REQUESTS
A,4,E,2
B,2,L,3

SECTION_SHIFT_OFF_REQUESTS
A,5,E,1

SECTION_COVER
0,E,1,100,1
1,E,1,100,1
2,L,2,100,1
3,L,1,100,1
4,E,1,100,1
5,L,1,100,1
6,L,0,100,1
"""


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """A small instance on disk."""
    path = tmp_path / "Small.txt"
    path.write_text(INSTANCE)
    return path


def test_every_section_is_read(instance: Path) -> None:
    """All seven sections arrive, and ``read`` knows the format by its content."""
    problem = read_nrp(instance)
    assert (problem.name, problem.days, problem.start.weekday()) == ("Small", 7, 0)
    assert problem.shift_by_id["L"].forbidden_next == ("E",)
    person = problem.staff_by_id["A"]
    assert (person.max_minutes, person.min_minutes, person.max_weekends) == (2400, 960, 1)
    assert (person.max_consecutive_days, person.min_consecutive_days) == (4, 2)
    assert (len(problem.requests), len(problem.cover), len(problem.unavailable)) == (3, 7, 1)
    assert read(instance) == problem


def alone(problem: Problem, staff: str) -> Problem:
    """Return the problem of one of its people."""
    mine = tuple(item for item in problem.unavailable if item.staff == staff)
    person = problem.staff_by_id[staff]
    changes = {"staff": (person,), "unavailable": mine, "requests": ()}
    return Problem.model_validate(problem.model_dump() | changes)


def test_solver_proves_the_enumerated_optimum(instance: Path) -> None:
    """The optimum equals the least cost over all rosters that pass the check."""
    problem = read_nrp(instance)
    people = {person.id: alone(problem, person.id) for person in problem.staff}
    rows = {
        name: [
            row
            for row in product((None, "E", "L"), repeat=7)
            if not check(single, Roster((name,), (row,)))
        ]
        for name, single in people.items()
    }
    best = min(cost(problem, Roster(("A", "B"), pair)) for pair in product(rows["A"], rows["B"]))
    result = solve(problem)
    assert (result.status, result.cost) == (Status.OPTIMAL, best)


def test_all_wrong_lines_at_once(tmp_path: Path) -> None:
    """Every wrong line is told with its number; nothing is read."""
    path = tmp_path / "Wrong.txt"
    text = INSTANCE.replace("E,480,", "E,long,").replace("A,4,E,2", "A,4").replace("7\n", "7,\n", 1)
    path.write_text(text + "\nSECTION_EXTRA\nx\n")
    with pytest.raises(NrpError) as refused:
        read_nrp(path)
    numbers = [item.line for item in refused.value.mistakes]
    assert numbers == [6, 17, 32]
    assert "Wrong.txt:6：" in str(refused.value)


def test_missing_horizon_and_unknown_names(tmp_path: Path) -> None:
    """A file without days is refused, and so are names and days that do not exist."""
    path = tmp_path / "Wrong.txt"
    path.write_text(INSTANCE.replace("SECTION_HORIZON\n7", "SECTION_HORIZON"))
    with pytest.raises(NrpError, match="one number of days"):
        read_nrp(path)
    path.write_text(INSTANCE.replace("A,4,E,2", "Z,9,E,2"))
    with pytest.raises(NrpError) as refused:
        read_nrp(path)
    assert len(refused.value.mistakes) == 2
