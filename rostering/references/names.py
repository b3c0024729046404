"""People, shift types and days that parts name and the problem does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rostering.parts import Parts
from rostering.references.fault import Fault

Named = Iterator[tuple[str, str]]
"""Places, and what they name."""


def unknown_staff(problem: Parts) -> Iterator[Fault]:
    """Find names of nobody."""
    known = {person.id for person in problem.staff}
    for where, staff in _staff_named(problem):
        if staff not in known:
            zh = f"没有编号为 {staff} 的人员；请在人员中补上或改正"
            en = f"nobody has the id {staff}: add the person or correct the id"
            yield Fault(where, zh, en)


def unknown_shifts(problem: Parts) -> Iterator[Fault]:
    """Find names of no shift type."""
    known = {shift.id for shift in problem.shift_types}
    for where, shift in _shifts_named(problem):
        if shift not in known:
            zh = f"没有编号为 {shift} 的班次；现有 {'、'.join(sorted(known))}"
            yield Fault(where, zh, f"no shift type {shift}; there are {', '.join(sorted(known))}")


def groups(problem: Parts) -> Iterator[Fault]:
    """Find groups of shift types that are empty, or named like a shift type."""
    known = {shift.id for shift in problem.shift_types}
    for name, members in problem.groups.items():
        if not members:
            zh, en = "这一组没有班次；请补上或去掉", "a group without shift types: fill or drop it"
            yield Fault(f"groups[{name}]", zh, en)
        if name in known:
            zh = f"组名 {name} 也是一个班次的编号；请改名"
            yield Fault(
                f"groups[{name}]", zh, f"{name} is the id of a shift type: rename the group"
            )


def days_outside(problem: Parts) -> Iterator[Fault]:
    """Find days after the period."""
    for where, day in _days_named(problem):
        last = problem.days if where in CALENDAR else problem.days - 1
        if day > last:
            zh = f"第 {day} 天不在 0 至 {last} 之内；请改正或去掉"
            yield Fault(where, zh, f"day {day} is not in 0..{last}: correct it or leave it out")


CALENDAR = ("holidays", "make_up_days", "days_off")
"""What may name the day after the period too: nights of the last day run into it."""


def _staff_named(problem: Parts) -> Named:
    for part in ("requests", "choices", "unavailable", "forbidden", "fixed", "kept", "history"):
        for number, item in enumerate(getattr(problem, part)):
            yield f"{part}[{number}].staff", item.staff
    for part, fields in STAFF_LISTS.items():
        for number, item in enumerate(getattr(problem, part)):
            for field in fields:
                yield from _each(f"{part}[{number}].{field}", getattr(item, field))


def _shifts_named(problem: Parts) -> Named:
    for part in ("cover", "requests", "choices", "forbidden", "fixed", "kept"):
        for number, item in enumerate(getattr(problem, part)):
            if item.shift is not None:
                yield f"{part}[{number}].shift", item.shift
    for part in ("runs", "counts", "company", "key_workers"):
        for number, item in enumerate(getattr(problem, part)):
            yield from _each(f"{part}[{number}].shifts", item.shifts)
    yield from _shifts_in_order(problem)
    yield from _shifts_of_the_home(problem)


def _shifts_of_the_home(problem: Parts) -> Named:
    for name, members in problem.groups.items():
        yield from _each(f"groups[{name}]", members)
    for shift in problem.shift_types:
        yield from _each(f"shift_types[{shift.id}].forbidden_next", shift.forbidden_next)
    for person in problem.staff:
        yield from _each(f"staff[{person.id}].shift_limits", person.shift_limits)
    for past in problem.history:
        yield from _each(f"history[{past.staff}].shifts", filter(None, past.shifts))


def _shifts_in_order(problem: Parts) -> Named:
    for number, pattern in enumerate(problem.patterns):
        for place, cell in enumerate(pattern.cells):
            if isinstance(cell, tuple):
                yield from _each(f"patterns[{number}].cells[{place}]", cell)
    for number, rotation in enumerate(problem.rotations):
        for place, group in enumerate(rotation.order):
            yield from _each(f"rotations[{number}].order[{place}]", group)


def _days_named(problem: Parts) -> Iterator[tuple[str, int]]:
    for part in ("cover", "requests", "unavailable", "forbidden", "fixed", "kept"):
        for number, item in enumerate(getattr(problem, part)):
            yield f"{part}[{number}].day", item.day
    for part in ("choices", "counts", "key_workers"):
        for number, item in enumerate(getattr(problem, part)):
            yield from ((f"{part}[{number}].days", day) for day in item.days)
    for part in CALENDAR:
        yield from ((part, day) for day in getattr(problem, part))


def _each(where: str, names: Iterable[str]) -> Named:
    return ((where, name) for name in names)


STAFF_LISTS: dict[str, tuple[str, ...]] = {
    "runs": ("staff",),
    "counts": ("staff", "past"),
    "weekend_limits": ("staff", "past"),
    "patterns": ("staff",),
    "rotations": ("staff",),
    "fairness": ("staff", "past", "shares"),
    "company": ("staff", "by"),
    "together": ("staff",),
    "apart": ("staff",),
    "key_workers": ("staff",),
}
"""Parts that name several people, and the fields in which they do."""
