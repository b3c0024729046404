"""The days of a problem along the top or the foot of a picture.

Every line is a text of its own: an SVG is set in a font whose widths are not known here.
"""

from __future__ import annotations

from matplotlib.axes import Axes

from rostering.days import WEEKDAYS
from rostering.pictures.style import FAINT, SHADE
from rostering.problem import PayClass, Problem


def day_words(problem: Problem, day: int) -> list[str]:
    """Return the day of the month, the weekday, and 假 for a holiday or 班 for a make-up day."""
    date = problem.date(day)
    mark = "假" if day in problem.holidays else "班" if day in problem.make_up_days else ""
    return [str(date.day), WEEKDAYS[date.weekday()], mark]


def month_words(problem: Problem, day: int) -> str:
    """Return the month, on the first day of the period and of each month."""
    date = problem.date(day)
    return f"{date.month}月 {date:%b}" if day == 0 or date.day == 1 else ""


def is_shaded(problem: Problem, day: int) -> bool:
    """Return whether a day is a weekend or a holiday."""
    return problem.pay_class(day) is not PayClass.WORKDAY


def shade(axes: Axes, problem: Problem) -> None:
    """Shade weekends and holidays; a day is one unit wide round its number."""
    for day in range(problem.days):
        if is_shaded(problem, day):
            axes.axvspan(day - 0.5, day + 0.5, color=SHADE, zorder=0, linewidth=0)


def head(axes: Axes, problem: Problem, y: float, size: float) -> None:
    """Write the days at a height, the months above them."""
    for day in range(problem.days):
        for line, word in enumerate(day_words(problem, day)):
            axes.text(day, y + 0.5 * line, word, ha="center", va="center", size=size)
        month = month_words(problem, day)
        axes.text(day - 0.4, y - 0.7, month, va="center", size=size, color=FAINT)


def ticks(axes: Axes, problem: Problem, size: float) -> None:
    """Write the days below an axis."""
    axes.set(xticks=[], xlim=(-0.5, problem.days - 0.5))
    below = axes.get_xaxis_transform()
    for day in range(problem.days):
        for line, word in enumerate(day_words(problem, day), start=1):
            shift = (0, -1.45 * size * line)
            axes.annotate(
                word, (day, 0), shift, below, textcoords="offset points", ha="center", size=size
            )
