"""Which files were imported, so that the same file is never stored twice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rukang.base.database.about import nobody
from rukang.base.database.base import Base, OfHome
from rukang.base.database.types import UtcDateTime


class ImportedFile(OfHome, Base):
    """A workbook whose rows were stored: its kind, content hash and number of rows."""

    __tablename__ = "imported_file"
    whom = nobody("a file and its number of rows")
    __table_args__ = (UniqueConstraint("home_id", "sha256"),)

    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int]
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
