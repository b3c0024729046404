"""The audit trail: who changed or read what, in a chain that shows every later change to it."""

from rukang.base.database.audit.follow import (
    HIDDEN,
    UNAUDITED,
    follow,
    note,
    note_many,
    values_of,
    write_down,
)
from rukang.base.database.audit.reading import entries
from rukang.base.database.audit.records import AuditEntry, AuditHead
from rukang.base.database.audit.sealing import Opened, Seal, opened
from rukang.base.database.audit.verify import Head, Verified, head_of, verify
from rukang.base.database.audit.written_before import link_written_before

__all__ = [
    "HIDDEN",
    "UNAUDITED",
    "AuditEntry",
    "AuditHead",
    "Head",
    "Opened",
    "Seal",
    "Verified",
    "entries",
    "follow",
    "head_of",
    "link_written_before",
    "note",
    "note_many",
    "opened",
    "values_of",
    "verify",
    "write_down",
]
