"""Every number on a payslip explains itself."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from payroll import Month, Policy, WorkerMonth, compute
from payroll.lines.catalogue import CATALOGUE
from tests.demo import LOCAL_POLICY

Build = Callable[..., WorkerMonth]


def test_line_states_amount_formula_and_document(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """A share shows base, rate, rounding and document with its standing, in both languages."""
    slip = compute(october, [quota_worker()], demo).payslip(0)
    line = next(line for line in slip.lines if line.code == "pension_employee")
    assert line.zh.startswith(
        "养老保险（个人） 360.32 = 缴费基数 4504.00 × 8 %，四舍五入到分；"
        "依据 国发〔2005〕38号（转引资料）"
    )
    assert line.en == "Pension (employee) 360.32 = base 4504.00 × 8 %, rounded half up to the fen"
    assert line.rule == "payroll.rules.contributions.contribution"
    assert "社会保险法" in line.source
    assert "contribution_base" in line.inputs


def test_lines_of_nil_are_folded(quota_worker: Build, demo: Policy, october: Month) -> None:
    """What is nil stands apart; net pay and gross stay where they are, and nothing is lost."""
    slip = compute(october, [quota_worker()], demo).payslip(0)
    assert {line.code for line in slip.folded} >= {"income_tax", "medical_employee_fixed"}
    assert all(line.amount_fen == 0 for line in slip.folded)
    assert sorted((*slip.shown, *slip.folded), key=slip.lines.index) == list(slip.lines)
    nothing = replace(slip, lines=tuple(replace(line, amount_fen=0) for line in slip.lines))
    assert [line.code for line in nothing.shown] == ["gross", "net"]


def test_every_shown_line_has_rule_and_source(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """No line is without a rule that names its legal source."""
    payroll = compute(october, [quota_worker()], demo)
    for line in payroll.lines:
        assert line.rule_name.startswith("payroll.rules.")
        assert line.source, line.code


def test_inputs_name_lines_or_fields(quota_worker: Build, demo: Policy, october: Month) -> None:
    """What a line says it is made from exists: another line, or a field of the record."""
    payroll = compute(october, [quota_worker()], demo)
    for line in payroll.lines:
        for name in line.inputs:
            assert name in CATALOGUE or name.split(".")[0] in WorkerMonth.model_fields, name


def test_unconfirmed_figures_are_listed(quota_worker: Build, demo: Policy, october: Month) -> None:
    """Recalled, secondary, inferred, local or provisional figures are listed, official not."""
    slip = compute(october, [quota_worker()], demo).payslip(0)
    listed = {figure.parameter for figure in slip.unconfirmed}
    assert {
        "minimum_wage.monthly",
        "insurance.base.floor",
        "insurance.pension.employee_rate",
        "insurance.medical.employer_rate",
        "insurance.injury.employer_rate",
    } <= listed
    assert "working_time.paid_days" not in listed
    assert "insurance.maternity.employee_rate" not in listed


def test_lines_that_do_not_concern_a_person_are_left_out(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """No overtime line without overtime, no pension line without pension."""
    worker = quota_worker(insured=frozenset({"injury"}))
    codes = {line.code for line in compute(october, [worker], demo).payslip(0).lines}
    assert {"gross", "net", "income_tax", "injury_employer"} <= codes
    assert not {"overtime_workday", "pension_employee", "minimum_top_up"} & codes


def test_digest_notices_any_change(quota_worker: Build, demo: Policy, october: Month) -> None:
    """A fen more, another month or another rate give another digest; the same gives the same."""
    digests = [
        compute(october, [quota_worker()], demo).digest(),
        compute(october, [quota_worker(agreed_wage_fen=221001)], demo).digest(),
        compute(Month(2026, 11), [quota_worker()], demo).digest(),
        compute(october, [quota_worker(injury_rate=Decimal("0.005"))], demo).digest(),
    ]
    assert len(set(digests)) == 4
    assert (
        compute(october, [quota_worker()], Policy.load(local=[LOCAL_POLICY])).digest() == digests[0]
    )


def test_example_runs_alone() -> None:
    """The example in examples/ prints the payslip of the worked example."""
    example = Path(__file__).parents[2] / "examples" / "one_payslip.py"
    done = subprocess.run([sys.executable, str(example)], capture_output=True, check=True)
    assert "实发 1746.09" in done.stdout.decode()


def test_engine_stands_alone() -> None:
    """Importing payroll loads no database, web, solver or command line."""
    code = (
        "import sys, payroll; "
        "print({'sqlalchemy', 'fastapi', 'pulp', 'typer', 'rukang'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "set()"
