"""Which files were imported: the same content is not taken twice in a row."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from rostering.sheets import WorkbookReader
from rukang.base.database import context
from rukang.bodies.homes import Home
from rukang.doors.intake.kinds import Kind
from rukang.forms.workbooks.records import ImportedFile


def digest_of(path: Path) -> str:
    """Return the fingerprint of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_latest(session: Session, home: Home, kind: Kind, digest: str) -> bool:
    """Return whether this very content was the last of its kind to be imported for a home."""
    query = select(ImportedFile).where(
        ImportedFile.home_id == home.id, ImportedFile.kind == kind.name
    )
    latest = session.scalars(query.order_by(ImportedFile.id.desc())).first()
    return latest is not None and latest.sha256 == digest


def note(
    session: Session, home: Home, kind: Kind, book: WorkbookReader, digest: str, rows: int
) -> None:
    """Note the import; a file that comes back after another one is noted as imported anew."""
    again = ImportedFile.home_id == home.id, ImportedFile.sha256 == digest
    before = session.scalar(select(ImportedFile).where(*again))
    if before is not None:
        session.delete(before)
        session.flush()
    session.add(
        ImportedFile(
            home_id=home.id,
            kind=kind.name,
            name=book.file,
            sha256=digest,
            rows=rows,
            imported_at=context.now(session),
        )
    )
