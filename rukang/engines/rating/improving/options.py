"""The better answers a home could still reach on a criterion, each with what it would earn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from rukang.engines.rating.criteria.criterion import (
    Bands,
    Choice,
    Criterion,
    Deduction,
    Judged,
    Share,
    YesNo,
)
from rukang.engines.rating.sheets.sheet import Answer, State
from rukang.engines.rating.sheets.sheet_check import number
from rukang.engines.rating.stars.points import TENTH
from rukang.engines.rating.stars.rating import CriterionScore
from rukang.engines.rating.stars.score import score

_PERCENT = Decimal("0.01")


@dataclass(frozen=True)
class Option:
    """One answer to a criterion and its score."""

    answer: Answer
    score: CriterionScore


def options(item: Criterion, current: Answer) -> list[Option]:
    """Return the current answer first, then every better one, by rising points.

    A criterion that does not apply, or that cannot be mended, keeps its answer.
    """
    choices = [Option(current, score(item, current))]
    if current.state is State.NOT_APPLICABLE or not item.effort.possible:
        return choices
    for value in _values(item, current):
        answer = Answer(criterion=item.id, state=State.MET, value=value)
        option = Option(answer, score(item, answer))
        last = choices[-1].score
        first_data = len(choices) == 1 and last.state is not State.MET
        if option.score.earned > last.earned or first_data:
            choices.append(option)
    return choices


def _values(item: Criterion, current: Answer) -> Iterator[Decimal | str | None]:
    """Return the values worth trying, from the least to the best."""
    match item:
        case YesNo():
            yield None
        case Choice():
            yield from (o.key for o in sorted(item.options, key=lambda option: option.points))
        case Bands():
            yield from (band.limit for band in reversed(item.bands))
        case Share():
            yield from _shares(item)
        case Deduction():
            yield from _counts(item, number(current.value))
        case Judged():
            yield from (Decimal(anchor.level) for anchor in item.anchors)


def _shares(item: Share) -> Iterator[Decimal]:
    """Return the least whole percentage that earns each tenth of a point."""
    width = item.full_at - item.zero_at
    for step in range(1, int(item.points / TENTH) + 1):
        exact = item.zero_at + width * step * TENTH / item.points
        yield min(exact.quantize(_PERCENT, rounding=ROUND_CEILING), item.full_at)


def _counts(item: Deduction, now: Decimal | None) -> Iterator[Decimal]:
    """Return the counts below the present one that still leave points."""
    most = int((item.points / item.per_unit).to_integral_value(rounding=ROUND_CEILING))
    if now is not None:
        most = min(most, int(now) - 1)
    yield from (Decimal(count) for count in range(most, -1, -1))
