"""Errors of the database that can be told in words, and those of them that end by themselves.

It may be restarted, out of reach, busy or damaged, its disk full; or another may have stored the
same at the same instant. Whoever can wait for what passes tries again. Everything else is a fault
of the program or of the data, and trying again would not help.
"""

from __future__ import annotations

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from rukang.base.errors import AwayError, ConflictError, DiskFullError, RukangError

PASSING_CLASSES = {"08", "53", "57", "40"}
"""Classes of SQLSTATE: connection lost, resources used up, operator at work, rolled back for
another's sake (PostgreSQL, appendix A of its manual)."""
LOCK_NOT_AVAILABLE = "55P03"
QUERY_CANCELLED = "57014"
DISK_FULL = "53100"
UNIQUE_VIOLATION = "23505"
DAMAGED_CLASS = "XX"

# Extended codes keep the primary one in their lowest byte. A full disk shows as an error of
# reading and writing too, when the file of the write-ahead log cannot grow.
SQLITE_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
}


SQLITE_TAKEN = {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
SQLITE_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}


def is_passing(error: BaseException) -> bool:
    """Return whether an error of the database may be gone when the same is tried again."""
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_code(error.orig) in SQLITE_PASSING
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        # The server never answered: refused, unreachable, still starting.
        return type(error.orig).__name__ == "OperationalError"
    return state != QUERY_CANCELLED and (
        state[:2] in PASSING_CLASSES or state == LOCK_NOT_AVAILABLE
    )


def is_disk_full(error: BaseException) -> bool:
    """Return whether the disk has no room left, as the database said or a file did."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) in SQLITE_NO_ROOM
    return getattr(error.orig, "sqlstate", None) == DISK_FULL


def is_damaged(error: BaseException) -> bool:
    """Return whether the database said that its own files are damaged, or no database at all."""
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_code(error.orig) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
    return str(getattr(error.orig, "sqlstate", None) or "")[:2] == DAMAGED_CLASS


def is_taken(error: BaseException) -> bool:
    """Return whether a record could not be stored because there is one of its like."""
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) in SQLITE_TAKEN
    return getattr(error.orig, "sqlstate", None) == UNIQUE_VIOLATION


def in_words(error: BaseException) -> RukangError | None:
    """Return what an error of the database says to people, if there are words for it."""
    if is_taken(error):
        return ConflictError(
            "同样的内容刚刚由另一人或另一个窗口保存了，这次没有保存任何内容；请刷新后查看，"
            "需要时再办理。",
            "Somebody else, or another window, has just stored the same; nothing of this was"
            " stored. Look at it anew, and do it again if it is still needed.",
        )
    if is_passing(error) or is_disk_full(error) or is_damaged(error):
        return away(error)
    return None


def away(error: BaseException) -> AwayError:
    """Return a passing error, or damage, in words, without anything the database said."""
    if is_damaged(error):
        return AwayError(
            "数据库文件已损坏，这次没有保存任何内容；请告诉管理员。",
            "The files of the database are damaged; nothing of this was stored. Tell the"
            " administrator.",
        )
    if is_disk_full(error):
        return DiskFullError(
            "数据库所在的磁盘已满，这次没有保存任何内容；请管理员腾出空间后再试。",
            "The disk of the database is full; nothing of this was stored. Ask the administrator"
            " to make room, then try again.",
        )
    return AwayError(
        "数据库暂时连不上或正忙，这次没有保存任何内容；请过一会儿再试。",
        "The database is out of reach or busy for the moment; nothing of this was stored."
        " Try again in a while.",
    )


def _sqlite_code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
