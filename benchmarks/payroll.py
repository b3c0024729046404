"""Measure the wage engine: payslips a second, memory, peers in the same run, and writing.

    python -m benchmarks.payroll                               # 1, 10 000 and 1 000 000 people
    python -m benchmarks.payroll --people 1000000 --out FILE.csv
    python -m benchmarks.payroll --table FILE.csv --into docs/performance-wages.md

Every line of the table has a fresh process; the time is the best of some rounds after a first use
that does not count. `full` is the whole rule set on people of every kind; `compute`, `rules`,
`openfisca` and `decimal` state the same fifteen lines for the same simple people: our whole month,
our rules without checks and words, OpenFisca-core in its float32, and a plain loop with Decimal.
`wrong` counts the slips of which a peer has some line wrong by a fen or more, set against ours,
which equals the Decimal loop wherever that runs.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.harness import Machine, in_fresh_process
from benchmarks.harness.machine import peak_megabytes
from benchmarks.report import filled

LOCAL = Path(__file__).parents[1] / "examples" / "demo-home" / "local-policy.yaml"
SEED = 1
ROUNDS = 3
LIMIT = 900.0
"""Seconds after which a process is stopped."""

MOST_FOR_DECIMAL = 100_000
"""The loop is told for so many people at most; beyond, its speed is the same and its time long."""

ENGINES = ("full", "compute", "rules", "openfisca", "decimal", "parquet", "database")


@dataclass(frozen=True)
class Figure:
    """One measurement; seconds of the best round, memory of the process."""

    engine: str
    people: int
    seconds: float
    peak_mb: float | None
    wrong: int | None
    date: str
    cpu: str
    cores: int
    python: str
    versions: str

    @property
    def per_second(self) -> float:
        """Return payslips a second."""
        return self.people / self.seconds


def main(arguments: list[str] | None = None) -> int:
    """Measure what is asked for, print and keep it; 1 if ours is not exact."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.payroll",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--people", type=int, nargs="+", default=[1, 10_000, 1_000_000])
    parser.add_argument("--engine", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--out", type=Path, metavar="FILE.csv")
    parser.add_argument(
        "--table", type=Path, metavar="FILE.csv", help="measure nothing: tell a file"
    )
    parser.add_argument("--into", type=Path, metavar="FILE.md", help="page with the two marks")
    options = parser.parse_args(arguments)
    if options.table:
        return _tell(options.table, options.into)
    found: list[Figure] = []
    print(f"{'engine':10} {'people':>9} {'seconds':>9} {'a second':>12} {'MB':>6} {'wrong':>7}")
    for people in options.people:
        for engine in options.engine:
            if engine == "decimal" and people > MOST_FOR_DECIMAL:
                continue
            found.append(_measured(engine, people))
            print(_line(found[-1]), flush=True)
            if options.out:
                _write(options.out, found)
    return int(any(figure.engine == "decimal" and figure.wrong for figure in found))


def _measured(engine: str, people: int) -> Figure:
    seconds, peak, wrong = in_fresh_process(_run, (engine, people), seconds=LIMIT)
    machine = Machine.this()
    return Figure(
        engine=engine,
        people=people,
        seconds=seconds,
        peak_mb=peak,
        wrong=wrong,
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        cpu=machine.cpu,
        cores=machine.cores,
        python=machine.python,
        versions=machine.versions,
    )


def _run(task: tuple[str, int]) -> tuple[float, float | None, int | None]:
    """Return the best time, the peak memory and the wrong slips of one engine, in its process."""
    from benchmarks.payrolls import ours
    from benchmarks.payrolls.figures import COMPARED, figures
    from benchmarks.payrolls.people import MONTH, columns_of, mixed, simple
    from payroll import Policy, compute

    engine, count = task
    policy = Policy.load(local=[LOCAL])
    known, people = figures(policy), simple(count, SEED)
    if engine in {"full", "parquet", "database"}:
        columns = mixed(count, SEED)
        if engine == "full":
            return (*_timed(lambda: compute(MONTH, columns, policy))[:2], None)
        return _writing(engine, compute(MONTH, columns, policy))
    if engine == "compute":
        columns = columns_of(people)
        seconds, peak, payroll = _timed(lambda: compute(MONTH, columns, policy))
        lines = {line: payroll.amounts(line) for line in COMPARED}
    elif engine == "rules":
        seconds, peak, lines = _timed(lambda: ours.rules_alone(people, known))
    elif engine == "openfisca":
        from benchmarks.payrolls import openfisca

        seconds, peak, lines = _timed(lambda: openfisca.run(people, known))
    else:
        from benchmarks.payrolls import decimal_loop

        seconds, peak, lines = _timed(lambda: decimal_loop.run(people, known))
    right = ours.rules_alone(people, known)
    is_wrong = np.logical_or.reduce([lines[line] != right[line] for line in COMPARED])
    return seconds, peak, int(is_wrong.sum())


def _timed(call: Callable[[], Any]) -> tuple[float, float | None, Any]:
    call()  # the first use: imports, caches, memory
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = call()
        best = min(best, time.perf_counter() - began)
    return best, peak_megabytes(), answer


def _writing(engine: str, payroll: Any) -> tuple[float, float | None, None]:
    from benchmarks.payrolls.writing import to_database, to_parquet

    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        if engine == "parquet":
            to_parquet(payroll, Path(folder) / "slips.parquet")
        else:
            to_database(payroll, f"sqlite:///{folder}/slips.sqlite")
        return time.perf_counter() - began, peak_megabytes(), None


def _tell(path: Path, page: Path | None) -> int:
    """Print a file as a table in Markdown, or put it into a page."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    text = "\n".join(_markdown(rows))
    if page is None:
        print(text)
    else:
        page.write_text(filled(page.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 0


def _markdown(rows: list[dict[str, str]]) -> Iterator[str]:
    first = rows[0]
    yield (
        f"Measured {first['date'][:10]} on: {first['cpu']}, {first['cores']} cores, one used, "
        f"Python {first['python']}, {first['versions']}."
    )
    yield ""
    yield "| people | engine | seconds | slips a second | beside `rules` | MB | wrong slips |"
    yield "| --: | --- | --: | --: | --: | --: | --: |"
    quickest = {row["people"]: float(row["seconds"]) for row in rows if row["engine"] == "rules"}
    for row in rows:
        seconds, people = float(row["seconds"]), int(row["people"])
        ratio = f"{seconds / quickest[row['people']]:.1f} ×" if row["people"] in quickest else "–"
        memory = f"{float(row['peak_mb']):.0f}" if row["peak_mb"] else "–"
        yield (
            f"| {people:,} | {row['engine']} | {seconds:.4f} | {people / seconds:,.0f} | {ratio} "
            f"| {memory} | {row['wrong'] or '–'} |"
        )


def _line(figure: Figure) -> str:
    memory = "-" if figure.peak_mb is None else f"{figure.peak_mb:.0f}"
    wrong = "-" if figure.wrong is None else str(figure.wrong)
    return (
        f"{figure.engine:10} {figure.people:>9} {figure.seconds:>9.4f} "
        f"{figure.per_second:>12,.0f} {memory:>6} {wrong:>7}"
    )


def _write(path: Path, found: list[Figure]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [item.name for item in fields(Figure)])
        writer.writeheader()
        writer.writerows(asdict(figure) for figure in found)


if __name__ == "__main__":
    sys.exit(main())
