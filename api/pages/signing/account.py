"""One's own account: password, sessions and second factor; and the page behind a password link."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import segno
from fastapi import APIRouter, Form, Path, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup
from sqlalchemy.orm import Session

from api.access import OwnSession, OwnVisitor, Visit
from api.auth import AtTheDoor, OwnAccount, SignedIn
from api.gate.line import LineFullError
from api.pages.templates import render
from api.problems import STATUS
from rukang.base.access.accounts import find_by_link, second_factor
from rukang.base.access.accounts.guessing import LockedOutError
from rukang.base.access.accounts.sessions import digest_of, end_session, end_sessions, list_sessions
from rukang.base.access.accounts.sign_in import CodeNeededError, SignInRefusedError
from rukang.base.errors import ConflictError, InvalidError, NotFoundError, RukangError

router = APIRouter()

ACCOUNT = "/account"
NEW_PASSWORD = "/password/new"  # noqa: S105 - an address, not a password
REFUSED = (
    SignInRefusedError, CodeNeededError, LockedOutError, LineFullError, ConflictError, InvalidError,
)  # fmt: skip
"""What shows the page again with a word."""

Text = Annotated[str, Form(max_length=1000)]
Optional = Annotated[str, Form(max_length=1000)]
SessionId = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get(ACCOUNT)
def show_own_account(
    request: Request, who: OwnAccount, visit: OwnVisitor, session: OwnSession
) -> Response:
    """Show one's account."""
    return _page(request, who, visit, session)


@router.post("/account/password")
async def change_own_password(
    request: Request,
    who: OwnAccount,
    visit: OwnVisitor,
    door: AtTheDoor,
    old: Text,
    new: Text,
    code: Optional = "",
) -> Response:
    """Change one's password; every other session ends."""
    try:
        await door.prove(who, old, code)
        await door.set_password(who, new)
    except REFUSED as error:
        return await door.as_own(who, partial(_again, request, who, visit, "password", error))
    return RedirectResponse(f"{ACCOUNT}?done=password", 303)


@router.post("/account/sessions/end")
def end_own_other_sessions(who: OwnAccount, session: OwnSession) -> Response:
    """End every session but this one."""
    end_sessions(session, who.own(session), but=who.token)
    return RedirectResponse(f"{ACCOUNT}?done=sessions", 303)


@router.post("/account/sessions/{session_id}/end")
def end_own_session(session_id: SessionId, who: OwnAccount, session: OwnSession) -> Response:
    """End one session."""
    end_session(session, who.own(session), session_id)
    return RedirectResponse(f"{ACCOUNT}?done=sessions", 303)


@router.post("/account/second-factor")
async def begin_own_second_factor(
    request: Request,
    who: OwnAccount,
    visit: OwnVisitor,
    door: AtTheDoor,
    password: Text,
) -> Response:
    """Begin a second factor: the page then shows the secret, until a first code confirms it."""
    try:
        await door.prove(who, password)
        await door.as_own(who, second_factor.begin_enrolment)
    except REFUSED as error:
        return await door.as_own(who, partial(_again, request, who, visit, "factor", error))
    return RedirectResponse(f"{ACCOUNT}#factor", 303)


@router.post("/account/second-factor/confirm")
def confirm_own_second_factor(
    request: Request, who: OwnAccount, visit: OwnVisitor, session: OwnSession, code: Text
) -> Response:
    """Turn the second factor on; show the recovery codes, this once."""
    account = who.own(session)
    try:
        codes = second_factor.confirm_enrolment(session, account, code)
    except (ConflictError, InvalidError) as error:
        return _again(request, who, visit, "factor", error, session, account)
    end_sessions(session, account, but=who.token)
    return render(request, "recovery_codes.html", visit=visit, codes=codes)


@router.post("/account/second-factor/remove")
async def remove_own_second_factor(
    request: Request,
    who: OwnAccount,
    visit: OwnVisitor,
    door: AtTheDoor,
    password: Text,
    code: Text,
) -> Response:
    """Turn the second factor off, with password and code."""
    try:
        await door.prove(who, password, code)
    except REFUSED as error:
        return await door.as_own(who, partial(_again, request, who, visit, "factor", error))
    await door.as_own(who, second_factor.remove_factor)
    return RedirectResponse(f"{ACCOUNT}?done=factor", 303)


@router.get(NEW_PASSWORD)
def show_link(request: Request, token: str = "") -> Response:
    """Show the form behind a password link, if the link is good."""
    with request.app.state.database.session() as session:
        email = find_by_link(session, token).email
    return render(request, "new_password.html", token=token, email=email, error=None)


@router.post(NEW_PASSWORD)
async def set_password_by_own_link(
    request: Request, door: AtTheDoor, token: Text, password: Text
) -> Response:
    """Set a password by a link, once; then one signs in with it."""
    try:
        await door.set_by_link(token, password)
    except NotFoundError:
        raise
    except RukangError as error:
        status = STATUS.get(type(error), 422)
        again = {"token": token, "email": "", "error": error}
        return render(request, "new_password.html", status, **again)
    return RedirectResponse("/sign-in", 303)


def _again(
    request: Request,
    who: SignedIn,
    visit: Visit,
    part: str,
    error: RukangError,
    session: Session,
    _: Any = None,
) -> Response:
    """Show the page again, with what was wrong beside the part it belongs to."""
    return _page(request, who, visit, session, STATUS[type(error)], part=part, error=error)


def _page(
    request: Request,
    who: SignedIn,
    visit: Visit,
    session: Session,
    http_status: int = 200,
    *,
    part: str = "",
    error: RukangError | None = None,
) -> Response:
    account = who.own(session)
    pending = second_factor.pending_enrolment(session, account)
    return render(
        request,
        "account.html",
        http_status,
        visit=visit,
        account=account,
        sessions=list_sessions(session, account),
        current=digest_of(who.token),
        factor_on=second_factor.is_on(session, account),
        codes_left=second_factor.recovery_codes_left(session, account),
        must_enrol=who.must_enrol,
        pending=pending,
        qr=Markup(_qr(pending.uri)) if pending else "",  # noqa: S704 - drawn by segno
        done=request.query_params.get("done", ""),
        part=part,
        error=error,
    )


def _qr(uri: str) -> str:
    """Return a QR code as SVG without inline style."""
    return segno.make(uri, error="m").svg_inline(scale=5, dark="#000", light="#fff", omitsize=False)
