"""The JSON forms of problems and rosters as JSON schemas.

``python -m rostering.schema docs/schema`` writes the files that are kept beside the guide.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from rostering.problem import Problem
from rostering.roster import RosterForm


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas by the names of their files."""
    return {
        "problem.schema.json": Problem.model_json_schema(),
        "roster.schema.json": RosterForm.model_json_schema(),
    }


def write(folder: Path) -> list[Path]:
    """Write the schemas into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        (folder / name).write_text(f"{text}\n", encoding="utf-8")
    return [folder / name for name in schemas()]


if __name__ == "__main__":
    write(Path(sys.argv[1]))
