"""What is personal in an entry, sealed under the key of the person it is about, and opened again.

Foreign keys stay clear: they say which record an entry belongs to, and name nobody. Everything else
of a record about a person is sealed.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy.orm import Session

from rukang.base.database.about import Lead, about_of, persons, tables
from rukang.base.database.audit.records import AuditEntry
from rukang.base.database.base import Base

GONE = ""
"""Stands in ``sealed`` where the key was destroyed before the entry was written."""

Values = dict[str, Any]


@dataclass(frozen=True)
class Followed:
    """An entry before it is sealed: its columns, its class of records, what leads to a person."""

    row: Values
    kind: type[Base] | None
    lead: Lead | None


def sealed(session: Session, entries: Sequence[Followed]) -> list[Values]:
    """Return entries as they are stored, each sealed if it is about a person."""
    about_people = [entry for entry in entries if _is_about_somebody(entry.kind)]
    # Where records of this transaction lead to, also those that are deleted by now.
    known = {_here(entry): entry.lead for entry in about_people if entry.lead is not None}
    leads = {entry.lead for entry in about_people if entry.lead is not None}
    found = persons(session.connection(), leads, known)
    keys = _made(session, {person for person in found.values() if person is not None})
    made = []
    for entry in entries:
        is_of_nobody = entry.lead in found and found[entry.lead] is None
        if entry.kind is None or is_of_nobody or not _is_about_somebody(entry.kind):
            made.append(entry.row)
            continue
        person = found.get(entry.lead) if entry.lead else None
        key = keys.get(person) if person else None
        made.append(_sealed(entry.row, entry.kind, person, key))
    return made


def _is_about_somebody(kind: type[Base] | None) -> bool:
    return kind is not None and about_of(kind).via is not None


def _here(entry: Followed) -> Lead:
    return entry.row["table"], entry.row["record_id"]


def _made(session: Session, people: set[int]) -> dict[int, Fernet | None]:
    if not people:
        return {}
    info = session.info
    found: dict[int, Fernet | None] = info["person_keys"].made(
        info["vault"], people, info["clock"]()
    )
    return found


def _sealed(row: Values, kind: type[Base], person: int | None, key: Fernet | None) -> Values:
    clear = {column.key for column in kind.__table__.columns if column.foreign_keys}
    held = {name: row[name] for name in ("before", "after")}
    personal = {name: _only(values, clear, inside=False) for name, values in held.items()}
    open_ = {name: _only(values, clear, inside=True) for name, values in held.items()}
    token = GONE
    if key is not None:
        content = json.dumps(personal, ensure_ascii=False, separators=(",", ":"))
        token = key.encrypt(content.encode()).decode()
    return {**row, **open_, "person_id": person, "sealed": token}


def _only(values: Values | None, names: set[str], *, inside: bool) -> Values | None:
    if values is None:
        return None
    return {name: value for name, value in values.items() if (name in names) is inside}


class Seal(enum.StrEnum):
    """Whether what is personal in an entry could be read."""

    NOTHING = "nothing"
    OPENED = "opened"
    DESTROYED = "destroyed"
    MISSING = "missing"


@dataclass(frozen=True)
class Opened:
    """An entry with what is personal in it, as far as the person's key is there."""

    entry: AuditEntry
    seal: Seal
    before: Values | None
    after: Values | None


def opened(session: Session, entries: Iterable[AuditEntry]) -> list[Opened]:
    """Return entries with what is personal in them opened; callers have asked who may."""
    shown = list(entries)
    people = {entry.person_id for entry in shown if entry.sealed and entry.person_id is not None}
    info = session.info
    keys = info["person_keys"].existing(info["vault"], people) if people else {}
    return [_opened(entry, keys) for entry in shown]


def _opened(entry: AuditEntry, keys: Mapping[int, Fernet | None]) -> Opened:
    if entry.sealed is None:
        return Opened(entry, Seal.NOTHING, entry.before, entry.after)
    key = keys.get(entry.person_id) if entry.person_id is not None else None
    if key is None:
        destroyed = entry.sealed == GONE or entry.person_id in keys
        seal = Seal.DESTROYED if destroyed else Seal.MISSING
        return Opened(entry, seal, entry.before, entry.after)
    try:
        personal = json.loads(key.decrypt(entry.sealed.encode()))
    except InvalidToken:
        return Opened(entry, Seal.MISSING, entry.before, entry.after)
    both = [_joined(getattr(entry, name), personal[name]) for name in ("before", "after")]
    return Opened(entry, Seal.OPENED, *both)


def _joined(open_: Values | None, personal: Values | None) -> Values | None:
    return None if open_ is None and personal is None else {**(open_ or {}), **(personal or {})}


def kind_of(table: str) -> type[Base] | None:
    """Return the class of a table's records; None of a table that is no more."""
    return tables().get(table)
