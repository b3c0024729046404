"""What a part has counted so far, in a file, so that a run that was stopped goes on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.endurance.part import Options, Row


@dataclass
class State:
    """The row of a part on a database, and the file that keeps it."""

    file: Path
    row: Row

    @classmethod
    def of(cls, options: Options, part: str, database: str) -> State:
        """Return what was kept under a seed, or a new row."""
        file = options.scratch / f"{part}-{database}-{options.seed}.json"
        if file.exists():
            return cls(file, Row(**json.loads(file.read_text(encoding="utf-8"))))
        return cls(file, Row(part, database))

    def keep(self) -> None:
        """Write the row down, whole or not at all."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        draft = self.file.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self.row), ensure_ascii=False), encoding="utf-8")
        draft.replace(self.file)
