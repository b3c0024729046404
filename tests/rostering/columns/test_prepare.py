"""Whoever has prepared the engine never waits for compiling within a solve."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.homes import planted

COMPILED_LATER = """
import sys
from pathlib import Path
from numba.core.dispatcher import Dispatcher
import rostering

def compiled():
    return {
        f"{value.__module__}.{value.__name__}{signature}"
        for name, module in sorted(sys.modules.items())
        if name.startswith("rostering.")
        for value in vars(module).values()
        if isinstance(value, Dispatcher)
        for signature in value.signatures
    }

problem = rostering.Problem.model_validate_json(Path(sys.argv[1]).read_text(encoding="utf-8"))
rostering.prepare()
before = compiled()
assert before
for method in ("columns", "auto"):
    rostering.solve(problem, iterations=1500, method=method)
# Two threads go by the seconds; a machine that does less in them compiles less, never more.
rostering.solve(problem, time_limit=3.0, method="columns", threads=2)
for late in sorted(compiled() - before):
    print(late)
"""
"""A process of its own: here other tests have compiled things already."""


def test_nothing_is_compiled_after_preparing(tmp_path: Path) -> None:
    home = tmp_path / "home.json"
    home.write_text(planted(12, 2, seed=1)[0].model_dump_json(), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", COMPILED_LATER, str(home)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
