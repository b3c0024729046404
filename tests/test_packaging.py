"""What a wheel carries: every file that the packages read beside their code."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("rukang", "payroll", "rostering", "api")
COMPILED = {".py", ".pyc", ".nbi", ".nbc"}  # the last two are machine code kept by numba


def test_every_data_file_is_packaged() -> None:
    """A template, font or picture of a kind that no pattern names would miss in an installation."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["*"]
    files = [path for name in PACKAGES for path in (ROOT / name).rglob("*") if path.is_file()]
    data = [path for path in files if path.suffix not in COMPILED]
    assert data
    assert [path for path in data if not any(path.match(pattern) for pattern in patterns)] == []
