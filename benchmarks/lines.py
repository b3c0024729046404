"""Count the product's lines of code: neither blank nor a comment, as `ruff format` leaves them.

``python -m benchmarks.lines`` counts every room, with names of rooms or files only those.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PRODUCT = ("api", "rukang", "rostering", "payroll")
COMMENTS = {".py": ("#",), ".yaml": ("#",), ".html": ("{#",), ".js": ("//", "/*", "*")}
"""Kinds of files that are counted, and how a line of theirs begins that is a comment."""
VENDORED = ("static/vendor", "static/htmx", "static/swagger", ".min.js")


def main(names: list[str]) -> None:
    """Print a line for each room, and the sum."""
    rooms = [ROOT / name for name in names] or sorted(_rooms())
    counts = {room: sum(map(lines, _files(room))) for room in rooms}
    for room, count in counts.items():
        print(f"{count:7,}  {room.relative_to(ROOT)}")
    print(f"{sum(counts.values()):7,}  in all")


def lines(file: Path) -> int:
    """Return the lines of a file that are neither blank nor a comment."""
    text = file.read_text(encoding="utf-8")
    return sum(
        bool(line.strip()) and not line.lstrip().startswith(COMMENTS[file.suffix])
        for line in text.splitlines()
    )


def _rooms() -> Iterator[Path]:
    for package in PRODUCT:
        yield from (of for of in (ROOT / package).iterdir() if of.is_dir() and of.name[0] != "_")
        yield from (ROOT / package).glob("*.py")


def _files(room: Path) -> Iterator[Path]:
    for file in [room] if room.is_file() else room.rglob("*"):
        if file.suffix in COMMENTS and not any(of in file.as_posix() for of in VENDORED):
            yield file


if __name__ == "__main__":
    main(sys.argv[1:])
