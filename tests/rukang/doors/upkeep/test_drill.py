"""The drill: a backup is taken while a real server and another process write, and brought back."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
from sqlalchemy import func, select

from rukang.base.access import Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.clock import utc_now
from rukang.base.database.audit import AuditEntry
from rukang.base.settings import Settings
from rukang.doors.upkeep import back_up, bring_up, restore
from rukang.people import Person, Resident
from tests.api.house import a_token
from tests.databases import fresh_url
from tests.patience import HANG, wait_for

WRITER = """
import sys
from datetime import date, timedelta
from pathlib import Path
from rukang.bodies.homes import find_home
from rukang.base.settings import Settings
from rukang.doors.upkeep import bring_up
from tests.factories import a_person, a_resident
database = bring_up(Settings(Path(sys.argv[1]), sys.argv[2]))
number = 0
while True:
    number += 1
    with database.session() as session:
        person = a_person(session, born_on=date(1940, 1, 1) + timedelta(days=number))
        a_resident(session, find_home(session, "ZP001"), code=f"W{number:05d}", person=person)
    print(number, flush=True)
"""
"""A person and a resident in one transaction, over and over; prints what is committed."""


class Reader(threading.Thread):
    """Reads numbers over HTTP, each of which writes a line into the audit trail."""

    def __init__(self, url: str, token: str) -> None:
        super().__init__(daemon=True)
        self._client = httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"})
        self._stop_asked = threading.Event()
        self.written = 0
        self.failed: list[str] = []

    def run(self) -> None:
        """Read until it is told to stop."""
        place = "/api/v1/homes/ZP001/residents/R000/number"
        asked = {"number": "citizen_id", "reason": "核对备份"}
        while not self._stop_asked.is_set():
            answer = self._client.post(place, json=asked, timeout=HANG)
            if answer.status_code != 200:
                self.failed.append(answer.text)
                return
            self.written += 1

    def stop(self) -> None:
        """End after the reading in hand."""
        self._stop_asked.set()
        self.join()
        self._client.close()


def test_nothing_committed_before_a_backup_is_lost_and_nothing_is_half_there(
    installed: Settings, tmp_path: Path
) -> None:
    """Rows of a server and of another process, all there up to the moment the backup began."""
    with closing(bring_up(installed)) as database, database.session() as session:
        clerk = create_account(
            session, "c@example.org", "示例专员", "four words in a row", [Grant(Role.CLERK, 1)]
        )
        session.flush()
        token = a_token(session, clerk, utc_now())
    with _serving(installed) as url, _writing(installed) as residents:
        reader = Reader(url, token)
        reader.start()
        wait_for(lambda: bool(reader.failed) or (reader.written > 20 and residents() > 20))
        before = reader.written, residents()
        folder = back_up(installed, tmp_path / "backups")
        wait_for(lambda: bool(reader.failed) or reader.written > before[0])
        reader.stop()
        assert reader.failed == []
    kind = "postgresql" if installed.database_url.startswith("postgresql") else "sqlite"
    other = tmp_path / "other"
    other.mkdir()
    with fresh_url(kind, other) as place:
        there = Settings(other, place)
        there.keys.write(installed.keys.read())
        restore(there, folder)
        with closing(bring_up(there)) as database, database.session() as session:
            reads = select(func.count(AuditEntry.id)).where(AuditEntry.action == "read")
            assert (session.scalar(reads) or 0) >= before[0]
            codes = set(session.scalars(select(Resident.code).where(Resident.code.like("W%"))))
            assert {f"W{number:05d}" for number in range(1, before[1] + 1)} <= codes
            people = set(session.scalars(select(Person.id)))
            assert people == set(session.scalars(select(Resident.person_id)))
            assert len(people) == session.scalar(select(func.count(Resident.id)))


@contextmanager
def _serving(here: Settings) -> Iterator[str]:
    """A real server of an installation, on a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "rukang", "serve", "--no-worker", "--port", str(port)]
    environment = {
        **os.environ, "RUKANG_DATA": str(here.data), "RUKANG_DATABASE_URL": here.database_url,
    }  # fmt: skip
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(lambda: process.poll() is not None or _answers(url))
            assert process.poll() is None
            yield url
        finally:
            process.kill()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/register", timeout=HANG).status_code < 500
    except httpx.TransportError:
        return False


@contextmanager
def _writing(here: Settings) -> Iterator[Callable[[], int]]:
    """A process that registers people; yields how to ask how many it has committed."""
    command = [sys.executable, "-c", WRITER, str(here.data), here.database_url]
    told: list[int] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = process.stdout
        listener = threading.Thread(target=lambda: told.extend(int(line) for line in lines))
        listener.start()
        try:
            yield lambda: told[-1] if told else 0
        finally:
            process.kill()
            listener.join()
