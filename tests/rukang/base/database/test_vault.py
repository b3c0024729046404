"""Sealed numbers: found without opening, opened only with the right key."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.fernet import Fernet

from rukang.base.database.sealing.vault import Key, SealBrokenError, Vault

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
    """Keys can be changed: old numbers still open and are still found, new ones under the new."""
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    sealed = Vault([old]).seal(NUMBER, "*")
    changed = Vault([new, old])
    assert changed.open(sealed) == NUMBER
    assert sealed.lookup in changed.lookups(NUMBER)
    again = changed.seal(NUMBER, "*")
    assert Vault([new]).open(again) == NUMBER
    assert again.lookup == Vault([new]).lookup(NUMBER)


def test_a_fingerprint_tells_keys_apart_and_nothing_else() -> None:
    """It is the same every time, another for another key, and holds no part of the key."""
    text = Fernet.generate_key().decode()
    key, other = Key(text), Key(Fernet.generate_key().decode())
    assert key.fingerprint == Key(text).fingerprint != other.fingerprint
    assert key.fingerprint != key.lookup("") != hashlib.sha256(text.encode()).hexdigest()
    assert text not in repr(key)


def test_a_vault_without_keys_is_refused() -> None:
    """An empty key list is an error, not an unsealed database."""
    with pytest.raises(ValueError, match="at least one key"):
        Vault([])
