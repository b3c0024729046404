"""Whose account the command line acts as."""

from __future__ import annotations

from contextvars import ContextVar

ACCOUNT: ContextVar[str | None] = ContextVar("account", default=None)
"""The address that was given, as option or in the environment; None acts as nobody in office."""
