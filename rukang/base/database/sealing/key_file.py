"""Where an installation keeps its keys: a file of its owner's, or the environment.

Keys are read here, and only here, and nothing here ever prints one.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from rukang.base.database.sealing.vault import Key
from rukang.base.errors import RukangError

VARIABLE = "RUKANG_KEYS"
OWNER_ONLY = 0o600


class KeysError(RukangError):
    """The installation's keys are missing, damaged, open to others, or not the database's."""


@dataclass(frozen=True)
class KeyPlace:
    """Where the keys lie: ``RUKANG_KEYS`` (comma-separated) if it is set, or a file, one a line.

    Parameters
    ----------
    environment
        Whether to heed the environment; a backup of keys is a file in any case.
    """

    file: Path
    environment: bool = True

    @property
    def in_environment(self) -> bool:
        """Whether the environment holds the keys, so that no file is read or written."""
        return self.environment and bool(os.environ.get(VARIABLE, "").strip())

    def __str__(self) -> str:
        return VARIABLE if self.in_environment else str(self.file)

    def there(self) -> bool:
        """Return whether there are keys at all."""
        return self.in_environment or self.file.exists()

    def read(self) -> list[str]:
        """Return the keys.

        Raises
        ------
        KeysError
            If a key is damaged, there is none, or others than the owner may read the file.
        FileNotFoundError
            If there is no file.
        """
        if self.in_environment:
            keys = [key.strip() for key in os.environ[VARIABLE].split(",") if key.strip()]
        else:
            self._require_private()
            keys = self._text().split()
        for number, key in enumerate(keys, 1):
            _require_key(key, number, self)
        if not keys:
            raise KeysError(
                f"密钥文件 {self} 是空的，请从备份恢复。",
                f"The key file {self} is empty; restore it from its backup.",
            )
        return keys

    def write(self, keys: Sequence[str]) -> None:
        """Write the file anew, whole or not at all, readable by its owner only."""
        draft = self._draft(keys)
        draft.replace(self.file)
        _sync_folder(self.file.parent)

    def make(self) -> None:
        """Make a file with a new key; one that is there already stays as it is."""
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._draft([Fernet.generate_key().decode()])
        try:
            # A link, unlike a move, never takes the place of a file that came first.
            os.link(draft, self.file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        _sync_folder(self.file.parent)

    def _draft(self, keys: Sequence[str]) -> Path:
        draft = self.file.with_name(f".{self.file.name}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(descriptor, "w") as file:
            file.writelines(f"{key}\n" for key in keys)
            file.flush()
            os.fsync(file.fileno())
        return draft

    def _text(self) -> str:
        try:
            return self.file.read_text(encoding="ascii")
        except UnicodeDecodeError as error:
            raise KeysError(
                f"密钥文件 {self} 已损坏（不是文本），请从备份恢复。",
                f"The key file {self} is damaged (it is no text); restore it from its backup.",
            ) from error

    def _require_private(self) -> None:
        """Refuse a file that others may read: whoever read it can open every number."""
        others = self.file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        if os.name == "posix" and others:
            raise KeysError(
                f"密钥文件 {self} 其他用户也能读写；请执行 chmod 600 {self}。"
                "若可能已被人看过，再用 rukang db rekey 更换密钥。",
                f"Others may read the key file {self}; run chmod 600 {self}. If somebody may have"
                " read it, change the key with `rukang db rekey`.",
            )


def _require_key(text: str, number: int, place: KeyPlace) -> None:
    try:
        Key(text)
    except ValueError:
        # The key itself is never shown, and neither is the cause, which may quote it.
        raise KeysError(
            f"密钥文件 {place} 已损坏：第 {number} 个密钥不是有效的密钥（{len(text)} 个字符，"
            "应为 44 个），请从备份恢复。",
            f"The key file {place} is damaged: key {number} is no key ({len(text)} characters,"
            " 44 are due); restore it from its backup.",
        ) from None


def _sync_folder(folder: Path) -> None:
    """Make sure that the file's name outlives a lost power supply; Windows cannot and need not."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
