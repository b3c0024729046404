"""What somebody who looks at an invented home answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from rukang.demo import invent
from rukang.demo.city import InventedHome
from rukang.demo.seeing import Looker, Truth, answer_of, answers_of, facts_of
from rukang.engines.rating import Edition, ScoreSheet, State, check_sheet, load_edition, rate
from tests.rukang.demo.conftest import FIRST, LAST

EDITION = load_edition("example-2026")
ON = date(2026, 5, 6)
PLAIN = Looker("示例甲", 0, np.random.default_rng(1), noise=0)


def a_home(quality: float) -> InventedHome:
    """Return a home that is as good in every section, and stays so."""
    home = invent(1, FIRST, LAST, 6).homes[0]
    level = dict.fromkeys(home.quality, quality)
    return replace(home, quality=level, drift=dict.fromkeys(level, 0.0), contracts=True)


def a_sheet(home: InventedHome, by: Looker = PLAIN) -> ScoreSheet:
    """Return a sheet on which everything is answered as somebody sees it."""
    answers = answers_of(Truth(1, home, FIRST), EDITION, tuple(EDITION.criteria), ON, by)
    return ScoreSheet(
        home=home.code,
        edition=EDITION.id,
        on=ON,
        facts=dict(facts_of(home, ON)),
        answers=tuple(answers),
    )


@pytest.mark.parametrize("quality", [0.0, 0.3, 0.6, 0.9, 1.0])
def test_any_quality_gives_answers_the_edition_allows(quality: float) -> None:
    """Criteria of every kind are answered within their scale."""
    assert check_sheet(EDITION, a_sheet(a_home(quality))) == []


def test_a_better_home_earns_more() -> None:
    """Points rise with quality, from next to nothing to nearly all."""
    totals = [rate(EDITION, a_sheet(a_home(quality))).total for quality in (0.1, 0.5, 0.7, 1.0)]
    assert totals == sorted(totals)
    assert totals[0] < 30
    assert totals[-1] > 95


def test_a_lenient_inspector_gives_more() -> None:
    """The same home seems better to one who is lenient."""
    strict, lenient = (replace(PLAIN, leniency=by) for by in (-0.1, 0.1))
    home = a_home(0.7)
    assert rate(EDITION, a_sheet(home, strict)).total < rate(EDITION, a_sheet(home, lenient)).total


def test_two_who_look_differ_now_and_then() -> None:
    """Chance blurs what is seen."""
    first, second = (Looker(name, 0, np.random.default_rng(n)) for n, name in enumerate("甲乙"))
    home = a_home(0.6)
    assert a_sheet(home, first).answers != a_sheet(home, second).answers


def test_what_only_contracts_have_does_not_apply_without_any() -> None:
    """A home without labour contracts says why the criterion does not apply."""
    truth = Truth(1, replace(a_home(0.9), contracts=False), FIRST)
    answer = answer_of(truth, EDITION.criteria["L2"], "L", ON, PLAIN)
    assert answer.state is State.NOT_APPLICABLE
    assert answer.evidence


def test_an_incident_strikes_a_criterion() -> None:
    """A veto is met by the worst home, and not by one that it struck."""
    truth = Truth(1, a_home(0.0), FIRST)
    assert _state(truth, EDITION, "A4") is State.MET
    truth.struck = "A4"
    assert _state(truth, EDITION, "A4") is State.NOT_MET


def test_quality_moves_with_time_mending_and_incidents() -> None:
    """It drifts, rises where something was mended and falls in a section that was hurt."""
    truth = Truth(1, replace(a_home(0.5), drift={"S": 0.1}), FIRST)
    before = truth.quality("S", "S1", FIRST)
    assert truth.quality("S", "S1", FIRST + timedelta(days=365)) == pytest.approx(before + 0.1)
    truth.mended.add("S1")
    assert truth.quality("S", "S1", FIRST) == pytest.approx(before + 0.25)
    truth.hurt = "S"
    assert truth.quality("S", "S1", FIRST) == pytest.approx(before + 0.1)


def test_facts_of_a_home() -> None:
    """Months running are counted from its opening."""
    home = replace(a_home(0.5), opened_on=date(2025, 1, 1), capacity=40, served=30)
    assert facts_of(home, ON) == {"people_served": 30, "months_running": 16, "capacity": 40}


def _state(truth: Truth, edition: Edition, criterion: str) -> State:
    return answer_of(truth, edition.criteria[criterion], criterion[0], ON, PLAIN).state
