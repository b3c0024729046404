"""Comparing two looks at the rule base, and finding figures to look at again."""

from datetime import date
from pathlib import Path

from payroll import Policy
from payroll.policy import difference, overview, stale

ZOUPING, BINCHENG, HUIMIN = "371681", "371602", "371621"


def test_two_days_differ_by_what_a_notice_changed(policy: Policy) -> None:
    """Between the last day of September and the first of October 2025 only the minimum changes."""
    before, after = (
        overview(policy, ZOUPING, day) for day in (date(2025, 9, 30), date(2025, 10, 1))
    )
    changes = {change.parameter: change for change in difference(before, after)}
    assert set(changes) == {"minimum_wage.monthly", "minimum_wage.hourly"}
    monthly = changes["minimum_wage.monthly"]
    assert monthly.before is not None
    assert monthly.after is not None
    assert (monthly.before.value, monthly.after.value) == (2010, 2210)


def test_two_counties_differ_by_tier_or_not_at_all(policy: Policy) -> None:
    """Two counties of one tier agree; one of another tier has another minimum."""
    here, same, other = (
        overview(policy, place, date(2026, 8, 1)) for place in (ZOUPING, BINCHENG, HUIMIN)
    )
    assert difference(here, same) == ()
    assert [change.parameter for change in difference(here, other)] == [
        "minimum_wage.hourly",
        "minimum_wage.monthly",
        "minimum_wage.tier",
    ]


def test_a_figure_known_on_one_side_only_is_told(policy: Policy) -> None:
    """A rate that ended is told as unknown after."""
    before, after = (overview(policy, ZOUPING, date(year, 1, 1)) for year in (2025, 2026))
    change = next(
        c
        for c in difference(before, after)
        if c.parameter == "insurance.unemployment.employer_rate"
    )
    assert change.before is not None
    assert change.after is None


def test_carried_and_ending_figures_are_stale(policy: Policy) -> None:
    """Last year's base and a calendar about to end are told, and why."""
    found = {
        item.figure.parameter: item.why.zh for item in stale(policy, ZOUPING, date(2026, 11, 23))
    }
    assert "暂按上期" in found["insurance.base.floor"]
    assert "2026-12-31 到期" in found["working_time.holidays.days_off"]
    assert "minimum_wage.monthly" not in found


def test_nothing_is_stale_that_has_a_successor(policy: Policy) -> None:
    """A figure that ends soon is no matter where the next one is on file."""
    found = {item.figure.parameter for item in stale(policy, ZOUPING, date(2025, 9, 1))}
    assert "minimum_wage.monthly" not in found


def test_a_figure_unchecked_for_a_year_is_stale(tmp_path: Path) -> None:
    """A figure nobody has looked at for more than a year is told; within the year it is not."""
    path = tmp_path / "local.yaml"
    path.write_text(
        "document: 示例\ndate: 2026-01-01\nfigures:\n"
        "  - {parameter: levy.local_average_wage, place: 371600, from: 2026-01-01, value: 90000}\n",
        encoding="utf-8",
    )
    policy = Policy.load(local=[path])

    def told(on: date) -> list[str]:
        found = (item for item in stale(policy, ZOUPING, on))
        return [i.why.en for i in found if i.figure.parameter == "levy.local_average_wage"]

    assert told(date(2027, 1, 1)) == []
    assert told(date(2027, 1, 2)) == ["not checked since 2026-01-01"]
