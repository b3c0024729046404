"""Star rating: dated editions of criteria, score sheets, stars with their path.

Values in, values out; nothing here reads a database. The usual way: `load_edition`, a
`ScoreSheet`, `rate`, `improve`, `write_report`.
"""

from rukang.rating.agreement import (
    Agreement,
    Scored,
    agreement,
    cohen_kappa,
    counted,
    krippendorff_alpha,
    scored,
)
from rukang.rating.blank import BlankRow, answer_from_cell, blank_rows
from rukang.rating.carry_over import CarriedOver, carry_over
from rukang.rating.criterion import Criterion, Effort, NoData, Scorer
from rukang.rating.difference import differences
from rukang.rating.edition import Edition, Periods, ReviewRule, Sign, Standing
from rukang.rating.improve import Change, Improvement, apply_changes, improve
from rukang.rating.lint import lint
from rukang.rating.measure import Measure, Measurement
from rukang.rating.moderation import (
    Compared,
    ComparedFact,
    ModerationError,
    Outcome,
    compare,
    compare_facts,
    moderated,
)
from rukang.rating.outline import Outline
from rukang.rating.rating import CriterionScore, PathStep, Rating, SectionScore
from rukang.rating.read import (
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
from rukang.rating.report import report_html, write_report
from rukang.rating.score import rate
from rukang.rating.sensitivity import Deciding, Shift, deciding, rate_all, shift
from rukang.rating.sheet import Answer, ScoreSheet, State, refuse_misfit
from rukang.rating.sheet_check import SheetError, SheetProblem, check_sheet, number
from rukang.rating.text import Text

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
    "Text",
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
