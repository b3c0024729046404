"""Which keys a database is sealed with: fingerprints in a table, and the vault of one session.

The database names one *active* key, under which everything is sealed from now on; *retiring* keys
still open what has not been re-sealed; *retired* ones open nothing any more; a *lost* one was given
up. Nothing is read or written with keys other than these.

A session asks for the active key when it first seals, and keeps the key from being changed until
its transaction ends, so that nothing is ever sealed under a key that a finished change of keys has
left behind.
"""

from __future__ import annotations

import enum
import weakref
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, String, inspect, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from rukang.base.database import context
from rukang.base.database.about import nobody
from rukang.base.database.base import Base
from rukang.base.database.sealing.key_file import KeyPlace, KeysError
from rukang.base.database.sealing.vault import SHORT, Key, SealBrokenError, Sealed, Vault
from rukang.base.database.types import UtcDateTime, one_of
from rukang.base.errors import ConflictError

LOCK = 0x52554B414E47
"""Number of the advisory lock that a change of keys and the sealing of a value exclude by."""

SAMPLE = 5
"""Values of each column that are tried before the keys of an older database are believed."""


UNFINISHED = "rukang_restoring"
"""A table that stands in a database whose restore was interrupted."""


class KeyState(enum.StrEnum):
    """Life of a key; one is active at a time."""

    ACTIVE = "active"
    RETIRING = "retiring"
    RETIRED = "retired"
    LOST = "lost"


LIVE = (KeyState.ACTIVE, KeyState.RETIRING)


class SealingKey(Base):
    """A key of the installation, known by its fingerprint; ``until`` is when it was retired."""

    __tablename__ = "sealing_key"
    whom = nobody("fingerprints of the installation's keys")

    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[KeyState] = mapped_column(one_of(KeyState))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)


def short(fingerprint: str) -> str:
    """Return a fingerprint as people are shown it."""
    return fingerprint[:SHORT]


def active(connection: Connection) -> str | None:
    """Return the fingerprint of the key that seals, or None where no key is registered."""
    query = select(SealingKey.fingerprint).where(SealingKey.state == KeyState.ACTIVE)
    return connection.scalar(query)


def live(connection: Connection) -> list[str]:
    """Return the fingerprints of the keys that may be needed, the active one first."""
    query = select(SealingKey.fingerprint).where(SealingKey.state.in_(LIVE))
    # By good fortune of the alphabet "active" stands before "retiring".
    return list(connection.scalars(query.order_by(SealingKey.state, SealingKey.id.desc())))


def any_of(connection: Connection, state: KeyState) -> bool:
    """Return whether a key of this state is registered."""
    query = select(SealingKey.id).where(SealingKey.state == state).limit(1)
    return connection.scalar(query) is not None


def lock(connection: Connection, *, alone: bool = False) -> None:
    """Keep the active key as it is until the transaction ends; ``alone`` to change it.

    On PostgreSQL many may hold it at once; on SQLite the one who writes.
    """
    if connection.dialect.name == "sqlite":
        # Matches nothing, but begins the transaction as a writing one.
        connection.execute(text("UPDATE sealing_key SET state = state WHERE id = -1"))
        return
    kind = "" if alone else "_shared"
    connection.execute(text(f"SELECT pg_advisory_xact_lock{kind}(:key)"), {"key": LOCK})


def registered(engine: Engine) -> list[str]:
    """Return the fingerprints of the live keys; none where no key was ever registered."""
    if is_absent(engine) or not inspect(engine).has_table(SealingKey.__tablename__):
        return []
    with engine.connect() as connection:
        return live(connection)


def given_up(engine: Engine) -> list[str]:
    """Return the fingerprints of keys that were lost."""
    if not registered(engine):
        return []
    query = select(SealingKey.fingerprint).where(SealingKey.state == KeyState.LOST)
    with engine.connect() as connection:
        return list(connection.scalars(query))


def is_absent(engine: Engine) -> bool:
    """Return whether a SQLite file is not there; to connect would make it."""
    file = engine.url.database
    return engine.dialect.name == "sqlite" and bool(file) and not Path(str(file)).exists()


