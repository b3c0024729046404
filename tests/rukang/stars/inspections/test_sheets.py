"""Sheets: saved answer by answer in any order, counted only when submitted whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import uuid4

import pytest

from rukang.base.errors import ConflictError, InvalidError, NotFoundError
from rukang.engines.rating import ModerationError, Outcome, Rating, SheetError, State
from rukang.stars.inspections import (
    Arrival,
    Eyes,
    Given,
    Part,
    Stage,
    Written,
    asked_facts,
    asked_of,
    compared,
    disputed_facts,
    late_entries,
    moderate,
    optional_of,
    own_sheet,
    propose,
    readable,
    save_answer,
    save_facts,
    score_sheet,
    seen_of,
    sheets_of,
    standing,
    start_sheet,
    submit,
    take_answer,
    take_fact,
)
from rukang.stars.inspections.records import Inspection, InspectionSheet
from rukang.stars.ratings.records import RatingRecord
from tests.rukang.engines.rating.tiny import TINY_EDITION, answer
from tests.rukang.stars.inspections.scenario import (
    ANSWERS,
    FIRST,
    MANAGER,
    OFFICER,
    SECOND,
    THIRD,
    VISIT,
    Round,
)


def given(name: str, raw: object, note: str = "") -> Given:
    """Return what a device writes of a criterion."""
    said = answer(name, raw)
    return Given(name, said.state, said.value, note)


def written(round_: Round, base: int = 0, *settles: str) -> Written:
    """Return an entry of a device, with an id of its own."""
    return Written(str(uuid4()), base, round_.clock(), settles)


def stands(sheet: InspectionSheet, name: str) -> object:
    """Return the value that stands of a criterion, for the rating and in the log alike."""
    (found,) = [one.value for one in sheet.answers if one.criterion == name]
    assert standing(sheet)[name].entry.value["value"] == found
    return found


def test_what_was_written_over_something_older_conflicts_and_both_are_kept(round_: Round) -> None:
    """The order of arrival decides what stands; the other is shown until somebody chooses."""
    sheet = own_sheet(round_.session, round_.planned(), FIRST)
    first = take_answer(round_.session, sheet, given("S2", "b"), written(round_))
    other = take_answer(round_.session, sheet, given("S2", "a", "示例"), written(round_))
    assert (first.arrival, other.arrival) == (Arrival.KEPT, Arrival.CONFLICT)
    assert stands(sheet, "S2") == "b"
    assert [one.value["note"] for one in standing(sheet)["S2"].others] == ["示例"]
    with pytest.raises(ConflictError, match="1 项在两台设备上填得不同，请先逐项选定：S2"):
        submit(round_.as_(FIRST), sheet, seen_of(sheet))
    choice = written(round_, first.sequence, other.entry)
    assert take_answer(round_.session, sheet, given("S2", "a"), choice).arrival is Arrival.KEPT
    assert stands(sheet, "S2") == "a"
    assert standing(sheet)["S2"].others == []


def test_an_entry_sent_again_is_kept_once(round_: Round) -> None:
    """Also when something newer stands by then; another content under its id is refused."""
    sheet = own_sheet(round_.session, round_.planned(), FIRST)
    early = written(round_)
    first = take_answer(round_.session, sheet, given("S2", "b"), early)
    later = written(round_, first.sequence)
    take_answer(round_.session, sheet, given("S2", "a"), later)
    assert take_answer(round_.session, sheet, given("S2", "b"), early).id == first.id
    assert (len(sheet.entries), stands(sheet, "S2")) == (2, "a")
    with pytest.raises(ConflictError, match="同一编号"):
        take_answer(round_.session, sheet, given("S2", "a"), early)


def test_two_devices_that_say_the_same_do_not_conflict(round_: Round) -> None:
    """There is nothing to choose."""
    sheet = own_sheet(round_.session, round_.planned(), FIRST)
    take_answer(round_.session, sheet, given("S2", "b"), written(round_))
    again = take_answer(round_.session, sheet, given("S2", "b"), written(round_))
    assert again.arrival is Arrival.KEPT


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2099, 1, 1, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))),
    ],
)
def test_no_clock_of_a_device_is_refused(round_: Round, moment: datetime) -> None:
    """It is written down and decides nothing: what comes next with a right clock stands."""
    sheet = own_sheet(round_.session, round_.planned(), FIRST)
    wrong = Written(str(uuid4()), 0, moment)
    first = take_answer(round_.session, sheet, given("S2", "b"), wrong)
    take_answer(round_.session, sheet, given("S2", "a"), written(round_, first.sequence))
    assert stands(sheet, "S2") == "a"


def test_a_note_before_a_choice_is_kept_and_answers_nothing(round_: Round) -> None:
    """Likewise an answer that is taken back: the note stays, the criterion is open again."""
    sheet = own_sheet(round_.session, round_.planned(), FIRST)
    note = take_answer(round_.session, sheet, Given("S2", None, None, "示例"), written(round_))
    assert (standing(sheet)["S2"].entry.value["note"], sheet.answers) == ("示例", [])
    full = take_answer(round_.session, sheet, given("S2", "a"), written(round_, note.sequence))
    assert stands(sheet, "S2") == "a"
    back = written(round_, full.sequence)
    take_answer(round_.session, sheet, Given("S2", None, None, "示例"), back)
    with pytest.raises(InvalidError, match="S2"):
        submit(round_.as_(FIRST), sheet, seen_of(sheet))


def test_what_comes_after_submission_is_late_and_changes_nothing(round_: Round) -> None:
    """Another device held it: it is kept beside the sheet, at whatever stage."""
    inspection = round_.visited()
    sheet = own_sheet(round_.session, inspection, FIRST)
    before = stands(sheet, "S2")
    late = take_answer(round_.session, sheet, given("S2", "b"), written(round_))
    fact = take_fact(round_.session, sheet, "capacity", Decimal(9), written(round_))
    assert late_entries(sheet) == [late, fact]
    assert stands(sheet, "S2") == before
    assert sheet.facts == {"capacity": "40"}


@pytest.mark.parametrize(
    ("criterion", "raw", "message"),
    [("S2", "c", "S2 应填甲"), ("T3", 7, "T3 应填0"), ("S3", -1, "S3 应填不小于 0")],
)
def test_an_answer_outside_its_scale_is_refused(
    round_: Round, criterion: str, raw: object, message: str
) -> None:
    """With what may be answered; nothing is kept."""
    sheet = own_sheet(round_.session, round_.planned(), FIRST)
    with pytest.raises(SheetError, match=message):
        save_answer(round_.session, sheet, answer(criterion, raw), round_.clock())
    assert sheet.answers == []


def test_a_sheet_asks_what_its_person_scores(round_: Round) -> None:
    """Measured criteria are asked of nobody; the first may answer them, from the home's papers."""
    inspection = round_.planned()
    first, second = (
        own_sheet(round_.session, inspection, FIRST),
        own_sheet(round_.session, inspection, SECOND),
    )
    assert "T1" not in asked_of(first, TINY_EDITION)
    assert optional_of(first, TINY_EDITION) == ("T1",)
    save_answer(round_.session, first, answer("T1", "0.8"), round_.clock())
    assert stands(first, "T1") == "0.8"
    with pytest.raises(InvalidError, match="不填 T1"):
        save_answer(round_.session, second, answer("T1", "0.8"), round_.clock())


