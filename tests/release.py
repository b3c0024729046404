"""``python -m tests.release``: the notes of the version in ``pyproject.toml``, from CHANGELOG.md.

With ``--tag v1.2.3`` it fails when the tag is not that version.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEADING = re.compile(r"^## (?P<version>\d+\.\d+\.\d+)\b.*$", re.MULTILINE)
UNRELEASED = "## Unreleased"


def version() -> str:
    """Return the version, which stands in one place."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(settings["project"]["version"])


def sections(changelog: str) -> dict[str, str]:
    """Return what changed in each version, the newest first, each with its heading."""
    found = list(HEADING.finditer(changelog))
    ends = [one.start() for one in found[1:]] + [len(changelog)]
    return {
        one["version"]: changelog[one.start() : end].strip()
        for one, end in zip(found, ends, strict=True)
    }


def main(arguments: list[str] | None = None) -> int:
    """Print the notes, or say why there are none."""
    parser = argparse.ArgumentParser(prog="tests.release", description=__doc__.splitlines()[0])
    parser.add_argument("--tag", help="must be v and the version")
    asked = parser.parse_args(arguments)
    now = version()
    if asked.tag not in {None, f"v{now}"}:
        print(f"the tag is {asked.tag}, pyproject.toml says {now}", file=sys.stderr)
        return 1
    notes = sections((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")).get(now)
    if notes is None:
        print(f"CHANGELOG.md has no section ## {now}", file=sys.stderr)
        return 1
    print(notes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
