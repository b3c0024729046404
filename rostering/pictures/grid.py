"""The roster as a grid: a row a person, a column a day."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from rostering.check import check
from rostering.fairness import minutes, nights
from rostering.heads.demand import heads
from rostering.parts import Cover
from rostering.pictures.calendar import head, is_shaded
from rostering.pictures.picture import Picture
from rostering.pictures.style import (
    ALARM,
    FAINT,
    INK,
    LINE,
    PAPER,
    SHADE,
    Look,
    looks,
    shift_words,
)
from rostering.problem import Problem
from rostering.roster import Roster

CELL_WIDE, CELL_HIGH = 0.30, 0.26
"""Inches."""

NAME_WIDE, SUM_WIDE = 4.2, 4.4
"""Columns of the grid that names take on the left, and sums on the right."""

HEAD_HIGH, LEGEND_HIGH, LEGEND_ACROSS = 4.2, 1.3, 4
"""Rows of the grid that the head takes, and a line of the legend; entries in a line."""

OFF, REST = "休息 off", "周末、节假日 weekend, holiday"
LEAVE, BELOW = "休假 leave", "低于期望人数 below wanted"
BROKEN = "违反规则 rule broken"

SMALL, PLAIN, LARGE = 6.5, 8.0, 12.0
HOUR = 60


def grid(problem: Problem, roster: Roster, *, title: str = "") -> Picture:
    """Draw a roster: shifts by letter and colour, weekends, leave, and broken rules outlined.

    Below the grid stand heads of needed cover, and on the right hours and nights of each person.

    Raises
    ------
    ValueError
        If the roster is not one of the problem.
    """
    title = title or problem.name or "排班表 Roster"
    covers = _cover_rows(problem)
    rows = len(problem.staff) + len(covers)
    lines = -(-(len(problem.shift_types) + 5) // LEGEND_ACROSS)
    foot = 1 + lines * LEGEND_HIGH
    wide, high = NAME_WIDE + problem.days + SUM_WIDE, HEAD_HIGH + rows + foot
    figure = Figure(figsize=(wide * CELL_WIDE, high * CELL_HIGH), facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-NAME_WIDE - 0.5, problem.days + SUM_WIDE - 0.5), ylim=(rows + foot, -HEAD_HIGH))
    axes.axis("off")
    axes.text(-NAME_WIDE, -HEAD_HIGH + 0.7, title, size=LARGE, weight="bold", va="center")
    head(axes, problem, -1.95, SMALL)
    _people(axes, problem, roster)
    _covers(axes, problem, roster, covers)
    _violations(axes, problem, roster)
    _legend(axes, problem, rows + 1)
    return Picture(figure, title)


def _people(axes: Axes, problem: Problem, roster: Roster) -> None:
    drawn, away = looks(problem), {(item.staff, item.day) for item in problem.unavailable}
    _sums(axes, problem, -0.4, "工时 h", "夜班 nights", SMALL)
    for row, person in enumerate(problem.staff):
        name = person.name or person.id
        axes.text(-0.9, row + 0.5, name, size=PLAIN, ha="right", va="center")
        for day, shift in enumerate(roster.by_staff[person.id]):
            look, is_away = drawn.get(shift or ""), (person.id, day) in away
            _cell(axes, day, row, look, away=is_away, rest=is_shaded(problem, day))
        hours = f"{minutes(problem, roster, person) / HOUR:.1f}".removesuffix(".0")
        _sums(axes, problem, row + 0.5, hours, str(nights(problem, roster, person)), PLAIN)


def _sums(axes: Axes, problem: Problem, y: float, hours: str, by_night: str, size: float) -> None:
    """Write the two columns right of the grid."""
    for x, words in ((problem.days + 0.7, hours), (problem.days + 2.7, by_night)):
        axes.text(x, y, words, size=size, ha="center", va="center")


def _cell(axes: Axes, x: float, y: float, look: Look | None, *, away: bool, rest: bool) -> None:
    """Draw a cell round ``x`` and below ``y``."""
    fill = look.fill if look else SHADE if rest else PAPER
    frame: dict[str, Any] = {"edgecolor": LINE, "linewidth": 0.5}
    axes.add_patch(Rectangle((x - 0.5, y), 1, 1, facecolor=fill, **frame))
    if away:
        axes.add_patch(Rectangle((x - 0.5, y), 1, 1, fill=False, hatch="////", **frame))
    if look:
        axes.text(x, y + 0.52, look.letters, size=PLAIN, color=look.ink, ha="center", va="center")


def _cover_rows(problem: Problem) -> list[str]:
    """Return the shift types whose cover is asked for, each a line below the grid."""
    asked = {item.shift for item in problem.cover if _is_plain(item)}
    return [shift.id for shift in problem.shift_types if shift.id in asked]


def _is_plain(item: Cover) -> bool:
    return item.shift is not None and not (item.skill or item.sex or item.experienced)


def _covers(axes: Axes, problem: Problem, roster: Roster, covers: list[str]) -> None:
    first = len(problem.staff)
    if covers:
        axes.plot([-NAME_WIDE, problem.days - 0.5], [first, first], color=INK, linewidth=1.2)
        axes.text(problem.days, first + 0.5, "在岗/期望 heads/wanted", size=SMALL, va="center")
    for row, shift in enumerate(covers, start=first):
        name = problem.shift_by_id[shift].name or shift
        axes.text(-0.9, row + 0.5, name, size=PLAIN - 1, ha="right", va="center", color=FAINT)
    for item in problem.cover:
        if _is_plain(item) and item.shift in covers:
            _heads(axes, item, heads(problem, roster, item), first + covers.index(item.shift))


def _heads(axes: Axes, item: Cover, number: int, row: int) -> None:
    words = f"{number}/{item.wanted}"
    axes.text(item.day, row + 0.52, words, size=5.5, ha="center", va="center")
    if number < item.minimum:
        _outline(axes, item.day, row)
    elif number < item.wanted:
        _frame(axes, item.day, row)


def _frame(axes: Axes, x: float, y: float) -> None:
    box = Rectangle((x - 0.42, y + 0.1), 0.84, 0.8)
    box.set(fill=False, edgecolor=INK, linewidth=0.6)
    axes.add_patch(box)


def _violations(axes: Axes, problem: Problem, roster: Roster) -> None:
    """Outline broken cells; mark rows and days, where a rule is about all of them, with a ``!``."""
    rows = {person.id: row for row, person in enumerate(problem.staff)}
    for item in check(problem, roster):
        if item.staff is not None and item.day is not None:
            _outline(axes, item.day, rows[item.staff])
        elif item.staff is not None:
            axes.text(-0.7, rows[item.staff] + 0.5, "!", size=LARGE, **_LOUD)
        elif item.day is not None:
            axes.text(item.day, -0.25, "!", size=PLAIN, **_LOUD)


_LOUD: dict[str, Any] = {"color": ALARM, "weight": "bold", "va": "center", "ha": "center"}


def _outline(axes: Axes, x: float, y: float) -> None:
    box = Rectangle((x - 0.44, y + 0.06), 0.88, 0.88)
    box.set(fill=False, edgecolor=ALARM, linewidth=1.8)
    axes.add_patch(box)
    axes.text(x + 0.32, y + 0.27, "!", size=5.5, **_LOUD)


def _legend(axes: Axes, problem: Problem, top: float) -> None:
    drawn = looks(problem)
    entries: list[tuple[Look | None, str]] = [
        *((drawn[shift.id], shift_words(shift)) for shift in problem.shift_types),
        (None, OFF),
        (None, REST),
        (None, LEAVE),
        (None, BELOW),
        (None, BROKEN),
    ]
    across = (problem.days + NAME_WIDE + SUM_WIDE - 1) / LEGEND_ACROSS
    for number, (look, words) in enumerate(entries):
        line, column = divmod(number, LEGEND_ACROSS)
        x, y = -NAME_WIDE + 0.5 + column * across, top + line * LEGEND_HIGH
        _cell(axes, x, y, look, away=words == LEAVE, rest=words == REST)
        if words == BELOW:
            _frame(axes, x, y)
        if words == BROKEN:
            _outline(axes, x, y)
        axes.text(x + 0.8, y + 0.5, words, size=PLAIN - 1, va="center")
