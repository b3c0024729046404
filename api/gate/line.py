"""Work that keeps a processor busy, done in threads of its own and a few at a time.

One password hash takes all of a small machine for a tenth of a second on purpose. In the event loop
it would stop everybody; in too many threads it would starve them.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from rukang.base.errors import RukangError

Done = TypeVar("Done")

WORKERS = max(1, (os.cpu_count() or 1) // 2)
"""Hashes computed at once; each uses several threads by itself, and pages are served beside."""

PLACES = 64
"""Most that may wait; at ten a second the last one has its turn in six seconds."""

PLACES_OF_NETWORK = 24
"""Most of one network: an office in the morning, and not the whole line for one attacker."""

RETRY_SECONDS = 5


class LineFullError(RukangError):
    """Too many wait already; ``retry_after`` is in seconds."""

    def __init__(self) -> None:
        super().__init__(
            "同时登录的人太多，请几秒后再试。",
            "Too many people sign in at this moment; try again in a few seconds.",
        )
        self.retry_after = RETRY_SECONDS


class Line:
    """A bounded waiting line before a few threads.

    Parameters
    ----------
    workers
        Threads.
    places, places_of_network
        Most that may be in the line (worked on or waiting) in all, and from one network.
    """

    def __init__(
        self,
        workers: int = WORKERS,
        places: int = PLACES,
        places_of_network: int = PLACES_OF_NETWORK,
    ) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="password")
        self._places = places
        self._places_of_network = places_of_network
        self._inside: Counter[str] = Counter()
        self._lock = threading.Lock()

    async def run(self, network: str, work: Callable[[], Done]) -> Done:
        """Do the work when its turn comes.

        Raises
        ------
        LineFullError
            If the line is full.
        """
        self._enter(network)
        future = self._pool.submit(work)
        # Not when the caller goes away: the thread works on until then.
        future.add_done_callback(lambda _: self._leave(network))
        return await asyncio.wrap_future(future)

    def _enter(self, network: str) -> None:
        with self._lock:
            full = self._inside.total() >= self._places
            if full or self._inside[network] >= self._places_of_network:
                raise LineFullError
            self._inside[network] += 1

    def _leave(self, network: str) -> None:
        with self._lock:
            self._inside[network] -= 1
            if not self._inside[network]:
                del self._inside[network]
