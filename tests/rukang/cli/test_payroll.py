"""``rukang payroll``: the life of a run from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.rukang.cli.conftest import DEMO, Rukang

OF = ("--home", "ZP001", "--month", "2026-10")


def test_a_run_is_calculated_approved_and_locked(rukang: Rukang, home: Path) -> None:
    """By two people; the same to the bit afterwards, and not taken back any more."""
    local = ("--local", str(DEMO / "local-policy.yaml"))
    assert rukang("payroll", "run", *OF, "--by", "工资专员", "--out", "wages", *local).code == 0
    step = ("payroll", "step", *OF)
    refused = rukang(*step, "--to", "approved", "--by", "工资专员")
    assert (refused.code, "另一人" in refused.err) == (1, True)
    assert rukang(*step, "--to", "approved", "--by", "园长").code == 0
    assert rukang("payroll", "reopen", *OF, "--by", "工资专员", "--reason", "补录").code == 0
    assert rukang("payroll", "run", *OF, "--out", "wages", *local).code == 0
    assert rukang(*step, "--to", "approved", "--by", "园长").code == 0
    assert rukang(*step, "--to", "locked", "--by", "园长").code == 0
    assert rukang("payroll", "reopen", *OF, "--by", "园长", "--reason", "补录").code == 1
    assert "the same to the bit" in rukang("payroll", "verify", *OF, *local).out


def test_the_changes_of_a_month_are_told(rukang: Rukang, home: Path) -> None:
    """In the first month everybody is new."""
    local = ("--local", str(DEMO / "local-policy.yaml"))
    rukang("payroll", "run", *OF, "--out", "wages", *local)
    said = rukang("payroll", "changes", *OF).out
    assert "本月新增" in said
    assert "人有变动 / people changed" in said


def test_what_makes_a_job_look_not_real_is_told(rukang: Rukang, home: Path) -> None:
    """Rule, person and evidence, a line each; the demo home has nothing to hide."""
    local = ("--local", str(DEMO / "local-policy.yaml"))
    rukang("payroll", "run", *OF, "--out", "wages", *local)
    said = rukang("payroll", "findings", *OF)
    assert said.code == 0
    assert "处待核实 / to be answered" in said.out


def test_a_month_without_a_run_is_named(rukang: Rukang, home: Path) -> None:
    """The words say which home and month."""
    said = rukang("payroll", "changes", "--home", "ZP001", "--month", "2026-09")
    assert (said.code, "2026-09" in said.err) == (1, True)
