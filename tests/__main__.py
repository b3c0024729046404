"""``python -m tests``: every test, with a PostgreSQL server and Chromium where they are installed.

What is not installed is said, loudly; ``--require-all`` fails instead. Further arguments go to
pytest.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import AbstractContextManager, nullcontext

import pytest

from tests.postgres import binaries, temporary_postgres

POSTGRES = "RUKANG_TEST_POSTGRES"


def main(arguments: list[str]) -> int:
    """Start what the tests need and run them."""
    require_all = "--require-all" in arguments
    rest = [argument for argument in arguments if argument != "--require-all"]
    missing = _missing()
    if missing and require_all:
        print(f"✗ not installed, and nothing may be left out: {', '.join(missing)}")
        return 1
    for part in missing:
        print(f"!! LEFT OUT: {part} is not installed, its tests do not run")
    browser = [] if shutil.which("chromium") else ["-m", "not browser"]
    with _server() as url:
        os.environ[POSTGRES] = url
        return int(pytest.main(["-n", "auto", *browser, *rest]))


def _missing() -> list[str]:
    parts = {
        "nginx (Debian: nginx-light)": shutil.which("nginx"),
        "PostgreSQL (Debian: postgresql)": os.environ.get(POSTGRES) or binaries(),
        "Chromium (Debian: chromium)": shutil.which("chromium"),
    }
    return [name for name, found in parts.items() if not found]


def _server() -> AbstractContextManager[str]:
    """Return the server given in the environment, a temporary one, or none."""
    if given := os.environ.get(POSTGRES):
        return nullcontext(given)
    return temporary_postgres() if binaries() else nullcontext("")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
