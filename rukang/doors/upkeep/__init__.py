"""Keeping an installation: making it, bringing it up, changing its keys, its backups."""

from rukang.doors.upkeep.backup import back_up, backups, read_manifest
from rukang.doors.upkeep.check import Finding, Grade, check
from rukang.doors.upkeep.installation import bring_up, init, is_there
from rukang.doors.upkeep.rekey import forget, prepare, rekey, retire
from rukang.doors.upkeep.restore import Restored, restore

__all__ = [
    "Finding",
    "Grade",
    "Restored",
    "back_up",
    "backups",
    "bring_up",
    "check",
    "forget",
    "init",
    "is_there",
    "prepare",
    "read_manifest",
    "rekey",
    "restore",
    "retire",
]
