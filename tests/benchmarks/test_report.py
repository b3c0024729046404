"""The report: tables from files of runs, aims met and not met, and the plots."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.harness import Machine, Row, Run, Task, rows_of, write_rows
from benchmarks.harness.task import HOME, PUBLIC
from benchmarks.published import GROUPS, Reached, is_met
from benchmarks.report import BEGIN, END, filled, main, median_run, report
from rostering import Progress

NOW = datetime(2026, 11, 24, tzinfo=UTC)
MACHINE = Machine("a processor", 2, "3.11", "Linux", "rukang=0.1.0")
SMALL, LARGE = GROUPS[0], GROUPS[2]


def rows(instance: str, cost: int | None, *, kind: str = PUBLIC, seed: int = 0) -> list[Row]:
    """Return the rows of an invented run of 600 s, looked at after 60 s as well."""
    run = Run(
        task=Task(kind, instance, seed=seed, limit=600.0),
        staff=10,
        days=28,
        status="feasible" if cost else "no_roster",
        cost=cost,
        bound=99,
        seconds=600.0,
        megabytes=50.0,
        progress=(Progress(2.0, 150, 90), Progress(30.0, 120, 99)) if cost else (),
    )
    return rows_of(run, MACHINE, NOW, best=100 if kind == PUBLIC else None, marks=[60])


def test_tables_from_a_file(tmp_path: Path) -> None:
    """Each time looked at has its table, with the aim beside what was reached."""
    path = tmp_path / "runs.csv"
    write_rows(path, [row for n in SMALL.instances for row in rows(f"Instance{n}.txt", 100)])
    text = report([path])
    assert "### Public instances after 60 s, looked at in runs of 600 s" in text
    assert "| 2 | 10 × 4 | 100 | 120 | 20.00 % | 99 | 17.50 % | 60.0 | 838 |" in text
    assert "average gap ≤ 0.3 %, none above 1 % – **not met**" in text
    assert "| 2 | 10 × 4 | 100 | 100 | 0.00 % | 99 | 1.00 % | 600.0 | 838 |" in text
    assert "all optimal, bound within 0.2 % – **not met**" in text
    assert "a processor, 2 cores" in text


def test_a_group_run_in_part_is_not_judged(tmp_path: Path) -> None:
    """An aim for a group says nothing about some of its instances."""
    path = tmp_path / "runs.csv"
    write_rows(path, rows("Instance8.txt", 100))
    assert "not judged, 7 of the group were not run" in report([path])


def test_homes_without_rosters_are_counted(tmp_path: Path) -> None:
    """A home for which no roster was found shows in the count, and as a dash for the worst."""
    path = tmp_path / "runs.csv"
    both = [*rows("25x4", 100, kind=HOME), *rows("25x4", None, kind=HOME, seed=1)]
    write_rows(path, both)
    assert "| home 25x4 | rostering | 600 | 1 of 2 |" in report([path])


@pytest.mark.parametrize(
    ("gaps", "met"), [([0.0] * 5, True), ([0.9] * 5, True), ([1.1] + [0.0] * 4, False)]
)
def test_aims_of_the_large(gaps: list[float], met: bool) -> None:
    """Within twice the best known each, after 60 s."""
    found = [Reached(n, gap, None) for n, gap in zip(LARGE.instances, gaps, strict=True)]
    assert is_met(LARGE.aims[60], found) is met


def test_an_instance_without_a_roster_misses_the_aim() -> None:
    """No roster is no gap, and does not count as none; only 24 is excused after 600 s."""
    found = [Reached(n, 0.01, None) for n in LARGE.instances]
    assert is_met(LARGE.aims[600], [*found[:-1], Reached(24, None, None)])
    assert not is_met(LARGE.aims[600], [Reached(20, None, None), *found[1:]])


def test_median_run() -> None:
    """Of several seeds the run of the middle cost is shown; one without a roster is the dearest."""
    runs = [rows("Instance1.txt", cost, seed=seed)[-1] for seed, cost in enumerate((3, None, 2))]
    chosen = median_run(runs)
    assert chosen is not None
    assert chosen.cost == 3
    assert median_run([]) is None


def test_tables_are_put_into_a_page(tmp_path: Path) -> None:
    """What lies between the marks is replaced, again and again; a page without marks is refused."""
    path, page = tmp_path / "runs.csv", tmp_path / "page.md"
    write_rows(path, rows("25x4", 100, kind=HOME))
    page.write_text(f"above\n{BEGIN}\nold\n{END}\nbelow\n", encoding="utf-8")
    for _ in range(2):
        assert main([str(path), "--into", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("above\n")
    assert text.endswith("\nbelow\n")
    assert (text.count("home 25x4"), text.count("old")) == (1, 0)
    with pytest.raises(ValueError, match="needs the lines"):
        filled("no marks", "tables")


def test_plots_are_drawn(tmp_path: Path) -> None:
    """Both plots are written, the same for the same rows."""
    from benchmarks import plots

    drawn = [*rows("Instance1.txt", 100), *rows("10x4", 100, kind=HOME)]
    for draw in (plots.gaps, plots.growth):
        first, second = tmp_path / "first.svg", tmp_path / "second.svg"
        draw(drawn, first)
        draw(drawn, second)
        assert first.read_bytes() == second.read_bytes()
