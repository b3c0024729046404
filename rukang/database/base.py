"""The foundation of every table: naming, identity and the mixins that scope a record."""

from __future__ import annotations

import secrets

from sqlalchemy import ColumnElement, ForeignKey, MetaData
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


class OverseersOnly:
    """Mixin of records of a home that its own people see only in part, or never.

    Whoever oversees the home sees all of them (see :mod:`rukang.access.scope`).
    """

    @classmethod
    def seen_by_home(cls) -> ColumnElement[bool]:
        """Return the condition under which the home's own people see a record too."""
        raise NotImplementedError(f"{cls.__name__} does not say what its home sees of it.")


LARGEST_ID = 2**31 - 1
"""Beyond it PostgreSQL would refuse the query instead of finding nothing."""


def drawn_id() -> int:
    """Return an id that nobody can guess from others."""
    return secrets.randbelow(LARGEST_ID) + 1


class Drawn:
    """Mixin of records with ids drawn at random.

    Numbers in sequence would tell a home, by a gap, of a record it does not see. A number drawn
    twice is refused by the primary key and nothing is stored; with a hundred thousand records that
    happens once in twenty thousand times.
    """

    id: Mapped[int] = mapped_column(primary_key=True, default=drawn_id)
