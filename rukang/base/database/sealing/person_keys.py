"""One key for each person, in a store apart from the database and its backups.

What is personal in the audit trail is sealed under the key of the person it is about. Destroying
that one key makes all of it unreadable at once, in the trail and in every copy of it, while the
entries stay and their chain verifies (crypto-shredding). So the keys must not lie in backups of the
database: on SQLite they have a file of their own beside it, on PostgreSQL a schema of their own,
which the backup leaves out; ``RUKANG_PERSON_KEYS_URL`` puts them anywhere else.

Each key is wrapped by the vault. Records of erasures lie here too, so that a restored database is
told what was erased after its backup was made.

References
----------
个人信息保护法 art. 47: erasure, or (where it is technically hard) no use beyond storage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    func,
    insert,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from rukang.base.database.engine import make_engine
from rukang.base.database.types import UtcDateTime

SCHEMA = "person_keys"
"""Where the keys lie on PostgreSQL; backups leave it out."""

SUFFIX = "-person-keys.sqlite"
"""What the file of the keys beside a SQLite database ends in."""

AT_ONCE = 500
LOCK = 0x52554B4B
"""Number of the advisory lock under which the tables are made."""

_metadata = MetaData()

KEYS = Table(
    "person_key",
    _metadata,
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("key_cipher", Text),
    Column("made_at", UtcDateTime, nullable=False),
    Column("destroyed_at", UtcDateTime),
)
"""``key_cipher`` is empty once the key is destroyed."""

ERASURES = Table(
    "erasure",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, nullable=False, unique=True),
    Column("asked_by", String(320), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("reason", String(500), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("kept", JSON, nullable=False),
    Column("erased", JSON),
    Column("done_at", UtcDateTime),
)
"""``due_on`` is the first day on which nothing has to be kept; ``kept`` says what is, by what."""


def place_of(url: str) -> str:
    """Return where the person keys of a database lie, unless a setting says otherwise."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return url
    stem = address.database.removesuffix(".sqlite")
    return address.set(database=stem + SUFFIX).render_as_string(hide_password=False)


@dataclass
class PersonKeys:
    """The store of the person keys; made where it is missing when it is first used."""

    url: str
    engine: Engine = field(init=False)
    _ready: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self.engine = make_engine(self.url)
        if self.engine.dialect.name == "postgresql":
            self.engine = self.engine.execution_options(schema_translate_map={None: SCHEMA})

    def existing(self, vault: Any, people: Iterable[int]) -> dict[int, Fernet | None]:
        """Return the keys of people; None of one destroyed, nothing of one never made."""
        self._prepare()
        with self.engine.connect() as connection:
            return _read(connection, vault, set(people))

    def made(self, vault: Any, people: Iterable[int], at: datetime) -> dict[int, Fernet | None]:
        """Return the keys of people, made where there is none yet; None of one destroyed.

        Parameters
        ----------
        vault
            Wraps and unwraps the keys (``seal_bytes``, ``open_bytes``).
        """
        wanted = set(people)
        keys = self.existing(vault, wanted)
        if missing := sorted(wanted - keys.keys()):
            rows = [
                {
                    "person_id": person,
                    "key_cipher": vault.seal_bytes(Fernet.generate_key()).decode(),
                    "made_at": at,
                }
                for person in missing
            ]
            dialect = postgresql if self.engine.dialect.name == "postgresql" else sqlite
            with self.engine.begin() as connection:
                # Another process may have made one at the same moment: the first counts.
                connection.execute(dialect.insert(KEYS).on_conflict_do_nothing(), rows)
                keys |= _read(connection, vault, set(missing))
        return keys

    def destroy(self, person: int, at: datetime) -> None:
        """Destroy a person's key for good; a key is not made again."""
        self._prepare()
        gone = {"key_cipher": None, "destroyed_at": at}
        with self.engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.execute(text("PRAGMA secure_delete=ON"))
            known = KEYS.c.person_id == person
            live = known & KEYS.c.destroyed_at.is_(None)
            connection.execute(update(KEYS).where(live).values(gone))
            if connection.scalar(select(KEYS.c.person_id).where(known)) is None:
                connection.execute(insert(KEYS).values(person_id=person, made_at=at, **gone))
        if self.engine.dialect.name == "sqlite":
            # The write-ahead log holds the page with the key until it is written back.
            with self.engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def erasures(self) -> list[dict[str, Any]]:
        """Return the records of erasures asked for, oldest first."""
        self._prepare()
        with self.engine.connect() as connection:
            rows = connection.execute(select(ERASURES).order_by(ERASURES.c.id)).mappings()
            return [{str(name): value for name, value in row.items()} for row in rows]

    def erasure_of(self, person: int) -> dict[str, Any] | None:
        """Return the record of a person's erasure, if one was asked for."""
        return next((one for one in self.erasures() if one["person_id"] == person), None)

    def ask_erasure(self, values: Mapping[str, Any]) -> None:
        """Record that an erasure is asked for; one of the same person keeps its first record."""
        self._prepare()
        dialect = postgresql if self.engine.dialect.name == "postgresql" else sqlite
        with self.engine.begin() as connection:
            statement = dialect.insert(ERASURES).values(dict(values))
            connection.execute(statement.on_conflict_do_nothing())

    def change_erasure(self, person: int, values: Mapping[str, Any]) -> None:
        """Change the record of a person's erasure: its day, or that it is done."""
        self._prepare()
        with self.engine.begin() as connection:
            change = update(ERASURES).where(ERASURES.c.person_id == person)
            connection.execute(change.values(dict(values)))

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    def _prepare(self) -> None:
        if self._ready:
            return
        with self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
                connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            for table in _metadata.sorted_tables:
                connection.execute(CreateTable(table, if_not_exists=True))
        self._ready = True


def _read(connection: Connection, vault: Any, people: set[int]) -> dict[int, Fernet | None]:
    wanted, keys = sorted(people), {}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        query = select(KEYS.c.person_id, KEYS.c.key_cipher).where(KEYS.c.person_id.in_(some))
        for person, cipher in connection.execute(query):
            keys[person] = Fernet(vault.open_bytes(cipher.encode())) if cipher else None
    return keys


class PersonKeyStore:
    """The wraps of the person keys, to be sealed anew when the installation's key is changed.

    What is sealed under a person's key stays as it is.
    """

    name = "person_key"

    def __init__(self, keys: PersonKeys) -> None:
        self._keys = keys

    def count(self) -> int:
        """Return how many keys there are."""
        self._keys.existing(None, ())
        with self._keys.engine.connect() as connection:
            return connection.scalar(select(func.count(KEYS.c.key_cipher))) or 0

    def walk(self, after: int, change: Callable[[str, bytes, str | None], Any]) -> tuple[int, int]:
        """Hand the next few wraps to ``change`` and store what it returns, in one transaction."""
        self._keys.existing(None, ())
        person = KEYS.c.person_id
        query = (
            select(person, KEYS.c.key_cipher)
            .where(person > after, KEYS.c.key_cipher.is_not(None))
            .order_by(person)
            .limit(AT_ONCE)
            .with_for_update()
        )
        with self._keys.engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                # Matches nothing, but begins the transaction as a writing one.
                connection.execute(update(KEYS).where(person == -1).values(person_id=-1))
            rows = connection.execute(query).all()
            for number, cipher in rows:
                anew = change(f"{self.name} {number}", cipher.encode(), None)
                if anew is not None:
                    wrap = {"key_cipher": anew.cipher.decode()}
                    connection.execute(update(KEYS).where(person == number).values(wrap))
        return (rows[-1][0] if rows else after), len(rows)
