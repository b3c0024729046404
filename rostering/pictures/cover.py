"""Cover against demand: heads of every shift by day, and of every span by time of day."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from rostering.heads.demand import clock_span, cover_name, heads
from rostering.parts import Cover
from rostering.pictures.calendar import month_words, shade, ticks
from rostering.pictures.picture import Picture
from rostering.pictures.style import ALARM, FAINT, INK, LINE, PAPER
from rostering.problem import Problem
from rostering.roster import Roster

BAR = "#9fb8cf"
SHORT = "#f6d5d5"
DAY_WIDE, PANEL_HIGH, SPAN_HIGH = 0.30, 0.95, 0.24
"""Inches: of a day, of the panel of a shift, and of the line of a span."""

MARGINS = (1.9, 0.3)
"""Inches left and right."""

SMALL, PLAIN, LARGE = 6.5, 8.0, 12.0


def cover(problem: Problem, roster: Roster, *, title: str = "") -> Picture:
    """Draw heads against what is wanted and what is needed at least.

    A panel for each shift with cover, and for each kind of people counted apart; below them, where
    cover is asked for by time of day, a chart of days and times.
    """
    title = title or f"{problem.name} 在岗人数 Cover".strip()
    panels, spans = _panels(problem), _spans(problem)
    heights = [PANEL_HIGH] * len(panels) + ([SPAN_HIGH * len(spans) + 0.4] if spans else [])
    left, right = MARGINS
    wide, high = left + problem.days * DAY_WIDE + right, sum(heights) * 1.25 + 1.5
    figure = Figure(figsize=(max(wide, 6.5), high), facecolor=PAPER)
    figure.text(0.15 / wide, 1 - 0.2 / high, title, size=LARGE, weight="bold", va="top")
    below = 0.75 / high
    if heights:
        made = figure.subplots(
            len(heights), 1, squeeze=False, gridspec_kw={"height_ratios": heights, "hspace": 0.35}
        )
        figure.subplots_adjust(left / wide, below, 1 - right / wide, 1 - 0.75 / high)
        for axes, (name, items) in zip(made[:, 0], panels.items(), strict=False):
            _panel(axes, problem, roster, name, items)
        if spans:
            _span_chart(made[-1, 0], problem, roster, spans)
        _months(made[0, 0], problem)
        ticks(made[-1, 0], problem, SMALL)
    _legend(figure)
    return Picture(figure, title)


def _panels(problem: Problem) -> dict[str, list[Cover]]:
    """Return the cover of shifts by what it is called."""
    found: dict[str, list[Cover]] = defaultdict(list)
    for item in problem.cover:
        if item.shift is not None:
            found[cover_name(problem, item).zh].append(item)
    return found


def _spans(problem: Problem) -> dict[str, list[Cover]]:
    """Return the cover of spans by what it is called, early in the day first."""
    found: dict[str, list[Cover]] = defaultdict(list)
    for item in sorted((i for i in problem.cover if i.span), key=clock_span):
        found[cover_name(problem, item).zh].append(item)
    return found


def _panel(axes: Axes, problem: Problem, roster: Roster, name: str, items: list[Cover]) -> None:
    """Draw heads as bars, what is wanted as a line over each, the least as a thick one."""
    shade(axes, problem)
    counted = [heads(problem, roster, item) for item in items]
    for item, number in zip(items, counted, strict=True):
        _bar(axes, item, number)
    top = max([*counted, *(item.wanted for item in items), 1])
    axes.set(ylim=(0, top * 1.55), xlim=(-0.5, problem.days - 0.5), xticks=[], yticks=[0, top])
    axes.tick_params(labelsize=SMALL, length=0)
    axes.set_ylabel(name, rotation=0, ha="right", va="center", size=PLAIN, labelpad=14)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(LINE)


def _bar(axes: Axes, item: Cover, number: int) -> None:
    is_short, is_below = number < item.minimum, number < item.wanted
    look: dict[str, Any] = {"color": SHORT if is_short else BAR, "edgecolor": INK, "linewidth": 0.5}
    axes.bar(item.day, number, 0.7, hatch="///" if is_below else None, **look)
    _level(axes, item.day, item.wanted, 1.0)
    if item.minimum:
        _level(axes, item.day, item.minimum, 1.9)
    words = f"{number}!" if is_short else f"{number}"
    loud: dict[str, Any] = {"weight": "bold", "color": ALARM} if is_short else {"color": INK}
    above = (item.day, max(number, item.wanted))
    where: dict[str, Any] = {"textcoords": "offset points", "ha": "center", "va": "bottom"}
    axes.annotate(words, above, (0, 1.8), size=SMALL, **where, **loud)


def _level(axes: Axes, day: int, height: int, thick: float) -> None:
    axes.plot([day - 0.45, day + 0.45], [height, height], color=INK, linewidth=thick)


def _span_chart(
    axes: Axes, problem: Problem, roster: Roster, spans: dict[str, list[Cover]]
) -> None:
    """Draw a line for each span and a cell for each day: heads and heads wanted."""
    for row, items in enumerate(spans.values()):
        for item in items:
            _span_cell(axes, item, heads(problem, roster, item), row)
    axes.set(ylim=(len(spans), 0), xlim=(-0.5, problem.days - 0.5))
    axes.set_yticks([row + 0.5 for row in range(len(spans))], list(spans), size=SMALL)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _span_cell(axes: Axes, item: Cover, number: int, row: int) -> None:
    is_short, is_below = number < item.minimum, number < item.wanted
    fill = SHORT if is_short else PAPER if is_below else BAR
    box = Rectangle((item.day - 0.5, row), 1, 1)
    box.set(facecolor=fill, edgecolor=LINE, linewidth=0.5, hatch="///" if is_below else None)
    axes.add_patch(box)
    words = f"{number}/{item.wanted}" + ("!" if is_short else "")
    weight = "bold" if is_below else "normal"
    box_of_words = {"facecolor": fill, "edgecolor": "none", "pad": 0.5}
    axes.text(
        item.day,
        row + 0.5,
        words,
        size=5.5,
        weight=weight,
        ha="center",
        va="center",
        bbox=box_of_words if is_below else None,
    )


def _months(axes: Axes, problem: Problem) -> None:
    top = axes.get_ylim()[1]
    for day in range(problem.days):
        axes.text(day - 0.5, top, month_words(problem, day), size=SMALL, color=FAINT, va="bottom")


def _legend(figure: Figure) -> None:
    frame: dict[str, Any] = {"edgecolor": INK, "linewidth": 0.5}
    entries = [
        Patch(facecolor=BAR, label="在岗 heads", **frame),
        Patch(facecolor=BAR, hatch="///", label="低于期望 below wanted", **frame),
        Patch(facecolor=SHORT, hatch="///", label="! 低于最少 below least", **frame),
        *_lines(),
    ]
    figure.legend(
        handles=entries, loc="lower left", ncols=5, frameon=False, fontsize=SMALL, handlelength=1.6
    )


def _lines() -> list[Line2D]:
    return [
        Line2D([], [], color=INK, linewidth=1.0, label="期望 wanted"),
        Line2D([], [], color=INK, linewidth=1.9, label="最少 least"),
    ]
