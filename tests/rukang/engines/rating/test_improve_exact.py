"""The model behind `improve` set beside trying every combination of answers."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rukang.engines.rating import Edition, ScoreSheet, improve, rate
from rukang.engines.rating.improving.improve import _choices
from rukang.engines.rating.improving.options import Option
from tests.rukang.engines.rating.random_editions import sheets_of, small_editions

Worth = tuple[int, Decimal]
"""What a set of changes costs, and the points it brings."""


def _worth(edition: Edition, chosen: tuple[Option, ...], now: list[Option]) -> Worth:
    changed = [(was, then) for was, then in zip(now, chosen, strict=True) if was is not then]
    cost = sum(edition.criteria[then.answer.criterion].effort.cost for _, then in changed)
    gain = sum((then.score.earned - was.score.earned for was, then in changed), Decimal(0))
    return cost, gain


def _tried(edition: Edition, sheet: ScoreSheet, target: int) -> Worth | None:
    """Return the least worth of all sets of changes that reach a star, rating each of them."""
    choices = list(_choices(edition, sheet).values())
    now = [found[0] for found in choices]
    reaching = (
        _worth(edition, chosen, now)
        for chosen in product(*choices)
        if (rate(edition, sheet.with_answers(o.answer for o in chosen)).star or 0) >= target
    )
    return min(reaching, default=None)


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(st.data())
def test_no_set_of_changes_is_cheaper_or_asks_for_fewer_points(data: st.DataObject) -> None:
    """Whatever floors, caps, steps, starting section and least star an edition has."""
    edition = data.draw(small_editions())
    sheet = data.draw(sheets_of(edition))
    found = improve(edition, sheet)
    if found.target is None:
        assert rate(edition, sheet).star == edition.top_star
        return
    proposed = (found.cost, sum((c.gain for c in found.changes), Decimal(0)))
    assert (proposed if found.changes else None) == _tried(edition, sheet, found.target)
