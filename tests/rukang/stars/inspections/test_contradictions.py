"""What a home reports and records say: asked again in a review, contradicted, put right."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

import pytest

from rukang.base.errors import InvalidError
from rukang.engines.rating import Answer, Edition, Rating, ScoreSheet, SheetError, State
from rukang.stars.inspections import (
    Announced,
    Inspection,
    Part,
    Reason,
    announce,
    asked_of,
    contradictable_of,
    decide,
    disputed,
    moderate,
    object_to,
    own_sheet,
    plan_visit,
    propose,
    save_answer,
    save_facts,
    seen_of,
    start_sheet,
    submit,
    take_part,
)
from rukang.stars.ratings.records import RatingRecord
from tests.factories import an_incident
from tests.pictures import a_picture
from tests.rukang.engines.rating.tiny import answer, document
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

PICTURE = a_picture()


def _with_t2(**fields: Any) -> Edition:
    """Return the tiny edition with T2, 2 points less 0.7 a case, scored by somebody else."""
    plain = document()
    for item in plain["sections"][1]["criteria"]:
        if item["id"] == "T2":
            item.update(fields)
    return Edition.model_validate(plain)


REPORTED = _with_t2(scorer="self_report")
MEASURED = _with_t2(scorer="measured", measure="incidents")


def _found(cases: int, why: str = "登记簿有缺页") -> Answer:
    return Answer(
        criterion="T2", state=State.MET, value=Decimal(cases), evidence=why, contradicts=True
    )


def _fill(
    round_: Round, inspection: Inspection, email: str, found: Answer | None, *, shown: bool = True
) -> None:
    """Fill a sheet as usual, with what is found of T2 against report or record, and a picture."""
    sheet = own_sheet(round_.session, inspection, email)
    for name in asked_of(sheet, round_.edition):
        save_answer(round_.session, sheet, answer(name, ANSWERS[name]), round_.clock())
    if found is not None:
        save_answer(round_.session, sheet, found, round_.clock())
        if shown:
            sha256 = hashlib.sha256(PICTURE).hexdigest()
            file = Announced("T2", "登记簿.jpg", len(PICTURE), sha256)
            take_part(round_.session, announce(round_.session, sheet, file), 0, PICTURE)
    save_facts(round_.session, sheet, {"capacity": Decimal(40)})
    submit(round_.as_(email), sheet, seen_of(sheet))


def _visited(round_: Round, first: Answer | None, second: Answer | None = None) -> Inspection:
    inspection = round_.planned()
    _fill(round_, inspection, FIRST, first)
    _fill(round_, inspection, SECOND, second)
    return inspection


def _proposed(round_: Round, inspection: Inspection) -> RatingRecord:
    moderate(round_.as_(OFFICER), inspection)
    return propose(round_.as_(OFFICER), inspection)


def _t2(rating: RatingRecord) -> tuple[str | None, Decimal]:
    """Return the value of T2 a rating went by, and its points."""
    sheet = ScoreSheet.model_validate(rating.sheet)
    value = next((str(one.value) for one in sheet.answers if one.criterion == "T2"), None)
    return value, Rating.model_validate(rating.result).criteria["T2"].earned


def _third(round_: Round, inspection: Inspection, said: Answer) -> None:
    start_sheet(round_.session, inspection, Part.THIRD, THIRD, "评定员丙")
    sheet = own_sheet(round_.session, inspection, THIRD)
    assert asked_of(sheet, round_.edition) == ("T2",)
    save_answer(round_.session, sheet, said, round_.clock())
    submit(round_.as_(THIRD), sheet, seen_of(sheet))


def test_a_review_can_reach_the_star_it_reviews(round_: Round) -> None:
    """What the home would report is asked of the inspectors: T2 at its best is 2.0 points."""
    round_.edition = REPORTED
    review = round_.opened(Reason.REVIEW, "投诉核实")
    plan_visit(round_.as_(OFFICER), review, VISIT, round_.inspectors[:2])
    round_.clock.to(VISIT)
    for email in (FIRST, SECOND):
        assert "T2" in asked_of(own_sheet(round_.session, review, email), REPORTED)
        round_.filled(review, email, ANSWERS)
    rating = _proposed(round_, review)
    assert _t2(rating) == ("0", Decimal("2.0"))
    assert rating.star == 3
    assert rating.sheet["facts"] == {"capacity": "40"}


def test_in_an_application_the_home_is_asked_and_the_inspectors_are_not(round_: Round) -> None:
    """They may contradict it; nobody does, so the home's word stands."""
    round_.edition = REPORTED
    inspection = round_.planned()
    sheet = own_sheet(round_.session, inspection, FIRST)
    assert "T2" not in asked_of(sheet, REPORTED)
    assert contradictable_of(sheet, REPORTED) == ("T1", "T2")
    assert contradictable_of(inspection.sheets[0], REPORTED) == ()  # the home's own
    with pytest.raises(InvalidError, match="不填 T2"):
        save_answer(round_.session, sheet, answer("T2", 3), round_.clock())
    for email in (FIRST, SECOND):
        _fill(round_, inspection, email, None)
    assert _t2(_proposed(round_, inspection)) == ("0", Decimal("2.0"))


