"""Under which names the web face answers. A made-up name would end in links and redirects."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

REFUSED = (
    "本系统不在这个地址下提供服务，请用管理员给出的网址。\n"
    "This system does not answer under that address; use the one the administrator gave you.\n"
)


class Hosts:
    """Refuses requests for a host that is none of ours, with 400.

    Starlette's own middleware cannot read the address of an IPv6 host.

    Parameters
    ----------
    names
        Host names and addresses, without ports; an IPv6 address in brackets.
    """

    def __init__(self, app: ASGIApp, names: Sequence[str]) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request for one of our names; refuse others."""
        if scope["type"] == "http" and not self._ours(Headers(scope=scope).getlist("host")):
            await PlainTextResponse(REFUSED, 400)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _ours(self, given: Sequence[str]) -> bool:
        return len(given) == 1 and _without_port(given[0]).lower() in self._names


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].removesuffix(".")
