"""Set up this checkout and run it: ``python3 dev.py demo`` or ``python3 dev.py test``.

Needs only Python 3.11 or newer. Makes ``.venv`` beside this file, installs what the lock files
under ``locks/`` name into it (exact versions, each file known by its SHA-256), and runs the rest in
there. Works on Linux, macOS and Windows. ``python3 dev.py lock`` writes the lock files anew from
``pyproject.toml`` and ``constraints.txt``.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import subprocess
import sys
import time
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.sha256"

# As ``-m mkdocs``, without what its theme says about a later MkDocs at every build.
SITE = """import os; os.environ["NO_MKDOCS_2_WARNING"] = "1"
from mkdocs.__main__ import cli; cli(["build", "--strict"])"""

CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "bill of materials": [
        *("-m", "cyclonedx_py", "environment", "--pyproject", "pyproject.toml"),
        *("--output-reproducible", "--output-file", "build/sbom.cdx.json", "--validate"),
    ],
    "import contracts": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
    "documentation site": ["-c", SITE],
    "policy files": ["-m", "rukang", "policy", "lint"],
    "migrations and tests": ["-m", "tests"],
}
LOCKS = {"web": "locks/run.txt", "dev": "locks/dev.txt"}
"""Lock file by the extra that is installed: to use the whole program, or to change it."""

COMPILE = "import rostering; rostering.prepare()"  # once, so that no solve waits for it
BUILDER = "build_demo_home.py"  # rewrites the committed workbooks, so no check runs it
EXAMPLES = sorted(p for p in (ROOT / "examples").glob("*.py") if p.name != BUILDER)


def main() -> int:
    """Read the command line and do what it asks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser(
        "demo", help="install, then run the main job; further options go to `rukang demo`"
    )
    test = commands.add_parser("test", help="install, then run every check and test")
    test.add_argument(
        "--require-all",
        action="store_true",
        help="fail if PostgreSQL or Chromium is missing instead of saying what was left out",
    )
    commands.add_parser("lock", help="write the lock files anew, after a change of dependencies")
    arguments, rest = parser.parse_known_args()
    if arguments.command == "demo":
        install("web")
        return run("demo", ["-m", "rukang", "demo", *rest])
    if rest:
        parser.error(f"unknown: {' '.join(rest)}")
    if arguments.command == "lock":
        return lock()
    install("dev")
    return check_everything(require_all=arguments.require_all)


def check_everything(require_all: bool) -> int:
    """Run every check, the tests and the examples; stop at the first that fails."""
    (ROOT / "build").mkdir(exist_ok=True)
    steps = dict(CHECKS)
    if require_all:
        steps["migrations and tests"] = [*steps["migrations and tests"], "--require-all"]
    steps |= {f"example {path.name}": [str(path)] for path in EXAMPLES}
    # The tests come last, so that their closing line is the last word.
    steps["migrations and tests"] = steps.pop("migrations and tests")
    for name, command in steps.items():
        if code := run(name, command):
            print(f"\n✗ {name} failed (exit code {code})", flush=True)
            return code
    return 0


def run(name: str, command: list[str]) -> int:
    """Run one command of the virtual environment and say how long it took."""
    print(f"\n── {name}", flush=True)
    began = time.monotonic()
    code = subprocess.run([str(PYTHON), *command], cwd=ROOT, check=False).returncode
    print(f"── {name}: {time.monotonic() - began:.1f} s", flush=True)
    return code


def install(extra: str) -> None:
    """Make the virtual environment and install into it, unless nothing changed since last time."""
    stamp = _fingerprint(extra)
    if STAMP.exists() and STAMP.read_text() in {stamp, _fingerprint("dev")}:
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise SystemExit(
            "This Python cannot make environments; on Debian: apt install python3-venv"
        )
    began = time.monotonic()
    print(f"── installing into {VENV.name}", flush=True)
    if Path(sys.prefix) != VENV:  # an environment cannot make itself
        venv.create(VENV, with_pip=True, clear=not PYTHON.exists())
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # Nothing that the lock files do not know is installed; the build tool is among what they know.
    subprocess.run(
        [*pip, "--require-hashes", "--no-deps", "-r", LOCKS[extra]], cwd=ROOT, check=True
    )
    ours = [*pip, "--no-deps", "--no-build-isolation", "-e", "."]
    subprocess.run(ours, cwd=ROOT, check=True)
    subprocess.run([str(PYTHON), "-c", COMPILE], cwd=ROOT, check=True)
    STAMP.write_text(stamp)
    print(f"── installed: {time.monotonic() - began:.1f} s", flush=True)


def lock() -> int:
    """Write the lock files: every file that may be installed, on any system, by its SHA-256."""
    install("dev")
    tool = [str(PYTHON), "-m", "uv", "pip", "compile", "--quiet", "--universal", "--no-header"]
    tool += ["--no-annotate", "--generate-hashes", "--python-version", "3.11"]
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    for extra, target in LOCKS.items():
        words = [
            *tool,
            "-c",
            "constraints.txt",
            "pyproject.toml",
            "-",
            "-o",
            target,
            "--extra",
            extra,
        ]
        given = "\n".join(build["requires"])
        if code := subprocess.run(words, cwd=ROOT, input=given, text=True, check=False).returncode:
            return code
    return 0


def _fingerprint(extra: str) -> str:
    content = (ROOT / "pyproject.toml").read_bytes() + (ROOT / LOCKS[extra]).read_bytes()
    return hashlib.sha256(content + extra.encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
