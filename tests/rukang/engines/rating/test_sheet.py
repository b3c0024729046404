"""What a score sheet may hold, and everything found wrong with one at once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from rukang.engines.rating import (
    Answer,
    Measure,
    Measurement,
    ScoreSheet,
    SheetError,
    State,
    check_sheet,
    rate,
)
from tests.rukang.engines.rating.tiny import answer, edition, sheet

EDITION = edition()


def test_a_good_sheet_has_no_problem() -> None:
    """A filled sheet of the edition passes."""
    assert check_sheet(EDITION, sheet()) == []


@pytest.mark.parametrize(
    ("criterion", "raw"),
    [
        ("S2", "c"),
        ("S3", "很多"),
        ("S3", -1),
        ("S3", "NaN"),
        ("T1", "1.01"),
        ("T2", "1.5"),
        ("T3", 3),
        ("T3", "1.5"),
        ("S1", "3"),
        ("S1", State.NOT_APPLICABLE),
    ],
)
def test_answer_outside_its_scale_is_refused(criterion: str, raw: Any) -> None:
    """Each kind refuses what it does not allow, naming the criterion."""
    (problem,) = check_sheet(EDITION, sheet(**{criterion: raw}))
    assert problem.criterion == criterion
    assert problem.words.zh
    assert problem.words.en


def test_met_without_a_value_is_refused() -> None:
    """A criterion that needs a number is not met by saying so."""
    bare = sheet().with_answers([Answer(criterion="S3", state=State.MET)])
    assert "空白" in check_sheet(EDITION, bare)[0].words.zh


def test_all_problems_are_reported_together() -> None:
    """Wrong edition, day, fact, criterion and value are named in one error."""
    bad = ScoreSheet(
        home="ZP001",
        edition="other",
        on=date(2027, 1, 1),
        facts={"floor_area": 3, "capacity": -1},
        answers=(answer("X9", True), answer("S2", "c")),
    )
    with pytest.raises(SheetError) as caught:
        rate(EDITION, bad)
    assert [problem.criterion for problem in caught.value.problems] == ["", "", "", "", "X9", "S2"]
    assert "X9 标准中没有此指标 / no such criterion" in str(caught.value)


@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 12, 31)])
def test_edition_is_valid_on_its_first_and_last_day(on: date) -> None:
    """The dates of an edition are inclusive."""
    assert check_sheet(EDITION, sheet().model_copy(update={"on": on})) == []


def test_one_answer_for_each_criterion() -> None:
    """A criterion answered twice is refused."""
    with pytest.raises(ValidationError, match="重复作答"):
        ScoreSheet(home="Z", edition="tiny", on=date(2026, 1, 1), answers=(answer("S1", True),) * 2)


@pytest.mark.parametrize("state", [State.NOT_MET, State.NO_DATA])
def test_value_goes_with_met_only(state: State) -> None:
    """A number beside another state is a contradiction."""
    with pytest.raises(ValidationError, match="不填数值"):
        Answer(criterion="S3", state=state, value=3)


def test_not_applicable_needs_its_reason() -> None:
    """Saying that a criterion does not apply takes a reason."""
    with pytest.raises(ValidationError, match="不适用应说明理由"):
        Answer(criterion="T1", state=State.NOT_APPLICABLE)


def test_a_binary_number_is_taken_as_written() -> None:
    """A number from a spreadsheet keeps the digits it shows."""
    assert Answer(criterion="T1", state=State.MET, value=0.1).value == Decimal("0.1")


def test_measurements_answer_measured_criteria_only() -> None:
    """Figures of the records replace the answers to the criteria that ask for them."""
    figures = {
        Measure.INSURED_SHARE: Measurement(value=Decimal("0.65"), evidence="2026-10 缴费明细"),
        Measure.OPENING_DAYS: Measurement(value=Decimal(21), evidence="考勤"),
    }
    rating = rate(EDITION, sheet().with_measurements(EDITION, figures))
    assert rating.criteria["T1"].earned == Decimal("1.5")
    assert rating.criteria["T1"].evidence == "2026-10 缴费明细"
    assert rating.criteria["S1"].earned == 2
    assert len(rating.criteria) == len(EDITION.criteria)


def test_every_measure_says_what_it_means() -> None:
    """A measure has its meaning in both languages."""
    assert all(measure.meaning.zh and measure.meaning.en for measure in Measure)
