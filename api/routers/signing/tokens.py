"""Tokens for programs, and who a token stands for."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel

from api.auth import AtTheDoor, FormOfSignIn, OwnAccount
from api.fields import View
from api.problems import Problem
from rukang.base.access import Role
from rukang.base.access.accounts.sessions import LIFETIME
from rukang.base.access.records import SessionKind

router = APIRouter(tags=["account"])

LOCKED_OUT: dict[int | str, dict[str, Any]] = {
    429: {"model": Problem, "description": "失败次数过多 Too many failed attempts"},
    503: {"model": Problem, "description": "同时登录的人太多 Too many sign in at once"},
}


class Token(BaseModel):
    """A bearer token, shown this once; ``expires_in`` is in seconds."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - RFC 6750's word
    expires_in: int = int(LIFETIME.total_seconds())


class RoleView(View):
    """A role in one home, in a region, for an employer, over a person, or (none) everywhere."""

    role: Role
    home_id: int | None
    region: str | None
    employer_id: int | None
    person_id: int | None


class AccountView(View):
    """The account somebody is signed in with; ``id`` is what ``Rukang-Account`` names."""

    id: int
    email: str
    name: str
    roles: list[RoleView]


@router.post("/tokens", status_code=201, summary="登录 Sign in, for programs", responses=LOCKED_OUT)
async def create_token(form: FormOfSignIn, door: AtTheDoor) -> Token:
    """Return a bearer token for an address (``username``), a password, and a ``code`` if needed."""
    return Token(access_token=(await door.enter(form, SessionKind.PROGRAM)).token)


@router.delete("/tokens/current", status_code=204, summary="退出 Revoke the token in use")
def revoke_token(who: OwnAccount, door: AtTheDoor) -> None:
    """Revoke the token this request came with."""
    door.leave(who)


@router.get("/account", response_model=AccountView, summary="我的账号 My account")
def show_account(who: OwnAccount) -> Any:
    """Return name and roles of the account signed in with."""
    return who.account
