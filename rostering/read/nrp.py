"""Read a problem in the public text format of the Curtois and Qu instances.

References
----------
T. Curtois and R. Qu (2014). Computational results on new staff scheduling benchmark instances.
Technical report, ASAP group, University of Nottingham.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rostering.parts import Cover, Part, Request, ShiftType, Staff, Unavailable
from rostering.problem import Problem
from rostering.references import ProblemError

MONDAY = date(2024, 1, 1)
"""The format numbers days from a Monday without a date; this one is as good as any."""


@dataclass(frozen=True)
class Mistake:
    """What is wrong in a line of a text instance; ``line`` 0 means the file as a whole."""

    line: int
    zh: str
    en: str


class NrpError(ValueError):
    """A text instance was not read; ``mistakes`` lists everything found."""

    def __init__(self, path: Path, mistakes: list[Mistake]) -> None:
        self.path = path
        self.mistakes = tuple(mistakes)
        lines = (f"{path.name}:{item.line}：{item.zh} / {item.en}" for item in mistakes)
        super().__init__("\n".join(lines))


def read_nrp(path: Path | str) -> Problem:
    """Return the problem in a text instance; day 0 is a Monday.

    Raises
    ------
    NrpError
        With everything that is wrong in the file, by line.
    """
    path = Path(path)
    mistakes: list[Mistake] = []
    found: dict[str, list[Any]] = {section: [] for section in SECTIONS} | {"SECTION_HORIZON": []}
    for number, section, fields in _lines(path.read_text(encoding="utf-8"), mistakes):
        try:
            found[section] += _built(section, fields)
        except ValueError as error:
            mistakes.append(Mistake(number, *_why(error, section)))
    if len(found["SECTION_HORIZON"]) != 1:
        zh, en = "SECTION_HORIZON 应有一个天数", "SECTION_HORIZON must hold one number of days"
        mistakes.append(Mistake(0, zh, en))
    if mistakes:
        raise NrpError(path, mistakes)
    return _problem(path, found)


def _lines(text: str, mistakes: list[Mistake]) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Yield number, section and fields of every line with content."""
    section = ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("SECTION_"):
            section = line
            if section not in SECTIONS and section != "SECTION_HORIZON":
                mistakes.append(Mistake(number, f"不认识的段 {line}", f"unknown section {line}"))
        elif line and not line.startswith("#") and section in {*SECTIONS, "SECTION_HORIZON"}:
            yield number, section, tuple(part.strip() for part in line.split(","))


def _built(section: str, fields: tuple[str, ...]) -> list[Any]:
    if section == "SECTION_HORIZON":
        return [int(fields[0])]
    build, count = SECTIONS[section]
    if len(fields) < count:
        raise ValueError(f"{len(fields)} fields, {count} expected")
    return build(fields)


def _problem(path: Path, found: Mapping[str, list[Any]]) -> Problem:
    try:
        return Problem(
            name=path.stem,
            start=MONDAY,
            days=found["SECTION_HORIZON"][0],
            shift_types=tuple(found["SECTION_SHIFTS"]),
            staff=tuple(found["SECTION_STAFF"]),
            unavailable=tuple(found["SECTION_DAYS_OFF"]),
            requests=tuple(
                found["SECTION_SHIFT_ON_REQUESTS"] + found["SECTION_SHIFT_OFF_REQUESTS"]
            ),
            cover=tuple(found["SECTION_COVER"]),
        )
    except ProblemError as error:
        faults = [Mistake(0, f"{f.where}：{f.zh}", f"{f.where}: {f.en}") for f in error.faults]
        raise NrpError(path, faults) from error


def _shift_type(fields: tuple[str, ...]) -> list[Part]:
    name, minutes, forbidden = fields[:3]
    after = tuple(part for part in forbidden.split("|") if part)
    length = int(minutes)
    return [ShiftType(id=name, minutes=length, paid_minutes=length, forbidden_next=after)]


def _staff(fields: tuple[str, ...]) -> list[Part]:
    limits = (part.partition("=") for part in fields[1].split("|") if part)
    numbers = [int(part) for part in fields[2:8]]
    return [
        Staff(
            id=fields[0],
            shift_limits={shift: int(limit) for shift, _, limit in limits},
            max_minutes=numbers[0],
            min_minutes=numbers[1],
            max_consecutive_days=numbers[2],
            min_consecutive_days=numbers[3],
            min_consecutive_days_off=numbers[4],
            max_weekends=numbers[5],
        )
    ]


def _days_off(fields: tuple[str, ...]) -> list[Part]:
    return [Unavailable(staff=fields[0], day=int(day)) for day in fields[1:]]


def _on_request(fields: tuple[str, ...]) -> list[Part]:
    return [_request(fields, wanted=True)]


def _off_request(fields: tuple[str, ...]) -> list[Part]:
    return [_request(fields, wanted=False)]


def _request(fields: tuple[str, ...], *, wanted: bool) -> Part:
    staff, day, shift, weight = fields[:4]
    return Request(staff=staff, day=int(day), shift=shift, wanted=wanted, weight=int(weight))


def _cover(fields: tuple[str, ...]) -> list[Part]:
    wanted, under, over = (int(part) for part in fields[2:5])
    return [
        Cover(
            day=int(fields[0]),
            shift=fields[1],
            wanted=wanted,
            under_weight=under,
            over_weight=over,
        )
    ]


def _why(error: ValueError, section: str) -> tuple[str, str]:
    if isinstance(error, ValidationError):
        text = "; ".join(f"{item['loc'][0]}: {item['msg']}" for item in error.errors())
    else:
        text = str(error)
    return f"{section} 中的这一行不对：{text}", f"a wrong line of {section}: {text}"


SECTIONS: dict[str, tuple[Callable[[tuple[str, ...]], list[Part]], int]] = {
    "SECTION_SHIFTS": (_shift_type, 3),
    "SECTION_STAFF": (_staff, 8),
    "SECTION_DAYS_OFF": (_days_off, 1),
    "SECTION_SHIFT_ON_REQUESTS": (_on_request, 4),
    "SECTION_SHIFT_OFF_REQUESTS": (_off_request, 4),
    "SECTION_COVER": (_cover, 5),
}
"""Section → what builds the parts of one line, and how many fields the line needs."""
