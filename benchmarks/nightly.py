"""``python -m benchmarks.nightly``: every benchmark, and what changed since the last time.

Runs the tables of ``pytest benchmarks``, keeps each line's ratio to the quickest of its table, and
writes a note that sets it beside the last result in the folder. Seconds are not kept: those of two
nights do not compare, ratios within a night do.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.harness.machine import Machine

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "benchmarks" / "results" / "nightly"
WORTH_A_LOOK = 1.5
"""A line is marked when its ratio is so many times what it was, or the last one's of it.

Ratios of one code differ by a third from night to night on a shared machine.
"""

HEAD = """# What changed in a night

Each line's time over that of the line it is compared with in its table, now and at the last result.
Marked is what grew (▲) or shrank (▼) by half or more: worth a look, no verdict. One night
proves nothing; compare both versions on one idle machine before you believe it.
"""


@dataclass(frozen=True)
class Line:
    """A line of a table: how many times as long as the quickest one, over how many rounds."""

    table: str
    name: str
    ratio: float
    rounds: int


@dataclass(frozen=True)
class Change:
    """A line set beside what it was: both over the line that was the quickest then."""

    table: str
    name: str
    before: float | None
    now: float | None

    @property
    def mark(self) -> str:
        """Return what is worth a look about it."""
        if self.before is None or self.now is None:
            return "new" if self.before is None else "gone"
        if self.now >= WORTH_A_LOOK * self.before:
            return "▲"
        return "▼" if self.now * WORTH_A_LOOK <= self.before else ""


def main(arguments: list[str] | None = None) -> int:
    """Measure, keep the result, and write the note."""
    parser = argparse.ArgumentParser(prog="benchmarks.nightly", description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where results are kept")
    parser.add_argument("-k", dest="some", default="", help="only these, as pytest chooses them")
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    last = newest(asked.folder)
    measured = list(lines(run(asked.some)))
    now = datetime.now(UTC)
    keep(measured, asked.folder / f"{now:%Y-%m-%dT%H%M%S}.csv")
    text = note(read(last) if last else [], measured, f"{now:%Y-%m-%d}", last)
    (asked.folder / "note.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


def run(some: str = "") -> Mapping[str, Any]:
    """Return what pytest-benchmark measured.

    Raises
    ------
    subprocess.CalledProcessError
        If a benchmark fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "measured.json"
        words = ["-m", "pytest", "benchmarks", "-q", "-k", some, "-p", "no:cacheprovider"]
        measuring = ["--benchmark-enable", "--benchmark-quiet", f"--benchmark-json={file}"]
        subprocess.run([sys.executable, *words, *measuring], cwd=ROOT, check=True)
        found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return found


def lines(measured: Mapping[str, Any]) -> Iterator[Line]:
    """Yield every line over the quickest one of its table, by the quickest round of each."""
    quickest: dict[str, float] = {}
    for one in measured["benchmarks"]:
        least = one["stats"]["min"]
        quickest[one["group"]] = min(least, quickest.get(one["group"], least))
    for one in measured["benchmarks"]:
        stats, table = one["stats"], one["group"]
        yield Line(table, one["name"], stats["min"] / quickest[table], stats["rounds"])


def keep(measured: Iterable[Line], file: Path) -> None:
    """Write a result, with the machine and the versions it was measured on."""
    machine = asdict(Machine.this())
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [field.name for field in fields(Line)] + list(machine))
        writer.writeheader()
        writer.writerows(asdict(line) | machine for line in measured)


def read(file: Path) -> list[Line]:
    """Return the lines of a result."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [
            Line(row["table"], row["name"], float(row["ratio"]), int(row["rounds"]))
            for row in csv.DictReader(rows)
        ]


def newest(folder: Path) -> Path | None:
    """Return the last result, by its name."""
    return max(folder.glob("*.csv"), default=None, key=lambda path: path.name)


def changes(before: Iterable[Line], now: Iterable[Line]) -> Iterator[Change]:
    """Yield every line beside what it was.

    Both are over one line: the quickest of the table then, or now where that one is gone, so that a
    line does not seem to change because another became the quickest.
    """
    was = {(line.table, line.name): line.ratio for line in before}
    is_ = {(line.table, line.name): line.ratio for line in now}
    for table in dict.fromkeys(table for table, _ in [*was, *is_]):
        names = list(dict.fromkeys(name for other, name in [*was, *is_] if other == table))
        both = [name for name in names if (table, name) in was and (table, name) in is_]
        base = min(both, key=lambda name: was[table, name], default=None)
        for name in names:
            yield Change(table, name, *(_over(base, table, name, one) for one in (was, is_)))


def _over(
    base: str | None, table: str, name: str, ratios: Mapping[tuple[str, str], float]
) -> float | None:
    if (table, name) not in ratios:
        return None
    return ratios[table, name] / (ratios[table, base] if base else 1)


def note(before: Iterable[Line], now: Iterable[Line], on: str, last: Path | None) -> str:
    """Return the note of a night."""
    beside = f"beside {last.name}" if last else "with nothing before it to set it beside"
    rows = [
        f"| {one.table} | {one.name} | {_shown(one.before)} | {_shown(one.now)} | {one.mark} |"
        for one in changes(before, now)
    ]
    table = ["| table | line | before | now | |", "|---|---|--:|--:|---|", *rows]
    return "\n".join([HEAD, f"{on}, {beside}; {Machine.this().cpu}.", "", *table, ""])


def _shown(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:,.3g}"


if __name__ == "__main__":
    sys.exit(main())
