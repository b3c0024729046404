"""Who may see what: callers, their grants, and sessions narrowed to them."""

from rukang.base.access.caller import PUBLIC, SYSTEM, Caller, Grant, Scope
from rukang.base.access.roles import Permission, Reach, Role
from rukang.base.access.session import Database

__all__ = [
    "PUBLIC",
    "SYSTEM",
    "Caller",
    "Database",
    "Grant",
    "Permission",
    "Reach",
    "Role",
    "Scope",
]
