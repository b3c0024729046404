"""Attempts are counted for everybody's server at once, and no owner is kept out by strangers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import delete, func, select

from rukang import migrations
from rukang.base.access import Database
from rukang.base.access.accounts import create_account
from rukang.base.access.accounts.guessing import (
    ANYWHERE,
    FAMILIAR,
    FAMILIAR_FOR,
    FROM_NETWORK,
    LONGEST_MEMORY,
    OF_NETWORK,
    LockedOutError,
    Place,
    begin,
    know,
    network_of,
    succeeded,
)
from rukang.base.access.records import FamiliarPlace, SignInTally
from rukang.base.database.sealing.vault import Vault
from tests.conftest import NOW
from tests.databases import KINDS, fresh_url

EMAIL = "owner@example.org"
HOME, OFFICE = Place("192.0.2.1"), Place("198.51.100.7")


@dataclass
class Clock:
    """A clock the tests turn."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        """Return the moment it shows."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The clock of the database below."""
    return Clock()


@pytest.fixture(scope="module", params=KINDS)
def with_account(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A database with one account, of each kind; tests begin without counts and places."""
    with fresh_url(request.param, tmp_path_factory.mktemp("guessing")) as url:
        database = Database(url, Vault([Fernet.generate_key().decode()]), lambda: NOW)
        migrations.upgrade(database.engine)
        with database.session() as session:
            create_account(session, EMAIL, "示例人", None, [])
        yield database
        database.close()


@pytest.fixture
def database(with_account: Database, clock: Clock) -> Iterator[Database]:
    """The database, and a clock to turn."""
    with with_account.engine.begin() as connection:
        connection.execute(delete(SignInTally))
        connection.execute(delete(FamiliarPlace))
    opened = Database(with_account.url, with_account.vault, clock)
    yield opened
    opened.close()


def _fails(database: Database, place: Place, email: str = EMAIL, account: int | None = 1) -> bool:
    """Make an attempt that fails; return whether its password was looked at."""
    try:
        begin(database, email, account, place)
    except LockedOutError:
        return False
    return True


def _looked_at(tries: Iterator[bool]) -> int:
    return sum(tries)


def test_an_account_tried_from_many_addresses_is_slowed(database: Database) -> None:
    """Forty guesses from forty addresses: after ten one has to wait, wherever one comes from."""
    tries = (_fails(database, Place(f"203.0.113.{n}")) for n in range(40))
    assert _looked_at(tries) == ANYWHERE.free


def test_guesses_of_a_day_from_everywhere_are_few(database: Database, clock: Clock) -> None:
    """A stranger with a new address every few minutes; waiting grows up to an hour."""
    looked_at = 0
    for minute in range(0, 24 * 60, 5):
        clock.now = NOW + timedelta(minutes=minute)
        looked_at += _fails(database, Place(f"203.0.{minute // 250}.{minute % 250}"))
    assert looked_at <= 40


def test_the_owner_gets_in_meanwhile_from_a_known_place(database: Database) -> None:
    """By the network, or by the browser from a network never seen."""
    phone = Place("100.64.9.9", device="a cookie of ours")
    know(database, 1, HOME)
    know(database, 1, phone)
    for n in range(60):
        _fails(database, Place(f"203.0.113.{n}"))
    moving = Place("100.64.200.1", device="a cookie of ours")
    for place in (HOME, moving):
        succeeded(database, begin(database, EMAIL, 1, place), 1, place)
    with pytest.raises(LockedOutError):
        begin(database, EMAIL, 1, Place("100.64.200.2", device="a cookie made up"))


def test_strangers_at_the_office_lock_out_nobody_there(database: Database) -> None:
    """Made-up names cost nobody's allowance; many real ones cost only that of newcomers."""
    for n in range(4 * OF_NETWORK.free):
        assert _fails(database, OFFICE, f"made-up-{n}@example.org", None)
    assert begin(database, EMAIL, 1, OFFICE)
    know(database, 1, OFFICE)
    with database.session() as session:
        ids = [
            create_account(session, f"{n}@example.org", "示例人", None, []).id
            for n in range(OF_NETWORK.free)
        ]
    for account in ids:
        _fails(database, OFFICE, f"{account}@example.org", account)
    assert not _fails(database, OFFICE, "another@example.org", 2)
    assert begin(database, EMAIL, 1, OFFICE)


def test_a_known_place_has_an_allowance_too(database: Database, clock: Clock) -> None:
    """A colleague who guesses at the same office is slowed, and the owner never for long."""
    know(database, 1, OFFICE)
    tries = (_fails(database, OFFICE) for _ in range(30))
    assert _looked_at(tries) == FAMILIAR.free
    clock.now += FAMILIAR.longest
    assert _fails(database, OFFICE)
    for _ in range(20):
        clock.now += FAMILIAR.longest
        assert _fails(database, OFFICE), "waiting grew beyond its bound"


def test_a_place_is_forgotten_after_a_while(database: Database, clock: Clock) -> None:
    """Nobody stays known where they have not been for a season."""
    know(database, 1, HOME)
    clock.now += FAMILIAR_FOR
    for n in range(ANYWHERE.free):
        _fails(database, Place(f"203.0.113.{n}"))
    assert not _fails(database, HOME)


def test_made_up_names_wait_like_real_ones(database: Database) -> None:
    """So the answers tell nobody which addresses have accounts."""
    told = []
    for email, account in ((EMAIL, 1), ("nobody@example.org", None)):
        far = (_fails(database, Place(f"203.0.113.{n}"), email, account) for n in range(20))
        near = (_fails(database, HOME, email, account) for _ in range(20))
        told.append([*far, *near])
    assert told[0] == told[1]


def test_success_forgets_the_slips_made_here(database: Database) -> None:
    """Four slips, success, four slips: nobody is locked out for typing badly."""
    for _ in range(4):
        for _ in range(FROM_NETWORK.free - 1):
            assert _fails(database, HOME)
        succeeded(database, begin(database, EMAIL, 1, HOME), 1, HOME)


def test_what_is_refused_prolongs_nothing(database: Database, clock: Clock) -> None:
    """Whoever asks on while waiting waits no longer, and the wait that is told is the true one."""
    while _fails(database, HOME):
        pass
    for _ in range(100):
        with pytest.raises(LockedOutError) as refused:
            begin(database, EMAIL, 1, HOME)
    clock.now += timedelta(seconds=refused.value.retry_after)
    assert _fails(database, HOME)


def test_a_clock_set_back_keeps_nobody_out(database: Database, clock: Clock) -> None:
    """Failures that seem to lie in the future make one wait no longer than they should."""
    _fails(database, HOME)
    clock.now -= timedelta(days=30)
    assert _fails(database, HOME)


def test_none_slip_by_in_parallel(database: Database) -> None:
    """Twenty at once over connections of their own, as from two servers: as many as one by one."""
    servers = [Database(database.url, database.vault, database.clock) for _ in range(2)]
    start = threading.Barrier(20)

    def guess(number: int) -> bool:
        start.wait()
        return _fails(servers[number % 2], HOME)

    with ThreadPoolExecutor(20) as pool:
        assert _looked_at(pool.map(guess, range(20))) == FROM_NETWORK.free
    for server in servers:
        server.close()


def test_parallel_attempts_on_several_accounts_wait_for_each_other_in_order(
    database: Database,
) -> None:
    """Counts locked in different orders would be a deadlock."""
    start = threading.Barrier(12)

    def guess(number: int) -> None:
        start.wait()
        for turn in range(5):
            with suppress(LockedOutError):
                begin(database, f"{(number * turn) % 3}@example.org", 1, HOME)

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(guess, range(12))) == [None] * 12


