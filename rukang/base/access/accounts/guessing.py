"""Slowing down whoever tries passwords, without keeping out whoever has the right one.

Failures are counted in the database, so all processes share them and a restart forgets none.
Three counts stand against somebody who comes from a place where the account is not known: of the
account from this network, of the account from wherever, and of the network. Waiting grows with the
failures and ends by itself; what is refused while waiting is not counted, so nobody can prolong it.

A place where the account signed in before (a browser by its device cookie, or a network) has a
count of its own and is touched by none of these: an account tried by strangers from the whole world
stays open to its owner, and an office stays open to its people. Names without an account count for
the name, but not against the network: typing at random locks nobody out.

References
----------
OWASP, Slow Down Online Guessing Attacks with Device Cookies.
NIST SP 800-63B-4, section 3.2.2: rate limiting.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from rukang.base.access.records import FamiliarPlace, SignInTally
from rukang.base.access.session import Database
from rukang.base.errors import RukangError


class LockedOutError(RukangError):
    """Too many failed attempts to sign in; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        minutes = -(-retry_after // 60)
        super().__init__(
            f"登录失败次数过多，请在 {minutes} 分钟后再试。",
            f"Too many failed attempts to sign in; try again in {minutes} minutes.",
        )
        self.retry_after = retry_after


@dataclass(frozen=True)
class Allowance:
    """How many failures are free, and how waiting grows after them.

    Parameters
    ----------
    free
        Failures before any waiting.
    first, longest
        The first wait, doubled by each further failure up to the longest.
    memory
        Without a failure for so long, all are forgotten; no shorter than the longest wait.
    """

    free: int
    first: timedelta
    longest: timedelta
    memory: timedelta

    def wait(self, failures: int) -> timedelta:
        """Return how long to wait after so many failures in a row."""
        over = failures - self.free
        doubled = self.first * 2 ** min(over, 20) if over >= 0 else timedelta()
        return min(doubled, self.longest)


MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

FAMILIAR = Allowance(free=10, first=MINUTE, longest=5 * MINUTE, memory=HOUR)
"""One account in a place where it is known: slips of its owner, or of a colleague nearby."""

FROM_NETWORK = Allowance(free=5, first=MINUTE, longest=15 * MINUTE, memory=HOUR)
"""One account from one network where it is not known."""

ANYWHERE = Allowance(free=10, first=MINUTE, longest=HOUR, memory=6 * HOUR)
"""One account from all places where it is not known: at most some forty guesses a day."""

OF_NETWORK = Allowance(free=50, first=MINUTE, longest=15 * MINUTE, memory=HOUR)
"""Accounts that exist, tried from one network where they are not known."""

LONGEST_MEMORY = max(each.memory for each in (FAMILIAR, FROM_NETWORK, ANYWHERE, OF_NETWORK))

FAMILIAR_FOR = timedelta(days=90)
"""A place is known for so long after the last time somebody signed in from there."""

IPV6_PREFIX = 64
"""A household has at least so many addresses for itself (RFC 6177), so they count as one."""


def network_of(address: str) -> str:
    """Return what an address counts as: itself, or the /64 of an IPv6 address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, IPV6_PREFIX), strict=False))


@dataclass(frozen=True)
class Place:
    """Where somebody signs in from: the network, and the browser's device cookie if it has one."""

    network: str
    device: str = ""


@dataclass(frozen=True)
class Attempt:
    """An attempt that was counted as a failure until it succeeds: ``own`` key first."""

    own: str
    others: tuple[str, ...] = ()


_tally: Any = SignInTally.__table__
_familiar: Any = FamiliarPlace.__table__


def begin(database: Database, email: str, account_id: int | None, place: Place) -> Attempt:
    """Count an attempt before the password is looked at, so that none slip by in parallel.

    Parameters
    ----------
    email
        As typed, whether or not there is such an account.
    account_id
        Of the account, if there is one.

    Raises
    ------
    LockedOutError
        If one has to wait; nothing is counted then.
    """
    now, email = database.clock(), email.lower()
    with database.engine.begin() as connection:
        _forget(connection, now)
    known = _where_known(database, account_id, place)
    if known:
        counts = {_key(database, "familiar", email, known): (FAMILIAR, True)}
    else:
        counts = {
            _key(database, "from", email, place.network): (FROM_NETWORK, True),
            _key(database, "anywhere", email): (ANYWHERE, True),
            _key(database, "network", place.network): (OF_NETWORK, account_id is not None),
        }
    own = next(iter(counts))
    with database.engine.begin() as connection:
        # In one order everywhere, so that two attempts cannot wait for each other.
        for key in sorted(counts):
            allowance, counted = counts[key]
            _take(connection, key, allowance, now, counted=counted)
    return Attempt(own, tuple(key for key in counts if key != own and counts[key][1]))


def succeeded(database: Database, attempt: Attempt, account_id: int, place: Place) -> None:
    """Forget the failures made from here, take back this attempt elsewhere, and know the place."""
    with database.engine.begin() as connection:
        connection.execute(delete(_tally).where(_tally.c.key == attempt.own))
        for key in sorted(attempt.others):
            one_less = {"failures": _tally.c.failures - 1}
            taken = (_tally.c.key == key) & (_tally.c.failures > 0)
            connection.execute(update(_tally).where(taken).values(one_less))
    # A device cookie that was not given out here may have been planted: it is not made known.
    known = place if is_ours(database, place.device) else Place(place.network)
    know(database, account_id, known)


def know(database: Database, account_id: int, place: Place) -> None:
    """Remember that an account is at home in a place."""
    now = database.clock()
    old = _familiar.c.last_at <= now - FAMILIAR_FOR
    with database.engine.begin() as connection:
        connection.execute(delete(_familiar).where(_familiar.c.account_id == account_id, old))
        for digest in sorted(_digests(database, place)):
            values = {"account_id": account_id, "place": digest, "last_at": now}
            insert = _insert(connection, _familiar).values(values)
            on = [_familiar.c.account_id, _familiar.c.place]
            connection.execute(
                insert.on_conflict_do_update(index_elements=on, set_={"last_at": now})
            )


def is_ours(database: Database, device: str) -> bool:
    """Return whether a device cookie was given out here and is still of use to some account."""
    query = select(_familiar.c.id).where(_familiar.c.place == _key(database, "device", device))
    with database.engine.connect() as connection:
        return bool(device) and connection.scalar(query.limit(1)) is not None


def _where_known(database: Database, account_id: int | None, place: Place) -> str:
    """Return the digest of the place the account is known in, the browser before the network."""
    wanted = _digests(database, place)
    query = select(_familiar.c.place).where(
        _familiar.c.account_id == account_id,
        _familiar.c.place.in_(wanted),
        _familiar.c.last_at > database.clock() - FAMILIAR_FOR,
    )
    with database.engine.connect() as connection:
        found = set(connection.scalars(query))
    return next((digest for digest in wanted if digest in found), "")


def _digests(database: Database, place: Place) -> Sequence[str]:
    device = [_key(database, "device", place.device)] if place.device else []
    return [*device, _key(database, "network", place.network)]


def _take(
    connection: Connection, key: str, allowance: Allowance, now: datetime, *, counted: bool
) -> None:
    """Lock a count, refuse if it has to wait, and count one more."""
    new = _insert(connection, _tally).values(key=key, failures=0, last_at=now)
    locked = new.on_conflict_do_update(index_elements=[_tally.c.key], set_={"key": key})
    row = connection.execute(locked.returning(_tally.c.failures, _tally.c.last_at)).one()
    waited = max(now - row.last_at, timedelta())  # a clock that was set back prolongs nothing
    failures = row.failures if waited < allowance.memory else 0
    left = allowance.wait(failures) - waited
    if left > timedelta():
        raise LockedOutError(int(left.total_seconds()) + 1)
    if counted:
        values = {"failures": failures + 1, "last_at": now}
        connection.execute(update(_tally).where(_tally.c.key == key).values(values))


def _forget(connection: Connection, now: datetime) -> None:
    """Delete what no longer counts, leaving alone what another attempt holds."""
    old = select(_tally.c.id).where(_tally.c.last_at <= now - LONGEST_MEMORY)
    connection.execute(delete(_tally).where(_tally.c.id.in_(old.with_for_update(skip_locked=True))))


def _insert(connection: Connection, table: Table) -> Any:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


def _key(database: Database, *parts: str) -> str:
    # Keyed: people type their password into the field of the address.
    return database.vault.lookup("\n".join(["sign-in", *parts]))
