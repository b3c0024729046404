"""What an answer earns, exactly.

Points are decimals in tenths. Where a proportion falls between two tenths it is rounded down, so
that a figure shown never reaches a threshold the exact one does not.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from rukang.base.definitions import Text
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

TENTH = Decimal("0.1")


def tenths(points: Decimal) -> Decimal:
    """Round down to a tenth of a point."""
    return points.quantize(TENTH, rounding=ROUND_DOWN)


def on_scale(earned: Decimal, applicable: Decimal, points: Decimal) -> Decimal:
    """Return a total on a scale of points, so that what does not apply costs nothing."""
    return tenths(earned * points / applicable) if applicable else tenths(Decimal(0))


def earn(item: Criterion, answer: Answer) -> Decimal:
    """Return the points of an answer that `check_sheet` accepts; none unless it is met."""
    if answer.state is not State.MET:
        return tenths(Decimal(0))
    match item:
        case YesNo():
            points = item.points
        case Choice():
            points = next(o.points for o in item.options if o.key == answer.value)
        case Bands():
            points = _banded(item, _value(answer))
        case Share():
            points = _shared(item, _value(answer))
        case Deduction():
            points = max(Decimal(0), item.points - item.per_unit * _value(answer))
        case Judged():
            points = next(a.points for a in item.anchors if a.level == _value(answer))
    return tenths(points)


def _banded(item: Bands, value: Decimal) -> Decimal:
    """Return the points of the best band a number reaches."""
    for band in item.bands:
        if value >= band.limit if item.better == "higher" else value <= band.limit:
            return band.points
    return Decimal(0)


def _shared(item: Share, value: Decimal) -> Decimal:
    """Return the points in proportion between the two ends."""
    part = min(max(value, item.zero_at), item.full_at) - item.zero_at
    return item.points * part / (item.full_at - item.zero_at)


def _value(answer: Answer) -> Decimal:
    """Return the number of a checked answer."""
    value = number(answer.value)
    if value is None:
        raise ValueError(
            f"{answer.criterion}: 应填数字，现为 {answer.value}；请先运行 check_sheet / "
            f"expected a number, found {answer.value}; run check_sheet first"
        )
    return value


def _plain(value: Decimal) -> str:
    """Return a number in at most four decimals, rounded down, without idle zeros."""
    short = value.quantize(Decimal("0.0001"), rounding=ROUND_DOWN)
    return f"{short.normalize():f}"


def shown(item: Criterion, answer: Answer) -> Text:
    """Return an answer in the words of its criterion: 是, an option, 95 %, a level."""
    if isinstance(item, YesNo):
        return Text(zh="是", en="yes") if answer.state is State.MET else Text(zh="否", en="no")
    match item:
        case Choice():
            return next(o.label for o in item.options if o.key == answer.value)
        case Bands(unit=unit) | Deduction(unit=unit):
            plain = _plain(_value(answer))
            return Text(zh=f"{plain} {unit.zh}", en=f"{plain} {unit.en}")
        case Share():
            percent = f"{_plain(_value(answer) * 100)} %"
            return Text(zh=percent, en=percent)
        case Judged():
            level = next(a for a in item.anchors if a.level == _value(answer))
            return Text(
                zh=f"{level.level} 级：{level.label.zh}",
                en=f"level {level.level}: {level.label.en}",
            )
