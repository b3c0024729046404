from .criteria.criterion import Criterion, Effort, NoData, Scorer
from .criteria.edition import Edition, Periods, ReviewRule, Sign, Standing
from .criteria.measure import Measure, Measurement
from .criteria.outline import Outline
from .files.difference import differences
from .files.lint import lint
from .files.read import (
    EditionError,
    UnknownContentsError,
    editions,
    load_edition,
    load_outline,
    load_port,
    outlines,
    parse_edition,
    ports,
    read_edition_file,
)
from .improving.improve import Change, Improvement, apply_changes, improve
from .improving.sensitivity import Deciding, Shift, deciding, rate_all, shift
from .inspectors.agreement import (
    Agreement,
    Scored,
    agreement,
    cohen_kappa,
    counted,
    krippendorff_alpha,
    scored,
)
from .inspectors.moderation import (
    Compared,
    ComparedFact,
    ModerationError,
    Outcome,
    compare,
    compare_facts,
    moderated,
)
from .report import report_html, write_report
from .sheets.blank import BlankRow, answer_from_cell, blank_rows
from .sheets.carry_over import CarriedOver, carry_over
from .sheets.sheet import Answer, ScoreSheet, State, refuse_misfit
from .sheets.sheet_check import SheetError, SheetProblem, check_sheet, number
from .stars.rating import CriterionScore, PathStep, Rating, SectionScore
from .stars.score import rate

__all__ = [
    "Agreement",
    "Answer",
    "BlankRow",
    "CarriedOver",
    "Change",
    "Compared",
    "ComparedFact",
    "Criterion",
    "CriterionScore",
    "Deciding",
    "Edition",
    "EditionError",
    "Effort",
    "Improvement",
    "Measure",
    "Measurement",
    "ModerationError",
    "NoData",
    "Outcome",
    "Outline",
    "PathStep",
    "Periods",
    "Rating",
    "ReviewRule",
    "ScoreSheet",
    "Scored",
    "Scorer",
    "SectionScore",
    "SheetError",
    "SheetProblem",
    "Shift",
    "Sign",
    "Standing",
    "State",
    "UnknownContentsError",
    "agreement",
    "answer_from_cell",
    "apply_changes",
    "blank_rows",
    "carry_over",
    "check_sheet",
    "cohen_kappa",
    "compare",
    "compare_facts",
    "counted",
    "deciding",
    "differences",
    "editions",
    "improve",
    "krippendorff_alpha",
    "lint",
    "load_edition",
    "load_outline",
    "load_port",
    "moderated",
    "number",
    "outlines",
    "parse_edition",
    "ports",
    "rate",
    "rate_all",
    "read_edition_file",
    "refuse_misfit",
    "report_html",
    "scored",
    "shift",
    "write_report",
]
