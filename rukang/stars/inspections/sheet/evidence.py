"""Photographs and files of a sheet, sent in parts so that a broken connection loses nothing.

A file is announced by its name, size and hash; its parts may come in any order and more than once.
It counts once all are there, its hash is the one announced, and it opens as a picture or paper of a
kind that is accepted. Of a picture nothing is kept that a camera wrote into it beside the pixels
(`media`); the hash of what is kept stands beside that of what was sent.
Shown for two criteria of a sheet, or sent once with and once without what a camera wrote, it is
kept once. How much is kept has limits (:mod:`rukang.stars.inspections.limits`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, undefer

from rostering.sheets.masking import shown
from rukang.base.access import Caller
from rukang.base.database import audit, context
from rukang.base.database.find import find_in
from rukang.base.database.sealing.keys import SessionVault
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.homes import lock_home
from rukang.stars.inspections.access import eyes_of, readable
from rukang.stars.inspections.editions import edition_of
from rukang.stars.inspections.limits import MB, EvidenceLimits, evidence_limits
from rukang.stars.inspections.records import Evidence, EvidencePart, Inspection, InspectionSheet
from rukang.stars.inspections.sheet.media import kept_of, kind_of_file
from rukang.stars.inspections.sheet.sheets import own_sheet, refuse_untimely, take_up

PART_BYTES = 256 * 1024
"""Bytes of every part but the last; half a minute on a very slow connection."""


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

    One that is announced after submission is late: it is for the officer to read.

    Raises
    ------
    ConflictError
        If it is not the time to fill the sheet.
    InvalidError
        If the file is empty or too large, the criterion is not in the edition, or the sheet, the
        home or the account has as much evidence as it may.
    """
    lock_home(session, sheet.home_id)
    session.refresh(sheet, ["submitted_at"])
    refuse_untimely(session, sheet)
    limits = evidence_limits()
    _refuse_unfit(sheet, file, limits)
    same = _same(session, sheet.id, file.sha256)
    for one in same:
        if one.criterion == file.criterion:
            return one
    if not same:
        _refuse_more(session, sheet, file, limits)
    found = Evidence(
        home_id=sheet.home_id,
        sheet_id=sheet.id,
        announced_at=context.now(session),
        **vars(file),
    )
    if same:
        # Its bytes are here, or on their way, for another criterion.
        found.size, found.media_type = same[0].size, same[0].media_type
        found.complete_at, found.kept_sha256 = same[0].complete_at, same[0].kept_sha256
    session.add(found)
    session.flush()
    session.expire(sheet, ["evidence"])
    return found


def missing_parts(session: Session, evidence: Evidence) -> list[int]:
    """Return the numbers of the parts still to come, the first of a file being 0."""
    if evidence.complete_at is not None:
        return []
    here = set(session.scalars(_parts_query(evidence).with_only_columns(EvidencePart.number)))
    return [number for number in range(_count(evidence)) if number not in here]


def take_part(session: Session, evidence: Evidence, number: int, content: bytes) -> list[int]:
    """Keep a part, and return the numbers of those still to come; a part may come twice.

    Raises
    ------
    InvalidError
        If the part has the wrong number or size; or the file turns out to be of a kind that is
        not accepted, or does not open as what it claims: then the part is not kept. A file that
        has not the hash that was announced is forgotten, so that it can be sent again.
    ConflictError
        If it is not the time to fill the sheet.
    """
    lock_home(session, evidence.home_id)
    session.refresh(evidence)
    if evidence.complete_at is not None:
        return []
    waiting = missing_parts(session, evidence)
    refuse_untimely(session, evidence.sheet)
    _refuse_part(evidence, number, content)
    if number not in waiting:
        return waiting
    if number == 0:
        evidence.media_type = kind_of_file(evidence.name, content)
    _store_part(session, evidence, number, content)
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
    lock_home(session, evidence.home_id)
    sheet = evidence.sheet
    session.refresh(sheet, ["submitted_at"])
    take_up(session, sheet)
    others = [one for one in _sharing(session, evidence) if one is not evidence]
    if others:
        for part in _parts(session, evidence):
            part.evidence_id = others[0].id
    else:
        _forget_parts(session, evidence)
    session.flush()
    session.delete(evidence)
    session.flush()
    session.expire(sheet, ["evidence"])