def require(engine: Engine, place: KeyPlace) -> Vault:
    """Return the vault of an installation, once its keys are known to be those of its database.

    Raises
    ------
    KeysError
        If the keys are missing, damaged or others. Nothing is read or written then.
    """
    _require_finished(engine)
    expected = registered(engine)
    if not place.there():
        raise _missing(expected, place, sealed=bool(expected) or holds_sealed(engine))
    vault = Vault(place.read(), place.read)
    lacking = [fingerprint for fingerprint in expected if fingerprint not in vault.keys]
    if lacking:
        raise _other(lacking, vault, place)
    if not expected and not opens_sample(engine, vault):
        raise KeysError(
            f"{place} 里的密钥打不开数据库中已加密的号码：不是这个数据库的密钥，或数据被改动。"
            "请从密钥的备份恢复原文件；什么也没有读写。",
            f"The keys in {place} do not open what is sealed in the database: they are another"
            " installation's, or the data were altered. Restore the key file from its backup;"
            " nothing was read or written.",
        )
    return vault


def _require_finished(engine: Engine) -> None:
    if not is_absent(engine) and inspect(engine).has_table(UNFINISHED):
        raise ConflictError(
            "数据库的恢复没有做完；请再执行一次 rukang db restore。",
            "The restore of this database was interrupted; run `rukang db restore` once more.",
        )


def _missing(expected: list[str], place: KeyPlace, *, sealed: bool) -> KeysError:
    if not sealed:
        return KeysError(
            f"没有密钥（{place}），数据库里也还没有加密的内容：这里还没有安装。"
            "请核对 --data；要新建，请执行 rukang db init。",
            f"There are no keys ({place}) and nothing sealed: there is no installation here."
            " Check --data; to make one, run `rukang db init`.",
        )
    which = "、".join(map(short, expected)) or "?"
    return KeysError(
        f"找不到密钥文件 {place}；数据库是用密钥 {which} 加密的。请从密钥的备份把它恢复到这个位置"
        "（权限 600），或放进 RUKANG_KEYS。什么也没有读写，也不会生成新密钥。"
        "密钥确实丢失时，见使用说明“密钥与备份”。",
        f"The key file {place} is missing; the database is sealed with key {which}. Restore it to"
        " this place from the backup of the keys (mode 600), or set RUKANG_KEYS. Nothing was read"
        " or written, and no new key is made. If it is lost for good, see the guide, chapter"
        " 密钥与备份.",
    )


def _other(lacking: list[str], vault: Vault, place: KeyPlace) -> KeysError:
    need, have = (
        "、".join(map(short, lacking)),
        "、".join(map(short, vault.keys)),
    )
    return KeysError(
        f"{place} 里的密钥（{have}）不是这个数据库的：缺少密钥 {need}。"
        "请从密钥的备份恢复含有它的文件；什么也没有读写。",
        f"The keys in {place} ({have}) are not those of this database: key {need} is lacking."
        " Restore the file that holds it from the backup of the keys; nothing was read or written.",
    )


def holds_sealed(engine: Engine) -> bool:
    """Return whether anything sealed is stored, in whatever version the tables are."""
    return any(True for _ in _samples(engine, 1))


def opens_sample(engine: Engine, vault: Vault) -> bool:
    """Return whether a vault opens some of everything sealed."""
    return all(vault.opened(cipher) is not None for cipher in _samples(engine, SAMPLE))


def _samples(engine: Engine, most: int) -> list[bytes]:
    """Return the newest ciphers of each column, from tables as they are found."""
    if is_absent(engine):
        return []
    found = inspect(engine)
    columns = [
        (table, column["name"])
        for table in found.get_table_names()
        for column in found.get_columns(table)
        if column["name"].endswith("_cipher")
    ]
    ciphers: list[bytes] = []
    with engine.connect() as connection:
        quote = connection.dialect.identifier_preparer.quote
        for table, column in columns:
            name = quote(column)
            rows = connection.execute(
                text(
                    f"SELECT {name} FROM {quote(table)} WHERE {name} IS NOT NULL"  # noqa: S608
                    f" ORDER BY id DESC LIMIT {most}"
                )
            )
            ciphers += [as_bytes(value) for (value,) in rows]
    return ciphers


def as_bytes(cipher: Any) -> bytes:
    """Return a cipher as bytes; those of numbers are stored as text."""
    return cipher.encode() if isinstance(cipher, str) else bytes(cipher)


