"""The store of courses: cases, their events, who is responsible, and what is late of whom."""

from rukang.cases.checking import Fault, check_cases, rebuild_cases
from rukang.cases.late import Late, Wanted, late_page, late_query, without_term
from rukang.cases.organs import Organ, may_act_for, organ_of_home, organ_of_place, organs
from rukang.cases.records import CaseClock, CaseEvent, CaseFile, CaseStep, Paper
from rukang.cases.shelf import add_course, courses, rules_of
from rukang.cases.store import (
    Opening,
    Told,
    case_of,
    events_of,
    find_case,
    follow,
    open_case,
    read_case,
    tell,
)

__all__ = [
    "CaseClock",
    "CaseEvent",
    "CaseFile",
    "CaseStep",
    "Fault",
    "Late",
    "Opening",
    "Organ",
    "Paper",
    "Told",
    "Wanted",
    "add_course",
    "case_of",
    "check_cases",
    "courses",
    "events_of",
    "find_case",
    "follow",
    "late_page",
    "late_query",
    "may_act_for",
    "open_case",
    "organ_of_home",
    "organ_of_place",
    "organs",
    "read_case",
    "rebuild_cases",
    "rules_of",
    "tell",
    "without_term",
]
