"""What an installation sets: the variables ``RUKANG_…`` of its environment, each typed and told.

:class:`Environment` is the one list of them; ``docs/operate/settings.md`` is written from it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from rukang.base.access import Database, Role
from rukang.base.calendar import calendar_in
from rukang.base.clock import Clock, utc_now
from rukang.base.database.engine import make_engine
from rukang.base.database.sealing import keys
from rukang.base.database.sealing.key_file import KeyPlace
from rukang.base.errors import InvalidError

PREFIX = "RUKANG_"

LONGEST_IDLE_MINUTES = 720


@dataclass(frozen=True)
class Must:
    """What a value has to be, in words."""

    zh: str
    en: str


def _told(default: Any, zh: str, en: str) -> Any:
    """Return a setting with its default and what it is for, in both languages."""
    return Field(default, description=en, json_schema_extra={"zh": zh})


def _words(given: object) -> object:
    """Return the words of a text that has commas between them."""
    if not isinstance(given, str):
        return given
    return tuple(word.strip() for word in given.split(",") if word.strip())


def _digits(given: object) -> object:
    """Refuse what only looks like a number to Python, such as 1_000."""
    if isinstance(given, str) and not given.strip().isdecimal():
        raise ValueError(given)
    return given


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]
Whole = Annotated[
    int, BeforeValidator(_digits), Field(gt=0), Must("正整数", "a whole number above zero")
]
FromZero = Annotated[
    int, BeforeValidator(_digits), Field(ge=0), Must("不小于 0 的整数", "a whole number from 0")
]
Minutes = Annotated[
    int,
    BeforeValidator(_digits),
    Field(ge=1, le=LONGEST_IDLE_MINUTES),
    Must(
        f"1 至 {LONGEST_IDLE_MINUTES} 的整数（分钟）", f"minutes from 1 to {LONGEST_IDLE_MINUTES}"
    ),
]
Switch = Annotated[bool, Must("on 或 off", "on or off")]
Roles = Annotated[
    frozenset[Role],
    NoDecode,
    BeforeValidator(_words),
    Must(
        f"这些角色，用逗号分隔：{'、'.join(Role)}",
        f"of these roles, with commas between: {', '.join(Role)}",
    ),
]


class Environment(BaseSettings):
    """Every variable that an installation may set; a name here is ``RUKANG_`` and it in capitals.

    One that is empty counts as not set. Values are read when they are asked for.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True
    )

    data: Path = _told(
        Path("rukang-data"),
        "数据目录：SQLite 数据库、密钥文件、本地政策文件",
        "the data folder: SQLite database, key file, local policy file",
    )
    database_url: str | None = _told(
        None,
        "数据库地址；不设则用数据目录里的 SQLite 文件",
        "address of the database; a SQLite file in the data folder otherwise",
    )
    person_keys_url: str | None = _told(
        None,
        "每人密钥的存放处；不设则与数据库分开放",
        "where the keys of single persons lie; apart from the database otherwise",
    )
    hosts: Words = _told(
        ("localhost", "127.0.0.1", "[::1]"),
        "网页的主机名；其他名字一律拒绝",
        "names under which the web face is asked for; others are refused",
    )
    proxies: Words = _told(
        (),
        "可信的反向代理地址或网段，只信它们的 X-Forwarded-*",
        "addresses or networks whose X-Forwarded-* is believed",
    )
    hsts_subdomains: Switch = _told(
        False, "子域名也只走 TLS", "browsers shall ask for subdomains by TLS only, too"
    )
    idle_minutes: Minutes = _told(
        120, "多久没有操作就退出登录（分钟）", "minutes without a request that end a session"
    )
    second_factor: Roles = _told(
        frozenset(),
        "必须启用两步验证的角色",
        "roles that see nothing until their account has a second factor",
    )
    access_log: Switch = _told(
        False,
        "每次网页访问记一行，不含姓名和地址",
        "a line for every request of the web face, without names or addresses",
    )
    worker: Switch = _told(
        True,
        "网页进程同时办后台任务；off 则留给 rukang worker",
        "the web face does the long work too; off leaves it to rukang worker",
    )
    solve_seconds: Whole = _told(
        3600, "一次排班求解最长几秒", "longest time one solve may take, in seconds"
    )
    home_seconds: Whole = _told(
        7200,
        "一个机构排队和进行中的求解合计几秒",
        "seconds of all solves of a home that are queued or running",
    )
    home_jobs: Whole = _told(
        12, "一个机构排队和进行中的任务数", "jobs of a home that are queued or running"
    )
    visit_days_early: FromZero = _told(
        0,
        "评分表在上门日之前几天打开",
        "days before the day of the visit on which a sheet opens",
    )
    evidence_file_mb: Whole = _told(
        12, "一份佐证文件最大几 MB", "megabytes of one file of evidence"
    )
    evidence_sheet_files: Whole = _told(
        100, "一张评分表最多几份佐证", "files of evidence on one sheet"
    )
    evidence_sheet_mb: Whole = _told(
        300, "一张评分表的佐证合计几 MB", "megabytes of evidence on one sheet"
    )
    evidence_home_files: Whole = _told(300, "一个机构最多几份佐证", "files of evidence of one home")
    evidence_home_mb: Whole = _told(
        900, "一个机构的佐证合计几 MB", "megabytes of evidence of one home"
    )
    evidence_account_files: Whole = _told(
        1000, "一个账号最多几份佐证", "files of evidence of one account"
    )
    evidence_account_mb: Whole = _told(
        2000, "一个账号的佐证合计几 MB", "megabytes of evidence of one account"
    )


