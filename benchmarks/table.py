"""Rows as lines of text, for whoever watches a run."""

from __future__ import annotations

import math
from collections.abc import Iterable

from benchmarks.harness.row import Row

COLUMNS = (
    ("instance", 12),
    ("engine", 10),
    ("seed", 4),
    ("at s", 6),
    ("cost", 7),
    ("bound", 7),
    ("best", 7),
    ("gap", 8),
    ("own gap", 8),
    ("first", 7),
    ("time", 7),
    ("use", 5),
    ("MB", 6),
)
"""Headings and widths."""

LEGEND = (
    "best: best known, or cost of the roster planted in a home; first: seconds to the first roster;"
    "\nuse: seconds of first use (imports, compilation), not part of the time; MB: peak memory"
)
"""What the headings do not say."""


def heading() -> str:
    """Return the line of headings."""
    return "  ".join(_padded(name, place) for place, (name, _) in enumerate(COLUMNS)) + "  status"


def line(row: Row) -> str:
    """Return the line of a row."""
    best = row.best_known if row.best_known is not None else row.planted
    cells = (
        row.instance,
        row.engine,
        str(row.seed),
        f"{row.at:g}",
        *(_whole(value) for value in (row.cost, row.bound, best)),
        *(percent(value) for value in (row.gap, row.own_gap)),
        *(decimal(value) for value in (row.first_roster, row.seconds, row.first_use)),
        "-" if row.peak_mb is None else f"{row.peak_mb:.0f}",
    )
    text = "  ".join(_padded(cell, place) for place, cell in enumerate(cells))
    return f"{text}  {row.status} {row.error}".rstrip()


def percent(value: float | None, digits: int = 2) -> str:
    """Return a fraction in per cent; a dash for none."""
    return "-" if value is None else f"{100 * value:.{digits}f} %"


def decimal(value: float | None) -> str:
    """Return seconds with one decimal, two below ten; a dash for none."""
    return "-" if value is None else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def middle(values: Iterable[float | None]) -> float | None:
    """Return the median, the greater of two; None counts as endless, and is returned if middle."""
    known = sorted(values, key=lambda value: math.inf if value is None else value)
    return known[len(known) // 2] if known else None


def _whole(value: int | None) -> str:
    return "-" if value is None else str(value)


def _padded(text: str, place: int) -> str:
    width = COLUMNS[place][1]
    return text.ljust(width) if place < 2 else text.rjust(width)
