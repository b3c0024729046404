"""Expected errors as words on the console; a defect keeps its traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import ArgumentError, OperationalError

from payroll import RefusedInput
from payroll.policy import PolicyFileError, UnknownFigure
from rostering import NrpError, ProblemError
from rostering.sheets import WorkbookError
from rukang.cli.common import problems, say
from rukang.database.vault import SealBrokenError
from rukang.errors import RukangError
from rukang.rating import EditionError, SheetError

EXPECTED = (
    RukangError,  # a service refuses what was asked
    WorkbookError,  # a workbook has findings
    ProblemError,  # a roster problem contradicts itself
    NrpError,  # a text instance has mistakes
    RefusedInput,  # a month of wages cannot be right
    UnknownFigure,  # nobody has supplied a figure
    PolicyFileError,  # a local policy file cannot be used
    EditionError,  # an edition of criteria is unknown or unsound
    SheetError,  # a score sheet does not fit its edition
    SealBrokenError,  # the keys are not those of the database
    OperationalError,  # the database does not answer
    ArgumentError,  # its address is not written as one
    OSError,  # a file is missing, closed to us, or open in another program
)
"""What may go wrong in ordinary use. Nothing broader: other errors are defects to be reported."""


def in_words(run: Callable[[], Any]) -> None:
    """Run the program; show an expected error as words and exit with 1, others as they are."""
    try:
        run()
    except EXPECTED as error:
        say(f"✗ {words(error)}", to=problems)
        sys.exit(1)


def words(error: BaseException) -> str:
    """Return what an expected error says to the person at the console."""
    match error:
        case WorkbookError():
            found = [f"  • {finding}" for finding in error.findings]
            file = error.findings[0].file
            return "\n".join([_refused(file, len(found)), *found])
        case UnknownFigure():
            return f"{error}\n{WHERE_TO_SUPPLY}"
        case OperationalError():
            return f"数据库打不开或没有应答 / the database does not answer: {error.orig}"
        case ArgumentError():
            return f"数据库地址（RUKANG_DATABASE_URL）有误 / no valid database address: {error}"
        case FileNotFoundError():
            return f"找不到 {error.filename}，请核对路径 / no such file; check the path"
        case OSError():
            return (
                f"{error.filename or ''} 不能读写（是否正在其他程序中打开？）"
                f" / cannot be read or written; open in another program? ({error.strerror})"
            )
        case _:
            return str(error)


WHERE_TO_SUPPLY = (
    "本地政策文件即数据目录中的 local-policy.yaml，或用 --local 指定 / "
    "the local policy file is local-policy.yaml in the data folder, or named with --local"
)


def _refused(file: str, count: int) -> str:
    zh = f"{file} 有 {count} 处问题，整份未采用，一行也没有存"
    return f"{zh} / {count} problems, nothing of this file was stored:"
