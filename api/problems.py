"""Refusals as ``application/problem+json`` (RFC 9457), made in one place.

Pages get the same refusal as a page; whoever is not signed in is led to the sign-in form there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.gate.access_log import pattern_of
from api.gate.line import LineFullError
from payroll import PolicyFileError
from rostering.sheets.masking import masked, shown
from rukang.base.access.accounts.guessing import LockedOutError
from rukang.base.access.accounts.sign_in import CodeNeededError, SignInRefusedError
from rukang.base.database.passing import in_words, is_taken
from rukang.base.errors import (
    AwayError,
    BusyError,
    ConflictError,
    DiskFullError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    OperatorFileError,
    RukangError,
)
from rukang.base.logs import outline
from rukang.base.telling import EXPECTED, told

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
NOT_SIGNED_IN = 401
REFUSALS = {401, 403, 404, 429}
"""Refusals that tell of somebody trying doors; they are logged."""


class SignInNeededError(RukangError):
    """Nobody is signed in."""


class SecondFactorNeededError(RukangError):
    """The role of somebody signed in needs a second factor, which is not on yet."""


class CrossSiteError(RukangError):
    """A change was asked for by another site's page."""


class FailedError(Exception):
    """A request failed after its answer had begun; says the number under which the log has it."""


class Fault(BaseModel):
    """One thing wrong with a request: where (``body.month``) and what."""

    where: str
    what: str


