"""The foundation of every table: naming, identity and the mixins that scope a record."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, MetaData, Select, or_, select
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


@dataclass(frozen=True)
class Seen:
    """What a caller may see, from which records make their own condition (``seen_within``).

    Conditions are on tables, not on classes: a class within one would be narrowed again, without
    end.

    Parameters
    ----------
    homes
        Query of the ids of the homes, and of other bodies.
    in_place
        Gives the condition that what has the ``id`` of a home and the ``county`` where it is lies
        in one of the places.
    payers
        Ids of the employers whose wages the caller may see, in whichever home.
    works, workers
        Queries of the ids of the work that they pay for, and of the residents who do it.
    about
        Yields the condition that a record, a class or its columns beside it, is about a person
        whose own records the caller may see.
    """

    homes: Select[tuple[int]]
    in_place: Callable[[Any], ColumnElement[bool]]
    payers: Sequence[int]
    works: Select[tuple[int]]
    workers: Select[tuple[int]]
    about: Callable[..., Iterator[ColumnElement[bool]]]

    def of_work(self, record: Any) -> Iterator[ColumnElement[bool]]:
        """Yield the condition under which a record is about work that those employers pay for.

        Of a home that is no leave to see the home, or a run of wages, which holds others' too.
        """
        columns = record.__table__.c
        if not self.payers:
            return
        if "employer_id" in columns:
            yield record.employer_id.in_(self.payers)
        elif "employment_id" in columns:
            yield record.employment_id.in_(self.works)
        elif "payslip_id" in columns:
            slips = Base.metadata.tables["payslip"].c
            paid = select(slips.id).where(slips.employment_id.in_(self.works))
            yield record.payslip_id.in_(paid)


class IsPlace:
    """Mixin of the records that grants and other records name as a place: seen by their id."""


class OfHome:
    """Mixin of the records that belong to one home.

    A session opened for a caller adds the caller's homes to every query on such a table
    (see :mod:`rukang.base.access.scope`), so no query can forget to.
    """

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a record is of a home, of work, or of a person seen."""
        record: Any = cls
        return or_(record.home_id.in_(seen.homes), *seen.of_work(record), *seen.about(record))

    @declared_attr
    @classmethod
    def home_id(cls) -> Mapped[int]:
        """The home whose people may see the record."""
        return mapped_column(ForeignKey("home.id"), index=True)


class OfPayer:
    """Mixin of the one record that says whom an employer pays: ``employer_id``, ``resident_id``."""


class OverseersOnly:
    """Mixin of records of a home that its own people see only in part, or never.

    Whoever oversees the home sees all of them (see :mod:`rukang.base.access.scope`).
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
