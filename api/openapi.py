"""The OpenAPI document, with refusals under their own media type."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.problems import MEDIA_TYPE

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
    {"name": "people", "description": "员工与入园人员 Staff and residents"},
    {"name": "rosters", "description": "排班 Rosters"},
    {"name": "payroll runs", "description": "工资 Wages and payslips"},
    {"name": "ratings", "description": "星级评定 Star ratings"},
    {"name": "inspections", "description": "评定工作 Inspections, their sheets and evidence"},
    {"name": "register", "description": "公开名册 The public register of stars"},
    {"name": "picture", "description": "全市情况 The city's picture"},
    {"name": "jobs", "description": "后台任务 Long work"},
]


def operation_id(route: APIRoute) -> str:
    """Return the name of the function: readable in generated clients, and unique here."""
    return route.name


class Documented(FastAPI):
    """An application whose document files refusals under their own media type."""

    def openapi(self) -> dict[str, Any]:
        """Return the document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = super().openapi()
            for path in self.openapi_schema["paths"].values():
                for operation in path.values():
                    _mark_problems(operation["responses"])
        return self.openapi_schema


def _mark_problems(responses: dict[str, Any]) -> None:
    """Say that refusals are problem documents; FastAPI files every model under plain JSON."""
    for status, response in responses.items():
        if status >= "400" and "application/json" in response.get("content", {}):
            response["content"][MEDIA_TYPE] = response["content"].pop("application/json")
