"""A call in a process of its own, so that memory and first use are those of this call alone."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


class FreshError(RuntimeError):
    """The process raised an error, died, or was stopped because it overran."""


def in_fresh_process(call: Callable[[In], Out], given: In, *, seconds: float) -> Out:
    """Return ``call(given)``, worked out in a fresh process that is stopped after some time.

    Raises
    ------
    FreshError
        If the call does not return; it says why.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(call, given, theirs))
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise FreshError(f"stopped after {seconds:.0f} s")
        error, answer = ours.recv()
    except EOFError as closed:
        process.join()
        raise FreshError(f"the process ended with code {process.exitcode}") from closed
    finally:
        process.kill()
        process.join()
    if error:
        raise FreshError(error)
    return answer  # type: ignore[no-any-return]


def _child(call: Callable[[Any], Any], given: Any, answers: Connection) -> None:
    _silence()
    try:
        answers.send(("", call(given)))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - told to the parent, whatever it is
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        answers.send((f"{type(error).__name__}: {error} ({where})", None))


def _silence() -> None:
    """Send what solvers print to nowhere, whatever their options say."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
