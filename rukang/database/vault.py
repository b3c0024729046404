"""Sealing of numbers that identify a person: citizen ID, certificate, bank account.

A sealed number is three columns: the cipher text, a keyed lookup (equal numbers are found without
opening them) and a mask for lists. Fernet gives authenticated encryption; a vault may hold older
keys beside the first, so that keys can be changed without locking anyone out.

References
----------
个人信息保护法 art. 51: encryption and de-identification of sensitive personal data.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


@dataclass(frozen=True)
class Sealed:
    """A number at rest: cipher text, keyed lookup, and the mask that lists may show."""

    cipher: str
    lookup: str
    masked: str

    def __str__(self) -> str:
        return self.masked


class SealBrokenError(Exception):
    """A sealed number cannot be opened with the keys of this vault."""


class Vault:
    """Seals and opens numbers with the installation's keys.

    Parameters
    ----------
    keys
        Fernet keys, the first one used for sealing; the lookup is always keyed by the last (the
        oldest), so that a new first key leaves stored lookups valid.
    """

    def __init__(self, keys: list[str]) -> None:
        if not keys:
            raise ValueError("A vault needs at least one key; make one with `rukang db init`.")
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._lookup_key = hashlib.sha256(b"lookup:" + keys[-1].encode()).digest()

    def seal(self, number: str, masked: str) -> Sealed:
        """Return the number sealed, with the mask to show in its place."""
        return Sealed(self._fernet.encrypt(number.encode()).decode(), self.lookup(number), masked)

    def open(self, sealed: Sealed) -> str:
        """Return the number in clear; callers log that they did (:func:`rukang.people.reveal`).

        Raises
        ------
        SealBrokenError
            If the number was sealed with a key this vault does not hold, or was altered.
        """
        try:
            return self._fernet.decrypt(sealed.cipher.encode()).decode()
        except InvalidToken as error:
            raise SealBrokenError(
                f"号码 {sealed.masked} 无法解密：密钥不符或数据被改动，请恢复原密钥文件。"
                f" Number {sealed.masked} cannot be opened: wrong key or altered data;"
                " restore the key file it was sealed with."
            ) from error

    def seal_bytes(self, content: bytes) -> bytes:
        """Return a piece of a file sealed."""
        return self._fernet.encrypt(content)

    def open_bytes(self, cipher: bytes) -> bytes:
        """Return a piece of a file in clear.

        Raises
        ------
        SealBrokenError
            If it was sealed with a key this vault does not hold, or was altered.
        """
        try:
            return self._fernet.decrypt(cipher)
        except InvalidToken as error:
            raise SealBrokenError(
                "文件无法解密：密钥不符或数据被改动，请恢复原密钥文件。"
                " The file cannot be opened: wrong key or altered data; restore the key file it"
                " was sealed with."
            ) from error

    def lookup(self, number: str) -> str:
        """Return the keyed digest by which equal numbers are found."""
        return hmac.new(self._lookup_key, number.encode(), hashlib.sha256).hexdigest()


def load_vault(key_file: Path) -> Vault:
    """Return the vault of an installation.

    Keys come from ``RUKANG_KEYS`` (comma-separated) or from the key file, one a line; a missing
    key file is made, readable by its owner only.
    """
    from_environment = os.environ.get("RUKANG_KEYS", "")
    if from_environment:
        return Vault([key.strip() for key in from_environment.split(",") if key.strip()])
    if not key_file.exists():
        _write_new_key(key_file)
    return Vault(key_file.read_text().split())


def _write_new_key(key_file: Path) -> None:
    key_file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(Fernet.generate_key() + b"\n")
