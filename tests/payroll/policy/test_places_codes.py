"""Codes of divisions: their form is checked, and one without a name is a place."""

from datetime import date

import pytest

from payroll import Policy
from payroll.policy import places


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        ("371681", True),
        ("370102", True),  # 济南市历下区: no name on file
        ("440106", True),
        ("991234", False),
        ("000000", False),
        ("37168", False),
        ("3716811", False),
        ("37168a", False),
        ("CN", False),
    ],
)
def test_the_form_of_a_code(code: str, is_one: bool) -> None:
    """Six digits in a province there is."""
    assert places.is_code(code) is is_one


def test_a_place_without_a_name_has_the_figures_of_its_province(policy: Policy) -> None:
    """The quota of Shandong holds in 历下, and an error names the code."""
    found = policy.value("levy.quota", "370102", date(2026, 1, 1))
    assert found.place == "370000"
    assert places.name("370102") == "370102"
