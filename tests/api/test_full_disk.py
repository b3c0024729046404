"""A full disk is said as such, and leaves nothing in part."""

from __future__ import annotations

import errno
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.exc import OperationalError

from rukang.base.database.context import as_actor
from rukang.base.database.passing import away, is_disk_full
from rukang.base.errors import DiskFullError
from rukang.bodies.homes import find_home
from rukang.engines.rating import load_edition
from rukang.stars.inspections import PART_BYTES, Inspector, Reason, open_inspection, plan_visit
from rukang.stars.inspections.records import EvidencePart
from tests.api.house import House, furnished
from tests.pictures import a_picture

TODAY = date(2026, 11, 2)
FILE = a_picture(size=2 * PART_BYTES)


@contextmanager
def _no_room(engine: Engine) -> Iterator[None]:
    """Let SQLite's file grow by no page: its own limit, with the error of a full disk."""

    def hold(connection: Any, *_: Any) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")

    def release(connection: Any, *_: Any) -> None:
        connection.execute("PRAGMA max_page_count=1073741823")

    event.listen(engine, "checkout", hold)
    event.listen(engine, "checkin", release)
    try:
        yield
    finally:
        event.remove(engine, "checkout", hold)


def _planned(house: House) -> int:
    with house.database.session() as session:
        home, by = find_home(session, "ZP001"), "officer@example.org"
        pair = [
            Inspector(
                email=f"{name}@example.org", name=name, region="371600", skills=[], most_days=3,
                away=[], latitude=Decimal(37), longitude=Decimal(117),
            )
            for name in ("inspector", "second")
        ]  # fmt: skip
        session.add_all(pair)
        edition = load_edition("example-2026")
        review = open_inspection(as_actor(session, by), home, edition, Reason.REVIEW, TODAY, "示例")
        plan_visit(as_actor(session, by), review, TODAY, pair)
        return review.id


def test_a_full_disk_is_said_and_nothing_is_stored_in_part(tmp_path: Path) -> None:
    """507 with words; once there is room, the same request goes through."""
    with furnished("sqlite", tmp_path) as house, house.client() as running:
        client = house.visitor(running, "inspector")
        number, digest = _planned(house), hashlib.sha256(FILE).hexdigest()
        sheet = client.get(f"/api/v1/inspections/{number}/sheet").json()["id"]
        account = client.get("/api/v1/account").json()["id"]
        client.headers.update({"Rukang-Account": str(account), "Rukang-Sheet": str(sheet)})
        file = {"criterion": "B1", "name": "a.jpg", "size": len(FILE), "sha256": digest}
        path = f"/api/v1/inspections/{number}/sheet/evidence"
        evidence = client.post(path, json=file).raise_for_status().json()["id"]
        part, content = f"/api/v1/evidence/{evidence}/parts/0", FILE[:PART_BYTES]
        with _no_room(running.app.state.database.engine):  # type: ignore[attr-defined]
            refused = client.put(part, content=content)
        assert refused.status_code == 507
        assert "磁盘已满" in refused.json()["detail_zh"]
        assert "SQL" not in refused.text
        with house.database.session() as session:
            kept = select(func.count()).where(EvidencePart.evidence_id == evidence)
            assert session.scalar(kept) == 0
        assert client.put(part, content=content).json()["missing"] == [1]


def _sqlite(code: int, name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("…")
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    return error


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OperationalError("…", {}, psycopg.errors.DiskFull("…")),
        OperationalError("…", {}, _sqlite(13, "SQLITE_FULL")),
        OperationalError("…", {}, _sqlite(778, "SQLITE_IOERR_WRITE")),
    ],
)
def test_every_kind_of_full_disk_is_known(error: Exception) -> None:
    """Of a file, of PostgreSQL and of SQLite."""
    assert is_disk_full(error)
    assert isinstance(away(error), DiskFullError)


def test_other_failures_are_not_called_a_full_disk() -> None:
    """A database that goes away, or a file that is closed to us."""
    assert not is_disk_full(OperationalError("…", {}, psycopg.errors.AdminShutdown("…")))
    assert not is_disk_full(OSError(errno.EACCES, "Permission denied"))