@pytest.mark.parametrize(
    ("second", "value", "points"),
    # 2 points less 0.7 a case: three cases earn nothing, two 0.6. 0.5 of tolerance, and 0.6 apart.
    [(3, "3", "0.0"), (None, None, None), (2, None, None)],
)
def test_both_contradict_a_report_or_a_third_decides(
    round_: Round, second: int | None, value: str | None, points: str | None
) -> None:
    """The home reports none; one inspector alone neither lowers nor raises."""
    round_.edition = REPORTED
    inspection = _visited(round_, _found(3), None if second is None else _found(second))
    if value is not None and points is not None:
        assert _t2(_proposed(round_, inspection)) == (value, Decimal(points))
        return
    assert [one.criterion.id for one in disputed(inspection, REPORTED)] == ["T2"]


@pytest.mark.parametrize(
    ("third", "value", "points"),
    [
        (Answer(criterion="T2", state=State.MET, value=Decimal(1)), "1", "1.3"),
        (Answer(criterion="T2", state=State.NO_DATA), "0", "2.0"),  # the report stands
    ],
)
def test_a_third_decides_whether_a_report_is_contradicted(
    round_: Round, third: Answer, value: str, points: str
) -> None:
    """2 - 0.7 = 1.3 where the third finds one case; without data the home's word stands."""
    round_.edition = REPORTED
    inspection = _visited(round_, _found(3))
    _third(round_, inspection, third)
    assert _t2(_proposed(round_, inspection)) == (value, Decimal(points))


def _two_incidents(round_: Round) -> None:
    """Record two incidents in February, the month that is read for a visit in March."""
    for number in (1, 2):
        day = VISIT.replace(month=2, day=number)
        an_incident(round_.session, round_.home, f"E{number}", day)


@pytest.mark.parametrize(
    ("found", "value", "points"),
    # Two incidents are recorded: 2 - 1.4 = 0.6. Both inspectors find three: nothing.
    [(None, "2", "0.6"), (3, "3", "0.0")],
)
def test_inspectors_may_contradict_the_records(
    round_: Round, found: int | None, value: str, points: str
) -> None:
    """Otherwise the records stand."""
    round_.edition = MEASURED
    _two_incidents(round_)
    said = None if found is None else _found(found)
    inspection = _visited(round_, said, said)
    assert _t2(_proposed(round_, inspection)) == (value, Decimal(points))


