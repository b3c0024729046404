"""Security headers of every answer."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Final = {
    # No inline script or style anywhere; htmx is a file of ours and may not evaluate text.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    # Where a photograph was taken is asked on the score sheet; the browser asks the person.
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # A device on the road tells our answers by it from those of a hotel's sign-in page.
    "Rukang-Answer": "1",
}
PRIVATE = "no-store"
STATIC = "public, max-age=3600"
ONE_YEAR = "max-age=31536000"


class SecurityHeaders:
    """Adds the security headers to every answer, and keeps all but static files out of caches.

    Put around everything else, so that refusals of a size or a host and failures have them too.
    """

    def __init__(self, app: ASGIApp, *, hsts_subdomains: bool = False) -> None:
        self._app = app
        self._hsts = ONE_YEAR + ("; includeSubDomains" if hsts_subdomains else "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request with the headers added to its answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers["Cache-Control"] = _caching(scope["path"])
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = self._hsts
            await send(message)

        await self._app(scope, receive, with_headers)


def _caching(path: str) -> str:
    return STATIC if path.startswith("/static/") else PRIVATE
