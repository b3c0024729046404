"""The register of homes: where each is, who answers for it, what it offers."""

from rukang.base.database.locking import lock_home
from rukang.bodies.homes.records import Home
from rukang.bodies.homes.service import find_home, homes_query, list_homes
from rukang.bodies.homes.target import HOME

__all__ = ["HOME", "Home", "find_home", "homes_query", "list_homes", "lock_home"]
