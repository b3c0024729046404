"""Write the tables of docs/performance.md from the files of runs.

    python -m benchmarks.report benchmarks/results/*.csv > tables.md
    python -m benchmarks.report benchmarks/results/*.csv --into docs/performance.md

It tells what the files hold and sets the aims beside it, whether they are met or not.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.build import COLUMNS as BUILD_COLUMNS
from benchmarks.build import STEPS
from benchmarks.harness.row import Row, read_rows
from benchmarks.harness.task import PUBLIC
from benchmarks.peers import PEERS
from benchmarks.published import (
    GROUPS,
    STRANDMARK,
    Aim,
    Group,
    Reached,
    is_met,
    number_of,
)
from benchmarks.table import decimal, middle, percent

Table = list[list[str]]

BEGIN, END = "<!-- tables -->", "<!-- end of tables -->"
"""Lines of a page between which the tables stand."""


def main(arguments: list[str] | None = None) -> int:
    """Print the tables of the files named, or put them into a page."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.report",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE.csv")
    parser.add_argument("--into", type=Path, metavar="FILE.md", help="page with the two marks")
    options = parser.parse_args(arguments)
    tables = report(options.files)
    if options.into is None:
        print(tables)
    else:
        page = options.into.read_text(encoding="utf-8")
        options.into.write_text(filled(page, tables), encoding="utf-8")
    return 0


def filled(page: str, tables: str) -> str:
    """Return a page with what lies between its two marks replaced.

    Raises
    ------
    ValueError
        If the page has not both marks.
    """
    before, begins, rest = page.partition(BEGIN)
    _, ends, after = rest.partition(END)
    if not (begins and ends):
        raise ValueError(f"the page needs the lines {BEGIN} and {END} around its tables")
    return f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}"


def report(files: Sequence[Path]) -> str:
    """Return all tables as Markdown."""
    builds = [path for path in files if _is_build(path)]
    rows = [row for path in files if path not in builds for row in read_rows(path)]
    public = [row for row in rows if row.kind == PUBLIC]
    homes = [row for row in rows if row.kind != PUBLIC and row.is_end]
    parts = [*_measured_on(rows), *_public(public), *_resources(public), *_homes(homes)]
    return "\n\n".join([*parts, *_builds(builds)])


def _is_build(path: Path) -> bool:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file), [])[: len(BUILD_COLUMNS)] == list(BUILD_COLUMNS)


def _measured_on(rows: Sequence[Row]) -> Iterator[str]:
    """Say on what and when the runs were made."""
    machines = {(row.cpu, row.cores, row.python, row.versions) for row in rows}
    for cpu, cores, python, versions in sorted(machines):
        days = sorted({row.date[:10] for row in rows if (row.cpu, row.cores) == (cpu, cores)})
        when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
        yield f"Measured {when} on: {cpu}, {cores} cores, Python {python}, {versions}."


def _public(rows: Sequence[Row]) -> Iterator[str]:
    """Yield a section for each time looked at, with a table for each group."""
    for at, limit in sorted({(row.at, row.limit) for row in rows}):
        mine = [row for row in rows if (row.at, row.limit) == (at, limit)]
        within = "" if at == limit else f", looked at in runs of {limit:g} s"
        yield f"### Public instances after {at:g} s{within}"
        seeds = len({row.seed for row in mine})
        if seeds > 1:
            yield f"Each figure is of the run with the median cost of {seeds} seeds."
        for group in GROUPS:
            yield from _group(group, at, mine)


def _group(group: Group, at: float, rows: Sequence[Row]) -> Iterator[str]:
    inside = [row for row in rows if number_of(row.instance) in group.instances]
    if not inside:
        return
    engines = sorted({row.engine for row in inside}, key=lambda name: (name in PEERS, name))
    header = ["instance", "staff × weeks", "best known"]
    header += [cell for engine in engines for cell in _headings(engine)]
    table: Table = [[*header, "published (60 s)"]]
    for number in group.instances:
        known = [row for row in inside if number_of(row.instance) == number]
        if known:
            table.append(_instance(number, known, engines))
    yield f"**Instances {group.name}**"
    yield markdown(table)
    for engine in engines:
        yield _verdict(group, at, engine, [row for row in inside if row.engine == engine])


def _headings(engine: str) -> list[str]:
    more = [] if engine in PEERS else ["bound", "proven gap", "s"]
    return [f"{engine}: cost", "gap", *more]


def _instance(number: int, rows: Sequence[Row], engines: Sequence[str]) -> list[str]:
    first = next((row for row in rows if row.staff), rows[0])
    cells = [str(number), f"{first.staff} × {first.days // 7}", _number(first.best_known)]
    for engine in engines:
        run = median_run([row for row in rows if row.engine == engine])
        more = [] if engine in PEERS or run is None else _proof(run)
        blank = len(_headings(engine)) * ["–"]
        cells += [_number(run.cost), percent(run.gap), *more] if run else blank
    return [*cells, _number(STRANDMARK.get(number))]


def _proof(run: Row) -> list[str]:
    return [_number(run.bound), percent(run.own_gap), decimal(run.seconds)]


