"""Rate a home: score each criterion, add up sections, and climb to the star."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rukang.base.definitions import Text
from rukang.engines.rating.criteria.criterion import Criterion, NoData
from rukang.engines.rating.criteria.edition import Edition, Section
from rukang.engines.rating.sheets.sheet import Answer, ScoreSheet, State
from rukang.engines.rating.sheets.sheet_check import SheetError, check_sheet
from rukang.engines.rating.stars.combine import section_points, total_points
from rukang.engines.rating.stars.ladder import climb
from rukang.engines.rating.stars.points import earn, shown, tenths
from rukang.engines.rating.stars.rating import CriterionScore, FactValue, Rating, SectionScore


def rate(edition: Edition, sheet: ScoreSheet) -> Rating:
    """Return the rating of a score sheet under its edition.

    Raises
    ------
    SheetError
        The sheet was filled for another edition, outside its validity, or holds an answer the
        edition does not allow; the error lists every problem.
    """
    if problems := check_sheet(edition, sheet):
        raise SheetError(problems)
    answers = {answer.criterion: answer for answer in sheet.answers}
    sections = tuple(_section(section, answers) for section in edition.sections)
    earned, applicable = total_of(sections)
    total = total_points(edition, sections)
    path = climb(edition, sections, sheet.facts, total)
    return Rating(
        home=sheet.home,
        home_name=sheet.home_name,
        on=sheet.on,
        inspectors=sheet.inspectors,
        edition=edition.id,
        edition_title=edition.title,
        edition_document=edition.document,
        standing=edition.standing,
        label=edition.label,
        points=edition.points,
        applicable=applicable,
        earned=earned,
        total=total,
        facts=_facts(edition, sheet),
        sections=sections,
        star=path[-1].star,
        top_star=edition.top_star,
        path=path,
    )


def score(item: Criterion, answer: Answer) -> CriterionScore:
    """Return the points of one checked answer and the reason for them."""
    earned = earn(item, answer)
    left_out = answer.state is State.NOT_APPLICABLE or (
        answer.state is State.NO_DATA and item.no_data is not NoData.ZERO
    )
    return CriterionScore(
        id=item.id,
        title=item.title,
        scorer=item.scorer,
        state=answer.state,
        no_data=item.no_data,
        points=item.points,
        applicable=tenths(Decimal(0)) if left_out else tenths(item.points),
        earned=earned,
        reason=_reason(item, answer, earned),
        evidence=answer.evidence,
        inspector=answer.inspector,
    )


def total_of(parts: Sequence[CriterionScore] | Sequence[SectionScore]) -> tuple[Decimal, Decimal]:
    """Return what the parts earned and what they could have earned."""
    earned = sum((part.earned for part in parts), Decimal("0.0"))
    return earned, sum((part.applicable for part in parts), Decimal("0.0"))


def _section(section: Section, answers: dict[str, Answer]) -> SectionScore:
    """Score a section; a criterion without an answer counts as no data."""
    scores = tuple(
        score(item, answers.get(item.id) or Answer(criterion=item.id, state=State.NO_DATA))
        for item in section.criteria
    )
    earned, applicable = section_points(section, scores)
    return SectionScore(
        id=section.id,
        title=section.title,
        points=section.points,
        applicable=applicable,
        earned=earned,
        criteria=scores,
    )


def _facts(edition: Edition, sheet: ScoreSheet) -> tuple[FactValue, ...]:
    """Return the facts the edition asks for with what the sheet says of them."""
    return tuple(
        FactValue(key=fact.key, title=fact.title, unit=fact.unit, value=sheet.facts.get(fact.key))
        for fact in edition.facts
    )


_NO_DATA = {
    NoData.ZERO: Text(zh="无数据，计 0 分", en="no data, counts as 0"),
    NoData.EXCLUDE: Text(zh="无数据，不计入总分", en="no data, left out of the total"),
    NoData.REFUSE: Text(zh="无数据，不能评定，请补充", en="no data, cannot be rated; supply it"),
}


_STATES = {
    State.NOT_MET: Text(zh="否", en="no"),
    State.NOT_APPLICABLE: Text(zh="不适用", en="does not apply"),
    State.NO_DATA: Text(zh="无数据", en="no data"),
}


def _reason(item: Criterion, answer: Answer, earned: Decimal) -> Text:
    """Say why a criterion earned what it did, or that it is only recorded."""
    if item.recorded:
        value = shown(item, answer) if answer.state is State.MET else _STATES[answer.state]
        return Text(zh=f"{value.zh}，只作记录", en=f"{value.en}, only recorded")
    match answer.state:
        case State.NO_DATA:
            return _NO_DATA[item.no_data]
        case State.NOT_APPLICABLE:
            return Text(zh="不适用，不计入总分", en="does not apply, left out of the total")
        case State.NOT_MET:
            return Text(zh="不符合，得 0 分", en="not met, 0 points")
        case State.MET:
            value = shown(item, answer)
            return Text(
                zh=f"{value.zh}，得 {earned} 分", en=f"{value.en}, {earned} of {item.points} points"
            )
