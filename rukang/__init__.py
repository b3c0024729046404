"""Operations of Rukang Homes (如康家园): homes, people, rosters, wages, ratings, records.

Open a database, then call the services of a room::

    from rukang import settings
    from rukang.homes import find_home

    database = settings().open()
    with database.session() as session:
        print(find_home(session, "ZP001").name)

The rooms are ``rukang.homes``, ``people``, ``employment``, ``attendance``, ``rosters``, ``pay``,
``rating``, ``intake`` (workbooks in) and ``jobs`` (long work); ``rukang.numbers`` validates
citizen IDs, certificates and accounts, ``rukang.migrations`` makes the tables.
"""

from rukang.access import SYSTEM, Caller, Database, Grant, Permission, Role
from rukang.errors import (
    ConflictError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    RukangError,
)
from rukang.settings import Settings, settings

__all__ = [
    "SYSTEM",
    "Caller",
    "ConflictError",
    "Database",
    "Grant",
    "InvalidError",
    "NotAllowedError",
    "NotFoundError",
    "Permission",
    "Role",
    "RukangError",
    "Settings",
    "settings",
]
