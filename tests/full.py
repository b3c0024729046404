"""``python -m tests.full``: every check at full size, for a night; it goes on where it stopped.

The gate (``.ci/run``) draws samples by seed. Here every combination is tried, every disturbance a
hundred times, and ten thousand damaged workbooks; what came of it is written into a page with the
commit and the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.harness.machine import Machine

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "checks.md"
FULL = "RUKANG_FULL"
"""Set, it makes the walks try every combination."""

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


@dataclass(frozen=True)
class Step:
    """One check at full size: its name on the page, and what of Python runs it."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What a step ended with: exit code, its last line, seconds, and when."""

    name: str
    code: int
    line: str
    seconds: int
    on: str


def steps(scratch: Path) -> list[Step]:
    """Return the steps, the shortest first."""
    endurance = ("-m", "benchmarks.endurance", "--times", "100", "--scratch", str(scratch))
    kept = ("--out", "benchmarks/results/endurance/parts.csv", "--into", "docs/reliability.md")
    return [
        Step("every test, every combination", ("-m", "tests.covered", "run", "--require-all")),
        Step("lines that the tests run", ("-m", "tests.covered", "show")),
        Step("every disturbance 100 times, 10 000 workbooks", (*endurance, *kept)),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Run what was not run yet for this commit, and write the page."""
    parser = argparse.ArgumentParser(prog="tests.full", description=__doc__.splitlines()[0])
    parser.add_argument("--scratch", type=Path, default=ROOT / "build" / "full")
    parser.add_argument("--into", type=Path, default=PAGE)
    asked = parser.parse_args(arguments)
    commit = _commit()
    scratch = asked.scratch / commit
    scratch.mkdir(parents=True, exist_ok=True)
    found = [outcome_of(step, scratch) for step in steps(scratch)]
    asked.into.write_text(filled(asked.into.read_text(encoding="utf-8"), commit, found), "utf-8")
    print(f"full checks of {commit}: {sum(one.code == 0 for one in found)} of {len(found)} passed")
    return max(one.code for one in found)


def outcome_of(step: Step, scratch: Path) -> Outcome:
    """Return what a step ends with: as it was written down, or by running it now."""
    kept = scratch / f"{step.name.replace(' ', '-')}.json"
    if kept.exists():
        return Outcome(**json.loads(kept.read_text(encoding="utf-8")))
    outcome = _run(step)
    if outcome.code == 0:  # what failed is run again
        kept.write_text(json.dumps(asdict(outcome)), encoding="utf-8")
    return outcome


def _run(step: Step) -> Outcome:
    print(f"── {step.name}", flush=True)
    began, line = time.monotonic(), ""
    with subprocess.Popen(
        [sys.executable, *step.command],
        cwd=ROOT,
        env={**os.environ, FULL: "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        for text in running.stdout:
            print(text, end="", flush=True)
            line = text.strip() or line
    seconds = round(time.monotonic() - began)
    return Outcome(step.name, running.returncode, line, seconds, f"{datetime.now(UTC):%Y-%m-%d}")


def filled(page: str, commit: str, outcomes: Iterable[Outcome]) -> str:
    """Return the page with the figures between its marks."""
    machine = Machine.this()
    lines = [
        f"Commit {commit}, {machine.cpu}, {machine.cores} cores.",
        "",
        "| check | last line | exit | seconds | on |",
        "|---|---|--:|--:|---|",
        *(
            f"| {one.name} | {one.line.strip('= ').replace('|', '/')} | {one.code} | {one.seconds}"
            f" | {one.on} |"
            for one in outcomes
        ),
    ]
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return "\n".join([f"{before}{BEGIN}", "", *lines, "", f"{END}{after}"])


def _commit() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
