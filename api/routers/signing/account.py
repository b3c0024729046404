"""One's own account: its password, its sessions, its second factor."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from api.access import OwnSession
from api.auth import AtTheDoor, OwnAccount
from api.fields import View
from api.problems import Problem
from rukang.base.access.accounts import second_factor
from rukang.base.access.accounts.sessions import digest_of, end_session, end_sessions, list_sessions
from rukang.base.access.records import AccessToken, SessionKind

router = APIRouter(
    prefix="/account",
    tags=["account"],
    responses={
        409: {"model": Problem, "description": "当前状态不允许 Not in this state"},
        429: {"model": Problem, "description": "失败次数过多 Too many failed attempts"},
        503: {"model": Problem, "description": "同时登录的人太多 Too many sign in at once"},
    },
)

SessionId = Annotated[int, Path(ge=1, le=2**31 - 1)]
Secret = Annotated[str, Field(max_length=1000)]


class PasswordChange(BaseModel):
    """The password now (with a code, where the account has a second factor), and the new one."""

    old: Secret
    new: Secret
    code: Secret = ""


class Proof(BaseModel):
    """The password now, and a code where the account has a second factor."""

    password: Secret
    code: Secret = ""


class FirstCode(BaseModel):
    """The six digits the telephone shows."""

    code: Secret


class SessionView(View):
    """Where one is signed in; ``current`` is the session this request came with."""

    id: int
    kind: SessionKind
    network: str
    created_at: datetime
    last_used_at: datetime
    current: bool

    @classmethod
    def of(cls, found: AccessToken, token: str) -> SessionView:
        """Return what is told of a session."""
        own = {name: getattr(found, name) for name in cls.model_fields if name != "current"}
        return cls(**own, current=found.digest == digest_of(token))


class EnrolmentView(View):
    """The secret for the program on the telephone, and the same as an ``otpauth`` address."""

    secret: str
    uri: str


class RecoveryCodes(BaseModel):
    """Codes that stand in for a lost telephone, once each; shown this once."""

    recovery_codes: list[str]


@router.post("/password", status_code=204, summary="修改密码 Change my password")
async def change_password(wanted: PasswordChange, who: OwnAccount, door: AtTheDoor) -> None:
    """Change one's password; every other session ends."""
    await door.prove(who, wanted.old, wanted.code)
    await door.set_password(who, wanted.new)


@router.get("/sessions", response_model=list[SessionView], summary="我的登录 My sessions")
def list_my_sessions(who: OwnAccount, session: OwnSession) -> Any:
    """Return where one is signed in."""
    return [SessionView.of(found, who.token) for found in list_sessions(session, who.own(session))]


@router.delete("/sessions", status_code=204, summary="退出其他登录 End my other sessions")
def end_my_other_sessions(who: OwnAccount, session: OwnSession) -> None:
    """End every session but this one."""
    end_sessions(session, who.own(session), but=who.token)


@router.delete("/sessions/{session_id}", status_code=204, summary="退出一处登录 End a session")
def end_my_session(session_id: SessionId, who: OwnAccount, session: OwnSession) -> None:
    """End one session."""
    end_session(session, who.own(session), session_id)


@router.post("/second-factor", status_code=201, summary="启用两步验证 Begin a second factor")
async def begin_my_second_factor(proof: Proof, who: OwnAccount, door: AtTheDoor) -> EnrolmentView:
    """Return a secret for the program on the telephone; it counts once it is confirmed."""
    await door.prove(who, proof.password, proof.code)
    begun = await door.as_own(who, second_factor.begin_enrolment)
    return EnrolmentView(secret=begun.secret, uri=begun.uri)


@router.post("/second-factor/confirmation", summary="确认两步验证 Confirm my second factor")
def confirm_my_second_factor(
    first: FirstCode, who: OwnAccount, session: OwnSession
) -> RecoveryCodes:
    """Turn the second factor on with a first code; return the recovery codes."""
    codes = second_factor.confirm_enrolment(session, who.own(session), first.code)
    end_sessions(session, who.own(session), but=who.token)
    return RecoveryCodes(recovery_codes=list(codes))


@router.post("/second-factor/removal", status_code=204, summary="停用两步验证 Remove it")
async def remove_my_second_factor(proof: Proof, who: OwnAccount, door: AtTheDoor) -> None:
    """Turn the second factor off, with password and code."""
    await door.prove(who, proof.password, proof.code)
    await door.as_own(who, second_factor.remove_factor)
