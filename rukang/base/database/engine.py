"""Engines: one URL, SQLite by default, PostgreSQL in service."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url

BUSY_SECONDS = 30
"""How long a SQLite writer waits for another one before it gives up."""


def make_engine(url: str) -> Engine:
    """Return an engine whose SQLite connections enforce foreign keys and wait for each other.

    Its errors leave out the values of a statement: they end up in logs and in what a job says of
    its failure, and are people's names, telephones and health. A connection is asked whether it
    still stands before it is used, so that a restarted server costs no request.
    """
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    if make_url(url).get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    # REPLACE deletes rows; with this their delete triggers fire.
    cursor.execute("PRAGMA recursive_triggers=ON")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.close()
