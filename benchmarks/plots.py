"""Plots of runs: gap against time for each instance, and growth with the size of a home.

python -m benchmarks.plots gaps --out gaps.svg benchmarks/results/*.csv
python -m benchmarks.plots growth --out growth.svg benchmarks/results/growth.csv
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.harness.row import Row, gap_to, read_rows
from benchmarks.harness.run import FAILED, own_gap
from benchmarks.published import STRANDMARK, number_of
from benchmarks.table import middle

MISSING = "Plots need matplotlib: pip install -c constraints.txt -e '.[bench]'"
COLOURS = ("#1f5fa8", "#e07b1f", "#6b6b6b", "#3a9d5d", "#b0427a", "#8a6d1a")
FLOOR, CEILING = 0.0003, 2.0
"""Gaps shown: below 0.03 % counts as closed, and is drawn on the axis."""

SECONDS = (0.1, 1, 10, 60, 600, 3600)
COLUMNS = 4
Point = tuple[float, float]


def main(arguments: list[str] | None = None) -> int:
    """Draw the runs in the files named."""
    parser = argparse.ArgumentParser(prog="benchmarks.plots", description=__doc__)
    parser.add_argument("what", choices=["gaps", "growth"])
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE.csv")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.svg")
    options = parser.parse_args(arguments)
    rows = [row for path in options.files for row in read_rows(path)]
    (gaps if options.what == "gaps" else growth)(rows, options.out)
    return 0


def gaps(rows: Sequence[Row], path: Path) -> None:
    """Draw the gap against time, one panel for each instance.

    Public instances show the gap to the best known cost, and dotted how far the bound is below it;
    homes show the proven gap.
    """
    ends = [row for row in rows if row.is_end and row.status != FAILED]
    names = list(dict.fromkeys(row.instance for row in ends))
    colours = _colours(ends)
    figure, panels = _panels(max(1, len(names)))
    latest = max((row.limit for row in ends), default=1.0)
    for name, axes in zip(names, panels, strict=False):
        mine = [row for row in ends if row.instance == name]
        for row in mine:
            _lines(axes, row, colours[row.engine])
        _published(axes, name, mine[0].best_known, latest)
        axes.set(title=name.replace("Instance", "Instance "), xlim=(0.1, latest * 1.3))
        shown = [second for second in SECONDS if second <= latest]
        axes.set_xticks(shown, [f"{second:g}" for second in shown])
        axes.tick_params(which="minor", labelbottom=False)
    figure.supxlabel("seconds", fontsize=10)
    figure.supylabel("gap (0 at the bottom)", fontsize=10)
    _legend(figure, panels[: len(names)], colours)
    _save(figure, path)


def growth(rows: Sequence[Row], path: Path) -> None:
    """Draw time to the first roster, time to a gap of 5 %, and memory, against the staff."""
    ends = [row for row in rows if row.is_end]
    colours = _colours(ends)
    figure, axes = _pyplot().subplots(1, 3, figsize=(10, 3.4), layout="constrained")
    limit = max((row.limit for row in ends), default=1.0)
    figures: tuple[tuple[str, str, Callable[[Row], float | None]], ...] = (
        ("first roster", "seconds", lambda row: row.first_roster),
        ("proven gap of 5 %", "seconds", lambda row: row.five_percent),
        ("peak memory", "MB", lambda row: row.peak_mb),
    )
    for panel, (title, unit, figure_of) in zip(axes, figures, strict=True):
        for engine, colour in colours.items():
            mine = [row for row in ends if row.engine == engine]
            _grown(panel, mine, figure_of, colour, engine, limit if unit == "seconds" else None)
        panel.set(title=title, xlabel="staff (4 weeks)", ylabel=unit, xscale="log", yscale="log")
        panel.yaxis.set_major_formatter("{x:g}")
        _staff_ticks(panel, sorted({row.staff for row in ends if row.staff}))
    axes[0].legend(fontsize=8)
    _save(figure, path)


def _grown(
    axes: Any,
    rows: list[Row],
    figure_of: Callable[[Row], float | None],
    colour: str,
    label: str,
    limit: float | None,
) -> None:
    """Draw every run as a point, hollow at the limit if it never got there, and the medians."""
    staff = sorted({row.staff for row in rows if row.staff})
    values = {n: [figure_of(row) for row in rows if row.staff == n] for n in staff}
    found = [(n, v) for n in staff for v in values[n] if v is not None]
    axes.plot(*_split(found), "o", color=colour, markersize=3, alpha=0.6)
    middles = [(n, v) for n in staff if (v := middle(values[n])) is not None]
    axes.plot(*_split(middles), "-", color=colour, label=label)
    if limit is not None:
        never = [(n, limit) for n in staff if None in values[n]]
        hollow = {"color": colour, "markerfacecolor": "none", "markersize": 6}
        axes.plot(*_split(never), "o", label="not within the limit" if never else None, **hollow)


def _lines(axes: Any, row: Row, colour: str) -> None:
    cost, bound = _cost_gaps(row), _bound_gaps(row)
    if cost:
        axes.step(*_split(_prolonged(cost, row.limit)), where="post", color=colour, linewidth=1.6)
    if bound:
        style = {"color": colour, "linewidth": 1.0, "linestyle": ":"}
        axes.step(*_split(_prolonged(bound, row.limit)), where="post", **style)


def _cost_gaps(row: Row) -> list[Point]:
    """Return seconds and gaps: to the best known cost, or to the run's own bound."""
    points = []
    for item in row.moments():
        gap = gap_to(item.cost, row.best_known)
        gap = own_gap(item.cost, item.bound) if row.best_known is None else gap
        if gap is not None:
            points.append((item.seconds, gap))
    return points


