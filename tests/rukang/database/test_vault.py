"""Sealed numbers: found without opening, opened only with the right key."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from rukang.database.vault import SealBrokenError, Vault, load_vault

NUMBER = "371681199001010009"


def test_a_sealed_number_opens_to_what_was_sealed() -> None:
    """The cipher text hides the number and opens to it again."""
    vault = Vault([Fernet.generate_key().decode()])
    sealed = vault.seal(NUMBER, "3716**********0009")
    assert NUMBER not in sealed.cipher + sealed.lookup
    assert vault.open(sealed) == NUMBER
    assert str(sealed) == "3716**********0009"


def test_equal_numbers_share_a_lookup_but_no_cipher_text() -> None:
    """The lookup finds equals; the cipher text gives nothing away."""
    vault = Vault([Fernet.generate_key().decode()])
    one, two = vault.seal(NUMBER, "*"), vault.seal(NUMBER, "*")
    assert one.lookup == two.lookup == vault.lookup(NUMBER)
    assert one.cipher != two.cipher
    assert vault.lookup("371681199001010008") != one.lookup


def test_another_installation_cannot_open_a_number() -> None:
    """A vault with other keys refuses, naming the mask and not the number."""
    sealed = Vault([Fernet.generate_key().decode()]).seal(NUMBER, "3716**********0009")
    with pytest.raises(SealBrokenError, match=r"3716\*+0009"):
        Vault([Fernet.generate_key().decode()]).open(sealed)


def test_a_new_first_key_keeps_old_seals_and_lookups() -> None:
    """Keys can be changed: old numbers still open and are still found."""
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    sealed = Vault([old]).seal(NUMBER, "*")
    changed = Vault([new, old])
    assert changed.open(sealed) == NUMBER
    assert changed.lookup(NUMBER) == sealed.lookup
    assert Vault([new, old]).open(changed.seal(NUMBER, "*")) == NUMBER


def test_a_missing_key_file_is_made_for_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first start makes a key file that others cannot read; the next start reuses it."""
    monkeypatch.delenv("RUKANG_KEYS", raising=False)
    file = tmp_path / "data" / "keys.txt"
    sealed = load_vault(file).seal(NUMBER, "*")
    assert file.stat().st_mode & 0o077 == 0
    assert load_vault(file).open(sealed) == NUMBER


def test_keys_from_the_environment_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installation may keep its keys outside the data folder."""
    key = Fernet.generate_key().decode()
    monkeypatch.setenv("RUKANG_KEYS", key)
    file = tmp_path / "keys.txt"
    assert load_vault(file).open(Vault([key]).seal(NUMBER, "*")) == NUMBER
    assert not file.exists()


def test_a_vault_without_keys_is_refused() -> None:
    """An empty key list is an error, not an unsealed database."""
    with pytest.raises(ValueError, match="at least one key"):
        Vault([])
