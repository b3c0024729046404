"""The server's log: what happened and where in the program, with no value of a record in it.

People's numbers are hidden in every line, ours and the libraries'; a failure is told as its kind
and its places in the program, never in its own words, for those quote what was read.
"""

from __future__ import annotations

import errno
import logging
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

from rostering.sheets.masking import masked

INNERMOST = 12
"""Places of a failure that are told; those further out are the server's own way in."""

Caught = tuple[type[BaseException], BaseException, TracebackType | None]


def set_up() -> None:
    """Hide values in everything this process logs from now on."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso", utc=True),
            hide,
            structlog.dev.ConsoleRenderer(colors=False),
        ]
    )
    logging.setLogRecordFactory(_Record)


def hide(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Hide people's numbers, and the words of errors, in an entry; a structlog processor."""
    error = event.pop("exc_info", None)
    if error is True or isinstance(error, tuple):
        error = (sys.exc_info() if error is True else error)[1]
    found: EventDict = {key: _hidden(value) for key, value in event.items()}
    if isinstance(error, BaseException):
        found["failure"] = outline(error)
    return found


def outline(error: BaseException) -> str:
    """Return kinds and places of an error and of what caused it, without their words.

    >>> try:
    ...     int("370000199001010002")
    ... except ValueError as error:
    ...     print(outline(error).split()[0])
    ValueError
    """
    return "\n".join(f"{_kind(one)} {_places(one)}".rstrip() for one in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    following: BaseException | None = error
    while following is not None:
        yield following
        unsaid = None if following.__suppress_context__ else following.__context__
        following = following.__cause__ or unsaid


def _kind(error: BaseException) -> str:
    """Return an error's type, with the code of the system or database where it carries one."""
    kind = type(error)
    room = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    name = f"{room}{kind.__qualname__}"
    number = getattr(error, "errno", None) or 0
    code = getattr(error, "sqlstate", None) or errno.errorcode.get(number)
    return f"{name}[{code}]" if code else name


def _places(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-INNERMOST:]
    return " < ".join(f"{one.filename}:{one.lineno} {one.name}" for one in reversed(frames))


def _hidden(value: Any) -> Any:
    if isinstance(value, BaseException):
        return outline(value)
    if isinstance(value, dict):
        return {key: _hidden(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_hidden, value)) if type(value) in {list, tuple} else str(value)
    return masked(value) if isinstance(value, str) else value


class _Record(logging.LogRecord):
    """An entry of a library's log, hidden before any of its handlers sees it."""

    def __init__(
        self, name: str, level: int, pathname: str, lineno: int, msg: Any, args: Any,
        exc_info: Caught | None = None, *rest: Any, **named: Any,
    ) -> None:  # fmt: skip
        super().__init__(
            name, level, pathname, lineno, _hidden(msg), _hidden(args), None, *rest, **named
        )
        if exc_info and exc_info[1] is not None:
            # Formatters append this text as they would a traceback.
            self.exc_text = outline(exc_info[1])
