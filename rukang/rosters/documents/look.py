"""How a roster looks on every kind of paper: colours with a text beside each, words for states."""

from __future__ import annotations

from rukang.base.calendar import DayKind
from rukang.rosters.records import RosterState
from rukang.rosters.table import RosterTable

COLOURS = ("#FFF2CC", "#D9EAD3", "#CFE2F3", "#D9D2E9", "#FCE5CD", "#D0E0E3", "#F4CCCC", "#E6E6B8")
"""Fills on which black type keeps a contrast above 7 : 1; every cell also bears its code."""

DAY_FILLS = {DayKind.WEEKEND: "#E8ECF0", DayKind.HOLIDAY: "#F3D6D6"}
DAY_MARKS = {
    DayKind.WORKDAY: "",
    DayKind.WEEKEND: "休",
    DayKind.HOLIDAY: "假",
    DayKind.MAKE_UP: "班",
}
MARKS_EXPLAINED = "休 周末 weekend；假 节假日 holiday；班 调休上班 make-up workday；空格 不排班 off"

SHORT_FILL = "#F8B4B4"


def fills(table: RosterTable) -> dict[str, str]:
    """Return the colour of each shift type; beyond eight types the colours begin again."""
    return {shift.code: COLOURS[at % len(COLOURS)] for at, shift in enumerate(table.legend)}


def heads(assigned: int, wanted: int) -> str:
    """Return heads assigned and wanted, with the missing ones in words: ``2/3 缺1``."""
    missing = wanted - assigned
    return f"{assigned}/{wanted}" + (f" 缺{missing}" if missing > 0 else "")


def state(table: RosterTable) -> str:
    """Return the state of a roster in words."""
    words = RosterState(table.state).words
    return f"{words.zh} {words.en}"
