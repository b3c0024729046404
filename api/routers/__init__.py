"""One router for each feature, all under ``/api/v1``."""

from __future__ import annotations

from fastapi import APIRouter

from api.openapi import REFUSALS
from api.problems import Problem
from api.routers import acts, cases, jobs, records, workbooks
from api.routers.pay import advances, late_fees, part_payments, pay_files, payroll_runs, team_shares
from api.routers.people import bodies, deaths, homes, merges, own, person_files, persons, registered
from api.routers.rosters import attendance, calendar, plans, worked_time
from api.routers.signing import account, accounts, tokens
from api.routers.stars import (
    editions,
    inspections,
    interests,
    managing,
    picture,
    ratings,
    register,
    sheets,
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
    registered,
    person_files,
    merges,
    persons,
    deaths,
    attendance,
    records,
    workbooks,
    plans,
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
