"""Reading workbooks in processes of their own, held to limits and ended with whoever asked.

A file is read by ``parse.py``, a program beside this module. However a file drives it, into endless
work, out of memory or into a crash, this process answers in words within the limits of
:mod:`rostering.sheets.limits`. Processes that answered are kept for the next file; at most
``LIMITS.at_once`` run.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Event, Thread
from time import monotonic
from typing import Any

from rostering.sheets.limits import LIMITS, Limits

PROGRAM = Path(__file__).with_name("parse.py")
GLANCE = 0.05
"""Seconds between two looks whether the time is over or the client gone."""

USES = 100
"""Files after which a process ends; what a library keeps of them is freed at the latest then."""

Gone = Callable[[], bool]
"""Says whether whoever asked is gone."""

log = logging.getLogger(__name__)


def somebody_waits() -> bool:
    """Say that nobody is gone: whoever runs a command waits for its end."""
    return False


def read_cells(path: Path, gone: Gone = somebody_waits, limits: Limits = LIMITS) -> dict[str, Any]:
    """Return the answer of ``parse.py`` to a file; its ``refused`` tells also of a limit met here.

    Raises
    ------
    OSError
        If no process can be started.
    """
    with _turn(gone, limits) as granted:
        if not granted:
            return {"refused": "gone" if gone() else "busy"}
        reader = _waiting()
        found = reader.ask(path, gone, limits)
        if found.get("refused") == "ended" and reader.uses > 1:
            # It may have been ended while it waited; a new one tells whether the file did it.
            found = Reader().ask(path, gone, limits)
    if missing := found.pop("without", None):
        _say_what_is_missing(tuple(missing))
    return found


class Reader:
    """One process that reads one file at a time."""

    def __init__(self) -> None:
        # Its errors go nowhere: they would repeat what stands in the file.
        self._process = subprocess.Popen(  # noqa: S603 - our own program, by its path
            [sys.executable, "-P", str(PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.uses = 0

    @property
    def works(self) -> bool:
        """Whether the process can be asked again."""
        return self.uses < USES and self._process.poll() is None

    def ask(self, path: Path, gone: Gone, limits: Limits) -> dict[str, Any]:
        """Return the answer; a process that gave none is ended and not asked again."""
        self.uses += 1
        with self._watched(gone, limits) as ended_for:
            answer = self._answer(path, limits)
        if answer is None:
            self.end()
            return {"refused": ended_for[0] if ended_for else self._reason()}
        if self.works and not ended_for:
            _free.append(self)
        else:
            self.end()
        return answer

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what it was not told any more
                    pipe.close()

    def _answer(self, path: Path, limits: Limits) -> dict[str, Any] | None:
        process = {"memory": limits.memory_bytes, "seconds": limits.processor_seconds}
        asked = {"path": str(path.resolve()), "limits": asdict(limits), "process": process}
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise TypeError("The process was started without pipes.")
        try:
            stdin.write(json.dumps(asked).encode() + b"\n")
            stdin.flush()
            line = stdout.readline()
        except OSError:  # it ended, or was ended
            return None
        if not line.endswith(b"\n"):
            return None
        answer: dict[str, Any] = json.loads(line)
        return answer

    @contextmanager
    def _watched(self, gone: Gone, limits: Limits) -> Iterator[list[str]]:
        """Kill the process when its time is over or the client gone; the reason is in the list."""
        done, ended_for, until = Event(), list[str](), monotonic() + limits.seconds

        def watch() -> None:
            while not done.wait(GLANCE):
                if gone() or monotonic() > until:
                    ended_for.append("gone" if gone() else "seconds")
                    self._process.kill()
                    return

        watcher = Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield ended_for
        finally:
            done.set()
            watcher.join()

    def _reason(self) -> str:
        """Return why the process ended without an answer."""
        import signal

        over = getattr(signal, "SIGXCPU", None)
        return "seconds" if over and self._process.returncode == -over else "ended"


_free: deque[Reader] = deque()
_turns = BoundedSemaphore(LIMITS.at_once)


def _waiting() -> Reader:
    """Return a process that waits for a file, or a new one."""
    while True:
        try:
            reader = _free.pop()
        except IndexError:
            return Reader()
        if reader.works:
            return reader
        reader.end()


@contextmanager
def _turn(gone: Gone, limits: Limits) -> Iterator[bool]:
    """Wait until few enough files are read; without success when it takes too long."""
    until = monotonic() + limits.waiting_seconds
    granted = not gone() and _turns.acquire(timeout=GLANCE)
    while not granted and not gone() and monotonic() < until:
        granted = _turns.acquire(timeout=GLANCE)
    try:
        yield granted
    finally:
        if granted:
            _turns.release()


@cache
def _say_what_is_missing(limits: tuple[str, ...]) -> None:
    log.warning("This platform does not limit %s of processes that read workbooks.", limits)


@atexit.register
def _end_all() -> None:
    while _free:
        _free.pop().end()


def _forget_all() -> None:
    """Leave the processes to the parent: two that write into one pipe would get mixed answers."""
    global _turns
    _free.clear()
    _turns = BoundedSemaphore(LIMITS.at_once)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
