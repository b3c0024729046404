"""Rosters of a home: the problem from its records, the solved plan, its documents."""

from rukang.rosters.acts import ACTS, ROSTER
from rukang.rosters.confirm import Confirmation, confirm, confirm_as_planned
from rukang.rosters.cover import Candidate, day_number, who_can_cover
from rukang.rosters.documents import write_documents, write_papers
from rukang.rosters.explained import Explained, conflicts_of, explained
from rukang.rosters.own import OwnShift, ShiftTime, own_shifts
from rukang.rosters.problem import problem_of
from rukang.rosters.records import (
    Attendees,
    CareRatio,
    Collision,
    ConfirmedShift,
    HomeShift,
    LeaveDay,
    RosterPlan,
    RosterState,
    Wish,
    WorkedShift,
)
from rukang.rosters.service import (
    LOOKING,
    find_plan,
    list_plans,
    plans_query,
    publish,
    recount,
    request_roster,
    roster_of,
    shifts_after,
    solve_plan,
)
from rukang.rosters.table import RosterTable, roster_table
from rukang.rosters.versions import exchange, mend, take_back, take_over
from rukang.rosters.worked import WorkedRow, WorkedTime, worked_time

__all__ = [
    "ACTS",
    "LOOKING",
    "ROSTER",
    "Attendees",
    "Candidate",
    "CareRatio",
    "Collision",
    "Confirmation",
    "ConfirmedShift",
    "Explained",
    "HomeShift",
    "LeaveDay",
    "OwnShift",
    "RosterPlan",
    "RosterState",
    "RosterTable",
    "ShiftTime",
    "Wish",
    "WorkedRow",
    "WorkedShift",
    "WorkedTime",
    "confirm",
    "confirm_as_planned",
    "conflicts_of",
    "day_number",
    "exchange",
    "explained",
    "find_plan",
    "list_plans",
    "mend",
    "own_shifts",
    "plans_query",
    "problem_of",
    "publish",
    "recount",
    "request_roster",
    "roster_of",
    "roster_table",
    "shifts_after",
    "solve_plan",
    "take_back",
    "take_over",
    "who_can_cover",
    "worked_time",
    "write_documents",
    "write_papers",
]
