"""Changing the sealing key while the house goes on working: make, activate, re-seal, retire.

Every step may be killed at any point and begun again. The key file is written before the database
knows a new key, and the database gives up an old key before the file loses it, so that the file
always holds every key the database needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial

from cryptography.fernet import Fernet
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from rukang.base.access import Database
from rukang.base.clock import Clock, utc_now
from rukang.base.database import context
from rukang.base.database.engine import make_engine
from rukang.base.database.sealing import keys
from rukang.base.database.sealing.key_file import VARIABLE, KeysError
from rukang.base.database.sealing.keys import KeyState, SealingKey, short
from rukang.base.database.sealing.person_keys import PersonKeys, PersonKeyStore, place_of
from rukang.base.database.sealing.resealing import (
    Anew,
    Found,
    Look,
    Reseal,
    SealedStore,
    column_stores,
)
from rukang.base.database.sealing.vault import Vault
from rukang.base.errors import ConflictError, InvalidError
from rukang.base.jobs.locks import lock
from rukang.base.settings import Settings
from rukang.doors.upkeep.installation import bring_up
from rukang.migrations.registry import METADATA


def person_keys_of(here: Settings) -> SealedStore:
    """Return the wraps of the person keys, which lie apart from the database."""
    return PersonKeyStore(PersonKeys(here.person_keys_url or place_of(here.database_url)))


STORES: list[Callable[[Settings], SealedStore]] = [person_keys_of]
"""Makers of the stores that are no columns of the records: a room's class is named here."""

Tell = Callable[[str, int], None]
"""Is told the name of a store and how many more of its values were gone through."""


def stores(here: Settings, database: Database) -> list[SealedStore]:
    """Return every place where values lie sealed."""
    return [*column_stores(database.engine, METADATA), *(make(here) for make in STORES)]


def prepare(here: Settings) -> str:
    """Add a new key to the key file without using it yet, and return its fingerprint.

    For installations on several machines: the file is copied to all of them before the change. A
    key that is prepared already stays the one.

    Raises
    ------
    KeysError
        If keys come from the environment, which only its owner can change.
    ConflictError
        If an earlier change of keys is not finished.
    """
    with _at_work(here) as database:
        _require_finished(database)
        return _prepared(here, database) or _made(here, database)


def rekey(here: Settings, tell: Tell, *, only_machine: bool = False) -> dict[str, Found]:
    """Seal everything under a new key, and return what was met by store.

    An unfinished change is gone on with instead. The old key stays, retiring, until
    :func:`retire`.

    Parameters
    ----------
    only_machine
        No other machine works on this database, so that the new key need not be carried to one
        first. Of SQLite it is known.

    Raises
    ------
    ConflictError
        If somebody else changes keys at this moment, or the key is to be prepared first.
    KeysError
        If keys come from the environment and a new one is not among them.
    """
    with _at_work(here) as database:
        if not _unfinished(database):
            new = _prepared(here, database)
            if new is None:
                _require_alone(database, only_machine)
                new = _made(here, database)
            _activate(database, new)
        active = database.vault.keys[_active(database)]
        return _walk(stores(here, database), lambda: Reseal(database.vault, active), tell)


def look(here: Settings, database: Database, tell: Tell) -> dict[str, Found]:
    """Open everything that is sealed, and return what was met by store."""
    active = database.vault.keys[_active(database)]
    return _walk(stores(here, database), lambda: Look(database.vault, active), tell)


def retire(here: Settings, tell: Tell) -> list[str]:
    """Give up the retiring keys, and return the fingerprints of those taken out of the key file.

    Raises
    ------
    ConflictError
        If anything is still sealed under one of them.
    """
    with _at_work(here) as database:
        if _unfinished(database):
            _refuse_sealed(look(here, database, tell))
            with database.session() as session:
                keys.lock(session.connection(), alone=True)
                for key in _of_state(session, KeyState.RETIRING):
                    key.state, key.until = KeyState.RETIRED, context.now(session)
            _wipe(database)
        with database.session() as session:
            given_up = {key.fingerprint for key in _of_state(session, KeyState.RETIRED)}
    leaving = [key for key in database.vault.keys if key in given_up]
    if leaving and not here.keys.in_environment:
        staying = [key.text for name, key in database.vault.keys.items() if name not in given_up]
        here.keys.write(staying)
    return leaving


