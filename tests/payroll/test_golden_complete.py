"""Every figure the rules read is used by some golden case, and so is every line of a payslip."""

from __future__ import annotations

from datetime import date

import pytest

from payroll import Policy
from payroll.figures import NEEDS
from payroll.lines.catalogue import CATALOGUE
from tests.payroll.test_golden import cases, computed

FIRST = date(2021, 1, 1)
"""Before it no month can be computed: the tax figures begin here, and say so. Lookups go further
back, and are tested by themselves."""

READ = {need.parameter for need in NEEDS} - {
    # These check an input or warn, and stand on no payslip; the class's base rate is told within
    # the employer's own.
    "insurance.injury.base_rates",
    "insurance.injury.float_steps",
    "working_time.overtime.monthly_max_minutes",
    "working_time.part_time.daily_minutes",
    "working_time.part_time.weekly_minutes",
    "working_time.part_time.pay_cycle_days",
    "insurance.registration_days",
    "wage.agreement_floor",
    "housing_fund.rate_floor",
    "housing_fund.rate_cap",
}


@pytest.fixture(scope="module")
def used(demo: Policy, tmp_path_factory: pytest.TempPathFactory) -> tuple[set[object], set[str]]:
    """The figures and the lines that golden cases expect something of."""
    figures: set[object] = set()
    lines: set[str] = set()
    for number, case in enumerate(cases()):
        slip = computed(case, demo, tmp_path_factory.mktemp(f"case{number}")).payslip(0)
        lines |= set(case["expected"])
        for line in slip.lines:
            for figure in line.figures:
                figures.add((figure.parameter, figure.place, figure.valid_from))
                if figure.via:
                    figures.add((figure.via.parameter, figure.via.place, figure.via.valid_from))
    return figures, lines


def test_every_figure_on_every_date_is_covered(
    used: tuple[set[object], set[str]], policy: Policy
) -> None:
    """A new date without a case is named: parameter, place and day."""
    wanted = {
        (parameter, entry.place, entry.first)
        for parameter in READ | {"minimum_wage.tier"}
        for entry in policy.parameters[parameter].values
        if entry.last is None or entry.last >= FIRST
    }
    assert sorted(map(str, wanted - used[0])) == []


def test_every_line_is_expected_somewhere(used: tuple[set[object], set[str]]) -> None:
    """A new line of the payslip without a case is named."""
    assert sorted(set(CATALOGUE) - used[1]) == []


def test_there_are_enough_cases() -> None:
    """At least a hundred and twenty, each with an expectation."""
    found = list(cases())
    assert len(found) >= 120
    assert all(case["expected"] for case in found)
    assert len({(case["file"], case["name"]) for case in found}) == len(found)