def median_run(rows: Iterable[Row]) -> Row | None:
    """Return the run of the median cost, the dearer of two; a run without a roster is dearest."""
    ordered = sorted(rows, key=lambda row: (row.cost is None, row.cost or 0, row.seed))
    return ordered[len(ordered) // 2] if ordered else None


def _verdict(group: Group, at: float, engine: str, rows: Sequence[Row]) -> str:
    """Say what a group reached on average and at worst, and whether that meets the aim."""
    numbers = [number for number in group.instances if number in map(_number_of, rows)]
    runs = [median_run(row for row in rows if _number_of(row) == number) for number in numbers]
    reached = [
        Reached(number, run.gap, bound_gap(run))
        for number, run in zip(numbers, runs, strict=True)
        if run
    ]
    gaps = [item.gap for item in reached if item.gap is not None]
    mean = percent(sum(gaps) / len(gaps)) if gaps else "–"
    worst = percent(max(gaps, default=None))
    found = f"{engine}: average gap {mean}, worst {worst}, rosters {len(gaps)} of {len(reached)}"
    aim = group.aims.get(round(at))
    if aim is None or engine in PEERS:
        return f"{found}."
    return f"{found}. Aim: {aim.words} – {_judged(aim, group, reached)}."


def _judged(aim: Aim, group: Group, reached: Sequence[Reached]) -> str:
    missing = len(group.instances) - len(reached)
    if missing:
        return f"not judged, {missing} of the group were not run"
    return "**met**" if is_met(aim, reached) else "**not met**"


def bound_gap(row: Row) -> float | None:
    """Return how far a bound is below the best known cost, as a fraction of it."""
    if row.bound is None or row.best_known is None:
        return None
    return (row.best_known - row.bound) / max(1, row.best_known)


def _resources(rows: Sequence[Row]) -> Iterator[str]:
    """Yield time to the first roster, and memory, of every engine's runs to their end."""
    ends = [row for row in rows if row.is_end]
    if ends:
        yield "### First roster, memory and first use"
        yield "Medians over the runs; first use is imports and compilation in a fresh process."
        yield markdown([["instance", "engine", "runs", *RESOURCES], *_resource_rows(ends)])


RESOURCES = ("first roster s", "proven gap of 5 % s", "peak MB", "first use s")


def _resource_rows(rows: Sequence[Row]) -> Iterator[list[str]]:
    for instance, engine in dict.fromkeys((row.instance, row.engine) for row in rows):
        mine = [row for row in rows if (row.instance, row.engine) == (instance, engine)]
        first, close = middle(r.first_roster for r in mine), middle(r.five_percent for r in mine)
        memory, use = middle(r.peak_mb for r in mine), middle(r.first_use for r in mine)
        megabytes = "–" if memory is None else f"{memory:.0f}"
        figures = [decimal(first), decimal(close), megabytes, decimal(use)]
        yield [instance, engine, str(len(mine)), *figures]


def _homes(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the table of generated homes."""
    if rows:
        yield "### Generated homes"
        yield "Over all seeds: median, and the worst in brackets; a dash if a run never got there."
        yield markdown([HOMES, *_home_rows(rows)])


HOMES = ["home", "engine", "limit s", "rosters", "first roster s", "gap 5 % s", "end gap", "MB"]


def _home_rows(rows: Sequence[Row]) -> Iterator[list[str]]:
    keys = dict.fromkeys((row.instance, row.engine, row.limit) for row in rows)
    for instance, engine, limit in keys:
        mine = [r for r in rows if (r.instance, r.engine, r.limit) == (instance, engine, limit)]
        found = sum(row.cost is not None for row in mine)
        first, close = [r.first_roster for r in mine], [r.five_percent for r in mine]
        gaps, memory = [r.own_gap for r in mine], max((r.peak_mb or 0 for r in mine), default=0)
        cells = [_spread(first, decimal), _spread(close, decimal), _spread(gaps, percent)]
        yield [instance, engine, f"{limit:g}", f"{found} of {len(mine)}", *cells, f"{memory:.0f}"]


def _spread(values: Sequence[float | None], say: Callable[[float | None], str]) -> str:
    """Return median and worst of some figures."""
    worst = None if None in values else max(v for v in values if v is not None)
    return f"{say(middle(values))} ({say(worst)})"


def _builds(files: Sequence[Path]) -> Iterator[str]:
    """Yield the seconds of reading, building and checking."""
    table: Table = [["instance", *(f"{step} s" for step in STEPS), "peak MB"]]
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            names = ("instance", *STEPS, "peak_mb")
            table += [[row[name] or "–" for name in names] for row in csv.DictReader(file)]
    if len(table) > 1:
        yield "### Building and checking"
        yield markdown(table)


def markdown(table: Table) -> str:
    """Return a table of cells, the first row its header; all but the first column to the right."""
    header, *body = table
    rule = ["---", *["--:"] * (len(header) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *body))


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)


def _number_of(row: Row) -> int | None:
    return number_of(row.instance)


if __name__ == "__main__":
    sys.exit(main())