def _bound_gaps(row: Row) -> list[Point]:
    best = row.best_known
    if best is None:
        return []
    known = [(item.seconds, item.bound) for item in row.moments() if item.bound is not None]
    return [(seconds, (best - bound) / max(1, best)) for seconds, bound in known]


def _prolonged(points: list[Point], limit: float) -> list[Point]:
    """Return points within what is drawn, the last one held until the limit."""
    shown = [(max(seconds, 0.1), min(max(gap, FLOOR), CEILING)) for seconds, gap in points]
    return [*shown, (max(limit, shown[-1][0]), shown[-1][1])]


def _published(axes: Any, name: str, best: int | None, latest: float) -> None:
    """Mark what the strongest published program reached, if the time shown goes as far."""
    number = number_of(name)
    if best is not None and number is not None and number in STRANDMARK:
        gap = max(FLOOR, gap_to(STRANDMARK[number], best) or 0.0)
        at = 300 if number == 20 else 60
        if at > latest:
            return
        axes.plot([at], [gap], "x", color="black", markersize=6, clip_on=False, zorder=5)


def _panels(count: int) -> tuple[Any, list[Any]]:
    columns = min(COLUMNS, count)
    lines = -(-count // columns)
    size = (2.7 * columns + 0.6, 1.9 * lines + 0.9)
    figure, grid = _pyplot().subplots(
        lines, columns, figsize=size, sharex=True, sharey=True, squeeze=False, layout="constrained"
    )
    panels = list(grid.flat)
    for axes in panels:
        axes.set(xscale="log", yscale="log", ylim=(FLOOR, CEILING))
        axes.set_yticks([FLOOR, 0.001, 0.01, 0.1, 1.0], ["0", "0.1 %", "1 %", "10 %", "100 %"])
        axes.tick_params(labelsize=7)
        axes.title.set_fontsize(9)
        axes.grid(which="major", color="#dddddd", linewidth=0.6)
    for axes in panels[count:]:
        axes.set_visible(False)
    return figure, panels


def _legend(figure: Any, panels: Iterable[Any], colours: dict[str, str]) -> None:
    from matplotlib.lines import Line2D

    entries = [Line2D([], [], color=colour, label=name) for name, colour in colours.items()]
    drawn = [line for axes in panels for line in axes.get_lines()]
    if any(line.get_linestyle() == ":" for line in drawn):
        dotted = "bound below the best known"
        entries.append(Line2D([], [], color="#444444", linestyle=":", label=dotted))
    if any(line.get_marker() == "x" for line in drawn):
        cross = Line2D([], [], color="black", marker="x", linestyle="")
        cross.set_label("strongest published program")
        entries.append(cross)
    figure.legend(handles=entries, loc="outside upper center", ncols=5, fontsize=8, frameon=False)


def _staff_ticks(axes: Any, staff: list[int]) -> None:
    axes.set_xticks(staff, [str(number) for number in staff])
    axes.minorticks_off()
    axes.grid(which="major", color="#dddddd", linewidth=0.6)


def _colours(rows: Iterable[Row]) -> dict[str, str]:
    engines = list(dict.fromkeys(row.engine for row in rows))
    return {engine: COLOURS[place % len(COLOURS)] for place, engine in enumerate(engines)}


def _split(points: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


def _save(figure: Any, path: Path) -> None:
    # Nothing of the moment is written into the file: the same rows give the same drawing.
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None, dpi=110)
    _pyplot().close(figure)


def _pyplot() -> Any:
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise SystemExit(MISSING) from error
    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "benchmarks"
    mpl.rcParams["svg.fonttype"] = "none"  # text stays text: smaller, and it can be searched
    from matplotlib import pyplot as plt

    return plt


if __name__ == "__main__":
    sys.exit(main())
