"""Rosters of a home: the problem from its records, the solved plan, its documents."""

from rukang.rosters.documents import write_documents
from rukang.rosters.problem import problem_of
from rukang.rosters.records import (
    Attendees,
    CareRatio,
    HomeShift,
    LeaveDay,
    RosterPlan,
    RosterState,
    Wish,
    WorkedShift,
)
from rukang.rosters.service import (
    find_plan,
    list_plans,
    publish,
    recount,
    request_roster,
    roster_of,
    solve_plan,
)
from rukang.rosters.table import RosterTable, roster_table

__all__ = [
    "Attendees",
    "CareRatio",
    "HomeShift",
    "LeaveDay",
    "RosterPlan",
    "RosterState",
    "RosterTable",
    "Wish",
    "WorkedShift",
    "find_plan",
    "list_plans",
    "problem_of",
    "publish",
    "recount",
    "request_roster",
    "roster_of",
    "roster_table",
    "solve_plan",
    "write_documents",
]
