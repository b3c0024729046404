"""How long it takes to rate homes again under a changed edition, and to find what would help."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from rukang.engines.rating import (
    Answer,
    Edition,
    ScoreSheet,
    answer_from_cell,
    blank_rows,
    improve,
    load_edition,
    rate,
)

pytestmark = pytest.mark.benchmark(group="rating")

EDITION = load_edition("example-2026")
NUMBERS = {"bands": 6, "share": 0.9, "deduction": 1, "judged": 1}


def answers(edition: Edition, home: int) -> tuple[Answer, ...]:
    """Return plausible answers; odd homes differ from even ones in every other list."""
    return tuple(
        answer_from_cell(
            edition.criteria[row.criterion],
            row.choices[place * home % 2] if row.choices else NUMBERS[row.kind],
            evidence=f"示例 {home}",
        )
        for place, row in enumerate(blank_rows(edition))
    )


def sheet(home: int) -> ScoreSheet:
    """Return the sheet of one invented home."""
    return ScoreSheet(
        home=f"ZP{home:04d}",
        edition=EDITION.id,
        on=date(2026, 10, 31),
        facts={"people_served": Decimal(60), "months_running": Decimal(home % 36)},
        answers=answers(EDITION, home),
    )


@pytest.mark.parametrize("count", [1, 1000])
def test_rate(benchmark: BenchmarkFixture, count: int) -> None:
    """Rate so many filled sheets of the shipped example."""
    sheets = [sheet(home) for home in range(count)]
    ratings = benchmark.pedantic(
        lambda: [rate(EDITION, one) for one in sheets], rounds=3, warmup_rounds=1
    )
    assert len(ratings) == count
    assert all(rating.star is not None for rating in ratings)


def test_what_would_raise_one_home(benchmark: BenchmarkFixture) -> None:
    """Find the cheapest way to the next star for one home."""
    found = benchmark.pedantic(improve, args=(EDITION, sheet(30)), rounds=1)
    assert found.words