class Problem(BaseModel):
    """A refusal: ``title`` names its kind in Chinese, ``detail`` says in English what to do."""

    type: str = Field(examples=["urn:rukang:problem:404"])
    title: str = Field(examples=["没有找到"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["No home has the code 'ZP999'."])
    detail_zh: str = Field(examples=["没有编号为 'ZP999' 的机构。"])
    instance: str = Field(examples=["/api/v1/homes/ZP999"])
    errors: list[Fault] = Field(default_factory=list)


METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

MOST_FAULTS = 100
"""Faults of one request that are told."""

MOST_PIECES = 12
"""Pieces of its path that a problem repeats; no route has more."""

STATUS: dict[type, int] = {
    SignInNeededError: 401,
    SignInRefusedError: 401,
    CodeNeededError: 401,
    SecondFactorNeededError: 403,
    NotAllowedError: 403,
    CrossSiteError: 403,
    NotFoundError: 404,
    ConflictError: 409,
    InvalidError: 422,
    BusyError: 429,
    LockedOutError: 429,
    OperatorFileError: 503,
    PolicyFileError: 503,
    AwayError: 503,
    LineFullError: 503,
    DiskFullError: 507,
}

TITLES = {
    400: "请求有误",
    401: "请先登录",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这种操作",
    409: "当前状态不允许",
    413: "内容太大",
    422: "填写有误",
    429: "请稍后再试",
    500: "系统出错",
    503: "暂时不能办理",
    507: "磁盘已满",
}

AWAY_SECONDS = 10
"""When to come back while the database restarts or has no room."""

Show = Callable[[Request, Problem], Response]


def add_handlers(app: FastAPI, page: Show) -> None:
    """Turn every refusal into a problem, shown as JSON under ``/api`` and by ``page`` elsewhere."""

    def answer(request: Request, problem: Problem, headers: Mapping[str, str]) -> Response:
        show = _as_json if request.url.path.startswith("/api/") else page
        if problem.status in REFUSALS:
            _log_refusal(request, problem.status)
        response = show(request, problem)
        response.headers.update(headers)
        return response

    def refused(request: Request, error: Exception) -> Response:
        error = _worded(error)
        words = told(error)
        known = (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
        status = 500 if words.number else next(known, 422)
        problem = _problem(request, status, words.zh, words.en or words.zh)
        return answer(request, problem, _headers(error))

    def malformed(request: Request, error: RequestValidationError) -> Response:
        return answer(request, _malformed(request, error), {})

    def http(request: Request, error: HTTPException) -> Response:
        english = str(error.detail)
        zh = TITLES.get(error.status_code, english) + "。"
        headers = dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = ", ".join(_allowed(app, request))
        return answer(request, _problem(request, error.status_code, zh, english), headers)

    handlers: dict[type[Any], Any] = {
        **dict.fromkeys(EXPECTED, refused),
        RequestValidationError: malformed,
        HTTPException: http,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
    app.add_middleware(Faults, answer=refused)


def _worded(error: Exception) -> Exception:
    """Return an error of the database in words where there are any, else the error itself."""
    if is_taken(error):
        log.warning("taken", failure=outline(error))
    return in_words(error) or error


def _log_refusal(request: Request, status: int) -> None:
    """Note who was refused what: the route's pattern, so that no code or number is in the log."""
    log.warning(
        "refused",
        status=status,
        method=request.method,
        route=pattern_of(request.scope),
        account=getattr(request.state, "account_id", None),
    )


class Faults:
    """Answers what fails unexpectedly, and lets no server log it in the error's own words."""

    def __init__(self, app: ASGIApp, answer: Callable[[Request, Exception], Response]) -> None:
        self._app, self._answer = app, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request; a failure is logged under a number, and the number answered."""
        begun, from_outside = False, None

        async def noting(message: Message) -> None:
            nonlocal begun, from_outside
            try:
                await send(message)
            except Exception as error:
                from_outside = error
                raise
            begun = True

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            if error is from_outside:
                raise  # the server's own, or of what lies outside: no failure of this program
            if begun or scope["type"] != "http":
                # Too late for an answer: the connection ends.
                raise FailedError(str(told(error))) from None
            # Made in a thread, like every other answer that fills a template.
            response = await run_in_threadpool(self._answer, Request(scope), error)
            await response(scope, receive, send)


class Sizes:
    """Refuses in words a body that is announced as too large, before any of it is read.

    The framework would do it in English and plain text.

    Parameters
    ----------
    largest
        Bytes that are taken.
    """

    def __init__(
        self, app: ASGIApp, largest: int, answer: Callable[[Request, Exception], Response]
    ) -> None:
        self._app, self._largest, self._answer = app, largest, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request whose body may be read."""
        announced = (
            Headers(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        )
        if announced.isdecimal() and int(announced[:20]) > self._largest:
            words = f"The body is {announced[:20]} bytes long; up to {self._largest} are taken."
            error = HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words)
            response = await run_in_threadpool(self._answer, Request(scope), error)
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _allowed(app: FastAPI, request: Request) -> list[str]:
    """Return every method an address answers; the framework names those of the first route only."""
    return [
        method
        for method in METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in app.routes
        )
    ]


def _problem(request: Request, status: int, zh: str, en: str) -> Problem:
    return Problem(
        type=f"urn:rukang:problem:{status}",
        title=TITLES.get(status, HTTPStatus(status).phrase),
        status=status,
        detail=en,
        detail_zh=zh,
        instance="/".join(map(shown, request.url.path.split("/")[:MOST_PIECES])),
    )


def _malformed(request: Request, error: RequestValidationError) -> Problem:
    # What was sent is left out on purpose: it may be a password or somebody's number.
    faults = [
        Fault(where=".".join(map(shown, item["loc"])), what=masked(item["msg"]))
        for item in error.errors()[:MOST_FAULTS]
    ]
    where = ", ".join(fault.where for fault in faults)
    zh = f"请更正这些项目：{where}。"
    problem = _problem(request, 422, zh, f"Correct these fields: {where}.")
    return problem.model_copy(update={"errors": faults})


def _headers(error: Exception) -> dict[str, str]:
    if isinstance(error, (LockedOutError, LineFullError)):
        return {"Retry-After": str(error.retry_after)}
    if isinstance(error, AwayError):
        return {"Retry-After": str(AWAY_SECONDS)}
    needs_token = STATUS.get(type(error)) == NOT_SIGNED_IN
    return {"WWW-Authenticate": "Bearer"} if needs_token else {}


def _as_json(_: Request, problem: Problem) -> Response:
    return JSONResponse(problem.model_dump(), problem.status, media_type=MEDIA_TYPE)
