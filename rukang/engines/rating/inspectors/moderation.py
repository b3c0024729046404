"""Two inspectors score a home apart; where they differ too much, a third decides."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rukang.base.definitions import Text
from rukang.base.errors import InWordsError
from rukang.engines.rating.criteria.criterion import Criterion, Scorer
from rukang.engines.rating.criteria.edition import Edition, Fact, FactRequirement
from rukang.engines.rating.sheets.sheet import JUDGED, Answer, ScoreSheet, State
from rukang.engines.rating.stars.points import earn


class Outcome(StrEnum):
    """How far two answers are apart."""

    SAME = "same"
    WITHIN_TOLERANCE = "within_tolerance"
    DISPUTED = "disputed"


@dataclass(frozen=True)
class Compared:
    """One criterion as both saw it; ``settled`` is the answer that holds, None until a third says.

    Within tolerance the answer that earns less holds: a doubt raises no star.
    """

    criterion: Criterion
    first: Answer
    second: Answer
    outcome: Outcome
    third: Answer | None
    settled: Answer | None

    @property
    def words(self) -> Text:
        """Return in words what both said and what came of it."""
        title = self.criterion.title
        said = [_said(self.criterion, answer) for answer in (self.first, self.second)]
        outcome = _OUTCOMES[self.outcome]
        return Text(
            zh=f"「{title.zh}」：{said[0].zh}；{said[1].zh}：{outcome.zh}",
            en=f"“{title.en}”: {said[0].en}; {said[1].en}: {outcome.en}",
        )


@dataclass(frozen=True)
class ComparedFact:
    """One figure of the home as both gave it, None for unknown.

    Two figures are near enough where every requirement of the edition says the same of both; then
    the lower holds. ``settled`` is the figure that holds, which may be unknown too, once
    ``is_settled``.
    """

    fact: Fact
    first: Decimal | None
    second: Decimal | None
    outcome: Outcome
    is_settled: bool
    settled: Decimal | None

    @property
    def words(self) -> Text:
        """Return in words what both gave and what came of it."""
        said, unit, outcome = (self.first, self.second), self.fact.unit, _OUTCOMES[self.outcome]
        zh = "；".join("未查明" if one is None else f"{one} {unit.zh}" for one in said)
        en = "; ".join("unknown" if one is None else f"{one} {unit.en}" for one in said)
        return Text(
            zh=f"「{self.fact.title.zh}」：{zh}：{outcome.zh}",
            en=f"“{self.fact.title.en}”: {en}: {outcome.en}",
        )


_OUTCOMES = {
    Outcome.SAME: Text(zh="一致", en="the same"),
    Outcome.WITHIN_TOLERANCE: Text(zh="差距在允许范围内，取低", en="near enough, the lower holds"),
    Outcome.DISPUTED: Text(zh="差距过大，须第三人评定", en="too far apart, a third decides"),
}


class ModerationError(InWordsError, ValueError):
    """Sheets that cannot be put together; ``disputed`` names what a third has to judge."""

    def __init__(self, words: Text, disputed: tuple[Compared | ComparedFact, ...] = ()) -> None:
        self.words, self.disputed = words, disputed
        super().__init__("\n".join([str(words), *(str(item.words) for item in disputed)]))


def compare(
    edition: Edition, first: ScoreSheet, second: ScoreSheet, third: ScoreSheet | None = None
) -> tuple[Compared, ...]:
    """Return every criterion that inspectors answered, as the two saw it and what holds.

    An answer that is missing on a sheet is one without data. What a home reports of itself is
    compared where inspectors were asked for it, or contradict it; what is measured, where they
    contradict the records. Of one who contradicts alone a third decides: without data, nothing is
    contradicted.

    Raises
    ------
    ModerationError
        If the sheets are of different homes or editions, or one person filled two of them.
    """
    sheets = [sheet for sheet in (first, second, third) if sheet is not None]
    _check_together(edition, sheets)
    return tuple(
        _compared(edition, item, *(_answer(sheet, item.id) for sheet in sheets))
        for item in edition.criteria.values()
        if _is_compared(item, first, second)
    )


def _is_compared(item: Criterion, first: ScoreSheet, second: ScoreSheet) -> bool:
    """Say whether two answers of a criterion are set side by side."""
    if item.scorer is Scorer.INSPECTOR:
        return True
    given = [_answer(sheet, item.id) for sheet in (first, second)]
    if item.scorer is Scorer.MEASURED:
        return any(answer.contradicts for answer in given)
    return any(answer.state is not State.NO_DATA for answer in given)


def compare_facts(
    edition: Edition, first: ScoreSheet, second: ScoreSheet, third: ScoreSheet | None = None
) -> tuple[ComparedFact, ...]:
    """Return every figure of the home, as the two gave it and what holds.

    A figure that is missing on a sheet is unknown, and differs from every known one.

    Raises
    ------
    ModerationError
        As `compare`.
    """
    sheets = [sheet for sheet in (first, second, third) if sheet is not None]
    _check_together(edition, sheets)
    return tuple(
        _compared_fact(edition, fact, [sheet.facts.get(fact.key) for sheet in sheets])
        for fact in edition.facts
    )


def moderated(
    edition: Edition, first: ScoreSheet, second: ScoreSheet, third: ScoreSheet | None = None
) -> ScoreSheet:
    """Return the sheet that holds: what both agree on, and what a third decided.

    What inspectors do not score stands as on the first sheet; a figure of the home that both left
    open is unknown.

    Raises
    ------
    ModerationError
        As `compare`; or if something is disputed and no third has judged it.
    """
    found = compare(edition, first, second, third)
    facts = compare_facts(edition, first, second, third)
    open_: tuple[Compared | ComparedFact, ...] = (
        *(item for item in found if item.settled is None),
        *(item for item in facts if not item.is_settled),
    )
    if open_:
        raise ModerationError(
            Text(
                zh=f"{len(open_)} 项差距过大，须由第三人评定",
                en=f"{len(open_)} matters are disputed: a third inspector has to judge them",
            ),
            open_,
        )
    held = [item.settled for item in found if item.settled is not None]
    # Nobody's answer to what inspectors need not score leaves it to the home and the records.
    left = {
        item.criterion.id
        for item in found
        if item.criterion.scorer is not Scorer.INSPECTOR
        and (item.settled is None or item.settled.state is State.NO_DATA)
    }
    whole = first.with_answers(held)
    settled = whole.model_copy(
        update={"answers": tuple(one for one in whole.answers if one.criterion not in left)}
    )
    names = dict.fromkeys(
        name for sheet in (first, second, third) if sheet for name in sheet.inspectors
    )
    known = {item.fact.key: item.settled for item in facts if item.settled is not None}
    return settled.model_copy(update={"inspectors": tuple(names), "facts": known})


def _check_together(edition: Edition, sheets: list[ScoreSheet]) -> None:
    if len({(sheet.home, sheet.edition) for sheet in sheets}) > 1:
        raise ModerationError(
            Text(
                zh="评分表不是同一机构、同一标准的，不能合并",
                en="the sheets are not of one home under one edition",
            )
        )
    if sheets[0].edition != edition.id:
        raise ModerationError(
            Text(
                zh=f"评分表按 {sheets[0].edition} 填写，不能按 {edition.id} 合并",
                en=f"the sheets were filled for {sheets[0].edition}, not for {edition.id}",
            )
        )
    names = [name for sheet in sheets for name in set(sheet.inspectors)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ModerationError(
            Text(
                zh=f"{'、'.join(twice)} 填了不止一份；须由不同的人各自评定",
                en=f"{', '.join(twice)} filled more than one sheet: each needs a person of its own",
            )
        )


def _answer(sheet: ScoreSheet, criterion: str) -> Answer:
    found = (answer for answer in sheet.answers if answer.criterion == criterion)
    return next(found, Answer(criterion=criterion, state=State.NO_DATA))


def _compared(
    edition: Edition, item: Criterion, first: Answer, second: Answer, third: Answer | None = None
) -> Compared:
    outcome = _outcome(edition, item, first, second)
    contradicted = first.contradicts or second.contradicts
    if outcome is Outcome.DISPUTED:
        decided = _decided(item, first, second, third) if third else None
        if decided is None and third is not None and contradicted:
            decided = _dropped(item, first, second)
        held = _contradicting(decided) if decided and contradicted else decided
        return Compared(item, first, second, outcome, third, held)
    settled = min((first, second), key=lambda answer: earn(item, answer))
    held = _contradicting(settled) if contradicted else settled
    return Compared(item, first, second, outcome, None, held)


def _dropped(item: Criterion, first: Answer, second: Answer) -> Answer | None:
    """Return that nothing is contradicted, where one alone did and the third does not."""
    alone = State.NO_DATA in {first.state, second.state}
    return Answer(criterion=item.id, state=State.NO_DATA) if alone else None


def _contradicting(answer: Answer) -> Answer:
    """Return an answer that holds against report and records, if it says something."""
    if answer.state is State.NO_DATA:
        return answer
    why = answer.evidence.strip() or "合议认定 settled in moderation"
    return answer.model_copy(update={"contradicts": True, "evidence": why})


def _compared_fact(edition: Edition, fact: Fact, given: list[Decimal | None]) -> ComparedFact:
    first, second = given[:2]
    outcome = _outcome_of_fact(edition, fact, first, second)
    if outcome is Outcome.DISPUTED:
        is_settled, settled = _decided_fact(given)
        return ComparedFact(fact, first, second, outcome, is_settled, settled)
    lower = min((one for one in (first, second) if one is not None), default=None)
    return ComparedFact(fact, first, second, outcome, True, lower)


def _outcome_of_fact(
    edition: Edition, fact: Fact, first: Decimal | None, second: Decimal | None
) -> Outcome:
    if first == second:
        return Outcome.SAME
    if first is None or second is None:
        return Outcome.DISPUTED
    lines = (
        need.at_least
        for _, _, need in edition.plain_requirements()
        if isinstance(need, FactRequirement) and need.fact == fact.key
    )
    together = all((first >= line) == (second >= line) for line in lines)
    return Outcome.WITHIN_TOLERANCE if together else Outcome.DISPUTED


def _decided_fact(given: list[Decimal | None]) -> tuple[bool, Decimal | None]:
    """Return whether three decide a figure, and the figure: what two say, else the middle one.

    Where one of the first two does not know, the third's figure holds; a third who does not know
    either decides only beside another who does not.
    """
    known = sorted(one for one in given if one is not None)
    three = 3
    if len(given) < three or (given[-1] is None and len(known) > 1):
        return False, None
    if len(known) == three:
        return True, known[1]
    return True, given[-1]


def _outcome(edition: Edition, item: Criterion, first: Answer, second: Answer) -> Outcome:
    if (first.state, first.value) == (second.state, second.value):
        return Outcome.SAME
    apart = abs(earn(item, first) - earn(item, second))
    # What has no points serves a veto or a cap: there is no nearness to it.
    comparable = item.points > 0 and {first.state, second.state} <= JUDGED
    if comparable and apart <= edition.tolerance * item.points:
        return Outcome.WITHIN_TOLERANCE
    return Outcome.DISPUTED


def _decided(item: Criterion, first: Answer, second: Answer, third: Answer) -> Answer | None:
    """Return the answer between the other two; a third without data decides nothing.

    Where one of the three says that the criterion does not apply, or has no data, or it has no
    points, nothing lies between: the third's answer holds.
    """
    if third.state is State.NO_DATA:
        return None
    three = [first, second, third]
    if not item.points or any(answer.state not in JUDGED for answer in three):
        return third
    return sorted(three, key=lambda answer: earn(item, answer))[1]


_STATES = {
    State.MET: Text(zh="符合", en="met"),
    State.NOT_MET: Text(zh="不符合", en="not met"),
    State.NOT_APPLICABLE: Text(zh="不适用", en="does not apply"),
    State.NO_DATA: Text(zh="无数据", en="no data"),
}


def _said(item: Criterion, answer: Answer) -> Text:
    state, points = _STATES[answer.state], earn(item, answer)
    if answer.state is not State.MET:
        return state
    return Text(zh=f"{state.zh} {points} 分", en=f"{state.en}, {points} points")
