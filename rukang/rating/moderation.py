"""Two inspectors score a home apart; where they differ too much, a third decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rukang.rating.criterion import Criterion, Scorer
from rukang.rating.edition import Edition
from rukang.rating.points import earn
from rukang.rating.sheet import JUDGED, Answer, ScoreSheet, State
from rukang.rating.text import Text


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


_OUTCOMES = {
    Outcome.SAME: Text(zh="一致", en="the same"),
    Outcome.WITHIN_TOLERANCE: Text(zh="差距在允许范围内，取低", en="near enough, the lower holds"),
    Outcome.DISPUTED: Text(zh="差距过大，须第三人评定", en="too far apart, a third decides"),
}


class ModerationError(ValueError):
    """Sheets that cannot be put together; ``disputed`` names criteria a third has to judge."""

    def __init__(self, words: Text, disputed: tuple[Compared, ...] = ()) -> None:
        self.words, self.disputed = words, disputed
        super().__init__("\n".join([str(words), *(str(item.words) for item in disputed)]))


def compare(
    edition: Edition, first: ScoreSheet, second: ScoreSheet, third: ScoreSheet | None = None
) -> tuple[Compared, ...]:
    """Return every criterion that inspectors score, as the two saw it and what holds.

    An answer that is missing on a sheet is one without data.

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
        if item.scorer is Scorer.INSPECTOR
    )


def moderated(
    edition: Edition, first: ScoreSheet, second: ScoreSheet, third: ScoreSheet | None = None
) -> ScoreSheet:
    """Return the sheet that holds: what both agree on, and what a third decided.

    What inspectors do not score stands as on the first sheet.

    Raises
    ------
    ModerationError
        As `compare`; or if something is disputed and no third has judged it.
    """
    found = compare(edition, first, second, third)
    if open_ := tuple(item for item in found if item.settled is None):
        raise ModerationError(
            Text(
                zh=f"{len(open_)} 项差距过大，须由第三人评定",
                en=f"{len(open_)} criteria are disputed: a third inspector has to judge them",
            ),
            open_,
        )
    settled = first.with_answers(item.settled for item in found if item.settled is not None)
    names = dict.fromkeys(
        name for sheet in (first, second, third) if sheet for name in sheet.inspectors
    )
    return settled.model_copy(update={"inspectors": tuple(names)})


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
    if outcome is Outcome.DISPUTED:
        decided = _decided(item, first, second, third) if third else None
        return Compared(item, first, second, outcome, third, decided)
    settled = min((first, second), key=lambda answer: earn(item, answer))
    return Compared(item, first, second, outcome, None, settled)


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
