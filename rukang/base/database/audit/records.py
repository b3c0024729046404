"""The entries of the audit trail, and the head of their chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from rukang.base.database.about import nobody
from rukang.base.database.base import Base
from rukang.base.database.types import UtcDateTime


class AuditEntry(Base):
    """One change (or one reading): when, who, which record, before and after.

    ``number`` is its place in the chain, ``digest`` covers its content and the digest of the entry
    before. ``person_id`` is whom it is about; what is personal in it stands in ``sealed``, under
    that person's own key, and ``before`` and ``after`` hold the rest.
    """

    __tablename__ = "audit_entry"
    whom = nobody("the trail itself, which seals what is personal in it")

    number: Mapped[int | None] = mapped_column(BigInteger, unique=True, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(20))
    table: Mapped[str] = mapped_column(String(60), index=True)
    record_id: Mapped[int | None] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    sealed: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))


class AuditHead(Base):
    """The newest link of the chain; one row. ``installation`` names whose chain it is."""

    __tablename__ = "audit_head"
    whom = nobody("the end of the chain")

    installation: Mapped[str] = mapped_column(String(36))
    number: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
