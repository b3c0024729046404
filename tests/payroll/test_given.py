"""A slip at the prompt is answered in words of both languages, with how it is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from payroll import (
    GivenTypeError,
    Kind,
    Month,
    Payroll,
    Policy,
    PolicyFileError,
    WorkerMonth,
    compute,
)

OCTOBER = Month(2026, 10)


class Given(NamedTuple):
    """What is right: a worker, the rule base, and the month computed."""

    worker: WorkerMonth
    policy: Policy
    computed: Payroll


Call = Callable[[Any], object]


@pytest.fixture(scope="module")
def worker() -> WorkerMonth:
    """Somebody under an agreement, who needs no figure."""
    return WorkerMonth(
        id="R01",
        name="示例人",
        kind=Kind.ASSISTED_AGREEMENT,
        employer="示例站",
        work_place="371681",
        joined=date(2026, 1, 1),
    )


@pytest.fixture(scope="module")
def computed(worker: WorkerMonth, policy: Policy) -> Payroll:
    """The month of that one person."""
    return compute(OCTOBER, [worker], policy)


@pytest.mark.parametrize(
    ("call", "found", "instead"),
    [
        (lambda g: compute("2026-10", [g.worker], g.policy), "'2026-10'", "Month(2026, 10)"),
        (lambda g: compute(date(2026, 10, 1), [g.worker], g.policy), "date", "Month(2026, 10)"),
        (lambda g: compute(OCTOBER, g.worker, g.policy), "WorkerMonth", "[WorkerMonth(…)]"),
        (lambda g: compute(OCTOBER, [g.worker, "R02"], g.policy), "人员[1]", "[WorkerMonth(…)]"),
        (lambda g: compute(OCTOBER, [{"id": "R01"}], g.policy), "dict", "[WorkerMonth(…)]"),
        (lambda g: compute(OCTOBER, [g.worker], None), "None", "Policy.load()"),
        (lambda g: compute(OCTOBER, [g.worker], Policy), "type", "Policy.load()"),
        (lambda g: g.computed.payslip("R01"), "'R01'", "payslip(0)"),
        (lambda g: g.computed.payslip(None), "None", "payslip(0)"),
        (lambda g: g.computed.payslip(True), "True", "payslip(0)"),
        (lambda _: Month("2026", "10"), "'2026'", "Month(2026, 10)"),
        (lambda _: Month.parse(OCTOBER), "Month", '"2026-10"'),
        (lambda _: Policy.load("local.yaml"), "local.yaml", '["local-policy.yaml"]'),
        (lambda g: g.policy.value("wage.x", 371681, date(2026, 1, 1)), "371681", '"371681"'),
        (
            lambda g: g.policy.value("wage.x", "CN", "2026-01-01"),
            "'2026-01-01'",
            "date(2026, 10, 1)",
        ),
    ],
)
def test_a_wrong_type_is_told_with_how_it_is_written(
    call: Call, found: str, instead: str, worker: WorkerMonth, policy: Policy, computed: Payroll
) -> None:
    """What was given, where, and the right form, in Chinese and English; no names or wages."""
    with pytest.raises(GivenTypeError) as refused:
        call(Given(worker, policy, computed))
    zh, _, en = str(refused.value).partition(" / ")
    assert re.search("[\\u4e00-\\u9fff]", zh)
    assert instead in zh
    assert instead in en
    assert found in str(refused.value)
    assert "示例人" not in str(refused.value)


@pytest.mark.parametrize("place", [1, -1, 99])
def test_nobody_stands_at_a_place_that_is_not(computed: Payroll, place: int) -> None:
    """Not the last person for -1 either: places are counted from 0, and how many is said."""
    with pytest.raises(IndexError, match=r"共 1 人.*counted from 0"):
        computed.payslip(place)


def test_a_local_file_that_is_missing_is_named(tmp_path: Path) -> None:
    """A folder is no file."""
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(PolicyFileError, match=r"找不到文件.*check the path"):
            Policy.load([path])


def test_everything_right_is_let_through(worker: WorkerMonth, policy: Policy) -> None:
    """A tuple is a list, and a month as text has a reader of its own."""
    assert compute(Month.parse("2026-10"), (worker,), policy).payslip(0).worker == "R01"
