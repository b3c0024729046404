"""The person keys, written with the installation's keys and brought back without undoing erasures.

They lie apart from the database and from its backups, so whoever keeps the keys keeps them too. One
file, written anew each time: a key destroyed since must not live on in an older copy.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Date, Table, insert, select

from rukang.base.database.sealing.key_file import KeyPlace
from rukang.base.database.sealing.person_keys import ERASURES, KEYS, PersonKeys, place_of
from rukang.base.database.types import UtcDateTime
from rukang.base.errors import InvalidError
from rukang.base.settings import Settings

FILE = "person-keys.json"


def write_person_keys(here: Settings, folder: Path) -> None:
    """Write the wraps of the person keys and the records of erasures into a folder."""
    store = _store(here)
    try:
        erasures = store.erasures()
        with store.engine.connect() as connection:
            keys = [dict(row) for row in connection.execute(select(KEYS)).mappings()]
    finally:
        store.close()
    content = json.dumps({"keys": keys, "erasures": erasures}, default=_plain, ensure_ascii=False)
    # Whole or not at all, for the owner's eyes, as the keys are written.
    KeyPlace(folder / FILE, environment=False).write([content])


def add_person_keys(here: Settings, file: Path) -> int:
    """Add the person keys of a file to the store, and return how many were lacking.

    What the store knows stays: a key destroyed here is not brought back. One that was destroyed
    when the file was written is destroyed.

    Raises
    ------
    InvalidError
        If the file is damaged.
    """
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        keys, erasures = _rows(KEYS, told["keys"]), _rows(ERASURES, told["erasures"])
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidError(
            f"{file} 已损坏，请用另一份。", f"{file} is damaged; use another copy."
        ) from error
    store = _store(here)
    try:
        # A question makes the tables where they are missing.
        store.erasures()
        for erasure in erasures:
            store.ask_erasure({name: value for name, value in erasure.items() if name != "id"})
        with store.engine.begin() as connection:
            known = set(connection.scalars(select(KEYS.c.person_id)))
            lacking = [row for row in keys if row["person_id"] not in known]
            if lacking:
                connection.execute(insert(KEYS), lacking)
        for row in keys:
            if row["destroyed_at"] is not None:
                store.destroy(row["person_id"], row["destroyed_at"])
    finally:
        store.close()
    return len(lacking)


def _store(here: Settings) -> PersonKeys:
    return PersonKeys(here.person_keys_url or place_of(here.database_url))


def _plain(value: Any) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _rows(table: Table, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: _typed(table, name, value) for name, value in row.items()} for row in rows]


def _typed(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if value is not None and isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value).astimezone(UTC)
    if value is not None and isinstance(kind, Date):
        return date.fromisoformat(value)
    return value
