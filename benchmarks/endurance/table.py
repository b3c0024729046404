"""What was counted, as lines of text and as a file that the documents are made from."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Table:
    """Counts under headings.

    Parameters
    ----------
    faults
        How many of what was tried ended as nothing may end; the exit code tells of them.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    faults: int

    def text(self) -> str:
        """Return the table as Markdown."""
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)

    def write(self, path: Path) -> None:
        """Write the table as a file of values parted by commas."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([self.columns, *self.rows])
