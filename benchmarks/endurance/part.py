"""What every part of the endurance run takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """How a part is run.

    Parameters
    ----------
    scratch
        Folder for everything a part makes; its state lies there, so that a run may go on.
    seed
        Decides every moment and every choice.
    times
        How often a part disturbs, on each database.
    databases
        ``sqlite``, ``postgresql`` or both.
    """

    scratch: Path
    seed: int = 1
    times: int = 100
    databases: tuple[str, ...] = ("sqlite", "postgresql")
    say: Callable[[str], None] = print


@dataclass
class Row:
    """What came of a part on one database.

    Parameters
    ----------
    actions
        What was confirmed to a caller, or refused, and compared afterwards.
    disturbed
        Kills, restarts, full disks, ….
    lost, doubled, in_part
        Confirmed and gone; there twice; there without what belongs to it.
    faults
        The same in words, one each.
    """

    part: str
    database: str
    actions: int = 0
    disturbed: int = 0
    lost: int = 0
    doubled: int = 0
    in_part: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing was lost, doubled or kept in part."""
        return not (self.lost or self.doubled or self.in_part)

    def count(self, kind: str, what: str, times: int = 1) -> None:
        """Count a fault: ``lost``, ``doubled`` or ``in_part``."""
        setattr(self, kind, getattr(self, kind) + times)
        self.faults.append(f"{kind}: {what}")


Run = Callable[[Options], list[Row]]
"""What a part's module offers as ``run``: one row for each database."""
