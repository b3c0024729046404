"""Proof of the trail: the first link that does not hold, and the head to be kept elsewhere."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rukang.base.database.audit.chain import COVERED, HELD, Row, digest_of, genesis
from rukang.base.database.audit.records import AuditEntry, AuditHead

AT_ONCE = 1000
"""Entries in memory at once."""

_entries = AuditEntry.__table__
_columns = [_entries.c[name] for name in ("id", "digest", *COVERED, *HELD)]


class Head(BaseModel):
    """The end of a chain at a moment; kept elsewhere, it proves the chain up to there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    installation: str
    number: int
    digest: str
    at: datetime


class Fault(enum.StrEnum):
    """What is wrong with a link."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    REORDERED = "reordered"
    CUT_OFF = "cut_off"
    NOT_THIS_ONE = "not_this_one"
    REWRITTEN = "rewritten"
    HEADLESS = "headless"


WORDS = {
    Fault.CHANGED: ("第 {n} 条被改动", "entry {n} was changed"),
    Fault.MISSING: ("缺第 {n} 条", "entry {n} is missing"),
    Fault.INSERTED: ("第 {n} 条是插入的", "entry {n} was inserted"),
    Fault.REORDERED: ("从第 {n} 条起顺序被改动", "the order was changed from entry {n} on"),
    Fault.CUT_OFF: ("第 {n} 条起的末尾被截去", "the end was cut off from entry {n} on"),
    Fault.NOT_THIS_ONE: (
        "留存的链首属于另一套系统",
        "the head kept elsewhere is another installation's",
    ),
    Fault.REWRITTEN: (
        "第 {n} 条及以前与留存的链首不符，整条链被重写过",
        "up to entry {n} the chain is not the one whose head was kept: it was written anew",
    ),
    Fault.HEADLESS: ("链首不见了", "the head of the chain is gone"),
}


@dataclass(frozen=True)
class Verified:
    """How far the chain holds, and the first fault if there is one.

    ``waiting`` counts entries written before there was a chain that are not part of it yet.
    """

    number: int
    digest: str
    waiting: int = 0
    fault: Fault | None = None
    fault_at: int = 0

    @property
    def words(self) -> tuple[str, str]:
        """Return the fault in Chinese and English."""
        if self.fault is None:
            return ("完整", "whole")
        zh, en = WORDS[self.fault]
        return zh.format(n=self.fault_at), en.format(n=self.fault_at)


def head_of(session: Session) -> Head:
    """Return the end of the chain as it stands."""
    row = session.execute(
        select(AuditHead.installation, AuditHead.number, AuditHead.digest, AuditHead.at)
    ).one()
    return Head(installation=row.installation, number=row.number, digest=row.digest, at=row.at)


def verify(session: Session, kept: Iterable[Head] = ()) -> Verified:
    """Walk the chain from its first link and return the first that does not hold.

    Parameters
    ----------
    kept
        Heads that were kept elsewhere. Without one, whoever owns the database could cut the end
        off or write the whole chain anew, and nothing in it would tell.
    """
    if session.scalar(select(AuditHead.id).limit(1)) is None:
        return Verified(0, "", fault=Fault.HEADLESS)
    head, wanted = head_of(session), {each.number: each for each in kept}
    if any(each.installation != head.installation for each in wanted.values()):
        return Verified(0, "", fault=Fault.NOT_THIS_ONE)
    walked = _walked(session, genesis(head.installation), wanted)
    if walked.fault is not None:
        return walked
    ends = [head, *wanted.values()]
    furthest = max(ends, key=lambda end: end.number)
    if furthest.number > walked.number:
        return Verified(walked.number, walked.digest, 0, Fault.CUT_OFF, walked.number + 1)
    if head.number < walked.number:
        return Verified(head.number, head.digest, 0, Fault.INSERTED, head.number + 1)
    if head.digest != walked.digest:
        return Verified(walked.number, walked.digest, 0, Fault.REWRITTEN, walked.number)
    waiting = select(func.count()).select_from(_entries).where(_entries.c.number.is_(None))
    return Verified(walked.number, walked.digest, session.connection().scalar(waiting) or 0)


def _walked(session: Session, digest: str, wanted: dict[int, Head]) -> Verified:
    number = 0
    for row in _links(session):
        expected = number + 1
        if row["number"] != expected:
            fault = Fault.MISSING if row["number"] > expected else Fault.INSERTED
            return Verified(number, digest, 0, fault, expected)
        if digest_of(digest, row) != row["digest"]:
            fault = _what_happened(session, digest, row)
            return Verified(number, digest, 0, fault, expected)
        number, digest = expected, row["digest"]
        if number in wanted and wanted[number].digest != digest:
            return Verified(number, digest, 0, Fault.REWRITTEN, number)
    return Verified(number, digest)


def _what_happened(session: Session, before: str, row: Row) -> Fault:
    """Tell a changed entry from one that stands where another belongs.

    The entry that belongs here still carries the digest it had: whichever later entry has that
    digest under this number was moved; if this entry itself would have it under another number,
    it was put in front of its place.
    """
    number = row["number"]
    for other in _links(session, number):
        if digest_of(before, {**other, "number": number}) != other["digest"]:
            continue
        shifted = other["number"] == number + 1 and _follows(session, other, number)
        return Fault.INSERTED if shifted else Fault.REORDERED
    return Fault.CHANGED


def _follows(session: Session, other: Row, number: int) -> bool:
    """Return whether the entry behind an inserted one holds when it is counted one lower."""
    for row in _links(session, number + 2):
        lower = {**row, "number": row["number"] - 1}
        return digest_of(other["digest"], lower) == str(row["digest"])
    return True


def _links(session: Session, first: int | None = None) -> Iterator[Row]:
    """Yield the entries that have a number, from the first one on, in the order of numbers."""
    query = select(*_columns).where(_entries.c.number.is_not(None)).order_by(_entries.c.number)
    if first is not None:
        query = query.where(_entries.c.number >= first)
    # A statement of the connection: what the session may see is not asked here.
    found = session.connection().execution_options(yield_per=AT_ONCE).execute(query)
    for row in found.mappings():
        yield {str(name): value for name, value in row.items()}
