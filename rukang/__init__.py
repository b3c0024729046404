"""Operations of Rukang Homes (如康家园): homes, people, rosters, wages, ratings, records.

Open a database, then call the services of a room::

    from rukang import settings
    from rukang.bodies.homes import find_home

    database = settings().open()
    with database.session() as session:
        print(find_home(session, "ZP001").name)

The rooms are ``rukang.bodies`` (homes), ``people``, ``work``, ``care``, ``rosters``, ``pay`` and
``stars``; ``rukang.doors`` has workbooks in and the command line, ``rukang.base`` what every room
stands on. ``rukang.engines``, ``rukang.casework`` (procedures as data) and ``rukang.numbers``
(citizen IDs, certificates, accounts) are of use alone: what is exported here is loaded when it is
first asked for, so that they load no database.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rukang.base.access import SYSTEM, Caller, Database, Grant, Permission, Role
    from rukang.base.errors import (
        ConflictError,
        InvalidError,
        NotAllowedError,
        NotFoundError,
        RukangError,
    )
    from rukang.base.settings import Settings, settings

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

_ROOMS = ("rukang.base.access", "rukang.base.errors", "rukang.base.settings")


def __getattr__(name: str) -> Any:
    """Load what is asked for by its name; see :pep:`562`."""
    if name in __all__:
        for room in map(import_module, reversed(_ROOMS)):
            if hasattr(room, name):
                return getattr(room, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
