"""Find everything on a score sheet that its edition does not allow."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import chain

from rostering.sheets.masking import shown
from rukang.base.definitions import Strict, Text
from rukang.base.errors import InWordsError
from rukang.engines.rating.criteria.criterion import (
    Bands,
    Choice,
    Criterion,
    Deduction,
    Judged,
    Share,
    YesNo,
)
from rukang.engines.rating.criteria.edition import Edition
from rukang.engines.rating.sheets.sheet import Answer, ScoreSheet, State

MOST_DIGITS = 30
"""Digits before the decimal point, or noughts after it, of any number that can be meant."""


class SheetProblem(Strict):
    """One thing wrong with a sheet; `criterion` is empty for the sheet as a whole."""

    criterion: str
    words: Text


class SheetError(InWordsError, ValueError):
    """A sheet that cannot be rated; holds all its problems."""

    def __init__(self, problems: list[SheetProblem]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"{p.criterion} {p.words}".strip() for p in problems))


def check_sheet(edition: Edition, sheet: ScoreSheet) -> list[SheetProblem]:
    """Return every problem of a sheet under an edition; an empty list means it can be rated."""
    return list(chain(_heading(edition, sheet), _facts(edition, sheet), _answers(edition, sheet)))


def _heading(edition: Edition, sheet: ScoreSheet) -> Iterator[SheetProblem]:
    """Check that the sheet was filled for this edition while it was in force."""
    if sheet.edition != edition.id:
        yield _problem(
            "",
            f"评分表按 {shown(sheet.edition)} 填写，不能用 {edition.id} 评定",
            f"the sheet was filled for edition {shown(sheet.edition)}, not {edition.id}",
        )
    if not edition.in_force(sheet.on):
        until_zh, until_en = edition.valid_to or "长期", edition.valid_to or "open"
        yield _problem(
            "",
            f"{sheet.on} 不在 {edition.id} 有效期内（{edition.valid_from} 至 {until_zh}）",
            f"{edition.id} is not in force on {sheet.on} ({edition.valid_from} to {until_en})",
        )


def _facts(edition: Edition, sheet: ScoreSheet) -> Iterator[SheetProblem]:
    """Check that the sheet gives no fact the edition does not ask for, and none below zero."""
    known = {fact.key for fact in edition.facts}
    for key, value in sheet.facts.items():
        if key not in known:
            yield _problem(
                "", f"没有基本情况 {shown(key)}", f"the edition asks for no fact {shown(key)}"
            )
        elif value < 0:
            yield _problem("", f"{key} 不能为负数 {value}", f"{key} cannot be negative: {value}")
        elif number(value) is None:
            yield _problem("", f"{key} 不是合理的数字", f"{key} is no number of a size things have")


def _answers(edition: Edition, sheet: ScoreSheet) -> Iterator[SheetProblem]:
    """Check each answer against its criterion."""
    for answer in sheet.answers:
        item = edition.criteria.get(answer.criterion)
        if item is None:
            yield _problem(
                shown(answer.criterion), "标准中没有此指标", "no such criterion in the edition"
            )
        elif words := _fault(item, answer):
            yield SheetProblem(criterion=item.id, words=words)


def _fault(item: Criterion, answer: Answer) -> Text | None:
    """Return what is wrong with an answer, if anything."""
    if answer.state is State.NOT_APPLICABLE and not item.may_not_apply:
        return Text(zh="此指标不得填“不适用”", en="this criterion always applies")
    if answer.state is not State.MET:
        return None
    if isinstance(item, YesNo):
        if answer.value is None:
            return None
        return Text(
            zh=f"是否类指标不填数值，现为 {shown(answer.value)}",
            en=f"a yes/no criterion takes no value, found {shown(answer.value)}",
        )
    return _value_fault(item, answer.value)


def _value_fault(
    item: Choice | Bands | Share | Deduction | Judged, value: Decimal | str | None
) -> Text | None:
    """Return what is wrong with the value of a met criterion, if anything."""
    if isinstance(item, Choice):
        right = value in {option.key for option in item.options}
    else:
        right = _number_fits(item, number(value))
    if right:
        return None
    expected = allowed_values(item)
    found = "空白 (empty)" if value is None else shown(value)
    return Text(zh=f"应填{expected.zh}，现为 {found}", en=f"expected {expected.en}, found {found}")


def _number_fits(item: Bands | Share | Deduction | Judged, value: Decimal | None) -> bool:
    """Say whether a number is within the scale of its criterion."""
    if value is None or value < 0:
        return False
    match item:
        case Share():
            return value <= 1
        case Deduction():
            return value == value.to_integral_value()
        case Judged():
            return value in {anchor.level for anchor in item.anchors}
        case Bands():
            return True


def number(value: Decimal | str | None) -> Decimal | None:
    """Return a value as a number, also after a journey through JSON; none beyond any real size."""
    try:
        exact = Decimal(value) if value is not None else None
    except InvalidOperation:
        return None
    # Far beyond, arithmetic with it would overflow.
    fits = exact is not None and exact.is_finite() and abs(exact.adjusted()) <= MOST_DIGITS
    return exact if fits else None


def allowed_values(item: Criterion) -> Text:
    """Say in words what may be answered to a criterion that is met."""
    match item:
        case YesNo():
            return Text(zh="是或否", en="yes or no")
        case Choice(options=options):
            return Text(
                zh="、".join(option.label.zh for option in options),
                en=", ".join(f"{option.key} ({option.label.en})" for option in options),
            )
        case Bands(unit=unit):
            return Text(zh=f"不小于 0 的数（{unit.zh}）", en=f"a number from 0 ({unit.en})")
        case Share():
            return Text(zh="0 至 1 的比例", en="a share from 0 to 1")
        case Deduction(unit=unit):
            return Text(zh=f"次数（{unit.zh}）", en=f"a count ({unit.en})")
        case Judged(anchors=anchors):
            return Text(
                zh="、".join(f"{anchor.level}（{anchor.label.zh}）" for anchor in anchors),
                en=", ".join(f"{anchor.level} ({anchor.label.en})" for anchor in anchors),
            )


def _problem(criterion: str, zh: str, en: str) -> SheetProblem:
    """Return a problem in both languages."""
    return SheetProblem(criterion=criterion, words=Text(zh=zh, en=en))
