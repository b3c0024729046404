"""A refusal as a page."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from api.guard import SIGN_IN
from api.pages.templates import render
from api.problems import Problem

NOT_SIGNED_IN = 401


def show_problem(request: Request, problem: Problem) -> Response:
    """Return the refusal as a page; whoever has to sign in is led there and back again."""
    if problem.status != NOT_SIGNED_IN:
        return render(request, "problem.html", problem.status, problem=problem)
    if "hx-request" in request.headers:
        return Response(status_code=NOT_SIGNED_IN, headers={"HX-Redirect": SIGN_IN})
    back = quote(request.url.path) if request.method == "GET" else "/"
    return RedirectResponse(f"{SIGN_IN}?next={back}", 303)
