"""The load of each person: hours against their limits, nights, weekends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from rostering.fairness import FairnessReport, fairness, minutes, nights, weekends
from rostering.parts import FairOver
from rostering.pictures.picture import Picture
from rostering.pictures.style import ALARM, INK, LINE, PAPER
from rostering.problem import Problem
from rostering.roster import Roster

BAR, OVER = "#9fb8cf", "#f6d5d5"
ROW_HIGH, WIDE = 0.24, 9.5
"""Inches."""

HOUR = 60
SMALL, PLAIN, LARGE = 6.5, 8.0, 12.0

FAIR: dict[str, Any] = {"marker": "D", "markersize": 3.6, "color": PAPER, "markeredgecolor": INK}
"""The mark of a fair share."""


@dataclass(frozen=True)
class Bar:
    """One bar: an amount, its limits, and the fair share; None where there is none."""

    amount: float
    least: float | None = None
    most: float | None = None
    fair: float | None = None

    @property
    def is_outside(self) -> bool:
        """Return whether the amount lies outside its limits."""
        too_few = self.least is not None and self.amount < self.least
        return too_few or (self.most is not None and self.amount > self.most)


def load(problem: Problem, roster: Roster, *, title: str = "") -> Picture:
    """Draw each person's hours against their limits, and nights and weekends with fair shares."""
    title = title or f"{problem.name} 工作量 Load".strip()
    high = ROW_HIGH * max(1, len(problem.staff)) + 1.5
    figure = Figure(figsize=(WIDE, high), facecolor=PAPER)
    figure.text(0.02, 1 - 0.2 / high, title, size=LARGE, weight="bold", va="top")
    made = figure.subplots(1, 3, gridspec_kw={"width_ratios": (3, 1.4, 1.4), "wspace": 0.12})
    figure.subplots_adjust(0.12, 0.55 / high, 0.985, 1 - 0.85 / high)
    names = [person.name or person.id for person in problem.staff]
    report = fairness(problem, roster)
    panels = (
        ("工时（小时） Hours", _hours(problem, roster)),
        ("夜班 Nights", _nights(problem, roster, report)),
        ("周末 Weekends", _weekends(problem, roster, report)),
    )
    for axes, (words, bars) in zip(made, panels, strict=True):
        _panel(axes, words, bars, names)
        names = [""] * len(names)
    _legend(figure)
    return Picture(figure, title)


def _hours(problem: Problem, roster: Roster) -> list[Bar]:
    return [
        Bar(
            minutes(problem, roster, person) / HOUR,
            person.min_minutes / HOUR or None,
            None if person.max_minutes is None else person.max_minutes / HOUR,
        )
        for person in problem.staff
    ]


def _nights(problem: Problem, roster: Roster, report: FairnessReport) -> list[Bar]:
    fair = _fair(report, FairOver.NIGHTS)
    return [Bar(nights(problem, roster, p), fair=fair.get(p.id)) for p in problem.staff]


def _weekends(problem: Problem, roster: Roster, report: FairnessReport) -> list[Bar]:
    fair = _fair(report, FairOver.WEEKENDS)
    return [
        Bar(weekends(problem, roster, p), most=p.max_weekends, fair=fair.get(p.id))
        for p in problem.staff
    ]


def _fair(report: FairnessReport, over: FairOver) -> dict[str, float]:
    """Return what would be fair in this period, after what everybody had before."""
    return {
        share.staff: max(0.0, share.fair - share.past) for share in report.balances[over].shares
    }


def _panel(axes: Axes, words: str, bars: Sequence[Bar], names: Sequence[str]) -> None:
    for row, bar in enumerate(bars):
        _bar(axes, row, bar)
    reach = max((max(bar.amount, bar.most or 0, bar.fair or 0) for bar in bars), default=1)
    axes.set(xlim=(0, max(1, reach) * 1.14), ylim=(len(bars) - 0.4, -0.6))
    axes.set_title(words, size=PLAIN, loc="left")
    axes.set_yticks(range(len(names)), list(names), size=PLAIN)
    axes.tick_params(axis="x", labelsize=SMALL, length=0)
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.spines["left"].set_color(LINE)
    axes.grid(axis="x", color=LINE, linewidth=0.4)
    axes.set_axisbelow(True)


def _bar(axes: Axes, row: int, bar: Bar) -> None:
    fill, hatch = (OVER, "///") if bar.is_outside else (BAR, None)
    axes.barh(row, bar.amount, 0.68, color=fill, hatch=hatch, edgecolor=INK, linewidth=0.5)
    for limit in (bar.least, bar.most):
        if limit is not None:
            axes.plot([limit, limit], [row - 0.45, row + 0.45], color=INK, linewidth=2.0)
    if bar.fair is not None:
        axes.plot(bar.fair, row, **FAIR)
    look: dict[str, Any] = {"weight": "bold", "color": ALARM} if bar.is_outside else {"color": INK}
    words = f"{bar.amount:.1f}".removesuffix(".0") + ("!" if bar.is_outside else "")
    behind = {"facecolor": fill, "edgecolor": "none", "pad": 0.6} if hatch else None
    axes.annotate(
        words,
        (0, row),
        (3, 0),
        textcoords="offset points",
        va="center",
        size=SMALL,
        bbox=behind,
        **look,
    )


def _legend(figure: Figure) -> None:
    frame: dict[str, Any] = {"edgecolor": INK, "linewidth": 0.5}
    entries = [
        Patch(facecolor=BAR, label="本周期 this period", **frame),
        Patch(facecolor=OVER, hatch="///", label="! 超出限度 outside", **frame),
        Line2D([], [], color=INK, linewidth=2.0, label="下限、上限 least, most"),
        Line2D([], [], linestyle="", label="公平份额 fair share", **FAIR),
    ]
    figure.legend(handles=entries, loc="lower left", ncols=4, frameon=False, fontsize=SMALL)
