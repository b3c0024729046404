"""Figures are found by place and day, and unknown ones are named."""

from datetime import date
from decimal import Decimal

import pytest

from payroll import Policy, Standing, UnknownFigure
from payroll.policy import places

OCTOBER = date(2026, 10, 1)


def test_county_reads_province_tier(policy: Policy) -> None:
    """The minimum wage of 邹平 is the province's second tier, chosen by the county's own entry."""
    found = policy.value("minimum_wage.monthly", "371681", OCTOBER)
    assert (found.fen, found.place, found.standing) == (221000, "370000", Standing.OFFICIAL)
    assert found.via is not None
    assert (found.via.value, found.via.place) == (2, "371681")
    assert not found.confirmed, "an inferred tier makes the figure unconfirmed"


@pytest.mark.parametrize(
    ("on", "county", "yuan"),
    [
        (date(2021, 10, 1), "371681", 1900),
        (date(2023, 9, 30), "371681", 1900),
        (date(2023, 10, 1), "371681", 2010),
        (date(2025, 9, 30), "371602", 2010),
        (date(2025, 10, 1), "371602", 2210),
        (date(2025, 10, 1), "371623", 2020),
        (date(2021, 10, 1), "371621", 1700),
        (date(2025, 8, 31), "110105", 2420),
        (date(2025, 9, 1), "110105", 2540),
        (date(2026, 1, 1), "440305", 2520),
    ],
)
def test_minimum_wage_by_county_and_day(policy: Policy, on: date, county: str, yuan: int) -> None:
    """The monthly minimum changes on the day a notice takes effect and differs by county."""
    assert policy.value("minimum_wage.monthly", county, on).value == yuan


def test_seven_counties_have_a_tier(policy: Policy) -> None:
    """All seven counties of Binzhou have an hourly minimum of tier two or three."""
    hourly = {
        c: policy.value("minimum_wage.hourly", c, OCTOBER).value for c in places.counties("371600")
    }
    assert len(hourly) == 7
    assert set(hourly.values()) == {22, 20}


def test_narrower_place_wins(policy: Policy) -> None:
    """济宁 has a medical rate of its own where the nation has another entry."""
    on = date(2026, 1, 1)
    assert policy.value("insurance.medical.employee_rate", "370811", on).place == "370800"
    assert policy.value("insurance.medical.employee_rate", "371681", on).place == "CN"


def test_unknown_names_parameter_place_day_and_remedy(policy: Policy) -> None:
    """An unknown figure says what is missing, where, when, why, and what to write."""
    with pytest.raises(UnknownFigure) as refused:
        policy.value("insurance.medical.employer_rate", "371681", OCTOBER)
    message = str(refused.value)
    for part in (
        "医疗保险（含生育）单位费率",
        "邹平市",
        "371681",
        "2026-10-01",
        "滨州市数值未找到",
    ):
        assert part in message
    assert "- parameter: insurance.medical.employer_rate" in message
    assert 'place: "371681"' in message


def test_law_rate_is_no_stand_in_for_reduced_rate(policy: Policy) -> None:
    """After 2025 the unemployment rate is unknown; the regulation's 2 % is not used instead."""
    found = policy.value("insurance.unemployment.employer_rate", "371681", date(2025, 12, 31))
    assert str(found.value) == "0.007"
    with pytest.raises(UnknownFigure):
        policy.value("insurance.unemployment.employer_rate", "371681", date(2026, 1, 1))


def test_base_limits_carry_forward_one_year_and_say_so(policy: Policy) -> None:
    """Last year's base limits go on provisionally; two years later they are unknown."""
    now = policy.value("insurance.base.floor", "371681", OCTOBER)
    assert (now.fen, now.provisional, now.confirmed) == (450400, True, False)
    assert not policy.value("insurance.base.floor", "371681", date(2025, 12, 31)).provisional
    with pytest.raises(UnknownFigure):
        policy.value("insurance.base.floor", "371681", date(2027, 1, 1))


def test_nothing_else_carries_forward(policy: Policy) -> None:
    """A holiday calendar of one year says nothing about the next."""
    with pytest.raises(UnknownFigure):
        policy.value("working_time.holidays.days_off", "371681", date(2027, 1, 1))


def test_before_the_first_date_is_unknown(policy: Policy) -> None:
    """No figure is read back into the time before it applied."""
    with pytest.raises(UnknownFigure):
        policy.value("minimum_wage.monthly", "371681", date(2017, 5, 31))