def open_evidence(session: Session, evidence: Evidence) -> bytes:
    """Return a file's bytes; that it was opened is written into the audit trail.

    A picture that was kept before pictures were kept bare is made bare now.

    Raises
    ------
    ConflictError
        If it has not arrived whole.
    """
    if evidence.complete_at is None:
        raise ConflictError(
            f"{evidence.name} 还没有传完。", f"{evidence.name} has not arrived whole."
        )
    audit.note(session, "open", evidence, {"sha256": evidence.kept_sha256 or evidence.sha256})
    content = _content(session, evidence)
    if evidence.kept_sha256 is not None:
        return content
    _, bare = kept_of(evidence.name, kind_of_file(evidence.name, content), content)
    return bare


def own_evidence(session: Session, evidence_id: int, email: str) -> Evidence:
    """Return a file of a sheet that somebody fills.

    Raises
    ------
    NotFoundError
        If there is none on a sheet of theirs.
    NotAllowedError
        If they are an inspector barred from the home by now.
    """
    theirs = select(InspectionSheet.id).where(InspectionSheet.filled_by == email)
    found = _find(session, Evidence.sheet_id.in_(theirs), evidence_id)
    own_sheet(session, found.sheet.inspection, email)
    return found


def readable_evidence(session: Session, evidence_id: int, caller: Caller) -> Evidence:
    """Return a file of a sheet that somebody may read now.

    Raises
    ------
    NotFoundError
        If there is none: whoever may not read a sheet learns no more.
    """
    found = _find(session, true(), evidence_id)
    inspection = found.sheet.inspection
    eyes = eyes_of(session, caller, inspection.home)
    sheets = [sheet.id for sheet in readable(inspection, caller.name, eyes)]
    return _find(session, Evidence.sheet_id.in_(sheets), evidence_id)


def _find(session: Session, inside: ColumnElement[bool], evidence_id: int) -> Evidence:
    return find_in(session, Evidence, inside, evidence_id, "佐证材料", "piece of evidence")


def stored_bytes(session: Session, evidence: Evidence) -> int:
    """Return how many bytes of a file are here."""
    query = _parts_query(evidence).with_only_columns(func.sum(EvidencePart.size))
    return session.scalar(query) or 0


def _complete(session: Session, evidence: Evidence) -> None:
    """Count a file as arrived, or start it anew if it is not the one announced."""
    content = _content(session, evidence)
    if hashlib.sha256(content).hexdigest() != evidence.sha256:
        _forget_parts(session, evidence)
        return
    # Part 0 may have come for another criterion of the same file.
    media_type, kept = kept_of(evidence.name, kind_of_file(evidence.name, content), content)
    _forget_parts(session, evidence)
    for one in _same(session, evidence.sheet_id, evidence.sha256):
        one.media_type, one.complete_at = media_type, context.now(session)
        one.size, one.kept_sha256 = len(kept), hashlib.sha256(kept).hexdigest()
    session.flush()
    if not stored_bytes(session, evidence):
        for number in range(_count(evidence)):
            _store_part(session, evidence, number, kept[number * PART_BYTES :][:PART_BYTES])
        session.flush()


def _store_part(session: Session, evidence: Evidence, number: int, content: bytes) -> None:
    sealed = SessionVault.of(session).seal_bytes(content)
    session.add(
        EvidencePart(
            home_id=evidence.home_id,
            evidence_id=evidence.id,
            number=number,
            size=len(content),
            content_cipher=sealed,
        )
    )


def _forget_parts(session: Session, evidence: Evidence) -> None:
    for part in _parts(session, evidence):
        session.delete(part)
    session.flush()


def _content(session: Session, evidence: Evidence) -> bytes:
    vault = SessionVault.of(session)
    return b"".join(vault.open_bytes(part.content_cipher) for part in _parts(session, evidence))


def _parts(session: Session, evidence: Evidence) -> list[EvidencePart]:
    in_order = _parts_query(evidence).order_by(EvidencePart.number)
    return list(session.scalars(in_order.options(undefer(EvidencePart.content_cipher))))