def test_papers_count_where_there_are_no_records(round_: Round) -> None:
    """T1 is measured; without records what the first inspector read in the papers holds."""
    inspection = round_.planned()
    round_.filled(inspection, FIRST, ANSWERS | {"T1": "0.8"})
    round_.filled(inspection, SECOND, ANSWERS)
    moderate(round_.as_(OFFICER), inspection)
    rating = Rating.model_validate(propose(round_.as_(OFFICER), inspection).result)
    assert rating.criteria["T1"].earned == 3
    assert rating.total == 20


def test_a_figure_that_arrives_late_does_not_replace_a_newer_one(round_: Round) -> None:
    """Each by itself; null takes one off."""
    sheet = own_sheet(round_.session, round_.planned(), FIRST)
    first = take_fact(round_.session, sheet, "capacity", Decimal(30), written(round_))
    late = take_fact(round_.session, sheet, "capacity", Decimal(20), written(round_))
    assert (late.arrival, sheet.facts) == (Arrival.CONFLICT, {"capacity": "30"})
    over = written(round_, first.sequence, late.entry)
    take_fact(round_.session, sheet, "capacity", None, over)
    assert sheet.facts == {}


def test_facts_are_those_the_edition_asks_for(round_: Round) -> None:
    """A figure nobody asks for, or below zero, is refused."""
    sheet = own_sheet(round_.session, round_.planned(), FIRST)
    save_facts(round_.session, sheet, {"capacity": Decimal(30)})
    assert score_sheet(sheet, TINY_EDITION).facts == {"capacity": 30}
    for facts, message in (({"area": Decimal(1)}, "area"), ({"capacity": Decimal(-1)}, "负数")):
        with pytest.raises(SheetError, match=message):
            save_facts(round_.session, sheet, facts)


