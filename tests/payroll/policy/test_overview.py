"""What is known and unknown at a place on a day is listed in full."""

from datetime import date

from payroll import Policy
from payroll.policy import overview

ON = date(2026, 10, 1)


def test_every_parameter_is_listed_once(policy: Policy) -> None:
    """Known and unknown together are all parameters, and nothing is in both."""
    found = overview(policy, "371681", ON)
    known = {item.parameter for item in found.known}
    unknown = {item.parameter.id for item in found.unknown}
    assert known | unknown == set(policy.parameters)
    assert not known & unknown


def test_unknown_ones_of_binzhou_are_named(policy: Policy, demo: Policy) -> None:
    """What Binzhou lacks is listed; what the demo supplies is listed as known instead."""
    unknown = {item.parameter.id for item in overview(policy, "371681", ON).unknown}
    assert {
        "insurance.medical.employer_rate",
        "insurance.unemployment.employee_rate",
        "income_tax.disabled_relief_rate",
        "wage.agreement_floor",
    } <= unknown
    supplied = {item.parameter for item in overview(demo, "371681", ON).known}
    assert "insurance.medical.employer_rate" in supplied
    assert "income_tax.disabled_relief_rate" not in supplied
