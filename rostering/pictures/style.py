"""Colours and letters of shift types: told apart in grey, and never by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from rostering.days import DAY_MINUTES, clock
from rostering.parts import ShiftType
from rostering.problem import Problem

INK = "#1a1a1a"
PAPER = "#ffffff"
FAINT = "#6b6b6b"
LINE = "#b9b9b9"
SHADE = "#eeeeee"
ALARM = "#b00020"

DAYS = ("#fdf3c8", "#c9e4c5", "#a9cdea", "#f3b27a", "#c7a3d6", "#7fb68d", "#d98c8c", "#8fa9c9")
"""Light to dark, so that a grey print keeps the order; dark text on all of them."""

NIGHTS = ("#27365e", "#55285c", "#1d4a46")
"""Nights are dark, with white text."""


@dataclass(frozen=True)
class Look:
    """How a shift type is drawn: letters on a colour."""

    letters: str
    fill: str
    ink: str


def looks(problem: Problem) -> dict[str, Look]:
    """Return how to draw each shift type."""
    by_day = [shift.id for shift in problem.shift_types if not shift.is_night]
    by_night = [shift.id for shift in problem.shift_types if shift.is_night]
    fills = {shift: DAYS[n % len(DAYS)] for n, shift in enumerate(by_day)}
    fills |= {shift: NIGHTS[n % len(NIGHTS)] for n, shift in enumerate(by_night)}
    dark = set(by_night)
    written = letters(problem)
    return {s: Look(written[s], fills[s], PAPER if s in dark else INK) for s in fills}


def letters(problem: Problem) -> dict[str, str]:
    """Return one or two letters for each shift type, no two alike where that can be."""
    found: dict[str, str] = {}
    for shift in problem.shift_types:
        choices = (shift.id[:1], shift.name[:1], shift.id[:2], shift.name[:2], shift.id)
        taken = set(found.values())
        found[shift.id] = next((c for c in choices if c and c not in taken), shift.id)
    return found


def shift_words(shift: ShiftType) -> str:
    """Return the name of a shift type with its hours by the clock."""
    name = shift.name or shift.id
    if shift.start is None:
        return name
    end = (shift.start + shift.minutes) % DAY_MINUTES
    return f"{name} {clock(shift.start)}–{clock(end)}"
