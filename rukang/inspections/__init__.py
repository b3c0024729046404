"""The work of rating: opening, sheets, evidence, visits, moderation, proposal, mending."""

from rukang.inspections.access import Eyes, eyes_of, readable
from rukang.inspections.actions import confirm, find_action, overdue, report
from rukang.inspections.editions import edition_of
from rukang.inspections.evidence import (
    PART_BYTES,
    Announced,
    announce,
    discard,
    find_evidence,
    missing_parts,
    open_evidence,
    take_part,
)
from rukang.inspections.interests import barred, barred_from, declare
from rukang.inspections.life import (
    find_inspection,
    following,
    list_inspections,
    today,
    under_way,
    withdraw,
)
from rukang.inspections.moderation import compared, disputed, moderate
from rukang.inspections.opening import apply_for, open_inspection
from rukang.inspections.proposal import decide, find_objection, object_to, propose, publish
from rukang.inspections.records import Inspection, Inspector, Part, Reason, Stage
from rukang.inspections.reviews import Found, signs
from rukang.inspections.sheets import (
    asked_of,
    optional_of,
    own_sheet,
    save_answer,
    save_facts,
    score_sheet,
    sheets_of,
    start_sheet,
    submit,
)
from rukang.inspections.visiting import (
    desk_check,
    find_inspectors,
    keep_inspector,
    list_inspectors,
    plan_visit,
)
from rukang.inspections.words import PARTS, REASONS, STAGES

__all__ = [
    "PARTS",
    "PART_BYTES",
    "REASONS",
    "STAGES",
    "Announced",
    "Eyes",
    "Found",
    "Inspection",
    "Inspector",
    "Part",
    "Reason",
    "Stage",
    "announce",
    "apply_for",
    "asked_of",
    "barred",
    "barred_from",
    "compared",
    "confirm",
    "decide",
    "declare",
    "desk_check",
    "discard",
    "disputed",
    "edition_of",
    "eyes_of",
    "find_action",
    "find_evidence",
    "find_inspection",
    "find_inspectors",
    "find_objection",
    "following",
    "keep_inspector",
    "list_inspections",
    "list_inspectors",
    "missing_parts",
    "moderate",
    "object_to",
    "open_evidence",
    "open_inspection",
    "optional_of",
    "overdue",
    "own_sheet",
    "plan_visit",
    "propose",
    "publish",
    "readable",
    "report",
    "save_answer",
    "save_facts",
    "score_sheet",
    "sheets_of",
    "signs",
    "start_sheet",
    "submit",
    "take_part",
    "today",
    "under_way",
    "withdraw",
]
