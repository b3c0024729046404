"""What is installed is pinned by digest, listed with its licence, and in a bill of materials."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.dependencies import LOCKS, REFUSED, ROOT, bill_of_materials, licence_of, page, pinned

RUNNING = re.compile(r"""extra == ["'](house|web)["']""")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def normal(name: str) -> str:
    """Return a package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def constraints() -> dict[str, str]:
    """Return the versions of ``constraints.txt``."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {normal(name): version for name, version in pairs}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_package_is_known_by_version_and_digest(lock: Path) -> None:
    """The versions are those of constraints.txt, and no address of an index is recorded."""
    versions = constraints()
    for one in pinned(lock):
        assert one.digests, one.name
        assert all(DIGEST.fullmatch(digest) for digest in one.digests), one.name
        assert versions.get(normal(one.name), one.version) == one.version
    assert "://" not in lock.read_text(encoding="utf-8")


def test_what_runs_is_what_is_locked() -> None:
    """Including what is needed only to develop."""
    differing = {
        one.name: (one.version, found)
        for one in pinned(LOCKS[1])
        if one.applies and (found := distribution(one.name).version) != one.version
    }
    assert not differing


def test_all_that_the_program_needs_is_locked() -> None:
    """No requirement of ours is missing from the lock file of an installation."""
    locked = {normal(one.name) for one in pinned(LOCKS[0])}
    needed = [
        normal(re.split(r"[^A-Za-z0-9._-]", line)[0])
        for line in distribution("rukang").requires or []
        if "extra ==" not in line or RUNNING.search(line)
    ]
    assert {"numpy", "sqlalchemy", "fastapi"} <= set(needed)
    assert set(needed) - {"rukang"} <= locked


def test_no_licence_binds_whoever_passes_the_program_on() -> None:
    """No GPL or AGPL among what an installation needs; the pattern does find them."""
    stated = {
        one.name: licence_of(distribution(one.name)) for one in pinned(LOCKS[0]) if one.applies
    }
    assert not {name: text for name, text in stated.items() if REFUSED.search(text)}
    assert all(stated.values())
    assert REFUSED.search("GPL-3.0-or-later")
    assert REFUSED.search("GNU Affero General Public License v3")
    assert not REFUSED.search("LGPL-3.0-only")


def test_the_page_of_licences_is_up_to_date() -> None:
    """``python -m tests.dependencies > docs/licences.md`` writes it."""
    assert (ROOT / "docs" / "licences.md").read_text(encoding="utf-8") == page()


def test_the_bill_of_materials_names_everything(tmp_path: Path) -> None:
    """Every package of an installation, at its version, in a valid CycloneDX document."""
    file = tmp_path / "sbom.json"
    words = ["-m", "cyclonedx_py", "environment", "--output-file", str(file), "--validate"]
    subprocess.run([sys.executable, *words], check=True, cwd=ROOT, capture_output=True)
    named = {normal(name): version for name, version in bill_of_materials(file).items()}
    missing = [one for one in pinned(LOCKS[0]) if one.applies and normal(one.name) not in named]
    assert not missing
