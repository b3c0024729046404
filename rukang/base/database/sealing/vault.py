"""Sealing of what identifies a person: citizen ID, certificate, bank account, evidence.

A sealed number is three columns: the cipher text, a keyed lookup (equal numbers are found without
opening them) and a mask for lists. Fernet gives authenticated encryption. A vault may hold several
keys, so that keys can be changed without locking anyone out: which of them seals is written in the
database (:mod:`rukang.base.database.sealing.keys`).

References
----------
个人信息保护法 art. 51: encryption and de-identification of sensitive personal data.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken

from rukang.base.errors import ConflictError, RukangError

SHORT = 8
"""Characters of a fingerprint that are shown to people."""


@dataclass(frozen=True)
class Sealed:
    """A number at rest: cipher text, keyed lookup, and the mask that lists may show."""

    cipher: str
    lookup: str
    masked: str

    def __str__(self) -> str:
        return self.masked


class SealBrokenError(ConflictError):
    """Something sealed cannot be opened with the keys of this vault."""


class Key:
    """One Fernet key, known to people by a fingerprint from which it cannot be told.

    Raises
    ------
    ValueError
        If the text is no Fernet key.
    """

    def __init__(self, text: str) -> None:
        self._fernet = Fernet(text)
        self._lookup_key = hashlib.sha256(b"lookup:" + text.encode()).digest()
        self.fingerprint = hmac.new(
            text.encode(), b"rukang: fingerprint of a key", hashlib.sha256
        ).hexdigest()
        self.text = text

    def __repr__(self) -> str:
        return f"Key({self.fingerprint[:SHORT]})"

    def seal(self, content: bytes) -> bytes:
        """Return content sealed."""
        return self._fernet.encrypt(content)

    def open(self, cipher: bytes) -> bytes | None:
        """Return content in clear, or None if this key does not open it."""
        with suppress(InvalidToken):
            return self._fernet.decrypt(cipher)
        return None

    def lookup(self, number: str) -> str:
        """Return the keyed digest by which equal numbers are found."""
        return hmac.new(self._lookup_key, number.encode(), hashlib.sha256).hexdigest()


class Vault:
    """Seals and opens with the installation's keys.

    Parameters
    ----------
    keys
        Fernet keys. The first one seals, unless the database names another.
    reread
        Reads the keys again from where they are kept; a running server meets new ones that way.

    Raises
    ------
    ValueError
        If there is no key, or one is no Fernet key.
    """

    def __init__(self, keys: Sequence[str], reread: Callable[[], list[str]] | None = None) -> None:
        self.keys = _keys(keys)
        self._reread = reread

    @property
    def first(self) -> Key:
        """The key that seals where no database names one."""
        return next(iter(self.keys.values()))

    def refresh(self) -> None:
        """Read the keys again from where they are kept; keys once held stay held."""
        if self._reread is not None:
            # A server under way is not stopped by a file that is just not there to be read.
            with suppress(RukangError, OSError):
                self.keys = {**_keys(self._reread()), **self.keys}

    def seal(self, number: str, masked: str, key: Key | None = None) -> Sealed:
        """Return the number sealed, with the mask to show in its place."""
        key = key or self.first
        return Sealed(key.seal(number.encode()).decode(), key.lookup(number), masked)

    def open(self, sealed: Sealed) -> str:
        """Return the number in clear; callers log that they did (:func:`rukang.people.reveal`).

        Raises
        ------
        SealBrokenError
            If the number was sealed with a key this vault does not hold, or was altered.
        """
        content = self.opened(sealed.cipher.encode())
        if content is None:
            raise SealBrokenError(
                f"号码 {sealed.masked} 无法解密：密钥不符或数据被改动，请管理员恢复原密钥文件。",
                f"Number {sealed.masked} cannot be opened: wrong key or altered data;"
                " the administrator restores the key file it was sealed with.",
            )
        return content.decode()

    def seal_bytes(self, content: bytes, key: Key | None = None) -> bytes:
        """Return a piece of a file sealed."""
        return (key or self.first).seal(content)

    def open_bytes(self, cipher: bytes) -> bytes:
        """Return a piece of a file in clear.

        Raises
        ------
        SealBrokenError
            If it was sealed with a key this vault does not hold, or was altered.
        """
        content = self.opened(cipher)
        if content is None:
            raise SealBrokenError(
                "文件无法解密：密钥不符或数据被改动，请管理员恢复原密钥文件。",
                "The file cannot be opened: wrong key or altered data; the administrator restores"
                " the key file it was sealed with.",
            )
        return content

    def opened(self, cipher: bytes) -> bytes | None:
        """Return what was sealed, or None if no key of this vault opens it."""
        return next(filter(lambda c: c is not None, (k.open(cipher) for k in self._all())), None)

    def lookup(self, number: str, key: Key | None = None) -> str:
        """Return the keyed digest under which a number sealed now is found."""
        return (key or self.first).lookup(number)

    def lookups(self, number: str) -> list[str]:
        """Return every digest under which a number may be stored: search for all of them."""
        return [key.lookup(number) for key in self._all()]

    def _all(self) -> Iterable[Key]:
        return list(self.keys.values())


def _keys(texts: Iterable[str]) -> dict[str, Key]:
    keys = {key.fingerprint: key for key in map(Key, texts)}
    if not keys:
        raise ValueError("A vault needs at least one key; make one with `rukang db init`.")
    return keys
