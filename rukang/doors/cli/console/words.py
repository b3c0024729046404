"""Expected errors as words on the console; a defect keeps its traceback."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from payroll.policy import UnknownFigure
from rostering.sheets import Finding, WorkbookError
from rostering.sheets.masking import masked
from rukang.base.database import passing
from rukang.base.database.passing import is_damaged, is_taken
from rukang.base.telling import EXPECTED
from rukang.doors.cli.common import problems, say

ON_THE_MACHINE = (
    OperationalError,  # the database does not answer
    ArgumentError,  # its address is not written as one
    OSError,  # a file is missing, closed to us, or open in another program
)
"""What else is told to who sits at the machine: it is theirs, and so are its files."""


def shown_in_words(error: Exception) -> bool:
    """Show an expected error as words; return whether it is one."""
    if isinstance(error, (*EXPECTED, *ON_THE_MACHINE)):
        say(masked(f"✗ {words(error)}"), to=problems)
        return True
    if isinstance(error, DatabaseError) and (is_damaged(error) or is_taken(error)):
        said = DAMAGED if is_damaged(error) else passing.in_words(error)
        say(f"✗ {said}", to=problems)
        return True
    return False


def words(error: BaseException) -> str:
    """Return what an expected error says to the person at the console."""
    match error:
        case WorkbookError():
            files = dict.fromkeys(finding.file for finding in error.findings)
            return "\n✗ ".join(_refused(file, error.findings) for file in files)
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


DAMAGED = (
    "数据库文件已损坏：请停止 rukang serve，另存这个文件，再用 rukang db restore 恢复最近的备份 / "
    "the files of the database are damaged: stop `rukang serve`, keep the file aside, and bring the"
    " last backup back with `rukang db restore`"
)

WHERE_TO_SUPPLY = (
    "本地政策文件即数据目录中的 local-policy.yaml，或用 --local 指定 / "
    "the local policy file is local-policy.yaml in the data folder, or named with --local"
)


def _refused(file: str, findings: Iterable[Finding]) -> str:
    found = [f"  • {finding}" for finding in findings if finding.file == file]
    zh = f"{file} 有 {len(found)} 处问题，整份未采用，一行也没有存"
    head = f"{zh} / {len(found)} problems, nothing of this file was stored:"
    return "\n".join([head, *found])
