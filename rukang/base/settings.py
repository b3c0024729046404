"""Where an installation keeps its data, from the environment."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from rukang.base.access import Database, Role
from rukang.base.calendar import calendar_in
from rukang.base.clock import Clock, utc_now
from rukang.base.database import keys
from rukang.base.database.engine import make_engine
from rukang.base.database.key_file import KeyPlace
from rukang.base.errors import InvalidError

LONGEST_IDLE_MINUTES = 720


@dataclass(frozen=True)
class Settings:
    """Place of the data and address of the database.

    Parameters
    ----------
    data
        Folder of the SQLite file, the key file and the local policy file.
    database_url
        SQLAlchemy URL.
    person_keys_url
        Where the keys of single persons lie, if not where they are by default
        (:func:`rukang.base.database.person_keys.place_of`).
    hosts
        Names under which the web face is asked for; others are refused.
    proxies
        Addresses (or networks) whose ``X-Forwarded-*`` headers are believed; none by default.
    hsts_subdomains
        Browsers shall ask for subdomains by TLS only, too.
    idle
        A browser's session ends after so long without a request.
    second_factor_roles
        Roles that see nothing until their account has a second factor.
    access_log
        Write a line for every request of the web face, without addresses or names.
    """

    data: Path
    database_url: str
    person_keys_url: str | None = None
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    proxies: tuple[str, ...] = ()
    hsts_subdomains: bool = False
    idle: timedelta = timedelta(hours=2)
    second_factor_roles: frozenset[Role] = frozenset()
    access_log: bool = False

    @property
    def key_file(self) -> Path:
        """The file of the keys that seal personal numbers; back it up apart from the database."""
        return self.data / "keys.txt"

    @property
    def local_policy(self) -> Path:
        """The file in which an installation states its own figures."""
        return self.data / "local-policy.yaml"

    @property
    def editions(self) -> Path:
        """The folder of the installation's own documents of criteria."""
        return self.data / "editions"

    @property
    def keys(self) -> KeyPlace:
        """Where the keys are read from: the environment, or the key file."""
        return KeyPlace(self.key_file)

    @property
    def retention(self) -> Path:
        """The file in which an installation states how long it keeps records."""
        return self.data / "retention.yaml"

    def open(self, clock: Clock = utc_now) -> Database:
        """Open the database with the installation's keys.

        Raises
        ------
        KeysError
            If the keys are missing or not those of the database; nothing is read or written then.
        """
        engine = make_engine(self.database_url)
        try:
            vault = keys.require(engine, self.keys)
        finally:
            engine.dispose()
        calendar = partial(calendar_in, self.local_policy)
        return Database(self.database_url, vault, clock, calendar, self.person_keys_url)


@dataclass(frozen=True)
class Limits:
    """How much long work one home may ask for, so that no home keeps the others waiting.

    Parameters
    ----------
    solve_seconds
        Longest time one solve may take.
    home_seconds
        Seconds of all solves of a home that are queued or running.
    home_jobs
        Jobs of a home that are queued or running, wage runs included.
    """

    solve_seconds: int = 3600
    home_seconds: int = 7200
    home_jobs: int = 12


def limits() -> Limits:
    """Return this installation's limits.

    ``RUKANG_SOLVE_SECONDS``, ``RUKANG_HOME_SECONDS`` and ``RUKANG_HOME_JOBS`` set them.

    Raises
    ------
    InvalidError
        If one of them is no whole number above zero.
    """
    usual = asdict(Limits())
    return Limits(**{name: _whole(f"RUKANG_{name.upper()}", usual[name]) for name in usual})


def _whole(name: str, otherwise: int) -> int:
    text = os.environ.get(name, "").strip() or str(otherwise)
    if not text.isdecimal() or not int(text):
        raise InvalidError(
            f"环境变量 {name} 须为正整数，现在不是。",
            f"The setting {name} has to be a whole number above zero.",
        )
    return int(text)


def _words(name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the values of a variable, given with commas between them."""
    given = os.environ.get(name, "")
    return tuple(word.strip() for word in given.split(",") if word.strip()) or default


def _idle() -> timedelta:
    text = os.environ.get("RUKANG_IDLE_MINUTES", "") or str(Settings.idle // timedelta(minutes=1))
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= LONGEST_IDLE_MINUTES):
        raise InvalidError(
            f"RUKANG_IDLE_MINUTES 应为 1 至 {LONGEST_IDLE_MINUTES} 的整数（分钟）。",
            f"RUKANG_IDLE_MINUTES is to be minutes from 1 to {LONGEST_IDLE_MINUTES}.",
        )
    return timedelta(minutes=int(text))


def _roles() -> frozenset[Role]:
    try:
        return frozenset(Role(word) for word in _words("RUKANG_SECOND_FACTOR"))
    except ValueError as error:
        raise InvalidError(
            f"RUKANG_SECOND_FACTOR 只能写这些角色：{'、'.join(Role)}。",
            f"RUKANG_SECOND_FACTOR takes these roles: {', '.join(Role)}.",
        ) from error


def settings(data: Path | None = None) -> Settings:
    """Return the settings of this installation.

    ``RUKANG_DATA`` names the folder (``rukang-data`` under the working folder otherwise),
    ``RUKANG_DATABASE_URL`` the database (a SQLite file in that folder otherwise),
    ``RUKANG_PERSON_KEYS_URL`` the store of the person keys (apart from the database otherwise). Of
    the web face:
    ``RUKANG_HOSTS`` and ``RUKANG_PROXIES`` (with commas between), ``RUKANG_HSTS_SUBDOMAINS``
    (``on``), ``RUKANG_IDLE_MINUTES``, ``RUKANG_SECOND_FACTOR`` (roles that must have one),
    ``RUKANG_ACCESS_LOG`` (``on``).
    """
    folder = data or Path(os.environ.get("RUKANG_DATA", "rukang-data"))
    url = os.environ.get("RUKANG_DATABASE_URL") or f"sqlite:///{folder / 'rukang.sqlite'}"
    return Settings(
        folder.resolve(),
        url,
        os.environ.get("RUKANG_PERSON_KEYS_URL"),
        hosts=_words("RUKANG_HOSTS", Settings.hosts),
        proxies=_words("RUKANG_PROXIES"),
        hsts_subdomains=os.environ.get("RUKANG_HSTS_SUBDOMAINS") == "on",
        idle=_idle(),
        second_factor_roles=_roles(),
        access_log=os.environ.get("RUKANG_ACCESS_LOG") == "on",
    )
