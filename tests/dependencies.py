"""What is installed beside our own code, by what licence: ``python -m tests.dependencies``.

Prints ``docs/licences.md``; a test compares it with the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCKS = (ROOT / "locks" / "run.txt", ROOT / "locks" / "dev.txt")
VENDORED = ROOT / "api" / "pages" / "static"

REFUSED = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
"""Licences that would bind whoever passes our program on; the Lesser one (LGPL) does not."""

HEAD = """# Licences

Every package that a running installation needs, from `locks/run.txt`, with the licence it states.
None is under the GPL or AGPL (a test refuses them); those under the LGPL are used as they are, as
libraries. Written by `python -m tests.dependencies`. The bill of materials with the tools of
development is made by the checks (`build/sbom.cdx.json`, CycloneDX). What browsers load from us
stands in `api/pages/static`, each file with its licence beside it.

| package | version | licence |
|---|---|---|
"""


class Pinned(NamedTuple):
    """A package of a lock file: its version, and the digests of the files it may come as."""

    name: str
    version: str
    applies: bool
    digests: tuple[str, ...]


def pinned(lock: Path) -> Iterator[Pinned]:
    """Yield the packages of a lock file."""
    for entry in lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        line, *digests = entry.split("--hash=")
        if line.strip() and not line.startswith("#"):
            wanted = Requirement(line)
            (version,) = (one.version for one in wanted.specifier)
            applies = wanted.marker is None or wanted.marker.evaluate()
            yield Pinned(wanted.name, version, applies, tuple(one.strip() for one in digests))


def licence_of(package: Distribution) -> str:
    """Return the licence a package states: its expression, else its classifiers, else its field."""
    stated = package.metadata
    if expression := stated.get("License-Expression"):
        return str(expression)
    classified = [
        line.rpartition(" :: ")[2]
        for line in stated.get_all("Classifier", [])
        if line.startswith("License ::") and line != "License :: OSI Approved"
    ]
    return ", ".join(classified) or (stated.get("License") or "").strip().splitlines()[0][:60]


def page() -> str:
    """Return the page of licences."""
    rows = [
        f"| {one.name} | {one.version} | {licence_of(distribution(one.name))} |"
        for one in pinned(LOCKS[0])
        if one.applies
    ]
    return HEAD + "\n".join(rows) + "\n"


def bill_of_materials(file: Path) -> dict[str, str]:
    """Return the packages of a CycloneDX document with their versions."""
    document = json.loads(file.read_text(encoding="utf-8"))
    return {part["name"]: part["version"] for part in document["components"]}


if __name__ == "__main__":
    print(page(), end="")
