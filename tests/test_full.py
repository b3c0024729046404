"""``python -m tests.full`` goes on where it stopped, runs again what failed, and fills its page."""

from __future__ import annotations

from pathlib import Path

from tests.full import BEGIN, END, Outcome, Step, filled, outcome_of, steps


def _step(folder: Path, code: int) -> Step:
    program = f"open({str(folder / 'runs')!r}, 'a').write('x'); print('2 passed'); exit({code})"
    return Step("a step", ("-c", program))


def test_what_passed_is_not_run_again(tmp_path: Path) -> None:
    """The outcome is what was written down."""
    first = outcome_of(_step(tmp_path, 0), tmp_path)
    assert (first.code, first.line) == (0, "2 passed")
    assert outcome_of(_step(tmp_path, 0), tmp_path) == first
    assert (tmp_path / "runs").read_text() == "x"


def test_what_failed_is_run_again(tmp_path: Path) -> None:
    """And its exit code is told."""
    assert [outcome_of(_step(tmp_path, 3), tmp_path).code for _ in range(2)] == [3, 3]
    assert (tmp_path / "runs").read_text() == "xx"


def test_the_page_tells_commit_machine_and_last_lines() -> None:
    """Between its marks; what stands around them stays, and a second filling replaces the first."""
    outcome = Outcome("every test", 0, "== 9 passed | 1 ==", 61, "2026-11-29")
    page = filled(filled(f"# Head\n{BEGIN}\nold\n{END}\ntail", "abc", [outcome]), "def", [outcome])
    assert "| every test | 9 passed / 1 | 0 | 61 | 2026-11-29 |" in page
    assert "Commit def, " in page
    assert "abc" not in page
    assert page.startswith("# Head\n")
    assert page.endswith("tail")


def test_the_steps_are_commands_of_this_repository() -> None:
    """Every module that a step runs exists."""
    for step in steps(Path("scratch")):
        module = Path(*step.command[1].split("."))
        assert module.with_suffix(".py").exists() or (module / "__main__.py").exists()
