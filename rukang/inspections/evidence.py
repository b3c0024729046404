"""Photographs and files of a sheet, sent in parts so that a broken connection loses nothing.

A file is announced by its name, size and hash; its parts may come in any order and more than once.
It counts once all are there, its hash is the one announced, and its first bytes are those of a
kind that is accepted.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import filetype
from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from rukang.database import audit
from rukang.database.find import find
from rukang.errors import ConflictError, InvalidError
from rukang.homes import hold
from rukang.inspections.editions import edition_of
from rukang.inspections.records import Evidence, EvidencePart, InspectionSheet
from rukang.inspections.sheets import refuse_closed

PART_BYTES = 256 * 1024
"""Bytes of every part but the last; half a minute on a very slow connection."""

LARGEST = 12 * 1024 * 1024
"""Bytes of a file; a photograph of a phone has some five million."""

ACCEPTED = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "image/heic": "HEIC",
    "application/pdf": "PDF",
}


@dataclass(frozen=True)
class Announced:
    """What a device says of a file before it sends it; the place where it lets that be known."""

    criterion: str
    name: str
    size: int
    sha256: str
    taken_at: datetime | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None


def announce(session: Session, sheet: InspectionSheet, file: Announced) -> Evidence:
    """Keep that a file will come; announcing it again returns the same record.

    Raises
    ------
    ConflictError
        If the sheet is submitted, or it is not the time to fill it.
    InvalidError
        If the file is empty or too large, or the criterion is not in the edition.
    """
    hold(session, sheet.home_id)
    session.refresh(sheet, ["submitted_at"])
    refuse_closed(sheet)
    _refuse_unfit(sheet, file)
    query = select(Evidence).where(
        Evidence.sheet_id == sheet.id,
        Evidence.criterion == file.criterion,
        Evidence.sha256 == file.sha256,
    )
    found = session.scalar(query)
    if found is None:
        found = Evidence(
            home_id=sheet.home_id,
            sheet_id=sheet.id,
            announced_at=session.info["clock"](),
            **vars(file),
        )
        session.add(found)
        session.flush()
        session.expire(sheet, ["evidence"])
    return found


def missing_parts(session: Session, evidence: Evidence) -> list[int]:
    """Return the numbers of the parts still to come, the first of a file being 0."""
    if evidence.complete_at is not None:
        return []
    query = select(EvidencePart.number).where(EvidencePart.evidence_id == evidence.id)
    here = set(session.scalars(query))
    return [number for number in range(_count(evidence)) if number not in here]


def take_part(session: Session, evidence: Evidence, number: int, content: bytes) -> list[int]:
    """Keep a part, and return the numbers of those still to come; a part may come twice.

    Raises
    ------
    InvalidError
        If the part has the wrong number or size; or the file turns out to be of a kind that is
        not accepted, or not to have the hash that was announced. Then it is forgotten, so that it
        can be sent again.
    ConflictError
        If the sheet is submitted.
    """
    hold(session, evidence.home_id)
    session.refresh(evidence)
    waiting = missing_parts(session, evidence)
    if evidence.complete_at is None:
        refuse_closed(evidence.sheet)
    _refuse_part(evidence, number, content)
    if number not in waiting:
        return waiting
    if number == 0:
        evidence.media_type = _kind(evidence, content)
    sealed = session.info["vault"].seal_bytes(content)
    session.add(
        EvidencePart(
            home_id=evidence.home_id,
            evidence_id=evidence.id,
            number=number,
            size=len(content),
            content_cipher=sealed,
        )
    )
    session.flush()
    waiting.remove(number)
    if not waiting:
        _complete(session, evidence)
    return missing_parts(session, evidence)


def discard(session: Session, evidence: Evidence) -> None:
    """Take a file off a sheet that is not submitted, whether it has arrived or not.

    Raises
    ------
    ConflictError
        If the sheet is submitted.
    """
    hold(session, evidence.home_id)
    sheet = evidence.sheet
    session.refresh(sheet, ["submitted_at"])
    refuse_closed(sheet)
    _forget_parts(session, evidence)
    session.delete(evidence)
    session.flush()
    session.expire(sheet, ["evidence"])


def open_evidence(session: Session, evidence: Evidence) -> bytes:
    """Return a file's bytes; that it was opened is written into the audit trail.

    Raises
    ------
    ConflictError
        If it has not arrived whole.
    """
    if evidence.complete_at is None:
        raise ConflictError(
            f"{evidence.name} 还没有传完。", f"{evidence.name} has not arrived whole."
        )
    audit.note(session, "open", evidence, {"sha256": evidence.sha256})
    return _content(session, evidence)


def find_evidence(session: Session, evidence_id: int) -> Evidence:
    """Return the record of a file.

    Raises
    ------
    NotFoundError
        If there is none that the session may see.
    """
    return find(session, Evidence, evidence_id, "佐证材料", "piece of evidence")


def stored_bytes(session: Session, evidence: Evidence) -> int:
    """Return how many bytes of a file are here."""
    query = select(func.sum(EvidencePart.size)).where(EvidencePart.evidence_id == evidence.id)
    return session.scalar(query) or 0


def _complete(session: Session, evidence: Evidence) -> None:
    """Count a file as arrived, or start it anew if it is not the one announced."""
    if hashlib.sha256(_content(session, evidence)).hexdigest() == evidence.sha256:
        evidence.complete_at = session.info["clock"]()
        session.flush()
        return
    _forget_parts(session, evidence)


def _forget_parts(session: Session, evidence: Evidence) -> None:
    for part in _parts(session, evidence):
        session.delete(part)
    session.flush()


def _content(session: Session, evidence: Evidence) -> bytes:
    vault = session.info["vault"]
    return b"".join(vault.open_bytes(part.content_cipher) for part in _parts(session, evidence))


def _parts(session: Session, evidence: Evidence) -> list[EvidencePart]:
    query = select(EvidencePart).where(EvidencePart.evidence_id == evidence.id)
    in_order = query.order_by(EvidencePart.number).options(undefer(EvidencePart.content_cipher))
    return list(session.scalars(in_order))


def _count(evidence: Evidence) -> int:
    return -(-evidence.size // PART_BYTES)


def _kind(evidence: Evidence, first: bytes) -> str:
    """Return the media type of a file by its first bytes."""
    found = filetype.guess_mime(first)
    if found not in ACCEPTED:
        kinds = "、".join(ACCEPTED.values())
        raise InvalidError(
            f"{evidence.name} 不是可接受的文件（识别为 {found or '未知类型'}）；请用 {kinds}。",
            f"{evidence.name} is of no accepted kind (it looks like {found or 'nothing known'});"
            f" use {', '.join(ACCEPTED.values())}.",
        )
    return str(found)


def _refuse_unfit(sheet: InspectionSheet, file: Announced) -> None:
    if file.criterion not in edition_of(sheet.inspection).criteria:
        raise InvalidError(
            f"标准中没有指标 {file.criterion}。", f"The edition has no criterion {file.criterion}."
        )
    if not 0 < file.size <= LARGEST:
        most = LARGEST // (1024 * 1024)
        raise InvalidError(
            f"{file.name} 有 {file.size} 字节，须为 1 字节至 {most} MB；请压缩后再传。",
            f"{file.name} has {file.size} bytes; it may have up to {most} MB.",
        )


def _refuse_part(evidence: Evidence, number: int, content: bytes) -> None:
    count = _count(evidence)
    if not 0 <= number < count:
        raise InvalidError(
            f"{evidence.name} 只有 {count} 段（0 至 {count - 1}），没有第 {number} 段。",
            f"{evidence.name} has {count} parts (0 to {count - 1}); there is no part {number}.",
        )
    last = number == count - 1
    due = evidence.size - number * PART_BYTES if last else PART_BYTES
    if len(content) != due:
        raise InvalidError(
            f"{evidence.name} 的第 {number} 段应有 {due} 字节，收到 {len(content)}；请重发这一段。",
            f"Part {number} of {evidence.name} should have {due} bytes, {len(content)} came; send"
            " it again.",
        )
