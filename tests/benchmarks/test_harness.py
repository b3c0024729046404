"""The harness: a run from command to file, its moments, its faults, and runs that fail."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import rostering
from benchmarks.faults import faults
from benchmarks.harness import Run, Task, in_fresh_process, read_rows
from benchmarks.harness.fresh import FreshError
from benchmarks.harness.task import PUBLIC
from benchmarks.peers import cp_sat, plain
from rostering import Problem, Progress, check, cost, read_nrp
from tests.patience import HANG, UNREACHED, solve

INSTANCE = """SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
L,480,E

SECTION_STAFF
A,E=7|L=7,2400,960,5,2,2,1
B,E=7|L=3,2400,960,5,2,2,1
C,E=7|L=0,2400,960,4,1,2,1

SECTION_DAYS_OFF
A,0

SECTION_SHIFT_ON_REQUESTS
B,2,L,3

SECTION_SHIFT_OFF_REQUESTS
C,3,E,2

SECTION_COVER
""" + "".join(f"{day},E,2,100,1\n{day},L,1,100,1\n" for day in range(7))


@pytest.fixture
def public(tmp_path: Path) -> Problem:
    """Return a tiny problem in the public text format; three people, two shifts, a week."""
    path = tmp_path / "Instance1.txt"
    path.write_text(INSTANCE, encoding="utf-8")
    return read_nrp(path)


RUN = Run(
    task=Task(PUBLIC, "Instance1.txt", limit=10.0),
    status="feasible",
    cost=100,
    said=100,
    bound=98,
    seconds=10.0,
    progress=(Progress(1.0, 200, None), Progress(2.0, 200, 90), Progress(6.0, 101, 97)),
)


def test_a_run_is_written_with_every_figure(tmp_path: Path) -> None:
    """A basic home of six for a week: a row for the mark, one for the end, all columns filled."""
    out = tmp_path / "runs.csv"
    command = ["--homes", "6x1", "--rules", "basic", "--iterations", "1000", "--limit", "3600"]
    command += ["--marks", "0.001"]
    assert rostering.main([*command, "--out", str(out)]) == 0
    early, end = read_rows(out)
    assert (early.at, end.at, end.is_end) == (0.001, 3600.0, True)
    assert (early.cost, early.status, early.trajectory) == (None, "running", "")
    assert end.cost is not None
    assert end.cost <= (end.planted or 0)
    assert end.moments()[-1].cost == end.cost
    assert end.peak_mb is None or end.peak_mb > 10
    with out.open(encoding="utf-8", newline="") as file:
        assert {"cpu", "cores", "python", "versions", "date"} <= set(next(csv.reader(file)))


def test_moments_of_a_run() -> None:
    """A run is looked at by what it had reported; first roster and 5 % are read off as well."""
    assert RUN.at(0.5) == Progress(0.5, None, None)
    assert RUN.at(3.0) == Progress(3.0, 200, 90)
    assert RUN.at(60.0) == Progress(10.0, 100, 98)
    assert RUN.first_within(None) == 1.0
    assert RUN.first_within(0.05) == 6.0
    assert RUN.first_within(0.01) is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"broken": 2}, "breaks hard rules in 2 places"),
        ({"said": 99}, "recount gives 100, the engine says 99"),
        ({"status": "optimal"}, "proven optimum 100, best known 99"),
        ({"bound": 100}, "bound 100 exceeds the best known 99"),
        ({"planted": 97}, "exceeds the planted roster's cost 97"),
        ({"status": "failed", "error": "stopped"}, "stopped"),
    ],
)
def test_faults(change: dict[str, int | str], fault: str) -> None:
    """Each fault is named; a run without any is not."""
    assert faults(RUN, 99) == []
    (found,) = faults(replace(RUN, **change), 99)  # type: ignore[arg-type]
    assert fault in found


def test_peers_may_say_more_than_the_recount() -> None:
    """A peer's slacks may be loose before its end, so that its roster is cheaper than it says."""
    peer = replace(RUN, task=replace(RUN.task, engine="plain"))
    assert faults(replace(peer, said=105), 99) == []
    assert len(faults(replace(peer, said=95), 99)) == 1


def test_a_process_that_fails_says_why() -> None:
    """An error in the fresh process comes back with its type and place."""
    with pytest.raises(FreshError, match="ValueError: invalid literal"):
        in_fresh_process(int, "no number", seconds=HANG)


def test_a_process_that_overruns_is_stopped() -> None:
    """A call that does not return in time is ended."""
    with pytest.raises(FreshError, match="stopped after"):
        in_fresh_process(solve, None, seconds=0.0)  # type: ignore[arg-type, misc]


def test_plain_peer_agrees(public: Problem) -> None:
    """The plain integer program finds the same optimum as the engine, and its roster is sound."""
    answer = plain.solve(public, time_limit=UNREACHED, seed=0, threads=1)
    assert answer.roster is not None
    assert check(public, answer.roster) == []
    assert answer.cost == cost(public, answer.roster) == solve(public).cost


def test_cp_sat_peer_agrees(public: Problem) -> None:
    """CP-SAT finds the same optimum as the engine, and its roster is sound."""
    answer = cp_sat.solve(public, time_limit=UNREACHED, seed=0, threads=1)
    assert answer.roster is not None
    assert check(public, answer.roster) == []
    assert answer.cost == cost(public, answer.roster) == solve(public).cost


def test_peers_refuse_other_rules(public: Problem) -> None:
    """A problem with a rule that the peers leave out is refused, and the rule named."""
    resting = [person.model_copy(update={"no_night": True}) for person in public.staff]
    fields = {name: getattr(public, name) for name in public.model_fields_set}
    problem = Problem(**(fields | {"staff": tuple(map(type(resting[0]).model_validate, resting))}))
    with pytest.raises(ValueError, match="public instances only"):
        plain.solve(problem, time_limit=1, seed=0, threads=1)


def test_peers_are_refused_for_homes(capsys: pytest.CaptureFixture[str]) -> None:
    """Peers know the public rules only; asked for a home, the command says so."""
    with pytest.raises(SystemExit):
        rostering.main(["--homes", "6x1", "--peer", "plain"])
    assert "public instances only" in capsys.readouterr().err
