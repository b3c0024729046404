"""The foundation of every table: naming, identity and the two mixins that scope a record."""

from __future__ import annotations

from sqlalchemy import ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

# Alembic can only drop a constraint it can name, and SQLite has no names of its own.
NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the records; each row has an integer ``id``."""

    metadata = MetaData(naming_convention=NAMING)

    id: Mapped[int] = mapped_column(primary_key=True)


class OfHome:
    """Mixin of the records that belong to one home.

    A session opened for a caller adds the caller's homes to every query on such a table
    (see :mod:`rukang.access.scope`), so no query can forget to.
    """

    @declared_attr
    @classmethod
    def home_id(cls) -> Mapped[int]:
        """The home whose people may see the record."""
        return mapped_column(ForeignKey("home.id"), index=True)
