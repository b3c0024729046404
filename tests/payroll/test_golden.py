"""Golden cases: wages worked by hand, in yuan, compared to the fen."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from payroll import Month, Payroll, Policy, WorkerMonth, compute, fen, yuan
from payroll.policy.local import read_local
from payroll.policy.reading import read_yaml

GOLDEN = Path(__file__).parent / "golden"
IN_FEN = {
    "agreed_wage",
    "hourly_wage",
    "quality_deduction",
    "housing_fund_employee",
    "housing_fund_employer",
    "housing_fund_base",
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
    "advance_recovered",
}
"""Amounts the cases state in yuan and the model takes in fen."""

INSIDE = {"11": "2025-09", "14": "2023-01", "31": "2021-07", "37": "2017-06"}
"""Since when it is on file, by province, whether own insurance is inside the minimum wage."""


def cases() -> Iterator[dict[str, Any]]:
    """Read every case, with what its file says of all of them."""
    for path in sorted(GOLDEN.glob("*.yaml")):
        file = read_yaml(path)
        if "table" in file:
            yield from _of_table(path.stem, file)
            continue
        for case in file["cases"]:
            worker = file["worker"] | case.get("worker", {})
            yield file | case | {"worker": worker, "file": path.stem}


def _of_table(stem: str, file: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Make of each row of a table of minimum wages a full-time and a part-time month."""
    for place, month, tier, monthly, hourly in file["table"]:
        rows = [("minimum_wage.tier", tier), ("minimum_wage.includes_employee_insurance", True)]
        local = [
            {"parameter": parameter, "place": place, "from": "2017-06-01", "value": value}
            for parameter, value in rows
            if not (tier is None or (value is True and month >= INSIDE.get(place[:2], "9999")))
        ]
        same = {
            "id": "T10",
            "name": "示例职工",
            "employer": "A",
            "work_place": place,
            "joined": f"{month}-01",
            "tax_year": {"months_employed": 1},
        }
        full = {
            "kind": "labour_contract",
            "agreed_wage": monthly - Decimal("0.01"),
            "day_count": "21.75",
            "scheduled_days": 21,
            "paid_days": 21,
        }
        part = {
            "kind": "part_time",
            "hourly_wage": hourly,
            "hours": 10,
            "part_time": {
                "average_day_hours": 4,
                "longest_week_hours": 24,
                "pay_cycle_days": 15,
            },
        }
        common = {"file": stem, "source": file["source"], "month": month, "local": local or "demo"}
        words = f"{place} {month} {tier or '县档'}"
        yield common | {
            "name": f"{words} 月 / a month",
            "worker": same | full,
            "expected": {"applicable_minimum": monthly, "minimum_top_up": Decimal("0.01")},
            "warnings": ["not_fully_insured", "below_minimum"],
        }
        if hourly is not None:
            yield common | {
                "name": f"{words} 小时 / ten hours",
                "worker": same | part,
                "expected": {"applicable_minimum": 10 * hourly, "minimum_top_up": 0},
                "warnings": [],
            }


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


def policy_of(local: Any, demo: Policy, folder: Path) -> Policy:
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


def worker_of(case: dict[str, Any]) -> WorkerMonth:
    """Return the worker of a case."""
    return WorkerMonth.model_validate(_in_fen(case["worker"]))


def computed(case: dict[str, Any], demo: Policy, folder: Path) -> Payroll:
    """Compute the month of a case."""
    worker = worker_of(case)
    policy = policy_of(case["local"], demo, folder)
    return compute(Month.parse(case["month"]), [worker], policy)


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case['file']}-{case['name']}") for case in cases()]
)
def test_golden_case(case: dict[str, Any], demo: Policy, tmp_path: Path) -> None:
    """The computed lines and warnings are those worked out by hand."""
    payroll = computed(case, demo, tmp_path)
    found = {code: yuan(payroll.amounts(code)[0]) for code in case["expected"]}
    assert found == {code: yuan(fen(amount)) for code, amount in case["expected"].items()}
    assert [code for code, _ in payroll.payslip(0).warnings] == case["warnings"]


MONTHS = sorted({case["month"] for case in cases() if case["local"] == "demo"})


@pytest.mark.parametrize("month", MONTHS)
def test_golden_cases_of_a_month_together(month: str, demo: Policy) -> None:
    """Among all the others of the month everybody has the payslip that they have alone."""
    given = [
        case["worker"] for case in cases() if (case["month"], case["local"]) == (month, "demo")
    ]
    workers = [
        WorkerMonth.model_validate(_in_fen(worker | {"id": f"G{number}"}))
        for number, worker in enumerate(given)
    ]
    at = Month.parse(month)
    together = compute(at, workers, demo)
    for number, worker in enumerate(workers):
        assert together.payslip(number) == compute(at, [worker], demo).payslip(0)
