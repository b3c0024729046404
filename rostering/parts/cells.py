"""How cells and times of day are written in files: lists of shifts, and 07:00.

In Python a cell is the id of a shift type or None, and a time of day is minutes. In JSON a cell is
a list of shift types, empty for a day off, so that files stay as they are when a day holds two
shifts; and a time of day is text. Both ways are read.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

HOUR = 60
CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])")


def one_shift(value: object) -> object:
    """Return the shift type of a cell that may be written as a list.

    Raises
    ------
    ValueError
        If the list holds more than one.
    """
    if not isinstance(value, list | tuple):
        return value
    if len(value) > 1:
        said = "、".join(map(str, value))
        zh = f"一格现在只能有 1 个班次，给出了 {len(value)} 个：{said}；请只留一个"
        raise ValueError(f"{zh} / a cell holds one shift today, not {len(value)}: keep one")
    return value[0] if value else None


def as_list(value: str | None) -> list[str]:
    """Return a cell as the list of its shift types."""
    return [] if value is None else [value]


def minutes_of(value: object) -> object:
    """Return the minutes after midnight of a text such as 07:30, or 25:00 for the next day.

    Raises
    ------
    ValueError
        If the text is no time of day.
    """
    if not isinstance(value, str):
        return value
    found = CLOCK.fullmatch(value.strip())
    if found is None:
        zh = f"“{value}”不是时间；请写成 07:30，次日 1 点写成 25:00"
        raise ValueError(
            f"{zh} / {value!r} is no time of day: write 07:30, or 25:00 for 1:00 after"
        )
    return int(found[1]) * HOUR + int(found[2])


def clock_of(minutes: int | None) -> str | None:
    """Return minutes after midnight as 07:30; those of the next day go on from 24:00."""
    return None if minutes is None else f"{minutes // HOUR:02}:{minutes % HOUR:02}"


Cell = Annotated[
    str | None,
    BeforeValidator(one_shift),
    PlainSerializer(as_list, when_used="json"),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "string"},
            "maxItems": 1,
            "description": "Shift types of the cell, one today; empty for a day off.",
        }
    ),
]
"""A shift type or a day off; a list in JSON."""

TIME_SCHEMA = {
    "anyOf": [
        {"type": "string", "pattern": r"^[0-9]{1,2}:[0-5][0-9]$"},
        {"type": "integer", "minimum": 0},
    ],
    "description": "Time of day, 07:30; from 24:00 on of the next day. Or minutes after midnight.",
}
