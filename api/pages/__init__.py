"""The web face: server-rendered pages, Chinese first with English beside it."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api.pages import (
    account,
    acts,
    attendance,
    bodies,
    calendar,
    cases,
    deaths,
    docs,
    editions,
    homes,
    inspections,
    interests,
    jobs,
    late_fees,
    merges,
    part_payments,
    pay_files,
    payroll_runs,
    person_files,
    persons,
    picture,
    ratings,
    receivables,
    records,
    register,
    rosters,
    sign_in,
    visit_plans,
    workbooks,
)
from api.pages.problem import show_problem

__all__ = ["add_to", "show_problem"]

PAGES = (
    sign_in,
    account,
    acts,
    homes,
    bodies,
    attendance,
    rosters,
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