def _parts_query(evidence: Evidence) -> Select[tuple[EvidencePart]]:
    """Return the query of the parts of a file, for whichever criterion of its sheet they came."""
    same = select(Evidence.id).where(_shares(evidence))
    return select(EvidencePart).where(EvidencePart.evidence_id.in_(same))


def _shares(evidence: Evidence) -> ColumnElement[bool]:
    """Return the condition that a file of the sheet has the same bytes: sent so, or kept so."""
    same = Evidence.sha256 == evidence.sha256
    if evidence.kept_sha256 is not None:
        same = or_(same, Evidence.kept_sha256 == evidence.kept_sha256)
    return and_(Evidence.sheet_id == evidence.sheet_id, same)


def _sharing(session: Session, evidence: Evidence) -> Sequence[Evidence]:
    return session.scalars(select(Evidence).where(_shares(evidence)).order_by(Evidence.id)).all()


def _same(session: Session, sheet_id: int, sha256: str) -> Sequence[Evidence]:
    """Return the records of one file on a sheet, one for each criterion it is shown for."""
    query = select(Evidence).where(Evidence.sheet_id == sheet_id, Evidence.sha256 == sha256)
    return session.scalars(query.order_by(Evidence.id)).all()


def _count(evidence: Evidence) -> int:
    return -(-evidence.size // PART_BYTES)


def _refuse_unfit(sheet: InspectionSheet, file: Announced, limits: EvidenceLimits) -> None:
    if file.criterion not in edition_of(sheet.inspection).criteria:
        raise InvalidError(
            f"标准中没有指标 {file.criterion}。", f"The edition has no criterion {file.criterion}."
        )
    if not 0 < file.size <= limits.file_mb * MB:
        most = limits.file_mb
        raise InvalidError(
            f"{shown(file.name)} 有 {file.size} 字节，须为 1 字节至 {most} MB；请压缩后再传。",
            f"{shown(file.name)} has {file.size} bytes; it may have up to {most} MB.",
        )


def _refuse_more(
    session: Session, sheet: InspectionSheet, file: Announced, limits: EvidenceLimits
) -> None:
    """Refuse a file for which a sheet, a home or an account has no more room."""
    under_way = Inspection.closed_on.is_(None)
    places = (
        ("这份评分表", "this sheet", InspectionSheet.id == sheet.id,
         limits.sheet_files, limits.sheet_mb),
        ("这个机构进行中的评定", "the home's inspections under way",
         and_(InspectionSheet.home_id == sheet.home_id, under_way),
         limits.home_files, limits.home_mb),
        ("您进行中的评分表", "your sheets under way",
         and_(InspectionSheet.filled_by == sheet.filled_by, under_way),
         limits.account_files, limits.account_mb),
    )  # fmt: skip
    for zh, en, where, most_files, most_mb in places:
        files, size = _held(session, where)
        if files + 1 > most_files or size + file.size > most_mb * MB:
            raise InvalidError(
                f"{zh}的佐证材料最多 {most_files} 份、{most_mb} MB，已有 {files} 份、"
                f"{size // MB} MB，{shown(file.name)} 放不下；请删去不需要的，或压缩后再传。",
                f"{shown(file.name)} does not fit: the evidence of {en} may be {most_files} files"
                f" and {most_mb} MB, there are {files} and {size // MB} MB; take off what is not"
                " needed, or send smaller files.",
            )


def _held(session: Session, where: ColumnElement[bool]) -> tuple[int, int]:
    """Return how many files some sheets hold and their bytes, announced ones in full."""
    each = (
        select(func.max(Evidence.size).label("size"))
        .join(InspectionSheet, InspectionSheet.id == Evidence.sheet_id)
        .join(Inspection, Inspection.id == InspectionSheet.inspection_id)
        .where(where)
        .group_by(Evidence.sheet_id, func.coalesce(Evidence.kept_sha256, Evidence.sha256))
        .subquery()
    )
    files, size = session.execute(select(func.count(), func.sum(each.c.size))).one()
    return files, int(size or 0)


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
