"""All that is held on one person, for the person: as data and as a workbook to read.

References
----------
个人信息保护法 art. 45: to see and to copy, and to have it handed over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from rukang.base.clock import in_shanghai
from rukang.base.database import audit, context
from rukang.base.database.about import Lead, about_of, persons, tables
from rukang.base.database.audit import AuditEntry
from rukang.base.database.base import Base
from rukang.base.database.sealing.vault import Sealed
from rukang.base.errors import InvalidError
from rukang.base.papers.cells import display_width
from rukang.base.papers.private_files import private_files
from rukang.base.papers.xlsx import Column, Sheet, write_workbook
from rukang.migrations.registry import METADATA
from rukang.people import Person, PersonMerge, files_of, open_number
from rukang.people.service import SHORTEST_REASON

Rows = list[dict[str, Any]]
LONGEST = 32000
"""Characters of a cell of a workbook."""


def records_of(session: Session, person: Person) -> dict[type[Base], list[Any]]:
    """Return the records about a person, by class; the person's own and merged files first."""
    every = {name: kind for name, kind in tables().items() if name in METADATA.tables}
    classes = {name: kind for name, kind in every.items() if about_of(kind).via is not None}
    files = [session.get(Person, number) for number in files_of(session, person.id)]
    found: dict[str, list[Any]] = {"person": [one for one in files if one is not None]}
    waiting = set(classes) - {"person"}
    while ready := sorted(name for name in waiting if _target(classes[name]) in found):
        for name in ready:
            kind, via = classes[name], about_of(classes[name]).via or ""
            ids = [record.id for record in found[_target(kind)]]
            query = select(kind).where(getattr(kind, via).in_(ids)).order_by(kind.id)
            found[name] = list(session.scalars(query).unique()) if ids else []
        waiting -= set(ready)
    return {classes[name]: records for name, records in found.items()}


def _target(kind: type[Base]) -> str:
    via = about_of(kind).via
    if via is None or via == "id":
        return ""
    (key,) = kind.__table__.c[via].foreign_keys
    pointed: Table = key.column.table
    return pointed.name


def held_on(session: Session, person: Person, reason: str) -> dict[str, Rows]:
    """Return everything held on a person by table, numbers in clear, and the trail about them.

    It is written in the audit trail, with each number opened.
    """
    require_reason(reason)
    audit.note(session, "export", person, {"reason": reason})
    held = {
        kind.__tablename__: [_plain(session, record, reason) for record in records]
        for kind, records in records_of(session, person).items()
        if records
    }
    entries = audit.opened(session, trail_of(session, person))
    held["audit_entry"] = [
        {
            "number": found.entry.number,
            "at": in_shanghai(found.entry.at).isoformat(),
            "actor": found.entry.actor,
            "action": found.entry.action,
            "table": found.entry.table,
            "before": found.before,
            "after": found.after,
        }
        for found in entries
    ]
    return held


def trail_of(session: Session, person: Person) -> list[AuditEntry]:
    """Return the entries about a person, in order, also of files merged into theirs.

    What was written about a record while two files were one went to the file that was kept. If they
    were taken apart since, it goes to whom the record belongs now.
    """
    files = set(files_of(session, person.id))
    apart = session.scalars(select(PersonMerge).where(PersonMerge.undone_at.is_not(None))).all()
    also = {merge.kept_id for merge in apart if merge.merged_id in files} - files
    query = select(AuditEntry).where(AuditEntry.person_id.in_(files | also))
    entries = list(session.scalars(query.order_by(AuditEntry.number)))
    once_kept = {
        merge.kept_id: merge for merge in apart if {merge.kept_id, merge.merged_id} & files
    }
    doubtful = [one for one in entries if one.person_id in once_kept]
    leads = {(one.table, one.record_id) for one in doubtful if one.record_id is not None}
    now = persons(session.connection(), leads, {})
    return [entry for entry in entries if _whose(entry, once_kept, now) in files]


def _whose(
    entry: AuditEntry, once_kept: Mapping[int, PersonMerge], now: Mapping[Lead, int | None]
) -> int | None:
    """Return whom an entry is about, seen from today."""
    merge = once_kept.get(entry.person_id or 0)
    if merge is None or entry.record_id is None or entry.at < merge.merged_at:
        return entry.person_id
    return now.get((entry.table, entry.record_id), entry.person_id)


def _plain(session: Session, record: Any, reason: str) -> dict[str, Any]:
    values = audit.values_of(record)
    for name in ("number", "account"):
        if isinstance(getattr(record, name, None), Sealed):
            values.pop(f"{name}_masked", None)
            values[name] = open_number(session, record, name, reason)
    return values


def export_person(session: Session, person: Person, out: Path, reason: str) -> list[Path]:
    """Write all that is held on a person into a folder: ``.json`` to process, ``.xlsx`` to read."""
    held = held_on(session, person, reason)
    now = context.now(session)
    names = [f"person-{person.id}.json", f"person-{person.id}.xlsx"]
    content = {"person": person.id, "as_of": in_shanghai(now).isoformat(), "held": held}
    with private_files(out) as draft:
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (draft / names[0]).write_text(text + "\n", encoding="utf-8")
        write_workbook(draft / names[1], [_sheet(name, rows) for name, rows in held.items()], now)
    return [out / name for name in names]


def _sheet(name: str, rows: Rows) -> Sheet:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return Sheet(
        name,
        [Column(column, wrap=True) for column in columns],
        [[_cell(row.get(column)) for column in columns] for row in rows],
    )


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, bool)):
        return _short(str(value)) if isinstance(value, (str, bool)) else value
    return _short(json.dumps(value, ensure_ascii=False))


def _short(text: str) -> str:
    return text[:LONGEST]


def require_reason(reason: str) -> None:
    """Raise if a reason says nothing, or more than its record holds.

    Raises
    ------
    InvalidError
        Saying how long it has to be.
    """
    if display_width(reason.strip()) < SHORTEST_REASON:
        raise InvalidError(
            "请写明事由，如“本人申请”。", f"State the reason, {SHORTEST_REASON} letters at least."
        )
    if len(reason) > LONGEST_REASON:
        raise InvalidError(
            f"事由有 {len(reason)} 字，最多 {LONGEST_REASON} 字。",
            f"The reason has {len(reason)} characters; {LONGEST_REASON} are the most.",
        )


LONGEST_REASON = 500
"""Characters of a reason that its record holds."""
