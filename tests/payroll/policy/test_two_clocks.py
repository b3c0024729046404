"""From when a figure applies, and since when it is known: two clocks."""

from datetime import date
from pathlib import Path

import pytest

from payroll import Policy, UnknownFigure

FLOOR = "insurance.base.floor"
ZOUPING = "371681"
AUGUST = date(2024, 8, 1)


def test_a_base_published_in_the_year_was_provisional_before(policy: Policy) -> None:
    """On 29 July 2024 last year's floor went on; from the day of publication the new one counts."""
    before = policy.as_known_on(date(2024, 7, 29)).value(FLOOR, ZOUPING, date(2024, 3, 1))
    after = policy.as_known_on(date(2024, 7, 30)).value(FLOOR, ZOUPING, date(2024, 3, 1))
    assert (before.value, before.provisional) == (4242, True)
    assert (after.value, after.provisional, after.known_from) == (4416, False, date(2024, 7, 30))


def test_a_figure_had_no_end_before_its_successor_was_published(policy: Policy) -> None:
    """Before the notice of 2025-09-24 the minimum of 2023 was the one to expect for October."""
    asked = ("minimum_wage.monthly", ZOUPING, date(2025, 10, 1))
    before = policy.as_known_on(date(2025, 9, 23)).value(*asked)
    assert (before.value, before.valid_to) == (2010, None)
    assert policy.as_known_on(date(2025, 9, 24)).value(*asked).value == 2210


def test_an_end_stated_from_the_start_stays(policy: Policy) -> None:
    """A calendar of one year never goes on, whenever one asks."""
    asked = ("working_time.holidays.days_off", ZOUPING, date(2026, 1, 1))
    assert policy.as_known_on(date(2026, 1, 1)).value(*asked).valid_from == date(2026, 1, 1)
    with pytest.raises(UnknownFigure):
        policy.as_known_on(date(2025, 12, 31)).value(*asked)


def test_what_is_known_now_is_known_as_of_today(policy: Policy) -> None:
    """Looking back from a day after all publications changes nothing."""
    now = policy.as_known_on(date(2026, 11, 23))
    assert {p: d.values for p, d in now.parameters.items()} == {
        p: d.values for p, d in policy.parameters.items()
    }


@pytest.fixture
def corrected(tmp_path: Path) -> Policy:
    """A floor supplied on 10 July and corrected on 10 August, for the same days."""
    path = tmp_path / "local.yaml"
    path.write_text(
        "document: 示例\ndate: 2026-07-10\nfigures:\n"
        f"  - {{parameter: {FLOOR}, place: 370000, from: 2026-01-01, value: 4600}}\n"
        f"  - {{parameter: {FLOOR}, place: 370000, from: 2026-01-01, value: 4610,\n"
        "     document: 更正, date: 2026-08-10}\n",
        encoding="utf-8",
    )
    return Policy.load(local=[path])


@pytest.mark.parametrize(
    ("known", "value", "document"),
    [
        (date(2026, 7, 9), 4504, "山东省2025年度社会保险缴费基数（文件未见）"),
        (date(2026, 7, 10), 4600, "示例"),
        (date(2026, 8, 9), 4600, "示例"),
        (date(2026, 8, 10), 4610, "更正"),
    ],
)
def test_a_correction_holds_from_the_day_it_became_known(
    corrected: Policy, known: date, value: int, document: str
) -> None:
    """Asked what was known, the earlier figure answers up to the day of the correction."""
    found = corrected.as_known_on(known).value(FLOOR, ZOUPING, date(2026, 3, 1))
    assert (found.value, found.document) == (value, document)


def test_the_last_known_figure_is_the_answer_now(corrected: Policy) -> None:
    """Without a day of knowledge, the correction answers."""
    assert corrected.value(FLOOR, ZOUPING, date(2026, 3, 1)).value == 4610
