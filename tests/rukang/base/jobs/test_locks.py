"""A lock tells the living from the dead."""

from __future__ import annotations

from pathlib import Path

from rukang.base.jobs.locks import lock, sweep
from tests.rukang.base.jobs.conftest import House


def test_a_lock_has_one_holder_at_a_time(house: House) -> None:
    """Refused while held, free afterwards; taking what one holds is no contradiction."""
    mine, yours = (lock(house.database.engine, "w1") for _ in range(2))
    assert mine.take()
    assert mine.take()
    assert not yours.take()
    mine.release()
    assert yours.take()
    yours.release()


def test_a_lock_lost_with_its_connection_is_taken_again(house: House) -> None:
    """On a server that ended the session; a file's lock cannot get lost."""
    mine, yours = (lock(house.database.engine, "w1") for _ in range(2))
    assert mine.take()
    house.end_other_sessions()
    assert mine.take()
    assert not yours.take()
    mine.release()


def test_a_lock_given_back_leaves_no_file_and_can_be_taken_again(house: House) -> None:
    """By the same one and by another; nothing lies about between."""
    mine, yours = (lock(house.database.engine, "w1") for _ in range(2))
    for one, other in ((mine, yours), (yours, mine), (mine, yours)):
        assert one.take()
        assert not other.take()
        one.release()
        assert not one.held()
        assert list(house.settings.data.glob("*.lock")) == []


def test_locks_of_different_names_are_independent(house: House) -> None:
    """Every worker has its own."""
    one, other = lock(house.database.engine, "w1"), lock(house.database.engine, "w2")
    assert one.take()
    assert other.take()
    one.release()
    other.release()


def test_lock_files_of_the_dead_are_swept_up(house: House) -> None:
    """And those of the living left alone."""
    alive = lock(house.database.engine, "alive")
    assert alive.take()
    if not house.on_server:
        Path(f"{house.database.engine.url.database}.dead.lock").touch()
    sweep(house.database.engine)
    left = {path.name.split(".")[-2] for path in house.settings.data.glob("*.lock")}
    assert left == (set() if house.on_server else {"alive"})
    assert not lock(house.database.engine, "alive").take()
    alive.release()
