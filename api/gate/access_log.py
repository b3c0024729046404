"""The access log: what kind of request was answered how, and how fast; not whom it was about.

A line has the route's pattern in place of the address, so that no code, number or name is in it,
and the number of the account, which the trail resolves. It is off unless the setting says so.
"""

from __future__ import annotations

from time import perf_counter

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()


API = "/api/v1"
"""Under which the operations stand; routes are named without it."""


def pattern_of(scope: Scope) -> str | None:
    """Return the pattern of the route that a request reached, none if it reached none.

    It has the names of parameters, and no value that stands in the address.
    """
    pattern: str | None = getattr(scope.get("route"), "path", None)
    if pattern is None or pattern.startswith(API):
        return pattern
    return f"{API}{pattern}" if scope["path"].startswith(f"{API}/") else pattern


class AccessLog:
    """Writes a line for every request that was answered, or whose answer was cut off."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request and write its line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = perf_counter(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            log.info(
                "request",
                method=scope["method"],
                route=pattern_of(scope),
                status=status,
                account=scope.get("state", {}).get("account_id"),
                milliseconds=round((perf_counter() - begun) * 1000),
            )