def register(session: Session, vault: Vault) -> None:
    """Write the fingerprints of an installation's keys into its database, once.

    The first key becomes the active one; others may have sealed something and are retiring.
    """
    lock(session.connection(), alone=True)
    if session.scalar(select(SealingKey.id).limit(1)) is not None:
        return
    now = context.now(session)
    for number, fingerprint in enumerate(vault.keys):
        state = KeyState.RETIRING if number else KeyState.ACTIVE
        session.add(SealingKey(fingerprint=fingerprint, state=state, since=now))


class SessionVault:
    """The vault within one session: it seals under the key that the database names.

    Where keys were changed meanwhile it reads them again, so that a server need not be started
    anew; where they have not reached this machine yet, it refuses in words.
    """

    @classmethod
    def of(cls, session: Session) -> SessionVault:
        """Return what seals and opens personal numbers within a session's transaction."""
        return cast("SessionVault", session.info["vault"])

    def __init__(self, session: Session, vault: Vault) -> None:
        # Weakly: the session holds this object, and would otherwise wait for the collector.
        self._session: Session = weakref.proxy(session)
        self._vault = vault
        self._key: Key | None = None
        self._searched: frozenset[str] | None = None

    def seal(self, number: str, masked: str) -> Sealed:
        """Return the number sealed, with the mask to show in its place."""
        return self._vault.seal(number, masked, self._sealing())

    def seal_bytes(self, content: bytes) -> bytes:
        """Return a piece of a file sealed."""
        return self._vault.seal_bytes(content, self._sealing())

    def open(self, sealed: Sealed) -> str:
        """Return the number in clear; callers log that they did (:func:`rukang.people.reveal`).

        Raises
        ------
        SealBrokenError
            If the number was sealed with a key this machine does not hold, or was altered.
        """
        try:
            return self._vault.open(sealed)
        except SealBrokenError:
            self._vault.refresh()
            return self._vault.open(sealed)

    def open_bytes(self, cipher: bytes) -> bytes:
        """Return a piece of a file in clear.

        Raises
        ------
        SealBrokenError
            If it was sealed with a key this machine does not hold, or was altered.
        """
        try:
            return self._vault.open_bytes(cipher)
        except SealBrokenError:
            self._vault.refresh()
            return self._vault.open_bytes(cipher)

    def lookups(self, number: str) -> list[str]:
        """Return every digest under which a number may be stored: search for all of them.

        While keys are being changed a number stands under the old key or the new one.
        """
        self._know_live()
        return self._vault.lookups(number)

    def identity(self, sealed: Sealed) -> str:
        """Return a digest that equal numbers share, whichever key their lookups were made with."""
        self._know_live()
        if len(self._vault.keys) == 1:
            return sealed.lookup
        return self._vault.lookup(self.open(sealed))

    def _know_live(self) -> None:
        if self._searched is None:
            self._require(live(self._session.connection()))
            self._searched = frozenset(self._vault.keys)

    def _sealing(self) -> Key:
        if self._key is None:
            connection = self._session.connection()
            lock(connection)
            fingerprint = active(connection)
            if fingerprint is None:
                self._key = self._vault.first
            else:
                self._require([fingerprint])
                self._require_searched(fingerprint)
                self._key = self._vault.keys[fingerprint]
        return self._key

    def _require(self, fingerprints: list[str]) -> None:
        """Raise unless this machine holds these keys, reading them again if need be."""
        if any(fingerprint not in self._vault.keys for fingerprint in fingerprints):
            self._vault.refresh()
        if any(fingerprint not in self._vault.keys for fingerprint in fingerprints):
            raise ConflictError(
                "加密的密钥正在更换，这台机器上还没有新密钥；什么也没有保存，请告诉管理员。",
                "The sealing key was changed and this machine does not have the new one yet;"
                " nothing was stored, tell the administrator.",
            )

    def _require_searched(self, fingerprint: str) -> None:
        """Raise if numbers were searched for before this key was known: some may have been missed.

        It happens to a transaction under way at the one moment in which the key changes.
        """
        if self._searched is not None and fingerprint not in self._searched:
            raise ConflictError(
                "加密的密钥刚刚更换，这次没有保存；请再做一次。",
                "The sealing key has just been changed and nothing was stored; do it once more.",
            )
