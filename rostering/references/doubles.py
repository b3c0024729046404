"""What is said twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

from rostering.parts import Parts
from rostering.references.fault import Fault
from rostering.references.names import STAFF_LISTS


def doubles(problem: Parts) -> Iterator[Fault]:
    """Find parts, and entries of a part's lists, that stand there more than once."""
    for part, keys in _parts(problem).items():
        yield from _repeated(part, keys)
    for where, entries in _lists(problem):
        yield from _repeated(where, entries)


def _repeated(where: str, keys: Iterable[Hashable]) -> Iterator[Fault]:
    for key, times in Counter(iter(keys)).items():  # of a mapping, the names
        if times > 1:
            zh, en = f"{key} 出现 {times} 次；只保留一条", f"{key} stands {times} times: keep one"
            yield Fault(where, zh, en)


def _parts(problem: Parts) -> dict[str, list[Hashable]]:
    """Return what identifies each part of a kind."""
    return {
        "shift_types": [shift.id for shift in problem.shift_types],
        "staff": [person.id for person in problem.staff],
        "cover": [
            (item.day, item.shift, item.span, item.skill, item.sex, item.experienced, item.place)
            for item in problem.cover
        ],
        "requests": [(item.staff, item.day, item.shift) for item in problem.requests],
        "forbidden": [(item.staff, item.day, item.shift) for item in problem.forbidden],
        "fixed": [(item.staff, item.day) for item in problem.fixed],
        "kept": [(item.staff, item.day) for item in problem.kept],
        "history": [item.staff for item in problem.history],
        "holidays": list(problem.holidays),
        "make_up_days": list(problem.make_up_days),
        "days_off": list(problem.days_off),
    }


def _lists(problem: Parts) -> Iterator[tuple[str, Iterable[Hashable]]]:
    for part, fields in STAFF_LISTS.items():
        for number, item in enumerate(getattr(problem, part)):
            for field in fields:
                yield f"{part}[{number}].{field}", getattr(item, field)
    for part, field in NAMED_ONCE:
        for number, item in enumerate(getattr(problem, part)):
            yield f"{part}[{number}].{field}", getattr(item, field)
    for number, rotation in enumerate(problem.rotations):
        yield f"rotations[{number}].order", (shift for group in rotation.order for shift in group)


NAMED_ONCE = (
    ("choices", "days"),
    ("runs", "shifts"),
    ("counts", "shifts"),
    ("counts", "days"),
    ("company", "shifts"),
    ("key_workers", "shifts"),
    ("key_workers", "days"),
)
"""Parts and their fields that hold no entry twice."""
