"""One router for each feature, all under ``/api/v1``."""

from __future__ import annotations

from fastapi import APIRouter

from api.problems import Problem
from api.routers import (
    homes,
    inspections,
    jobs,
    payroll_runs,
    people,
    picture,
    ratings,
    register,
    rosters,
    sheets,
    tokens,
)

REFUSALS = {
    401: "未登录 Not signed in",
    403: "没有权限 Lacking the permission",
    404: "没有找到，或不在您的范围内 Absent, or not for you to see",
    422: "填写有误 Something given cannot be accepted",
}

v1 = APIRouter(
    prefix="/api/v1",
    responses={
        status: {"model": Problem, "description": words} for status, words in REFUSALS.items()
    },
)
for feature in (
    tokens,
    homes,
    people,
    rosters,
    payroll_runs,
    ratings,
    inspections,
    sheets,
    register,
    picture,
    jobs,
):
    v1.include_router(feature.router)
