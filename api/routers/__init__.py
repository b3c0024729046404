"""One router for each feature, all under ``/api/v1``."""

from __future__ import annotations

from fastapi import APIRouter

from api.openapi import REFUSALS
from api.problems import Problem
from api.routers import (
    account,
    accounts,
    acts,
    advances,
    attendance,
    bodies,
    calendar,
    cases,
    deaths,
    editions,
    homes,
    inspections,
    interests,
    jobs,
    late_fees,
    managing,
    merges,
    own,
    part_payments,
    pay_files,
    payroll_runs,
    people,
    person_files,
    persons,
    picture,
    ratings,
    records,
    register,
    rosters,
    sheets,
    team_shares,
    tokens,
    workbooks,
    worked_time,
)

v1 = APIRouter(
    prefix="/api/v1",
    # The other refusals are added to the document by what an operation is (api.openapi).
    responses={422: {"model": Problem, "description": REFUSALS[422]}},
)
for feature in (
    tokens,
    account,
    homes,
    bodies,
    people,
    person_files,
    merges,
    persons,
    deaths,
    attendance,
    records,
    workbooks,
    rosters,
    worked_time,
    payroll_runs,
    part_payments,
    pay_files,
    team_shares,
    advances,
    late_fees,
    editions,
    ratings,
    inspections,
    acts,
    managing,
    sheets,
    interests,
    register,
    picture,
    cases,
    jobs,
    calendar,
    own,
    accounts,
):
    v1.include_router(feature.router)
