"""Walking through everything sealed, a few values at a time: to seal it anew, or only to look.

A *store* is a place where values lie sealed by the vault. Columns of the records whose names end
in ``_cipher`` are found by themselves (:func:`column_stores`); what lies elsewhere, such as person
keys kept apart from the database, is a class with the three members of :class:`SealedStore`, named
in ``rukang.doors.upkeep.rekey.STORES``. Only what the vault sealed itself is of interest: what is
sealed under a person's own key stays as it is when that key's wrap is sealed anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Engine, LargeBinary, MetaData, Table, func, select, update

from rukang.base.database.sealing.keys import as_bytes, lock
from rukang.base.database.sealing.vault import Key, Vault

NUMBERS, PIECES = 400, 8
"""Values of one transaction: short texts, and pieces of files of up to a megabyte."""


class Change(Protocol):
    """What is done with each sealed value: sealed anew, or looked at."""

    def __call__(self, where: str, cipher: bytes, lookup: str | None) -> Anew | None:
        """Return the value as it shall be stored, or None if it stays as it is.

        Parameters
        ----------
        where
            Names the value in a report, such as ``person 12``; never what it is.
        lookup
            The keyed digest stored beside it, if there is one.
        """


@dataclass(frozen=True)
class Anew:
    """A value sealed under the active key, with its lookup if it has one."""

    cipher: bytes
    lookup: str | None


class SealedStore(Protocol):
    """A place where values lie sealed by the vault."""

    @property
    def name(self) -> str:
        """How a report calls it."""

    def count(self) -> int:
        """Return how many sealed values there are."""

    def walk(self, after: int, change: Change) -> tuple[int, int]:
        """Hand the next few values to ``change`` and store what it returns, in one transaction.

        Values are read under a lock, so that nobody changes one between reading and storing. Being
        killed leaves each value whole, under the old key or the new one.

        Parameters
        ----------
        after
            Number of the last value of the walk before; begin with 0.

        Returns
        -------
        tuple
            Number of the last value now, and how many values were handed over: 0 at the end.
        """


@dataclass
class Found:
    """What a walk has met: values under the active key, under older ones, under none we hold."""

    current: int = 0
    older: int = 0
    broken: list[str] = field(default_factory=list)
    mismatched: list[str] = field(default_factory=list)
    """Values whose lookup belongs to another number, or to no key we hold."""

    @property
    def all(self) -> int:
        """How many values were met."""
        return self.current + self.older + len(self.broken)


class Look:
    """A change that changes nothing and counts what it sees."""

    def __init__(self, vault: Vault, active: Key) -> None:
        self._vault, self._active = vault, active
        self.found = Found()

    def __call__(self, where: str, cipher: bytes, lookup: str | None) -> Anew | None:
        """Count the value."""
        content = self._active.open(cipher)
        is_current = content is not None
        if content is None:
            content = self._vault.opened(cipher)
        if content is None:
            self.found.broken.append(where)
            return None
        if lookup is not None:
            number = content.decode()
            is_current = is_current and lookup == self._active.lookup(number)
            if lookup not in self._vault.lookups(number):
                self.found.mismatched.append(where)
        if is_current:
            self.found.current += 1
        else:
            self.found.older += 1
        return None


class Reseal(Look):
    """Seals anew what is not under the active key, and counts what it saw before."""

    def __call__(self, where: str, cipher: bytes, lookup: str | None) -> Anew | None:
        """Return the value under the active key, or None if it is, or cannot be opened."""
        older, broken = self.found.older, len(self.found.broken)
        super().__call__(where, cipher, lookup)
        if self.found.older == older or len(self.found.broken) > broken:
            return None
        content = self._vault.opened(cipher) or b""
        digest = None if lookup is None else self._active.lookup(content.decode())
        return Anew(self._active.seal(content), digest)


class ColumnStore:
    """The sealed values of one column, with the lookup column beside it if there is one."""

    def __init__(self, engine: Engine, table: Table, field: str) -> None:
        self._engine, self._table, self._field = engine, table, field
        self._cipher = table.c[f"{field}_cipher"]
        self._lookup = table.c.get(f"{field}_lookup")
        self._most = PIECES if isinstance(self._cipher.type, LargeBinary) else NUMBERS

    @property
    def name(self) -> str:
        """Table and field."""
        return f"{self._table.name}.{self._field}"

    def count(self) -> int:
        """Return how many sealed values the column has."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count(self._cipher))) or 0

    def walk(self, after: int, change: Change) -> tuple[int, int]:
        """Hand the next few values to ``change`` and store what it returns."""
        number = self._table.c.id
        columns = [number, self._cipher, *([] if self._lookup is None else [self._lookup])]
        query = (
            select(*columns)
            .where(number > after, self._cipher.is_not(None))
            .order_by(number)
            .limit(self._most)
            .with_for_update()
        )
        with self._engine.begin() as connection:
            lock(connection)
            rows = connection.execute(query).all()
            for row in rows:
                lookup = None if self._lookup is None else row[2]
                anew = change(f"{self.name} {row[0]}", as_bytes(row[1]), lookup)
                if anew is not None:
                    connection.execute(
                        update(self._table).where(number == row[0]).values(self._values(anew))
                    )
        return (rows[-1][0] if rows else after), len(rows)

    def _values(self, anew: Anew) -> dict[str, object]:
        binary = isinstance(self._cipher.type, LargeBinary)
        values: dict[str, object] = {
            self._cipher.name: anew.cipher if binary else anew.cipher.decode()
        }
        if self._lookup is not None:
            values[self._lookup.name] = anew.lookup
        return values


def column_stores(engine: Engine, metadata: MetaData) -> Iterator[ColumnStore]:
    """Yield a store for every sealed column of the records, found by its name."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.name.endswith("_cipher"):
                yield ColumnStore(engine, table, column.name.removesuffix("_cipher"))
