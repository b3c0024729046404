"""The JSON form of a problem over the years: its version, upgrades, and names that stand for many.

Version 2 (from 2026-12): cells are lists of shifts, times are written 07:00, groups of shift types
have names, limits have a ``past``, and ``wanted`` may be left out. Everything of version 1 is read
as it was; a file that does not say its version is read as either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FORMAT = "rostering-problem-2"
EARLIER = ("rostering-problem-1",)

NIGHTS, DAYS = "nights", "days"
"""Groups that every problem has: shift types that are nights, and those that are not."""

LISTED: dict[str, str] = {
    "runs": "shifts",
    "counts": "shifts",
    "company": "shifts",
    "key_workers": "shifts",
    "shift_types": "forbidden_next",
}
"""Parts, and their field that lists shift types."""


def upgraded(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a problem's fields in today's version, groups replaced by their shift types."""
    fields = dict(given)
    if fields.get("format") in EARLIER:
        fields["format"] = FORMAT
    kinds = [_kind(item) for item in fields.get("shift_types") or ()]
    groups: dict[str, Sequence[str]] = {
        NIGHTS: [name for name, is_night in kinds if is_night],
        DAYS: [name for name, is_night in kinds if not is_night],
        **(fields.get("groups") or {}),
    }
    known = {name for name, _ in kinds}
    named = {name: members for name, members in groups.items() if name not in known and members}
    for part, field in LISTED.items():
        if part in fields:
            fields[part] = [_expanded(item, field, named) for item in fields[part] or ()]
    if "patterns" in fields:
        fields["patterns"] = [_cells(item, "cells", named) for item in fields["patterns"] or ()]
    if "rotations" in fields:
        fields["rotations"] = [_cells(item, "order", named) for item in fields["rotations"] or ()]
    return fields


def _kind(item: Any) -> tuple[str, bool]:
    return str(_get(item, "id")), bool(_get(item, "is_night"))


def _get(item: Any, field: str) -> Any:
    return item.get(field) if isinstance(item, Mapping) else getattr(item, field, None)


def _put(item: Any, field: str, value: object) -> Any:
    if isinstance(item, Mapping):
        return {**item, field: value}
    return item.model_copy(update={field: value})


def _expanded(item: Any, field: str, named: Mapping[str, Sequence[str]]) -> Any:
    names = _get(item, field)
    if not isinstance(names, list | tuple) or named.keys().isdisjoint(filter(_is_text, names)):
        return item
    return _put(item, field, _members(names, named))


def _cells(item: Any, field: str, named: Mapping[str, Sequence[str]]) -> Any:
    """Return a pattern or rotation whose lists of shift types have groups replaced."""
    cells = _get(item, field)
    if not isinstance(cells, list | tuple):
        return item
    lists = [cell for cell in cells if isinstance(cell, list | tuple)]
    if not any(name in named for cell in lists for name in filter(_is_text, cell)):
        return item
    replaced = [_members(c, named) if isinstance(c, list | tuple) else c for c in cells]
    return _put(item, field, tuple(replaced))


def _members(names: Iterable[Any], named: Mapping[str, Sequence[str]]) -> tuple[Any, ...]:
    """Return names, a group's members in its place unless they stand there already."""
    found: list[Any] = []
    for name in names:
        if _is_text(name) and name in named:
            found += [member for member in named[name] if member not in found]
        else:
            found.append(name)
    return tuple(found)


def _is_text(name: object) -> bool:
    return isinstance(name, str)
