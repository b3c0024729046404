"""Golden cases: wages worked by hand, in yuan, compared to the fen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from payroll import Month, Policy, WorkerMonth, compute, fen, yuan
from payroll.policy.local import read_local
from payroll.policy.reading import read_yaml

GOLDEN = Path(__file__).parent / "golden"
IN_FEN = {
    "agreed_wage",
    "hourly_wage",
    "quality_deduction",
    "housing_fund_employee",
    "housing_fund_employer",
    "exempt",
    "declared_base",
    "accident_insurance",
    "amount",
    "income",
    "insurance",
    "withheld",
    "special_additional",
    "other_deductions",
    "relief",
}
"""Amounts the cases state in yuan and the model takes in fen."""


def _cases() -> Iterator[Any]:
    for path in sorted(GOLDEN.glob("*.yaml")):
        file = read_yaml(path)
        for case in file["cases"]:
            worker = file["worker"] | case.get("worker", {})
            yield pytest.param(file | case | {"worker": worker}, id=f"{path.stem}-{case['name']}")


def _in_fen(given: Any) -> Any:
    """Return a record with its amounts of yuan turned into fen."""
    if isinstance(given, list):
        return [_in_fen(item) for item in given]
    if not isinstance(given, dict):
        return given
    return {
        f"{key}_fen" if key in IN_FEN else key: fen(value) if key in IN_FEN else _in_fen(value)
        for key, value in given.items()
    }


def _policy(local: Any, demo: Policy, folder: Path) -> Policy:
    """Return the demo's rule base, or one with the figures a case states itself."""
    if local == "demo":
        return demo
    path = folder / "local.yaml"
    rows = "\n".join(
        f'  - {{parameter: {row["parameter"]}, place: "{row["place"]}", '
        f"from: {row['from']}, value: {row['value']}}}"
        for row in local
    )
    path.write_text(f"document: 示例\ndate: 2026-01-01\nfigures:\n{rows}\n", encoding="utf-8")
    return Policy(demo.parameters, read_local(path, demo.parameters))


@pytest.mark.parametrize("case", [*_cases()])
def test_golden_case(case: dict[str, Any], demo: Policy, tmp_path: Path) -> None:
    """The computed lines and warnings are those worked out by hand."""
    worker = WorkerMonth.model_validate(_in_fen(case["worker"]))
    policy = _policy(case["local"], demo, tmp_path)
    payroll = compute(Month.parse(case["month"]), [worker], policy)
    found = {code: yuan(payroll.amounts(code)[0]) for code in case["expected"]}
    assert found == {code: yuan(fen(amount)) for code, amount in case["expected"].items()}
    assert [code for code, _ in payroll.payslip(0).warnings] == case["warnings"]
