"""The OpenAPI document, with refusals under their own media type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.problems import MEDIA_TYPE
from rukang.doors.intake.kinds import BOOKS

TITLE = "如康家园 Rukang Homes"
DESCRIPTION = """
机构、人员、排班、工资与星级评定。每次查询只包含您有权查看的机构。

Homes, people, rosters, wages and ratings. Every query sees the homes of the caller only.
Programs send a bearer token (`POST /api/v1/tokens`); pages use a cookie. Long work answers 202
with a job to follow. Refusals are `application/problem+json` (RFC 9457). Money is yuan as text.
"""
TAGS = [
    {"name": "account", "description": "登录与账号 Signing in, my account"},
    {"name": "homes", "description": "机构 The register of homes"},
    {"name": "bodies", "description": "机构名录 Homes and other bodies, states, licences"},
    {"name": "people", "description": "员工与入园人员 Staff and residents"},
    *(
        {"name": book.name, "description": f"{book.lists.zh} {book.lists.en}"}
        for book in BOOKS.values()
        if book.lists
    ),
    {"name": "workbooks", "description": "工作簿 Workbooks, handed out and imported"},
    {"name": "rosters", "description": "排班 Rosters"},
    {"name": "payroll runs", "description": "工资 Wages and payslips"},
    {"name": "pay files", "description": "单位文件 Files of a month by employer"},
    {"name": "ratings", "description": "星级评定 Star ratings"},
    {"name": "inspections", "description": "评定工作 Inspections, their sheets and evidence"},
    {"name": "register", "description": "公开名册 The public register of stars"},
    {"name": "picture", "description": "全市情况 The city's picture"},
    {"name": "cases", "description": "案件和逾期 Cases, and what is late"},
    {"name": "calendar", "description": "工作日历 The working calendar"},
    {
        "name": "own records",
        "description": "本人的记录 One's own records, or of whom one stands for",
    },
    {"name": "accounts", "description": "账号与角色 Accounts and their roles, for administrators"},
    {"name": "jobs", "description": "后台任务 Long work"},
]


def operation_id(route: APIRoute) -> str:
    """Return the name of the function: readable in generated clients, and unique here."""
    return route.name


REFUSALS = {
    400: "请求读不出来 The body cannot be read",
    401: "未登录 Not signed in",
    403: "没有权限，或请求来自其他网站 Lacking the permission, or asked by another site",
    404: "没有找到，或不在您的范围内 Absent, or not for you to see",
    409: "当前状态不允许 What stands does not allow it",
    413: "内容太大 The body is larger than is taken",
    422: "填写有误，或不合规则 Something given cannot be accepted, by its form or by a rule",
    429: "一次太多，请稍后再试 Too much at once, come back later (Retry-After where it is known)",
    503: "暂时不能办理 The database or a file of the installation cannot be used for the moment",
    507: "磁盘已满，什么也没有保存 The disk is full, nothing was stored",
}
PAGING = frozenset({"page", "size"})
"""Parameters that name nothing."""
PROBLEM = {"$ref": "#/components/schemas/Problem"}


class Documented(FastAPI):
    """An application whose document names every refusal, under the media type they have."""

    def openapi(self) -> dict[str, Any]:
        """Return the document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = super().openapi()
            for path, operations in self.openapi_schema["paths"].items():
                for method, operation in operations.items():
                    _add_refusals(path, method, operation)
        return self.openapi_schema


def _add_refusals(path: str, method: str, operation: dict[str, Any]) -> None:
    """Say how an operation may be refused, all in one place, and that refusals are problems.

    FastAPI files every model under plain JSON, and knows of no refusal but its own.
    """
    responses = operation["responses"]
    for status in _refusals(path, method, operation):
        responses.setdefault(str(status), {"description": REFUSALS[status], "content": {}})
    for status, response in responses.items():
        if status >= "400":
            response["content"] = {MEDIA_TYPE: {"schema": PROBLEM}}


def _refusals(path: str, method: str, operation: dict[str, Any]) -> Iterator[int]:
    """Return the refusals that an operation's kind brings with it."""
    yield 422  # a rule may refuse what its schema allows
    yield 503  # the database may be away
    if "requestBody" in operation:
        yield from (400, 413)
    if "202" in operation["responses"] or (method == "post" and "account" in operation["tags"]):
        yield 429  # long work has limits, and so have attempts at a password
    if method != "get":
        yield 507
    if operation.get("security"):
        yield from (401, 403)
    named = {one["name"] for one in operation.get("parameters", ())} - PAGING
    if "requestBody" in operation or named:
        yield 404  # path, query and body may each name what is absent
    if method != "get" or "{" in path:
        yield 409
