"""Signing in and out in the browser."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.auth import AtTheDoor, FormOfSignIn, OwnAccount, give_cookies, take_cookie
from api.gate.line import LineFullError
from api.guard import SIGN_IN
from api.pages.templates import render
from api.problems import STATUS
from rukang.base.access.accounts.guessing import LockedOutError
from rukang.base.access.accounts.sign_in import CodeNeededError, SignInRefusedError
from rukang.base.access.records import SessionKind

router = APIRouter()

REFUSED = (SignInRefusedError, CodeNeededError, LockedOutError, LineFullError)
"""What shows the form again with a word."""

LOCAL = re.compile(r"/(?![/\\])[^\s\\]*")
"""A path of ours; ``//other.example`` would lead elsewhere."""


@router.get(SIGN_IN)
async def show_form(request: Request, next: str = "/") -> Response:  # noqa: A002 - in the address
    """Show the form."""
    return render(request, "sign_in.html", next=local(next), email="", error=None)


@router.post(SIGN_IN)
async def sign_in(
    request: Request,
    form: FormOfSignIn,
    door: AtTheDoor,
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """Sign in and go where the visitor was going; show the form again if that fails."""
    try:
        entered = await door.enter(form, SessionKind.BROWSER)
    except REFUSED as error:
        status = STATUS[type(error)]
        again = {"next": local(next), "email": form.username, "error": error}
        return render(request, "sign_in.html", status, **again)
    response = RedirectResponse(local(next), 303)
    give_cookies(request, response, entered)
    return response


@router.post("/sign-out")
def sign_out(request: Request, who: OwnAccount, door: AtTheDoor) -> Response:
    """Revoke the token and go back to the form."""
    door.leave(who)
    response = RedirectResponse(SIGN_IN, 303)
    take_cookie(request, response)
    return response


def local(address: str) -> str:
    """Return an address if it leads into this system, else the first page."""
    return address if LOCAL.fullmatch(address) else "/"