def forget(here: Settings, fingerprint: str, clock: Clock = utc_now) -> dict[str, Found]:
    """Give up a key that is lost, and return what was met by store: what is broken is lost.

    What was sealed under it never opens again; everything else goes on. A new key is made if the
    lost one was the active one, and numbers are sealed under it as their workbooks are imported
    again.

    Parameters
    ----------
    fingerprint
        Its beginning, as messages show it.

    Raises
    ------
    InvalidError
        If the database expects no such key.
    ConflictError
        If the key is there after all.
    """
    lost = _expected(here, fingerprint)
    held = Vault(here.keys.read()).keys if here.keys.there() else {}
    if lost in held:
        raise ConflictError(
            f"密钥 {short(lost)} 就在 {here.keys} 里，并没有丢失。",
            f"Key {short(lost)} is in {here.keys}; it is not lost.",
        )
    if not held:
        here.keys.make()
    database = Database(here.database_url, Vault(here.keys.read(), here.keys.read), clock)
    try:
        _replace_lost(here, database, lost)
        found = look(here, database, lambda *_: None)
        renewal = partial(_Renewal, database.vault, database.vault.keys[_active(database)])
        _walk([person_keys_of(here)], renewal, lambda *_: None)
        return found
    finally:
        database.close()


class _Renewal(Look):
    """Puts a new person key in the place of one that nothing opens any more.

    What the trail says of the person so far stays unreadable; what comes is sealed again.
    """

    def __call__(self, where: str, cipher: bytes, lookup: str | None) -> Anew | None:
        """Return a new key, sealed, for one that cannot be opened."""
        broken = len(self.found.broken)
        super().__call__(where, cipher, lookup)
        if len(self.found.broken) == broken:
            return None
        return Anew(self._active.seal(Fernet.generate_key()), None)


def _replace_lost(here: Settings, database: Database, lost: str) -> None:
    """Mark a key as lost, and let another seal if it was the active one."""
    new = _prepared(here, database)
    if new is None and _active(database) == lost:
        new = _made(here, database)
    with database.session() as session:
        keys.lock(session.connection(), alone=True)
        gone = session.scalars(select(SealingKey).where(SealingKey.fingerprint == lost)).one()
        if gone.state is KeyState.LOST:
            return
        was_active = gone.state is KeyState.ACTIVE
        gone.state, gone.until = KeyState.LOST, context.now(session)
        session.flush()
        if was_active and new is not None:
            _become_active(session, new)


@contextmanager
def _at_work(here: Settings) -> Iterator[Database]:
    """Yield the open database, to one change of keys at a time."""
    database = bring_up(here)
    alone = lock(database.engine, "rekey")
    try:
        if not alone.take():
            raise ConflictError(
                "另一个 rukang db rekey 正在进行，请等它结束。",
                "Another `rukang db rekey` is at work; wait for its end.",
            )
        yield database
    finally:
        alone.release()
        database.close()


def _walk(
    stores: Sequence[SealedStore], change: Callable[[], Look], tell: Tell
) -> dict[str, Found]:
    found = {}
    for store in stores:
        made = change()
        after, count = 0, 1
        while count:
            after, count = store.walk(after, made)
            tell(store.name, count)
        found[store.name] = made.found
    return found


def _active(database: Database) -> str:
    with database.engine.connect() as connection:
        fingerprint = keys.active(connection)
    return fingerprint or database.vault.first.fingerprint


def _of_state(session: Session, state: KeyState) -> Sequence[SealingKey]:
    return session.scalars(select(SealingKey).where(SealingKey.state == state)).all()


def _unfinished(database: Database) -> bool:
    with database.session() as session:
        return bool(_of_state(session, KeyState.RETIRING))


def _require_finished(database: Database) -> None:
    if _unfinished(database):
        raise ConflictError(
            "上一次更换密钥还没有结束：请先 rukang db rekey，再 rukang db rekey --retire。",
            "The last change of keys is not finished: run `rukang db rekey`, then"
            " `rukang db rekey --retire`.",
        )


