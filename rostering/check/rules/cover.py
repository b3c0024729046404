"""Heads of a shift type, or of a span of time, on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rostering.check.breach import Breach, many, price
from rostering.check.facts import Facts
from rostering.days import DAY_MINUTES, clock
from rostering.parts import Cover, Sex, ShiftType, Span
from rostering.problem import Problem
from rostering.rule import Rule


def cover_limits(facts: Facts) -> Iterator[Breach]:
    """Find fewer heads than the minimum or more than the maximum."""
    heads = HeadCount(facts)
    for number, item in enumerate(facts.problem.cover):
        if item.minimum == 0 and item.maximum is None:
            continue
        count = heads.of(item)
        if count < item.minimum:
            said = (
                f"{count} 人，至少需要 {item.minimum} 人",
                (f"{count} of {item.minimum} people needed"),
            )
            short = item.minimum - count
            yield _breach(facts, Rule.COVER_MINIMUM, number, short, said, None)
        if item.maximum is not None and count > item.maximum:
            people = many(count, "person", "people")
            said = f"{count} 人，最多 {item.maximum} 人", f"{people}, at most {item.maximum}"
            over = count - item.maximum
            yield _breach(facts, Rule.COVER_MAXIMUM, number, over, said, None)


def cover_wanted(facts: Facts) -> Iterator[Breach]:
    """Price heads below and above the wanted cover."""
    heads = HeadCount(facts)
    for number, item in enumerate(facts.problem.cover):
        count = heads.of(item)
        people = many(count, "person", "people")
        said = f"{count} 人，期望 {item.wanted} 人", f"{people}, {item.wanted} wanted"
        if count < item.wanted:
            short, weight = item.wanted - count, item.under_weight
            yield _breach(facts, Rule.COVER_UNDER, number, short, said, weight)
        if count > item.wanted:
            over, weight = count - item.wanted, item.over_weight
            yield _breach(facts, Rule.COVER_OVER, number, over, said, weight)


@dataclass(frozen=True)
class HeadCount:
    """Counts heads; remembers which shifts cover a span, and who is of a kind."""

    facts: Facts
    covering: dict[tuple[Span, str | None], list[tuple[int, str]]] = field(default_factory=dict)
    of_kind: dict[tuple[object, ...], frozenset[str]] = field(default_factory=dict)

    def of(self, item: Cover) -> int:
        """Return how many heads of the kind asked for a roster gives."""
        present = [
            staff
            for day, shift in self._counted(item)
            for staff in self.facts.heads.get((day, shift), ())
        ]
        if item.skill is None and item.sex is None and not item.experienced:
            return len(present)
        kind = item.skill, item.sex, item.experienced
        if kind not in self.of_kind:
            self.of_kind[kind] = frozenset(_people(self.facts.problem, item))
        return sum(staff in self.of_kind[kind] for staff in present)

    def _counted(self, item: Cover) -> Iterator[tuple[int, str]]:
        """Yield the days and shift types whose heads count."""
        problem = self.facts.problem
        if item.shift is not None and item.place in (None, problem.shift_by_id[item.shift].place):
            yield item.day, item.shift
        if item.span is not None:
            key = item.span, item.place
            if key not in self.covering:
                self.covering[key] = list(_covering(problem, *key))
            yield from ((item.day - before, shift) for before, shift in self.covering[key])


def _covering(problem: Problem, span: Span, place: str | None) -> Iterator[tuple[int, str]]:
    """Yield the shift types that cover a span, and how many days before it they begin."""
    for kind in problem.shift_types:
        if place in (None, kind.place):
            for before in range(1 + ((kind.start or 0) + kind.minutes) // DAY_MINUTES):
                if _contains(kind, span, before * DAY_MINUTES):
                    yield before, kind.id


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


def _people(problem: Problem, item: Cover) -> Iterator[str]:
    for person in problem.staff:
        skilled = item.skill is None or problem.holds(person, item.skill)
        experienced = person.is_experienced or not item.experienced
        if skilled and experienced and item.sex in (None, person.sex):
            yield person.id


def _breach(
    facts: Facts, rule: Rule, number: int, amount: int, said: tuple[str, str], weight: int | None
) -> Breach:
    item, where = facts.problem.cover[number], ("cover", number)
    on_zh, on_en = facts.dates[item.day]
    what_zh, what_en = _what(facts, item)
    zh, en = f"{on_zh} {what_zh}：{said[0]}", f"{on_en} {what_en}: {said[1]}"
    paid = price(amount, weight)
    return Breach(rule, None, item.day, item.shift, amount, paid, zh, en, where)


def _what(facts: Facts, item: Cover) -> tuple[str, str]:
    """Return the shift type or the span, and in brackets who counts."""
    if item.span is None:
        zh, en = facts.label(item.shift), item.shift or ""
    else:
        end = item.span.start + item.span.minutes
        zh = f"{clock(item.span.start)}–{'次日 ' if end > DAY_MINUTES else ''}{clock(end)}"
        en = f"{clock(item.span.start)}–{clock(end)}{' next day' if end > DAY_MINUTES else ''}"
    sex_zh, sex_en = {
        None: (None, None),
        Sex.FEMALE: ("女性", "women"),
        Sex.MALE: ("男性", "men"),
    }[item.sex]
    experienced_zh, experienced_en = ("有经验", "experienced") if item.experienced else (None, None)
    who_zh = "、".join(filter(None, (item.skill, sex_zh, experienced_zh, item.place)))
    who_en = ", ".join(filter(None, (item.skill, sex_en, experienced_en, item.place)))
    return (f"{zh}（{who_zh}）", f"{en} ({who_en})") if who_zh else (zh, en)
