"""What ``pip install rukang``, ``rukang[house]`` and ``rukang[web]`` bring to an empty place.

By pip as this machine has it set up (its indexes, its cache), in the versions of constraints.txt.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.test_packaging import PACKAGES, ROOT

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]

ENGINES = """
import rostering
rostering.read
import payroll
payroll.compute
import rukang.numbers, rukang.casework, rukang.engines.visits
from rukang.engines.rating import ScoreSheet, load_edition, rate, write_report
edition = load_edition("example-2026")
rate(edition, ScoreSheet(home="ZP001", home_name="示例", edition=edition.id, on="2026-10-01"))
assert payroll.Policy.load()
"""

WALK = """
import importlib, pkgutil, sys
for top in sys.argv[1:]:
    package = importlib.import_module(top)
    for name in getattr(package, "__all__", ()):
        getattr(package, name)
    for room in pkgutil.walk_packages(package.__path__, top + "."):
        left_out = ("__main__", "rostering.pictures", "rukang.migrations.env")
        if not room.name.endswith(left_out[0]) and not room.name.startswith(left_out[1:]):
            importlib.import_module(room.name)
"""
PURE = ("rostering", "payroll", "rukang.engines", "rukang.casework", "rukang.numbers")


@dataclass(frozen=True)
class Place:
    """An environment with nothing but an installation."""

    folder: Path

    @property
    def python(self) -> Path:
        """Return its interpreter."""
        return self._programs / f"python{'.exe' if os.name == 'nt' else ''}"

    @property
    def _programs(self) -> Path:
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run its Python, which sees neither this checkout nor what is installed beside it."""
        return self._run([str(self.python), "-I", *words])

    def rukang(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run its command."""
        return self._run([str(self._programs / "rukang"), *words])

    def _run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        clean = {key: value for key, value in clean.items() if not key.startswith("RUKANG")}
        return subprocess.run(words, capture_output=True, text=True, cwd=self.folder, env=clean)

    def installed(self) -> set[str]:
        """Return the names of the packages in it, as indexes compare them."""
        words = [*PIP, "--python", str(self.python), "list", "--format", "freeze"]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        return {normal(line.partition("==")[0]) for line in done.stdout.split()}


def normal(name: str) -> str:
    """Return a name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, so that nothing built earlier slips in."""
    source = tmp_path_factory.mktemp("source")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    words = [
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(source / "dist"),
    ]
    subprocess.run([*PIP, *words, str(source)], check=True)
    (found,) = (source / "dist").glob("*.whl")
    return found


def install(wheel: Path, extra: str, folder: Path) -> Place:
    """Return an empty environment into which the wheel is installed with an extra."""
    venv.create(folder)
    place = Place(folder)
    words = ["--python", str(place.python), "install", "--quiet", "--no-compile"]
    limits = ["-c", str(ROOT / "constraints.txt")]
    subprocess.run([*PIP, *words, *limits, f"{wheel}{extra}"], check=True)
    return place


def test_the_base_is_the_engines(wheel: Path, tmp_path: Path) -> None:
    """They work, nothing of the house or the web is there, and the command says what to install."""
    place = install(wheel, "", tmp_path / "base")
    names = place.installed()
    assert {"rukang", "numpy", "highspy", "openpyxl"} <= names
    assert not names & {"sqlalchemy", "typer", "fastapi", "dbos", "cryptography", "matplotlib"}
    assert (done := place.run("-c", ENGINES)).returncode == 0, done.stderr
    assert (done := place.run("-c", WALK, *PURE)).returncode == 0, done.stderr
    told = place.rukang("--help")
    assert told.returncode == 1
    assert '请安装：pip install "rukang[house]"' in told.stderr
    assert 'Install it: pip install "rukang[house]"' in told.stderr
    assert "Traceback" not in told.stderr


def test_the_house_is_records_and_commands(wheel: Path, tmp_path: Path) -> None:
    """Every room loads and the command line works; pages are another extra, and it says so."""
    place = install(wheel, "[house]", tmp_path / "house")
    assert not place.installed() & {"fastapi", "fastapi-users", "uvicorn", "babel", "segno"}
    assert (done := place.run("-c", WALK, "rukang", "payroll")).returncode == 0, done.stderr
    assert (done := place.rukang("db", "init", "--data", "here")).returncode == 0, done.stderr
    assert (place.folder / "here" / "rukang.sqlite").exists()
    told = place.rukang("serve", "--data", "here")
    assert told.returncode == 1
    assert '请安装：pip install "rukang[web]"' in told.stderr
    assert 'Install it: pip install "rukang[web]"' in told.stderr
    assert "Traceback" not in told.stderr


def test_the_web_is_the_pages_too(wheel: Path, tmp_path: Path) -> None:
    """It brings the house, and everything of the web face loads."""
    place = install(wheel, "[web]", tmp_path / "web")
    assert {"fastapi", "uvicorn", "babel", "segno", "sqlalchemy", "typer"} <= place.installed()
    assert (done := place.run("-c", WALK, "api")).returncode == 0, done.stderr
    assert (done := place.rukang("serve", "--help")).returncode == 0, done.stderr
