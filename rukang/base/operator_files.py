"""What is wrong with a file that the operator edits, for whoever meets it: which file, where, what.

Named by its base name, never by its place; what stands in the file is not quoted, because whoever
reads the answer need not be who may read the file.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from pydantic import ValidationError

from payroll import PolicyFileError
from rostering.sheets.masking import masked
from rukang.base.errors import OperatorFileError

MOST = 5
"""Faults of one file that are told."""

QUOTED = re.compile(r"""'[^']*'|"[^"]*"|<[^>]*>""")
KNOWN = re.compile(r"[a-z_]{1,30}|[0-9]{1,6}")
"""Names of fields and places in a list: what a schema says, and no text of the file."""


def unusable(
    file: Path, error: BaseException, form: tuple[str, str] = ("", "")
) -> OperatorFileError:
    """Return the refusal for a file of the installation and what went wrong with it.

    Parameters
    ----------
    error
        As the reader raised it; causes are followed to the one that knows the place.
    form
        What the file should say, in Chinese and English.
    """
    zh, en = _what(error)
    return OperatorFileError(
        f"本系统的 {file.name} 不能使用：{zh}；{form[0]}请管理员改正。",
        f"{file.name} of this installation cannot be used: {en}; {form[1]}"
        "the administrator has to mend it.",
    )


def of_policy(error: PolicyFileError) -> OperatorFileError | None:
    """Return the refusal for a policy file, if it is one of the operator's."""
    return None if error.file is None else unusable(error.file, error)


def _what(error: BaseException) -> tuple[str, str]:
    causes = [error]
    while (cause := causes[-1].__cause__) is not None:
        causes.append(cause)
    for one in causes:
        if (said := _said(one)) is not None:
            return said
    return "内容不是应有的样子", "it is not of the form it should have"


def _said(error: BaseException) -> tuple[str, str] | None:
    """Return what an error knows of place and reason; none if it is not one of the file."""
    match error:
        case PolicyFileError(told=(zh, en)):
            return masked(zh), masked(en)
        case yaml.MarkedYAMLError(problem_mark=yaml.Mark() as mark):
            line, column = mark.line + 1, mark.column + 1
            problem = QUOTED.sub("…", error.problem or "not YAML")
            return (
                f"第 {line} 行第 {column} 列写法不对（{problem}）",
                f"line {line}, column {column}: {problem}",
            )
        case UnicodeDecodeError():
            line = error.object.count(b"\n", 0, error.start) + 1
            return f"第 {line} 行不是 UTF-8 文本", f"line {line} is no UTF-8 text"
        case OSError():
            return f"读不了（{error.strerror}）", f"it cannot be read ({error.strerror})"
        case ValidationError():
            faults = error.errors(include_input=False, include_url=False)[:MOST]
            said = "; ".join(f"{_place(fault['loc'])}: {fault['msg']}" for fault in faults)
            return said, said
        case _:
            return None


def _place(steps: tuple[int | str, ...]) -> str:
    """Return where in a file a fault stands; items are counted from 1."""
    named = (str(step + 1) if isinstance(step, int) else step for step in steps)
    return ".".join(step if KNOWN.fullmatch(step) else "…" for step in named) or "file"
