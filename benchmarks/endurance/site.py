"""An installation to be disturbed: its database, its programs, and people who sign in."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx

from rukang.__main__ import main as rukang_command
from rukang.base.access import Database
from rukang.base.settings import Settings
from tests.api.house import House, furnish
from tests.demo import LOCAL_POLICY
from tests.postgres import Server, temporary_server

FORKING = multiprocessing.get_context("forkserver")
"""Programs are forked from a process that has loaded the product and done nothing: a real process
each, without the seconds of loading it a hundred times."""
FORKING.set_forkserver_preload(["benchmarks.endurance.loaded"])

STARTING_SECONDS = 240
"""Longest wait for a program to answer; a busy machine is slow, and no figure here is a time."""

PATIENCE_SECONDS = 600
"""Longest wait for work to end; beyond it the work counts as lost."""


@dataclass
class Site:
    """A furnished installation whose programs run as processes of their own."""

    kind: str
    house: House
    server: Server | None
    programs: list[BaseProcess] = field(default_factory=list)
    address: str = ""
    """Where the web face that was started last answers."""

    @property
    def settings(self) -> Settings:
        """Where it keeps its data."""
        return self.house.settings

    @property
    def database(self) -> Database:
        """Its database, looked at past the programs."""
        return self.house.database

    def command(self, *arguments: str | Path) -> BaseProcess:
        """Start a command of the product in a process of its own; it is killed with the others."""
        log, url = self.settings.data / "programs.log", self.settings.database_url
        line = [str(argument) for argument in arguments]
        program = FORKING.Process(
            target=run_command, args=(line, str(self.settings.data), url, str(log)), daemon=True
        )
        program.start()
        self.programs.append(program)
        return program

    def serve(self, *options: str) -> str:
        """Start the web face with its worker and return its address once it answers."""
        port = _free_port()
        program = self.command("serve", "--port", str(port), *options)
        address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + STARTING_SECONDS
        while time.monotonic() < until and program.is_alive():
            try:
                if httpx.get(f"{address}/sign-in", timeout=30).status_code == 200:
                    self.address = address
                    return address
            except httpx.TransportError:
                time.sleep(0.1)
        raise RuntimeError(f"The web face does not start; see {self.settings.data}/programs.log.")

    def caller(self, address: str, who: str) -> httpx.Client:
        """Return somebody's client, signed in now: programs go by the real clock."""
        headers = {"Authorization": f"Bearer {self.house.token(who, datetime.now(UTC))}"}
        return httpx.Client(base_url=address, headers=headers, timeout=120)

    def kill(self) -> None:
        """End every program at once, as a power cut would."""
        for program in self.programs:
            program.kill()
        for program in self.programs:
            program.join()
        self.programs.clear()


def run_command(line: list[str], data: str, url: str, log: str) -> None:
    """Be ``rukang`` with these arguments, in a process that was just forked."""
    with Path(log).open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.environ.update(
        RUKANG_DATA=data, RUKANG_DATABASE_URL=url, RUKANG_ACCOUNT="administrator@example.org"
    )
    sys.argv = ["rukang", *line]
    rukang_command()


@contextmanager
def a_site(kind: str, folder: Path) -> Iterator[Site]:
    """Yield a furnished installation; its programs are killed in the end."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(LOCAL_POLICY, folder / "local-policy.yaml")
    if kind == "sqlite":
        with _opened(kind, folder, f"sqlite:///{folder / 'rukang.sqlite'}", None) as site:
            yield site
    else:
        with temporary_server() as server, _opened(kind, folder, server.url, server) as site:
            yield site


@contextmanager
def _opened(kind: str, folder: Path, url: str, server: Server | None) -> Iterator[Site]:
    site = Site(kind, furnish(Settings(folder, url)), server)
    try:
        yield site
    finally:
        site.kill()
        site.database.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