def test_a_half_sent_sheet_is_kept_and_not_counted(round_: Round) -> None:
    """Two of six answers: refused with those that are open, still there, and the stage stays."""
    inspection = round_.planned()
    sheet = own_sheet(round_.session, inspection, FIRST)
    for name in ("S1", "S2"):
        save_answer(round_.session, sheet, answer(name, ANSWERS[name]), round_.clock())
    with pytest.raises(InvalidError, match="还有 4 项没有填：S3、T2、T3、T4"):
        submit(round_.as_(FIRST), sheet, seen_of(sheet))
    assert (len(sheet.answers), sheet.submitted_at) == (2, None)
    assert inspection.stage is Stage.PLANNED


def test_what_the_device_holds_and_the_server_does_not_is_waited_for(round_: Round) -> None:
    """An entry on the way, or one of another device that was not seen: refused, not lost."""
    sheet = own_sheet(round_.session, round_.planned(), FIRST)
    for name, raw in ANSWERS.items():
        save_answer(round_.session, sheet, answer(name, raw), round_.clock())
    save_facts(round_.session, sheet, {"capacity": Decimal(40)})
    seen = seen_of(sheet)
    on_its_way = str(uuid4())
    with pytest.raises(ConflictError, match="还有 1 项没有传到服务器"):
        submit(round_.as_(FIRST), sheet, seen, [on_its_way])
    of_another = written(round_, seen["T3"])
    take_answer(round_.session, sheet, given("T3", 1), of_another)
    with pytest.raises(ConflictError, match="另一台设备上改过，请先看过再提交：T3"):
        submit(round_.as_(FIRST), sheet, seen)
    submit(round_.as_(FIRST), sheet, seen_of(sheet), [of_another.entry])
    assert sheet.submitted_at == round_.clock()


def test_a_submitted_sheet_never_changes(round_: Round) -> None:
    """Neither an answer nor a figure, nor a second submission."""
    inspection = round_.planned()
    round_.filled(inspection, FIRST, ANSWERS)
    sheet = own_sheet(round_.session, inspection, FIRST)
    with pytest.raises(ConflictError, match="已提交"):
        save_answer(round_.session, sheet, answer("S2", "b"), round_.clock())
    with pytest.raises(ConflictError, match="已提交"):
        save_facts(round_.session, sheet, {"capacity": Decimal(1)})
    with pytest.raises(ConflictError, match="已提交"):
        submit(round_.as_(FIRST), sheet, {})


def test_one_sheet_does_not_make_a_visit(round_: Round) -> None:
    """Both have to be in."""
    inspection = round_.planned()
    round_.filled(inspection, FIRST, ANSWERS)
    assert inspection.stage is Stage.PLANNED
    round_.filled(inspection, SECOND, ANSWERS)
    assert str(inspection.stage) == "visited"


def test_nobody_has_two_sheets_of_one_inspection(round_: Round) -> None:
    """Scoring apart takes two people; who has none gets none shown."""
    inspection = round_.planned()
    with pytest.raises(ConflictError, match="已有一份评分表"):
        start_sheet(round_.session, inspection, Part.THIRD, FIRST, "评定员甲")
    with pytest.raises(NotFoundError, match=THIRD):
        own_sheet(round_.session, inspection, THIRD)


def test_a_begun_sheet_is_not_given_to_somebody_else(round_: Round) -> None:
    """An empty one is; what somebody wrote stays theirs."""
    inspection = round_.planned()
    sheet = own_sheet(round_.session, inspection, SECOND)
    start_sheet(round_.session, inspection, Part.SECOND, THIRD, "评定员丙")
    assert sheet.filled_by == THIRD
    save_answer(round_.session, sheet, answer("S1", True), round_.clock())
    with pytest.raises(ConflictError, match="评定员丙 填写；要换人，请写明原因"):
        start_sheet(round_.session, inspection, Part.SECOND, SECOND, "评定员乙")


