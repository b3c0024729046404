"""Slowing down whoever tries passwords.

Attempts are counted in the memory of one process: with several processes each counts for itself,
so an attacker gets as many times the attempts as there are processes; a restart forgets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from datetime import datetime, timedelta
from threading import Lock

from rukang.clock import Clock
from rukang.errors import RukangError

WINDOW = timedelta(minutes=15)
"""An attempt counts for this long."""

PER_ACCOUNT = 5
"""Attempts on one account from one address within the window."""

PER_ADDRESS = 50
"""Attempts from one address on whatever accounts; a whole home may share one address."""


class LockedOutError(RukangError):
    """Too many failed attempts to sign in; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        minutes = -(-retry_after // 60)
        super().__init__(
            f"登录失败次数过多，请在 {minutes} 分钟后再试。",
            f"Too many failed attempts to sign in; try again in {minutes} minutes.",
        )
        self.retry_after = retry_after


class Attempts:
    """The attempts to sign in of the last minutes, by account and address."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._at: dict[Hashable, list[datetime]] = defaultdict(list)

    def begin(self, email: str, address: str) -> None:
        """Count an attempt before the password is looked at, so that none slip by in parallel.

        Raises
        ------
        LockedOutError
            If the account (from this address) or the address has used its attempts up.
        """
        now = self._clock()
        with self._lock:
            self._forget(now - WINDOW)
            for key, limit in _limits(email, address):
                if len(self._at[key]) >= limit:
                    wait = self._at[key][-limit] + WINDOW - now
                    raise LockedOutError(int(wait.total_seconds()) + 1)
            for key, _ in _limits(email, address):
                self._at[key].append(now)

    def succeeded(self, email: str, address: str) -> None:
        """Forget the failures of an account, and this attempt of its address."""
        with self._lock:
            self._at.pop((email.lower(), address), None)
            if self._at[address]:
                self._at[address].pop()

    def _forget(self, before: datetime) -> None:
        for key in list(self._at):
            self._at[key] = [at for at in self._at[key] if at > before]
            if not self._at[key]:
                del self._at[key]


def _limits(email: str, address: str) -> Iterator[tuple[Hashable, int]]:
    yield (email.lower(), address), PER_ACCOUNT
    yield address, PER_ADDRESS