def test_what_is_read_from_papers_does_not_contradict_the_records(round_: Round) -> None:
    """The first inspector's answer without that word gives way, and a third alone drops one."""
    round_.edition = MEASURED
    _two_incidents(round_)
    inspection = round_.planned()
    sheet = own_sheet(round_.session, inspection, FIRST)
    save_answer(round_.session, sheet, answer("T2", 3), round_.clock())
    _fill(round_, inspection, FIRST, None)
    _fill(round_, inspection, SECOND, None)
    assert disputed(inspection, MEASURED) == ()
    assert _t2(_proposed(round_, inspection)) == ("2", Decimal("0.6"))


def test_a_third_without_data_leaves_the_records_standing(round_: Round) -> None:
    """The second contradicts alone; the third finds nothing against the records."""
    round_.edition = MEASURED
    _two_incidents(round_)
    inspection = _visited(round_, None, _found(3))
    _third(round_, inspection, Answer(criterion="T2", state=State.NO_DATA))
    assert _t2(_proposed(round_, inspection)) == ("2", Decimal("0.6"))


def test_a_contradiction_has_a_reason_and_evidence(round_: Round) -> None:
    """Neither without a word, nor without a picture or paper, nor of what is asked anyway."""
    round_.edition = REPORTED
    inspection = round_.planned()
    with pytest.raises(ValueError, match="须有查明的结果和理由"):
        _found(3, why=" ")
    with pytest.raises(InvalidError, match="T2 与自评或记录不符，须附佐证材料"):
        _fill(round_, inspection, FIRST, _found(3), shown=False)
    sheet = own_sheet(round_.session, inspection, SECOND)
    against = Answer(criterion="S1", state=State.NOT_MET, evidence="没有", contradicts=True)
    with pytest.raises(InvalidError, match="不能推翻 S1"):
        save_answer(round_.session, sheet, against, round_.clock())


def test_an_upheld_objection_changes_a_measured_criterion(round_: Round) -> None:
    """The records count two incidents that were another home's: T2 goes from 0.6 to 2.0."""
    round_.edition = MEASURED
    _two_incidents(round_)
    inspection = _visited(round_, None)
    assert _t2(_proposed(round_, inspection)) == ("2", Decimal("0.6"))
    objection = object_to(round_.as_(MANAGER), inspection, "两起都不是本机构的")
    right = Answer(criterion="T2", state=State.MET, value=Decimal(0))
    decide(round_.as_(OFFICER), inspection, objection, "经核实登记有误", [right])
    assert objection.upheld
    assert _t2(propose(round_.as_(OFFICER), inspection)) == ("0", Decimal("2.0"))


@pytest.mark.parametrize(
    ("capacity", "facts", "holds"),
    [(Decimal(30), {"capacity": "30"}, True), (None, {}, False)],
)
def test_an_upheld_objection_changes_a_figure(
    round_: Round, capacity: Decimal | None, facts: dict[str, str], holds: bool
) -> None:
    """30 places, or none that anybody knows: star 3 asks for 30."""
    inspection = round_.proposed()
    objection = object_to(round_.as_(MANAGER), inspection, "床位数记错")
    with pytest.raises(SheetError, match="area"):
        decide(
            round_.as_(OFFICER),
            inspection,
            objection,
            "核实",
            facts={"area": Decimal(1)},
        )
    decide(
        round_.as_(OFFICER),
        inspection,
        objection,
        "核实",
        facts={"capacity": capacity},
    )
    assert objection.upheld
    rating = propose(round_.as_(OFFICER), inspection)
    assert rating.sheet["facts"] == facts
    path = Rating.model_validate(rating.result).path
    assert next(step.holds for step in path if step.rule == "3★") == holds


def test_a_rejected_objection_changes_nothing(round_: Round) -> None:
    """Without anything to put right it is rejected."""
    inspection = round_.proposed()
    objection = object_to(round_.as_(MANAGER), inspection, "不同意")
    decide(round_.as_(OFFICER), inspection, objection, "与事实相符")
    assert objection.upheld is False