def test_a_third_judges_what_is_disputed_and_nothing_else(round_: Round) -> None:
    """乙 sees S2 and T3 differently: these two are asked, and the middle answer holds."""
    inspection = round_.visited(S2="b", T3=0)
    sheet = start_sheet(round_.session, inspection, Part.THIRD, THIRD, "评定员丙")
    assert asked_of(sheet, TINY_EDITION) == ("S2", "T3")
    round_.filled(inspection, THIRD, {"S2": "a", "T3": 1})
    settled = {one.criterion.id: one.settled for one in compared(inspection, TINY_EDITION)}
    assert settled["S2"] is not None
    assert settled["S2"].value == "a"
    assert settled["T3"] is not None
    assert settled["T3"].value == "1"
    outcomes = {one.criterion.id: one.outcome for one in compared(inspection, TINY_EDITION)}
    assert [name for name, how in outcomes.items() if how is Outcome.DISPUTED] == ["S2", "T3"]


def test_each_sees_what_is_theirs_until_both_are_in(round_: Round) -> None:
    """The manager sees the inspectors' sheets only after the inspection is closed."""
    inspection = round_.planned()
    round_.filled(inspection, FIRST, ANSWERS)

    def seen(email: str, eyes: Eyes) -> list[str]:
        return [str(sheet.part) for sheet in readable(inspection, email, eyes)]

    assert seen(FIRST, Eyes.INSPECTOR) == ["self", "first"]
    assert seen(SECOND, Eyes.INSPECTOR) == ["self", "second"]
    assert seen(OFFICER, Eyes.OFFICER) == ["self"]
    assert seen(MANAGER, Eyes.HOME) == ["self"]
    round_.filled(inspection, SECOND, ANSWERS)
    assert seen(OFFICER, Eyes.OFFICER) == ["self", "first", "second"]
    assert seen(SECOND, Eyes.INSPECTOR) == ["self", "first", "second"]
    assert seen(MANAGER, Eyes.HOME) == ["self"]


def test_a_closed_inspection_is_open_to_its_home(round_: Round) -> None:
    """After publication the manager reads every sheet."""
    inspection = round_.published()
    assert len(readable(inspection, MANAGER, Eyes.HOME)) == 3


def test_my_sheets_are_those_still_to_submit(round_: Round) -> None:
    """One planned visit; after submission it is off the list."""
    inspection = round_.planned()
    assert [sheet.inspection.visit_on for sheet in sheets_of(round_.session, FIRST)] == [VISIT]
    round_.filled(inspection, FIRST, ANSWERS)
    assert sheets_of(round_.session, FIRST) == []


def test_no_data_is_an_answer_and_silence_is_not(round_: Round) -> None:
    """A criterion without data is submitted as such, and stays visible as no data."""
    inspection = round_.planned()
    round_.filled(inspection, FIRST, ANSWERS | {"T3": State.NO_DATA})
    found = {
        one.criterion: one.state for one in own_sheet(round_.session, inspection, FIRST).answers
    }
    assert found["T3"] is State.NO_DATA


def _reaches_three(rating: RatingRecord) -> bool:
    """Say whether the third star was reached by points and requirements, before steps."""
    path = Rating.model_validate(rating.result).path
    return next(step.holds for step in path if step.rule == "3★")


def _with_capacity(
    round_: Round, inspection: Inspection, email: str, capacity: Decimal | None
) -> None:
    """Fill somebody's sheet with the usual answers and a capacity, None for unknown; submit it."""
    sheet = own_sheet(round_.session, inspection, email)
    for name, raw in ANSWERS.items():
        save_answer(round_.session, sheet, answer(name, raw), round_.clock())
    save_facts(round_.session, sheet, {"capacity": capacity})
    submit(round_.as_(email), sheet, seen_of(sheet))


