"""Refusals as ``application/problem+json`` (RFC 9457), made in one place.

Pages get the same refusal as a page; whoever is not signed in is led to the sign-in form there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from api.headers import HEADERS
from api.lockout import LockedOutError
from payroll.policy import UnknownFigure
from rostering.sheets import WorkbookError
from rukang.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError, RukangError
from rukang.rating import EditionError, ModerationError, SheetError

MEDIA_TYPE = "application/problem+json"


class SignInNeededError(RukangError):
    """Nobody is signed in, or address and password do not belong together."""


class CrossSiteError(RukangError):
    """A change was asked for by another site's page."""


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


STATUS: dict[type[RukangError], int] = {
    SignInNeededError: 401,
    NotAllowedError: 403,
    CrossSiteError: 403,
    NotFoundError: 404,
    ConflictError: 409,
    InvalidError: 422,
    LockedOutError: 429,
}

TITLES = {
    400: "请求有误",
    401: "请先登录",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这种操作",
    409: "当前状态不允许",
    422: "填写有误",
    429: "请稍后再试",
    500: "系统出错",
}

FAILED_ZH = "系统出现意外错误，已记入日志；请稍后再试，或联系管理员。"
FAILED = "Something unexpected failed and is in the log; try again later or tell the administrator."

Show = Callable[[Request, Problem], Response]


def add_handlers(app: FastAPI, page: Show) -> None:
    """Turn every refusal into a problem, shown as JSON under ``/api`` and by ``page`` elsewhere."""

    def answer(request: Request, problem: Problem, headers: Mapping[str, str]) -> Response:
        show = _as_json if request.url.path.startswith("/api/") else page
        response = show(request, problem)
        response.headers.update(headers)
        return response

    def refused(request: Request, error: RukangError) -> Response:
        status = STATUS[type(error)]
        return answer(request, _problem(request, status, error.zh, error.en), _headers(error))

    def unfit(request: Request, error: Exception) -> Response:
        # These errors carry both languages in one sentence.
        return answer(request, _problem(request, 422, str(error), str(error)), {})

    def malformed(request: Request, error: RequestValidationError) -> Response:
        return answer(request, _malformed(request, error), {})

    def http(request: Request, error: HTTPException) -> Response:
        english = str(error.detail)
        zh = TITLES.get(error.status_code, english) + "。"
        return answer(
            request, _problem(request, error.status_code, zh, english), error.headers or {}
        )

    def failed(request: Request, _: Exception) -> Response:
        # This answer is made outside every middleware, so it brings its headers itself.
        return answer(request, _problem(request, 500, FAILED_ZH, FAILED), HEADERS)

    handlers: dict[type[Exception], Any] = {
        RukangError: refused,
        UnknownFigure: unfit,
        SheetError: unfit,
        ModerationError: unfit,
        WorkbookError: unfit,
        EditionError: unfit,
        RequestValidationError: malformed,
        HTTPException: http,
        Exception: failed,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def _problem(request: Request, status: int, zh: str, en: str) -> Problem:
    return Problem(
        type=f"urn:rukang:problem:{status}",
        title=TITLES.get(status, HTTPStatus(status).phrase),
        status=status,
        detail=en,
        detail_zh=zh,
        instance=request.url.path,
    )


def _malformed(request: Request, error: RequestValidationError) -> Problem:
    # What was sent is left out on purpose: it may be a password or somebody's number.
    faults = [
        Fault(where=".".join(map(str, item["loc"])), what=item["msg"]) for item in error.errors()
    ]
    where = ", ".join(fault.where for fault in faults)
    zh = f"请更正这些项目：{where}。"
    problem = _problem(request, 422, zh, f"Correct these fields: {where}.")
    return problem.model_copy(update={"errors": faults})


def _headers(error: RukangError) -> dict[str, str]:
    if isinstance(error, LockedOutError):
        return {"Retry-After": str(error.retry_after)}
    return {"WWW-Authenticate": "Bearer"} if isinstance(error, SignInNeededError) else {}


def _as_json(_: Request, problem: Problem) -> Response:
    return JSONResponse(problem.model_dump(), problem.status, media_type=MEDIA_TYPE)
