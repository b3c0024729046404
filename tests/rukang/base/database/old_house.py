"""A house as the program of revision 0002 kept it, put into a database of any later revision.

``house_at_0002.json`` was written by that program (commit before 1e510a4) from the house of its own
API tests: two homes, a resident, a month's wages calculated by a job that a clerk asked for. All
people are invented. Its key is in the file and seals nothing else.
"""

from __future__ import annotations

import base64
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Engine, MetaData, Table, func, insert, select, text
from sqlalchemy import types as kinds

from rukang import migrations
from rukang.migrations.registry import METADATA

KEPT = json.loads(Path(__file__).with_name("house_at_0002.json").read_text(encoding="utf-8"))
RUN_ID = KEPT["ids"]["run_id"]
FIRST = "0002"


def heads() -> list[str]:
    """Return every revision from 0002 on, oldest first."""
    script = ScriptDirectory(str(migrations.HERE))
    found = [revision.revision for revision in script.walk_revisions()][::-1]
    return found[found.index(FIRST) :]


def fill(engine: Engine, revision: str) -> dict[str, int]:
    """Make the house at a revision, with a row in every table; return rows by table.

    It is put in at 0002 and brought up to the revision; tables that came later, or were empty, get
    a row that says little but fits.
    """
    put_in(engine, revision)
    with engine.begin() as connection:
        for table in _tables(connection):
            if not connection.scalar(select(func.count()).select_from(table)):
                connection.execute(insert(table), _a_row(connection, table))
    return rows_of(engine)


def put_in(engine: Engine, revision: str) -> None:
    """Put the house in at 0002 and bring it up to a revision."""
    migrations.upgrade(engine, FIRST)
    with engine.begin() as connection:
        tables = _tables(connection)
        for table in tables:
            if rows := KEPT["rows"].get(table.name):
                connection.execute(insert(table), [_typed(table, row) for row in rows])
                _count_on(connection, table)
    migrations.upgrade(engine, revision)


def rows_of(engine: Engine) -> dict[str, int]:
    """Return how many rows each table of ours has."""
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in _tables(connection)
        }


def _tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table.c[name], value) for name, value in row.items()}


def _value(column: Column[Any], value: Any) -> Any:
    """Return a value of the file as the column's own type takes it."""
    if value is None:
        return None
    if isinstance(value, dict) and set(value) == {"base64"}:
        return base64.b64decode(value["base64"])
    kind = column.type
    if isinstance(kind, kinds.DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, kinds.Date):
        return date.fromisoformat(value)
    return bool(value) if isinstance(kind, kinds.Boolean) else value


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number the next row after those that were put in with their numbers."""
    if connection.dialect.name == "postgresql":
        sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
        connection.execute(
            text(f"SELECT setval({sequence}, (SELECT max(id) FROM {table.name}))")  # noqa: S608
        )


def _a_row(connection: Connection, table: Table) -> dict[str, Any]:
    return {
        column.name: _some(connection, column)
        for column in table.columns
        if column.name != "id" and (not column.nullable or column.foreign_keys)
    }


def _some(connection: Connection, column: Column[Any]) -> Any:
    """Return a value that fits a column: what it refers to, one of its words, or little."""
    for key in column.foreign_keys:
        return connection.scalar(select(func.min(key.column)))
    now = METADATA.tables.get(column.table.name)
    kind = now.c[column.name].type if now is not None and column.name in now.c else column.type
    if isinstance(kind, kinds.Enum):
        return kind.enums[0]
    for type_, value in SOME.items():
        if isinstance(column.type, type_):
            return value
    raise AssertionError(f"no value for {column}: {column.type}")


SOME: dict[type, Any] = {
    kinds.Boolean: False,
    kinds.Integer: 1,
    kinds.DateTime: datetime(2026, 11, 2, 1, 30),  # noqa: DTZ001 - as SQLite keeps it
    kinds.Date: date(2026, 11, 2),
    kinds.Float: 1.0,
    kinds.JSON: {},
    kinds.LargeBinary: b"1",
    kinds.String: "1",
}
