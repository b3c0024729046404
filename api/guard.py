"""Changes are asked for by our own pages only, never by another site's."""

from __future__ import annotations

from fastapi import Request

from api.auth import cookie_name
from api.problems import CrossSiteError

SAFE = {"GET", "HEAD", "OPTIONS"}
SIGN_IN = "/sign-in"


def same_origin(request: Request) -> None:
    """Refuse a change that another site's page sends with our cookie (or into our sign-in form).

    Browsers say where a request comes from in ``Sec-Fetch-Site``, or at least in ``Origin``. A
    program with a bearer token has no cookie and needs neither.

    Raises
    ------
    CrossSiteError
        If the request comes from elsewhere, or does not say where from.

    References
    ----------
    OWASP, Cross-Site Request Forgery Prevention, "Fetch metadata" and "Verifying origin".
    """
    guarded = cookie_name(request) in request.cookies or request.url.path == SIGN_IN
    if request.method in SAFE or not guarded or _from_here(request):
        return
    raise CrossSiteError(
        "这个请求来自其他网站，已拒绝；请在本系统的页面上操作。",
        "The request comes from another site and was refused; use the pages of this system. A"
        " program sends a bearer token instead of the cookie.",
    )


def _from_here(request: Request) -> bool:
    if site := request.headers.get("sec-fetch-site"):
        return site in {"same-origin", "none"}
    here = f"{request.url.scheme}://{request.headers.get('host')}"
    return request.headers.get("origin") == here