def test_working_time_for_rosters(policy: Policy) -> None:
    """The roster room reads working-time limits from the same rule base."""
    weekly = policy.value("working_time.weekly_minutes", "371681", OCTOBER)
    assert weekly.value == 40 * 60
    assert (
        policy.value("working_time.overtime.monthly_max_minutes", "371681", OCTOBER).value == 2160
    )
    assert policy.value("working_time.night_start", "371681", OCTOBER).value == "22:00"
    off = policy.value("working_time.holidays.days_off", "371681", OCTOBER).value
    assert date(2026, 10, 7) in off
    assert date(2026, 10, 8) not in off


def test_unknown_parameter_suggests_its_family(policy: Policy) -> None:
    """A misspelt parameter id is answered with the names of its family."""
    with pytest.raises(LookupError, match=r"insurance\.pension\.employer_rate"):
        policy.value("insurance.pensions", "371681", OCTOBER)


@pytest.mark.parametrize("place", ["37168", "邹平", "cn", "3716811"])
def test_malformed_place_is_refused(policy: Policy, place: str) -> None:
    """A place is six digits or CN."""
    with pytest.raises(ValueError, match="行政区划代码"):
        policy.value("working_time.weekly_minutes", place, OCTOBER)


def test_chain_walks_up() -> None:
    """County, city, province and nation are derived from the code; duplicates fall away."""
    assert places.chain("371681") == ("371681", "371600", "370000", "CN")
    assert places.chain("370000") == ("370000", "CN")
    assert places.chain("CN") == ("CN",)


@pytest.mark.parametrize(
    ("on", "monthly", "hourly"),
    [
        (date(2017, 6, 1), {1: 1810, 2: 1640, 3: 1470}, "18.1"),
        (date(2018, 5, 31), {1: 1810, 2: 1640, 3: 1470}, "18.1"),
        (date(2018, 6, 1), {1: 1910, 2: 1730, 3: 1550}, "19.1"),
        (date(2021, 9, 30), {1: 1910, 2: 1730, 3: 1550}, "19.1"),
    ],
)
def test_shandong_before_the_tiers_on_file(
    policy: Policy, on: date, monthly: dict[int, int], hourly: str
) -> None:
    """The notices of 2017 and 2018 by tier; which tier a county had is not known, and said so."""
    for parameter, tier, value in (
        *(("minimum_wage.monthly", tier, value) for tier, value in monthly.items()),
        ("minimum_wage.hourly", 1, Decimal(hourly)),
    ):
        entry = next(e for e in policy.parameters[parameter].values if e.covers(on))
        assert entry.value[tier] == value
    with pytest.raises(UnknownFigure, match=r"minimum_wage\.tier"):
        policy.value("minimum_wage.monthly", "371681", on)


@pytest.mark.parametrize(
    ("year", "cap"),
    [(2020, 17284), (2021, 18726), (2022, 20361), (2023, 21207), (2024, 22078), (2025, 22519)],
)
def test_caps_of_the_base_by_year(policy: Policy, year: int, cap: int) -> None:
    """Every year on file, the whole year."""
    for day in (date(year, 1, 1), date(year, 12, 31)):
        assert policy.value("insurance.base.cap", "371681", day).value == cap


@pytest.mark.parametrize(
    ("known", "value", "provisional"),
    [
        # The day of publication was not seen: the last day of its year stands for it.
        (date(2025, 3, 1), 4416, True),
        (date(2025, 12, 30), 4416, True),
        (date(2025, 12, 31), 4504, False),
        (date(2026, 10, 1), 4504, False),
    ],
)
def test_a_base_is_not_known_before_it_was_published(
    policy: Policy, known: date, value: int, provisional: bool
) -> None:
    """In March 2025 the base of 2024 went on; nobody knew 4504."""
    found = policy.as_known_on(known).value("insurance.base.floor", "371681", date(2025, 2, 1))
    assert (found.value, found.provisional) == (value, provisional)


def test_whatever_carries_forward_says_since_when_it_is_known(policy: Policy) -> None:
    """Every value of every such parameter, floors and caps of all years."""
    carried = [it for it in policy.parameters.values() if it.carries_forward]
    assert carried
    assert all(entry.known_from for it in carried for entry in it.values)