def test_a_restart_forgets_nothing(database: Database) -> None:
    """The counts lie in the database."""
    while _fails(database, HOME):
        pass
    again = Database(database.url, database.vault, database.clock)
    assert not _fails(again, HOME)
    again.close()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("testclient", "testclient", True),
    ],
)
def test_addresses_that_one_person_has_count_as_one(one: str, other: str, same: bool) -> None:
    """A household has a whole /64 of IPv6."""
    assert (network_of(one) == network_of(other)) is same


def test_what_was_typed_is_not_kept(database: Database) -> None:
    """People type their password into the field of the address."""
    _fails(database, HOME, "my secret password", None)
    with database.session() as session:
        kept = "".join(session.scalars(select(SignInTally.key)))
    assert "secret" not in kept
    assert "192.0.2.1" not in kept


def test_old_counts_and_places_are_swept_out(database: Database, clock: Clock) -> None:
    """Names typed at random do not fill the disk."""
    for n in range(30):
        _fails(database, HOME, f"{n}@example.org", None)
    know(database, 1, HOME)
    assert _count(database) > 30
    clock.now += max(LONGEST_MEMORY, FAMILIAR_FOR)
    know(database, 1, HOME)
    _fails(database, OFFICE)
    assert _count(database) <= 5


def _count(database: Database) -> int:
    with database.session() as session:
        return sum(
            session.scalar(select(func.count(record.id))) or 0
            for record in (SignInTally, FamiliarPlace)
        )
