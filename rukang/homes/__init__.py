"""The register of homes: where each is, who answers for it, what it offers."""

from rukang.homes.records import Home
from rukang.homes.service import find_home, hold, homes_query, list_homes

__all__ = ["Home", "find_home", "hold", "homes_query", "list_homes"]
