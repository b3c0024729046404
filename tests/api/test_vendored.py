"""Libraries for the browser lie here as built: known files, with licence, hash and recipe."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

import api.pages

STATIC = Path(api.pages.__file__).parent / "static"
FILES: list[dict[str, Any]] = json.loads(
    (STATIC / "vendor" / "vendor.json").read_text(encoding="utf-8")
)["files"]


@pytest.mark.parametrize("one", FILES, ids=lambda one: one["file"])
def test_a_vendored_file_is_the_one_written_down(one: dict[str, Any]) -> None:
    """Its hash is right, its licence lies beside it, and its recipe pins every package."""
    assert hashlib.sha256((STATIC / one["file"]).read_bytes()).hexdigest() == one["sha256"]
    assert (STATIC / one["licence_file"]).read_text(encoding="utf-8").strip()
    for name, version in one["packages"].items():
        assert any(f"{name}@{version}" in command for command in one["build"]), name


def test_nothing_else_is_vendored() -> None:
    """Every script of the folder, and every minified one, is on the list."""
    scripts = {*(STATIC / "vendor").rglob("*.js"), *STATIC.rglob("*.min.js")}
    assert {str(path.relative_to(STATIC)) for path in scripts} == {one["file"] for one in FILES}
