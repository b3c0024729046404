"""The web face: server-rendered pages, Chinese first with English beside it."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api.pages import acts, cases, docs, jobs, records, workbooks
from api.pages.pay import late_fees, part_payments, pay_files, payroll_runs, receivables
from api.pages.people import bodies, deaths, homes, merges, person_files, persons
from api.pages.problem import show_problem
from api.pages.rosters import attendance, calendar, plans
from api.pages.signing import account, sign_in
from api.pages.stars import (
    editions,
    inspections,
    interests,
    picture,
    ratings,
    register,
    visit_plans,
)

__all__ = ["add_to", "show_problem"]

PAGES = (
    sign_in,
    account,
    acts,
    homes,
    bodies,
    attendance,
    plans,
    payroll_runs,
    part_payments,
    pay_files,
    receivables,
    late_fees,
    deaths,
    ratings,
    inspections,
    editions,
    interests,
    visit_plans,
    person_files,
    merges,
    persons,
    records,
    workbooks,
    register,
    picture,
    cases,
    calendar,
    jobs,
    docs,
)
STATIC = Path(__file__).parent / "static"


def add_to(app: FastAPI) -> None:
    """Add every page and the static files to an application."""
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
