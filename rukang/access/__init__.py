"""Who may see what: callers, their grants, and sessions narrowed to them."""

from rukang.access.caller import PUBLIC, SYSTEM, Caller, Grant, Permission, Role, Scope
from rukang.access.session import Database

__all__ = ["PUBLIC", "SYSTEM", "Caller", "Database", "Grant", "Permission", "Role", "Scope"]
