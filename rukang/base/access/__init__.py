"""Who may see what: callers, their grants, and sessions narrowed to them."""

from rukang.base.access.caller import PUBLIC, SYSTEM, Caller, Grant, Permission, Role, Scope
from rukang.base.access.session import Database

__all__ = ["PUBLIC", "SYSTEM", "Caller", "Database", "Grant", "Permission", "Role", "Scope"]
