"""Which share of the code the tests run, room by room.

``python -m tests.covered run [TESTS]`` runs every test, or some, as ``python -m tests`` does;
``python -m tests.covered show`` tells the shares that were measured last. They help to find blind
spots and are no aim: a line that ran was not yet tested. Code that numba compiles cannot be
watched and is left out.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from coverage import Coverage

ROOT = Path(__file__).parents[1]
DATA = ROOT / "build" / "coverage"
DEEP = ("rukang",)
"""Packages that are told by their rooms."""


@dataclass(frozen=True)
class Part:
    """A room: its lines that may run, and those of them that did."""

    name: str
    all: int
    run: int

    @property
    def share(self) -> float:
        """Return the share in percent."""
        return 100 * self.run / self.all if self.all else 100.0


def main(arguments: list[str]) -> int:
    """Run the tests under measurement, or show what was measured."""
    match arguments:
        case ["run", *tests]:
            return run(tests)
        case ["show"] if any(DATA.glob("*")):
            print(table(parts(files())))
            return 0
        case ["show"]:
            print("nothing was measured yet: python -m tests.covered run", file=sys.stderr)
        case _:
            print(__doc__, file=sys.stderr)
    return 1


def run(tests: list[str]) -> int:
    """Run tests in place of what was measured before; return their exit code."""
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    words = [sys.executable, "-m", "coverage", "run", "-m", "tests", *tests]
    return subprocess.run(words, cwd=ROOT, check=False).returncode


def files() -> Iterator[tuple[Path, int, int]]:
    """Yield the files of the product with what may run in each and what did."""
    measured = Coverage(config_file=str(ROOT / "pyproject.toml"))
    measured.combine(keep=True)
    for name in sorted(measured.get_data().measured_files()):
        _, statements, _, missing, _ = measured.analysis2(name)
        yield Path(name).relative_to(ROOT), len(statements), len(statements) - len(missing)


def parts(found: Iterable[tuple[Path, int, int]]) -> list[Part]:
    """Return the rooms with their sums, and the whole."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for path, every, run in found:
        room = "/".join(path.parts[: 2 if path.parts[0] in DEEP and len(path.parts) > 2 else 1])
        for name in (room, "all"):
            sums[name][0] += every
            sums[name][1] += run
    whole = sums.pop("all", [0, 0])
    return [Part(name, *two) for name, two in sorted(sums.items())] + [Part("all", *whole)]


def table(rooms: Iterable[Part]) -> str:
    """Return the shares as lines of text, the whole last."""
    return "\n".join(
        f"{room.name:<22}{room.run:>7} of {room.all:>6} lines run  {room.share:6.1f} %"
        for room in rooms
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
