"""The file of the keys: its owner's alone, whole or not there, and never quoted."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from rukang.base.database.sealing.key_file import KeyPlace, KeysError


@pytest.fixture(autouse=True)
def _no_keys_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RUKANG_KEYS", raising=False)


@pytest.fixture
def place(tmp_path: Path) -> KeyPlace:
    """A place with a new key."""
    place = KeyPlace(tmp_path / "data" / "keys.txt")
    place.make()
    return place


def test_a_made_key_is_its_owners_and_stays(place: KeyPlace) -> None:
    """Others cannot read the file, making it again changes nothing, and no draft is left."""
    assert place.file.stat().st_mode & 0o077 == 0
    before = place.read()
    place.make()
    assert place.read() == before
    assert [path.name for path in place.file.parent.iterdir()] == ["keys.txt"]


def test_many_at_once_make_one_key(tmp_path: Path) -> None:
    """Whoever comes first makes the key of all."""
    place, seen = KeyPlace(tmp_path / "keys.txt"), []

    def make() -> None:
        place.make()
        seen.append(tuple(place.read()))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert len(set(seen)) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_open_to_others_is_refused(place: KeyPlace, mode: int) -> None:
    """A key that others may have read protects nothing."""
    place.file.chmod(mode)
    with pytest.raises(KeysError, match="chmod 600"):
        place.read()


@pytest.mark.parametrize("content", [b"", b"\n", b"q9X7", b"\xff\xfe\x00", b"A" * 41])
def test_a_damaged_file_is_told_and_not_quoted(place: KeyPlace, content: bytes) -> None:
    """What is wrong is said without a piece of the file."""
    place.file.write_bytes(content)
    with pytest.raises(KeysError, match="从备份恢复") as told:
        place.read()
    assert len(content) < 4 or content.decode("latin-1").strip() not in str(told.value)
    assert told.value.__cause__ is None or b"q9X7" not in content


def test_keys_from_the_environment_come_first(
    place: KeyPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installation may keep its keys outside the data folder, several with commas between."""
    one, two = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    monkeypatch.setenv("RUKANG_KEYS", f"{one}, {two}")
    assert place.read() == [one, two]
    assert str(place) == "RUKANG_KEYS"
    monkeypatch.setenv("RUKANG_KEYS", f"{one},damaged")
    with pytest.raises(KeysError, match="第 2 个密钥") as told:
        place.read()
    assert one not in str(told.value)


def test_a_file_is_written_anew_whole_and_private(place: KeyPlace) -> None:
    """The keys in their order, one a line, for the owner's eyes."""
    keys = [Fernet.generate_key().decode(), *place.read()]
    place.write(keys)
    assert place.read() == keys
    assert place.file.stat().st_mode & 0o077 == 0
