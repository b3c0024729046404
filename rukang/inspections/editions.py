"""Editions as they were worded when an inspection was opened under them."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.inspections.records import EditionText, Inspection
from rukang.rating import Edition


def keep_edition(session: Session, edition: Edition) -> EditionText:
    """Return an edition's wording as kept: once, however many inspections go by it."""
    content = edition.model_dump(mode="json")
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    kept = session.scalar(select(EditionText).where(EditionText.digest == digest))
    if kept is None:
        kept = EditionText(edition=edition.id, digest=digest, content=content)
        session.add(kept)
        session.flush()
    return kept


def edition_of(inspection: Inspection) -> Edition:
    """Return the edition an inspection goes by, worded as it was when it was opened."""
    return Edition.model_validate(inspection.edition_text.content)
