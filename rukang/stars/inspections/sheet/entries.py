"""Entries of a sheet as devices send them: each kept once, in the order in which they arrive.

The order of arrival decides, not the clocks of devices. An entry says what it was written over;
where that is no longer what stands, both are kept and the person chooses. Nothing is overwritten
unseen, and nothing that arrived is dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rukang.base.database import context
from rukang.base.errors import ConflictError
from rukang.stars.inspections.records import Arrival, InspectionSheet, SheetEntry

FACT = "fact:"
"""What the field of a figure of the home begins with."""

OLDEST = datetime(1971, 1, 1, tzinfo=UTC)
LATEST = datetime(9998, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Written:
    """What a device says of an entry.

    Parameters
    ----------
    entry
        The id the device gave it.
    base
        The sequence of what it was written over; 0 where nothing stood.
    at
        The moment by the device's clock. It decides nothing, so a wrong clock does no harm.
    settles
        The conflicting entries between which it chooses.
    """

    entry: str
    base: int
    at: datetime
    settles: Collection[str] = ()


@dataclass
class Standing:
    """What stands in a field, and what conflicts with it until somebody chooses."""

    entry: SheetEntry
    others: list[SheetEntry] = field(default_factory=list)


def repeated(
    session: Session, sheet: InspectionSheet, name: str, value: Mapping[str, Any], written: Written
) -> SheetEntry | None:
    """Return an entry that arrived before, if this one did.

    Raises
    ------
    ConflictError
        If something else arrived under its id.
    """
    query = select(SheetEntry).where(
        SheetEntry.sheet_id == sheet.id, SheetEntry.entry == written.entry
    )
    found = session.scalar(query)
    if found is not None and (found.field, found.value) != (name, dict(value)):
        raise ConflictError(
            "同一编号下已收到另一条内容；请重新填写这一项。",
            "Something else arrived under the same id; write this entry anew.",
        )
    return found


def receive(
    session: Session, sheet: InspectionSheet, name: str, value: Mapping[str, Any], written: Written
) -> SheetEntry:
    """Keep a new entry and say what became of it; the home is held by the caller."""
    stands = standing(sheet).get(name)
    entry = SheetEntry(
        home_id=sheet.home_id,
        sheet_id=sheet.id,
        entry=written.entry,
        field=name,
        sequence=_next(session, sheet),
        base=written.base,
        arrival=_arrival(sheet, stands, value, written),
        value=dict(value),
        written_at=min(max(written.at, OLDEST), LATEST),
        received_at=context.now(session),
    )
    session.add(entry)
    for other in stands.others if stands else ():
        if other.entry in written.settles:
            other.settled_by = written.entry
    session.flush()
    session.expire(sheet, ["entries"])
    return entry


def standing(sheet: InspectionSheet) -> dict[str, Standing]:
    """Return what stands in each field of a sheet."""
    found: dict[str, Standing] = {}
    for entry in sheet.entries:
        if entry.arrival is Arrival.KEPT:
            others = found[entry.field].others if entry.field in found else []
            found[entry.field] = Standing(entry, others)
        elif entry.arrival is Arrival.CONFLICT and entry.settled_by is None:
            found[entry.field].others.append(entry)
    return found


def seen_of(sheet: InspectionSheet) -> dict[str, int]:
    """Return what stands as a submission names it: the sequence of each field."""
    return {name: one.entry.sequence for name, one in standing(sheet).items()}


def late_entries(sheet: InspectionSheet) -> list[SheetEntry]:
    """Return what arrived after the sheet was submitted; it changes nothing and is not lost."""
    return [one for one in sheet.entries if one.arrival is Arrival.LATE]


def _arrival(
    sheet: InspectionSheet, stands: Standing | None, value: Mapping[str, Any], written: Written
) -> Arrival:
    if sheet.submitted_at is not None:
        return Arrival.LATE
    if stands is None or stands.entry.sequence == written.base:
        return Arrival.KEPT
    return Arrival.KEPT if stands.entry.value == dict(value) else Arrival.CONFLICT


def _next(session: Session, sheet: InspectionSheet) -> int:
    query = select(func.max(SheetEntry.sequence)).where(SheetEntry.sheet_id == sheet.id)
    return (session.scalar(query) or 0) + 1
