"""Where an installation keeps its data, from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from rukang.access import Database
from rukang.clock import Clock, utc_now
from rukang.database.vault import load_vault


@dataclass(frozen=True)
class Settings:
    """Place of the data and address of the database.

    Parameters
    ----------
    data
        Folder of the SQLite file, the key file and the local policy file.
    database_url
        SQLAlchemy URL.
    """

    data: Path
    database_url: str

    @property
    def key_file(self) -> Path:
        """The file of the keys that seal personal numbers; back it up apart from the database."""
        return self.data / "keys.txt"

    @property
    def local_policy(self) -> Path:
        """The file in which an installation states its own figures."""
        return self.data / "local-policy.yaml"

    def open(self, clock: Clock = utc_now) -> Database:
        """Open the database with the installation's keys."""
        return Database(self.database_url, load_vault(self.key_file), clock)


def settings(data: Path | None = None) -> Settings:
    """Return the settings of this installation.

    ``RUKANG_DATA`` names the folder (``rukang-data`` under the working folder otherwise),
    ``RUKANG_DATABASE_URL`` the database (a SQLite file in that folder otherwise).
    """
    folder = data or Path(os.environ.get("RUKANG_DATA", "rukang-data"))
    url = os.environ.get("RUKANG_DATABASE_URL") or f"sqlite:///{folder / 'rukang.sqlite'}"
    # Names and health are in there: the folder is its owner's alone.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Settings(folder.resolve(), url)
