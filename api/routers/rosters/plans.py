"""Rosters of a home: asked for, looked at, published."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.access import RosterRead
from api.downloads import TYPES, answers, attached
from api.fields import HomeCode, RecordId, View
from api.paging import Page, WantedPage, page_of
from rostering import Verdict
from rukang.bodies.homes import Home, find_home
from rukang.forms.kinds import Day, Month
from rukang.rosters import (
    RosterState,
    RosterTable,
    conflicts_of,
    explained,
    find_plan,
    plans_query,
    roster_table,
    who_can_cover,
    write_papers,
)

router = APIRouter(tags=["rosters"])


WantedDay = Annotated[Day, Query(description="日期 The day", examples=["2026-10-06"])]
WantedShift = Annotated[
    str, Query(max_length=20, description="班次 The open shift", examples=["白"])
]


class Paper(StrEnum):
    """The papers of a roster."""

    WORKBOOK = "roster.xlsx"
    CALENDAR = "roster.ics"
    PAGE = "roster.html"


class Finding(View):
    """One sentence about a roster: what had to be relaxed, or why there is none."""

    zh: str
    en: str


class RosterView(View):
    """A month's roster; ``bound`` is the proven least cost, ``seconds`` the time it took.

    ``replaces_id`` is the version before, where a published roster was changed.
    """

    id: int
    month: Month
    state: RosterState
    requested_at: datetime
    status: str | None
    cost: int | None
    bound: float | None
    seconds: float | None
    findings: list[Finding] | None
    replaces_id: int | None


class ExplainedView(View):
    """Where a roster's cost comes from, and how fairly its burdens are shared, in sentences."""

    costs: list[Finding]
    fairness: list[Finding]


class ConflictView(View):
    """Rules that cannot hold together: what is proven of them, and each rule in a sentence."""

    verdict: Verdict
    zh: str
    en: str
    rules: list[Finding]


class CandidateView(View):
    """Somebody who could take a shift, whether that breaks no rule, and what it brings."""

    code: str
    is_allowed: bool
    zh: str
    en: str


@router.get("/homes/{code}/rosters", summary="班表列表 Rosters of a home")
def list_home_rosters(code: HomeCode, session: RosterRead, wanted: WantedPage) -> Page[RosterView]:
    """Return a home's rosters, newest first."""
    plans = plans_query(find_home(session, code))
    return page_of(session, plans, wanted, RosterView.model_validate)


@router.get("/rosters/{roster_id}", response_model=RosterView, summary="班表概况 One roster")
def show_roster(roster_id: RecordId, session: RosterRead) -> Any:
    """Return a roster's state and figures."""
    return find_plan(session, roster_id)


@router.get("/rosters/{roster_id}/table", summary="班表明细 A roster as a table")
def show_roster_table(roster_id: RecordId, session: RosterRead) -> RosterTable:
    """Return a roster as people read it: staff down, days across, cover below."""
    return roster_table(session, find_plan(session, roster_id))


@router.get(
    "/rosters/{roster_id}/explanation",
    response_model=ExplainedView,
    summary="代价与公平 What a roster costs, and how fair it is",
)
def explain_roster(roster_id: RecordId, session: RosterRead) -> Any:
    """Return what pays for what, and what everybody carries against what is fair."""
    return explained(find_plan(session, roster_id))


@router.get(
    "/rosters/{roster_id}/conflicts",
    response_model=list[ConflictView],
    summary="哪些规则相互冲突 Which rules collide",
)
def list_conflicts(roster_id: RecordId, session: RosterRead) -> Any:
    """Return sets of rules that cannot hold together; for a possible month one that says so."""
    return conflicts_of(find_plan(session, roster_id))


@router.get("/rosters/{roster_id}/cover", summary="谁能顶班 Who could take a shift")
def list_cover(
    roster_id: RecordId,
    session: RosterRead,
    day: WantedDay,
    shift: WantedShift,
) -> list[CandidateView]:
    """Return who could take a shift that somebody cannot come for, the most suitable first."""
    found = who_can_cover(find_plan(session, roster_id), day, shift)
    return [CandidateView.model_validate(one) for one in found]


@router.get(
    "/rosters/{roster_id}/papers/{paper}",
    response_class=Response,
    summary="班表文件 A paper of a roster",
    responses=answers(*(TYPES[Path(paper).suffix] for paper in Paper)),
)
def get_roster_paper(roster_id: RecordId, paper: Paper, session: RosterRead) -> Response:
    """Return a roster as a workbook, a calendar file, or a page to print."""
    plan = find_plan(session, roster_id)
    with TemporaryDirectory() as folder:
        written = {path.name: path for path in write_papers(session, plan, Path(folder))}
        content = written[paper].read_bytes()
    home, suffix = session.get_one(Home, plan.home_id), Path(paper).suffix
    return attached(content, f"班表-{home.code}-{plan.month:%Y-%m}{suffix}")
