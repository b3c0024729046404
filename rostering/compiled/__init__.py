"""Everybody's own rules as flat tables, and compiled searches over them.

Functions called in the innermost loops are inlined (``inline="always"``): handing them the tables
would take longer than what they do.
"""

from contextlib import suppress
from pathlib import Path


def _forget_stale(rooms: Path) -> None:
    """Delete kept machine code older than any source.

    Numba compares it with the file of the outermost function only, so that a change of what that
    function calls would go unnoticed.
    """
    newest = max(source.stat().st_mtime for source in rooms.glob("*/**/*.py"))
    for kept in rooms.glob("*/**/__pycache__/*.nbi"):
        # Another process may be deleting the same; where it may not, numba has not written it.
        with suppress(PermissionError, FileNotFoundError):
            if kept.stat().st_mtime < newest:
                kept.unlink()


_forget_stale(Path(__file__).parent.parent)
