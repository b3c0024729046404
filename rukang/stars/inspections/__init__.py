"""The work of rating: opening, sheets, evidence, visits, moderation, proposal, mending."""

from rukang.base.database.context import today
from rukang.stars.inspections.access import Eyes, eyes_of, readable
from rukang.stars.inspections.acts import (
    ACTION,
    ACTS,
    DECIDE,
    INSPECTION,
    OBJECTION,
    Decision,
    EditionNamed,
)
from rukang.stars.inspections.cases import overdue
from rukang.stars.inspections.editions import (
    edition_for,
    edition_in_force,
    edition_of,
    editions_for,
)
from rukang.stars.inspections.life import (
    find_inspection,
    following,
    inspections_query,
    list_inspections,
    under_way,
    withdraw,
    words_of,
)
from rukang.stars.inspections.records import Arrival, Inspection, Inspector, Part, Reason, Stage
from rukang.stars.inspections.sheet.asked import (
    asked_facts,
    asked_of,
    contradictable_of,
    optional_of,
    unrecorded_of,
)
from rukang.stars.inspections.sheet.entries import (
    FACT,
    Standing,
    Written,
    late_entries,
    seen_of,
    standing,
)
from rukang.stars.inspections.sheet.evidence import (
    PART_BYTES,
    Announced,
    announce,
    discard,
    missing_parts,
    open_evidence,
    own_evidence,
    readable_evidence,
    take_part,
)
from rukang.stars.inspections.sheet.media import kept_of, kind_of_file
from rukang.stars.inspections.sheet.sheets import own_sheet, score_sheet, sheets_of
from rukang.stars.inspections.sheet.submission import submit
from rukang.stars.inspections.sheet.writing import (
    Given,
    save_answer,
    save_facts,
    take_answer,
    take_fact,
)
from rukang.stars.inspections.steps.actions import confirm, find_action, report
from rukang.stars.inspections.steps.assignment import give_third, start_sheet, to_replace
from rukang.stars.inspections.steps.moderation import (
    compared,
    disputed,
    disputed_facts,
    moderate,
    take_back,
)
from rukang.stars.inspections.steps.opening import apply_for, open_inspection
from rukang.stars.inspections.steps.proposal import (
    decide,
    find_objection,
    object_to,
    propose,
    publish,
)
from rukang.stars.inspections.steps.reviews import Found, signs
from rukang.stars.inspections.steps.visiting import (
    desk_check,
    find_inspectors,
    list_inspectors,
    plan_visit,
    upsert_inspector,
)
from rukang.stars.inspections.words import PARTS, REASONS, STAGES
from rukang.stars.interests import barred, barred_from, declare

__all__ = [
    "ACTION",
    "ACTS",
    "DECIDE",
    "FACT",
    "INSPECTION",
    "OBJECTION",
    "PARTS",
    "PART_BYTES",
    "REASONS",
    "STAGES",
    "Announced",
    "Arrival",
    "Decision",
    "EditionNamed",
    "Eyes",
    "Found",
    "Given",
    "Inspection",
    "Inspector",
    "Part",
    "Reason",
    "Stage",
    "Standing",
    "Written",
    "announce",
    "apply_for",
    "asked_facts",
    "asked_of",
    "barred",
    "barred_from",
    "compared",
    "confirm",
    "contradictable_of",
    "decide",
    "declare",
    "desk_check",
    "discard",
    "disputed",
    "disputed_facts",
    "edition_for",
    "edition_in_force",
    "edition_of",
    "editions_for",
    "eyes_of",
    "find_action",
    "find_inspection",
    "find_inspectors",
    "find_objection",
    "following",
    "give_third",
    "inspections_query",
    "kept_of",
    "kind_of_file",
    "late_entries",
    "list_inspections",
    "list_inspectors",
    "missing_parts",
    "moderate",
    "object_to",
    "open_evidence",
    "open_inspection",
    "optional_of",
    "overdue",
    "own_evidence",
    "own_sheet",
    "plan_visit",
    "propose",
    "publish",
    "readable",
    "readable_evidence",
    "report",
    "save_answer",
    "save_facts",
    "score_sheet",
    "seen_of",
    "sheets_of",
    "signs",
    "standing",
    "start_sheet",
    "submit",
    "take_answer",
    "take_back",
    "take_fact",
    "take_part",
    "to_replace",
    "today",
    "under_way",
    "unrecorded_of",
    "upsert_inspector",
    "withdraw",
    "words_of",
]
