"""Heads of a shift type, or of a span of time, on a day."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.check.breach import Breach, price
from rostering.check.facts import Facts
from rostering.parts import Cover, Sex, ShiftType, Span
from rostering.problem import Problem
from rostering.rule import Rule

DAY_MINUTES = 24 * 60


def cover_limits(facts: Facts) -> Iterator[Breach]:
    """Find fewer heads than the minimum or more than the maximum."""
    for item in facts.problem.cover:
        if item.minimum == 0 and item.maximum is None:
            continue
        count = heads(facts, item)
        if count < item.minimum:
            said = (
                f"{count} 人，至少需要 {item.minimum} 人",
                (f"{count} of {item.minimum} people needed"),
            )
            yield _breach(facts, Rule.COVER_MINIMUM, item, item.minimum - count, said, None)
        if item.maximum is not None and count > item.maximum:
            said = f"{count} 人，最多 {item.maximum} 人", f"{count} people, at most {item.maximum}"
            yield _breach(facts, Rule.COVER_MAXIMUM, item, count - item.maximum, said, None)


def cover_wanted(facts: Facts) -> Iterator[Breach]:
    """Price heads below and above the wanted cover."""
    for item in facts.problem.cover:
        count = heads(facts, item)
        said = f"{count} 人，期望 {item.wanted} 人", f"{count} people, {item.wanted} wanted"
        if count < item.wanted:
            short, weight = item.wanted - count, item.under_weight
            yield _breach(facts, Rule.COVER_UNDER, item, short, said, weight)
        if count > item.wanted:
            over, weight = count - item.wanted, item.over_weight
            yield _breach(facts, Rule.COVER_OVER, item, over, said, weight)


def heads(facts: Facts, item: Cover) -> int:
    """Return how many heads of the kind asked for a roster gives."""
    present = [
        staff
        for day, shift in _counted(facts.problem, item)
        for staff in facts.heads.get((day, shift), ())
    ]
    if item.skill is None and item.sex is None and not item.experienced:
        return len(present)
    return sum(_is_of_kind(facts.problem, staff, item) for staff in present)


def _counted(problem: Problem, item: Cover) -> Iterator[tuple[int, str]]:
    """Yield the days and shift types whose heads count."""
    if item.shift is not None:
        if item.place in (None, problem.shift_by_id[item.shift].place):
            yield item.day, item.shift
        return
    for kind in problem.shift_types:
        if item.span is None or item.place not in (None, kind.place):
            continue
        if _contains(kind, item.span, 0):
            yield item.day, kind.id
        if _contains(kind, item.span, DAY_MINUTES):
            yield item.day - 1, kind.id


def _contains(kind: ShiftType, span: Span, later: int) -> bool:
    """Return whether a piece of a shift holds a span that is counted from ``later`` minutes on."""
    if kind.start is None:
        return False
    pieces = [(piece.start, piece.minutes) for piece in kind.spans]
    begin, end = span.start + later, span.start + span.minutes + later
    return any(
        start <= begin and end <= start + length
        for start, length in pieces or [(kind.start, kind.minutes)]
    )


def _is_of_kind(problem: Problem, staff: str, item: Cover) -> bool:
    person = problem.staff_by_id[staff]
    if item.skill is not None and not problem.holds(person, item.skill):
        return False
    if item.experienced and not person.is_experienced:
        return False
    return item.sex in (None, person.sex)


def _breach(
    facts: Facts, rule: Rule, item: Cover, amount: int, said: tuple[str, str], weight: int | None
) -> Breach:
    on_zh, on_en = facts.dates[item.day]
    what_zh, what_en = _what(facts, item)
    zh, en = f"{on_zh} {what_zh}：{said[0]}", f"{on_en} {what_en}: {said[1]}"
    return Breach(rule, None, item.day, item.shift, amount, price(amount, weight), zh, en)


def _what(facts: Facts, item: Cover) -> tuple[str, str]:
    """Return the shift type or the span, and in brackets who counts."""
    if item.span is None:
        zh, en = facts.label(item.shift), item.shift or ""
    else:
        zh = en = f"{_clock(item.span.start)}–{_clock(item.span.start + item.span.minutes)}"
    sex_zh, sex_en = {
        None: (None, None),
        Sex.FEMALE: ("女性", "women"),
        Sex.MALE: ("男性", "men"),
    }[item.sex]
    experienced_zh, experienced_en = ("有经验", "experienced") if item.experienced else (None, None)
    who_zh = "、".join(filter(None, (item.skill, sex_zh, experienced_zh, item.place)))
    who_en = ", ".join(filter(None, (item.skill, sex_en, experienced_en, item.place)))
    return (f"{zh}（{who_zh}）", f"{en} ({who_en})") if who_zh else (zh, en)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