ELSEWHERE = {
    "RUKANG_ACCOUNT": Must("命令行上由谁办理，同 --as", "who acts on the command line, as --as"),
    "RUKANG_KEYS": Must(
        "密钥，逗号分隔；设了就不读密钥文件",
        "the keys, with commas between; no key file is read then",
    ),
}
"""Variables that are read where they are needed: keys by nothing but the key store."""


def environment(data: Path | None = None) -> Environment:
    """Return what the environment sets.

    Parameters
    ----------
    data
        The data folder, if it is given otherwise.

    Raises
    ------
    InvalidError
        If a value cannot be used; it names the variable and says what it has to be.
    """
    try:
        return Environment() if data is None else Environment(data=data)
    except ValidationError as error:
        place = str(error.errors()[0]["loc"][0])
        raise _refused(place, Environment.model_fields[place]) from error


def _refused(name: str, field: FieldInfo) -> InvalidError:
    """Return the refusal of a value, which it does not tell: an address may hold a password."""
    usual = Must("可用的值", "a value that can be used")
    must = next((item for item in field.metadata if isinstance(item, Must)), usual)
    variable = PREFIX + name.upper()
    return InvalidError(
        f"环境变量 {variable} 应为{must.zh}，现在不是。",
        f"The setting {variable} has to be {must.en}.",
    )


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
        (:func:`rukang.base.database.sealing.person_keys.place_of`).
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

    Raises
    ------
    InvalidError
        If a setting cannot be used.
    """
    given = environment()
    return Limits(**{field.name: getattr(given, field.name) for field in fields(Limits)})


def settings(data: Path | None = None) -> Settings:
    """Return the settings of this installation, as :class:`Environment` tells them.

    Raises
    ------
    InvalidError
        If a setting cannot be used.
    """
    given = environment(data)
    return Settings(
        given.data.resolve(),
        given.database_url or f"sqlite:///{given.data / 'rukang.sqlite'}",
        given.person_keys_url,
        hosts=given.hosts or Settings.hosts,
        proxies=given.proxies,
        hsts_subdomains=given.hsts_subdomains,
        idle=timedelta(minutes=given.idle_minutes),
        second_factor_roles=given.second_factor,
        access_log=given.access_log,
    )
