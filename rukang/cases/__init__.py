"""The store of courses: cases, their events, who is responsible, and what is late of whom."""

from rukang.cases.acting import ACTS, End, Ends, act, offered_moves
from rukang.cases.checking import Fault, check_cases, rebuild_cases
from rukang.cases.late import Late, Wanted, late_page, late_query, untimed_query
from rukang.cases.letters import letter_of
from rukang.cases.organs import Organ, may_act_for, organ_of_home, organ_of_place, organs
from rukang.cases.reading import (
    SeenCase,
    cases_query,
    ending_titles,
    move_words,
    seen_case,
    titles,
)
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
    "ACTS",
    "CaseClock",
    "CaseEvent",
    "CaseFile",
    "CaseStep",
    "End",
    "Ends",
    "Fault",
    "Late",
    "Opening",
    "Organ",
    "Paper",
    "SeenCase",
    "Told",
    "Wanted",
    "act",
    "add_course",
    "case_of",
    "cases_query",
    "check_cases",
    "courses",
    "ending_titles",
    "events_of",
    "find_case",
    "follow",
    "late_page",
    "late_query",
    "letter_of",
    "may_act_for",
    "move_words",
    "offered_moves",
    "open_case",
    "organ_of_home",
    "organ_of_place",
    "organs",
    "read_case",
    "rebuild_cases",
    "rules_of",
    "seen_case",
    "tell",
    "titles",
    "untimed_query",
]
