"""What a failure says to people: its own words where they were written for them, else a number."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import structlog

from payroll import PolicyFileError, RefusedInput
from payroll.policy import UnknownFigure
from rostering import NrpError, ProblemError
from rostering.sheets import WorkbookError
from rostering.sheets.masking import masked
from rukang.base.errors import InWordsError, RukangError
from rukang.base.logs import outline
from rukang.base.operator_files import of_policy

WRITTEN_FOR_PEOPLE = (
    InWordsError,  # an edition or a score sheet is unsound, or two sheets are too far apart
    WorkbookError,  # a workbook has findings
    ProblemError,  # a roster problem contradicts itself
    NrpError,  # a text instance has mistakes
    RefusedInput,  # a month of wages cannot be right
    UnknownFigure,  # nobody has supplied a figure
)
"""Errors beside ours whose text is made of rules and of what the person gave.

Not among them: errors of files, databases, pydantic and YAML, which quote what the server read.
"""

EXPECTED = (
    RukangError,  # a service refuses what was asked
    PolicyFileError,  # a local policy file cannot be used
    *WRITTEN_FOR_PEOPLE,
)
"""What may go wrong in ordinary use and is told in words, on the console as on the web.

Nothing broader: other errors are defects to be reported.
"""

log = structlog.get_logger()


@dataclass(frozen=True)
class Told:
    """A failure in Chinese and English, or in both at once in ``zh``.

    ``number`` finds an internal one in the log.
    """

    zh: str
    en: str = ""
    number: str | None = None

    def __str__(self) -> str:
        """Both languages in one line."""
        return f"{self.zh} {self.en}".strip()


def told(error: BaseException) -> Told:
    """Return what any error may say to people: for pages, answers and messages of jobs.

    An error that was not written for people is an internal fault: it goes into the log under a new
    number, as kinds and places, and only the number is told.
    """
    if isinstance(error, PolicyFileError):
        error = of_policy(error) or error
    if isinstance(error, RukangError):
        return Told(masked(error.zh), masked(error.en))
    if isinstance(error, WRITTEN_FOR_PEOPLE):
        return Told(masked(str(error)))
    number = secrets.token_hex(4)
    log.error("internal fault", number=number, failure=outline(error))
    return Told(
        f"系统内部出错，已记入日志，编号 {number}；请稍后再试，或把编号告诉管理员。",
        f"An internal fault, in the log under number {number}; try again later or tell the"
        " administrator the number.",
        number,
    )