def test_a_figure_nobody_gave_is_unknown_and_not_nought(round_: Round) -> None:
    """A fresh sheet holds no figure; to submit it one says 40, or that nothing was found."""
    sheet = own_sheet(round_.session, round_.planned(), FIRST)
    for name, raw in ANSWERS.items():
        save_answer(round_.session, sheet, answer(name, raw), round_.clock())
    assert (sheet.facts, asked_facts(sheet, TINY_EDITION)) == ({}, ("capacity",))
    with pytest.raises(InvalidError, match="1 项基本情况没有填：容量；查不到的请填“无数据”"):
        submit(round_.as_(FIRST), sheet, seen_of(sheet))
    entry = take_fact(round_.session, sheet, "capacity", None, written(round_))
    assert entry.value == {"value": None}  # taken off: still nothing is said of it
    with pytest.raises(InvalidError, match="容量"):
        submit(round_.as_(FIRST), sheet, seen_of(sheet))
    over = written(round_, base=entry.sequence)
    take_fact(round_.session, sheet, "capacity", None, over, unknown=True)
    submit(round_.as_(FIRST), sheet, seen_of(sheet))
    assert score_sheet(sheet, TINY_EDITION).facts == {}


def test_a_figure_is_given_or_unknown_and_not_both(round_: Round) -> None:
    """40 people and no data do not go together."""
    sheet = own_sheet(round_.session, round_.planned(), FIRST)
    with pytest.raises(InvalidError, match="不能同时说“无数据”"):
        take_fact(round_.session, sheet, "capacity", Decimal(40), written(round_), unknown=True)


@pytest.mark.parametrize(
    ("second", "settled"),
    [(Decimal(40), True), (Decimal(31), True), (Decimal(29), False), (None, False)],
)
def test_the_second_inspectors_figures_count_too(
    round_: Round, second: Decimal | None, settled: bool
) -> None:
    """Star 3 asks 30 places: 40 beside 31 is near enough, beside 29 or unknown a third decides."""
    inspection = round_.planned()
    _with_capacity(round_, inspection, FIRST, Decimal(40))
    _with_capacity(round_, inspection, SECOND, second)
    if settled:
        moderate(round_.as_(OFFICER), inspection)
        assert _reaches_three(propose(round_.as_(OFFICER), inspection))
        return
    (found,) = disputed_facts(inspection, TINY_EDITION)
    assert found.fact.key == "capacity"
    with pytest.raises(ModerationError, match="容量"):
        moderate(round_.as_(OFFICER), inspection)


@pytest.mark.parametrize(("third", "reached"), [(Decimal(35), True), (Decimal(20), False)])
def test_a_third_settles_a_disputed_figure_and_no_other(
    round_: Round, third: Decimal, reached: bool
) -> None:
    """40 and 29: 35 lies between and gives star 3, 20 makes it 29, which star 3 does not take."""
    inspection = round_.planned()
    _with_capacity(round_, inspection, FIRST, Decimal(40))
    _with_capacity(round_, inspection, SECOND, Decimal(29))
    start_sheet(round_.session, inspection, Part.THIRD, THIRD, "评定员丙")
    sheet = own_sheet(round_.session, inspection, THIRD)
    assert (asked_of(sheet, TINY_EDITION), asked_facts(sheet, TINY_EDITION)) == ((), ("capacity",))
    with pytest.raises(InvalidError, match="容量"):
        submit(round_.as_(THIRD), sheet, seen_of(sheet))
    save_facts(round_.session, sheet, {"capacity": third})
    submit(round_.as_(THIRD), sheet, seen_of(sheet))
    moderate(round_.as_(OFFICER), inspection)
    rating = propose(round_.as_(OFFICER), inspection)
    assert rating.sheet["facts"]["capacity"] == str(max(third, Decimal(29)))
    assert _reaches_three(rating) == reached


def test_a_third_is_not_asked_figures_the_two_agree_on(round_: Round) -> None:
    """Both say 40, and differ on T3 only."""
    inspection = round_.visited(T3=0)
    start_sheet(round_.session, inspection, Part.THIRD, THIRD, "评定员丙")
    sheet = own_sheet(round_.session, inspection, THIRD)
    assert asked_facts(sheet, TINY_EDITION) == ()
    with pytest.raises(InvalidError, match="没有分歧"):
        save_facts(round_.session, sheet, {"capacity": Decimal(1)})


def test_what_the_home_says_of_itself_is_no_figure_the_inspectors_found(round_: Round) -> None:
    """The home reports 40 places, neither inspector could find out: star 3 is not given."""
    inspection = round_.planned()
    for email in (FIRST, SECOND):
        _with_capacity(round_, inspection, email, None)
    moderate(round_.as_(OFFICER), inspection)
    rating = propose(round_.as_(OFFICER), inspection)
    assert rating.sheet["facts"] == {}
    assert not _reaches_three(rating)