def _require_alone(database: Database, only_machine: bool) -> None:
    if database.engine.dialect.name != "sqlite" and not only_machine:
        raise ConflictError(
            "PostgreSQL 数据库可能有几台机器在用，它们都要有新密钥：先 rukang db rekey --prepare，"
            "把密钥文件复制到每台机器，再 rukang db rekey。只有这一台时，加 --only-machine。",
            "Several machines may work on a PostgreSQL database, and all need the new key: run"
            " `rukang db rekey --prepare`, copy the key file to each machine, then"
            " `rukang db rekey`. If this is the only one, add --only-machine.",
        )


def _prepared(here: Settings, database: Database) -> str | None:
    """Return the fingerprint of the one key the database does not know yet, if there is one."""
    with database.session() as session:
        known = set(session.scalars(select(SealingKey.fingerprint)))
    unknown = [key for key in database.vault.keys if key not in known]
    if len(unknown) > 1:
        names = "、".join(map(short, unknown))
        raise ConflictError(
            f"{here.keys} 里有几个数据库不认识的密钥（{names}），请只留要启用的一个。",
            f"{here.keys} holds several keys the database does not know ({names}); leave the one"
            " to be used.",
        )
    return unknown[0] if unknown else None


def _made(here: Settings, database: Database) -> str:
    """Write a new key into the key file, first of all, and return its fingerprint."""
    if here.keys.in_environment:
        raise KeysError(
            f"密钥来自环境变量 {VARIABLE}：请自己生成一个新密钥，写在最前面（逗号分隔），"
            "重新启动各进程，再执行 rukang db rekey。",
            f"Keys come from the environment: make a new one yourself, put it first in {VARIABLE}"
            " (commas between), start every process anew, then run `rukang db rekey`.",
        )
    new = Fernet.generate_key().decode()
    here.keys.write([new, *(key.text for key in database.vault.keys.values())])
    database.vault.refresh()
    return Vault([new]).first.fingerprint


def _activate(database: Database, fingerprint: str) -> None:
    """Let everything be sealed under a key from now on, once nobody is sealing."""
    with database.session() as session:
        keys.lock(session.connection(), alone=True)
        for key in _of_state(session, KeyState.ACTIVE):
            key.state = KeyState.RETIRING
        session.flush()
        _become_active(session, fingerprint)


def _become_active(session: Session, fingerprint: str) -> None:
    now = context.now(session)
    session.add(SealingKey(fingerprint=fingerprint, state=KeyState.ACTIVE, since=now))


def _refuse_sealed(found: dict[str, Found]) -> None:
    older = {name: one.older for name, one in found.items() if one.older}
    if older:
        which = "，".join(f"{name} {count}" for name, count in older.items())
        raise ConflictError(
            f"还有内容是用旧密钥加密的（{which}），不能停用；请先执行 rukang db rekey。",
            f"Something is still sealed under the old key ({which}); run `rukang db rekey` first.",
        )


def _wipe(database: Database) -> None:
    """Take the old cipher texts out of the files, where they lie until their room is used again.

    On PostgreSQL each table is closed for a moment; one in use then keeps them a while longer.
    """
    engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection, suppress(OperationalError):
        if connection.dialect.name == "sqlite":
            connection.execute(text("VACUUM"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            return
        connection.execute(text("SET lock_timeout = '10s'"))
        for table in METADATA.sorted_tables:
            if any(column.name.endswith("_cipher") for column in table.columns):
                connection.execute(text(f'VACUUM FULL "{table.name}"'))


def _expected(here: Settings, fingerprint: str) -> str:
    engine = make_engine(here.database_url)
    try:
        expected = keys.registered(engine)
        # One given up already may be given up again, in case that was interrupted.
        known = [*expected, *keys.given_up(engine)]
    finally:
        engine.dispose()
    matching = [key for key in known if key.startswith(fingerprint)]
    if len(matching) != 1 or not fingerprint:
        need = "、".join(map(short, expected)) or "—"
        raise InvalidError(
            f"数据库不需要这样的密钥；它需要 {need}。",
            f"The database expects no such key; it expects {need}.",
        )
    return matching[0]
