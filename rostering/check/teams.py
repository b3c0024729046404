"""Rules between people who work at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from rostering.check.breach import Breach
from rostering.check.facts import Facts
from rostering.days import clock
from rostering.parts import Apart, Company, ShiftType
from rostering.rule import Rule

Moment = tuple[str | None, int | None, str | None]
"""A place with a minute of the day, or a shift type that has no clock."""


def company(facts: Facts) -> Iterator[Breach]:
    """Find shifts worked without the company they need."""
    for rule in facts.problem.company:
        others = [person.id for person in facts.bound(rule.by)]
        said = _alone(facts, rule)
        for person in facts.bound(rule.staff):
            for day, kind in facts.worked[person.id]:
                needs = not rule.shifts or kind.id in rule.shifts
                if needs and not _has_company(facts, rule, person.id, day, kind, others):
                    yield facts.breach(
                        Rule.COMPANY, person.id, day, 1, said, weight=rule.weight, shift=kind.id
                    )


def _has_company(
    facts: Facts, rule: Company, staff: str, day: int, kind: ShiftType, others: list[str]
) -> bool:
    for other in others:
        theirs = facts.kind(other, day)
        if other == staff or theirs is None:
            continue
        if theirs.id == kind.id or (not rule.same_shift and meet(kind, theirs)):
            return True
    return False


def _alone(facts: Facts, rule: Company) -> tuple[str, str]:
    names = "、".join(facts.name(staff) for staff in rule.by)
    names_en = ", ".join(facts.name(staff) for staff in rule.by)
    name = f"（{rule.name}）" if rule.name else ""
    name_en = f" ({rule.name})" if rule.name else ""
    how = ("同班次", " on the same shift") if rule.same_shift else ("", "")
    return (
        f"当班时无人{how[0]}陪同，需要 1 人{name}" + (f"；可陪同：{names}" if names else ""),
        f"works without company{how[1]}, 1 needed{name_en}"
        + (f"; it may be {names_en}" if names else ""),
    )


def meet(one: ShiftType, other: ShiftType) -> bool:
    """Return whether two shifts of a day meet: one type, or one place and a time in common."""
    if one.id == other.id:
        return True
    if one.place != other.place:
        return False
    return any(
        max(begin, start) < min(end, stop)
        for (begin, end), (start, stop) in product(pieces(one), pieces(other))
    )


def pieces(kind: ShiftType) -> list[tuple[int, int]]:
    """Return begin and end of the pieces of a shift, in minutes; none without a clock."""
    if kind.start is None or kind.minutes == 0:
        return []
    split = [(piece.start, piece.start + piece.minutes) for piece in kind.spans]
    return split or [(kind.start, kind.start + kind.minutes)]


def together(facts: Facts) -> Iterator[Breach]:
    """Find shifts that only one of two team mates works."""
    for rule in facts.problem.together:
        for (one, other), day in product((rule.staff, rule.staff[::-1]), range(facts.problem.days)):
            shift = facts.roster.shift(one, day)
            theirs = facts.roster.shift(other, day)
            if shift is not None and shift != theirs:
                said = (
                    f"上{facts.label(shift)}，搭档{facts.name(other)}没有同班",
                    f"works {shift} without their team mate {facts.name(other)}",
                )
                yield facts.breach(
                    Rule.TOGETHER, one, day, 1, said, weight=rule.weight, shift=shift
                )


def apart(facts: Facts) -> Iterator[Breach]:
    """Find moments at which more than one of some people is at a place."""
    moments = _moments(facts.problem.shift_types)
    for rule in facts.problem.apart:
        for day in range(facts.problem.days):
            for moment in moments:
                yield from _crowd(facts, rule, day, moment)


def _moments(kinds: tuple[ShiftType, ...]) -> list[Moment]:
    """Return every moment at which a piece of a shift begins, at its place, in order."""
    found: dict[Moment, None] = {}
    for kind in kinds:
        if not pieces(kind):
            found[kind.place, None, kind.id] = None
        for begin, _ in pieces(kind):
            found[kind.place, begin, None] = None
    return list(found)


def _is_there(kind: ShiftType, moment: Moment) -> bool:
    place, minute, without_clock = moment
    if minute is None:
        return kind.id == without_clock
    return kind.place == place and any(begin <= minute < end for begin, end in pieces(kind))


def _crowd(facts: Facts, rule: Apart, day: int, moment: Moment) -> Iterator[Breach]:
    kinds = ((staff, facts.kind(staff, day)) for staff in rule.staff)
    there = [staff for staff, kind in kinds if kind is not None and _is_there(kind, moment)]
    if len(there) > 1:
        _, minute, shift = moment
        names = "、".join(facts.name(staff) for staff in there)
        names_en = ", ".join(facts.name(staff) for staff in there)
        at = shift if minute is None else clock(minute)
        said = (
            f"{at} {names} 共 {len(there)} 人同时在岗，应分开（最多 1 人）",
            f"{at}, {names_en}: {len(there)} present at once, to be kept apart (at most 1)",
        )
        over = len(there) - 1
        yield facts.breach(Rule.APART, None, day, over, said, weight=rule.weight, shift=shift)


def key_workers(facts: Facts) -> Iterator[Breach]:
    """Find days of a resident on which none of their key workers is present."""
    for rule in facts.problem.key_workers:
        for day in rule.days:
            given = [facts.roster.shift(staff, day) for staff in rule.staff]
            if not any(one is not None and one in (rule.shifts or (one,)) for one in given):
                count, resident = len(rule.staff), rule.resident
                said = (
                    f"{resident}的 {count} 位责任照护人都不在岗，至少需要 1 位",
                    f"none of the {count} key workers of {resident} is present, 1 needed",
                )
                yield facts.breach(Rule.KEY_WORKER, None, day, 1, said, weight=rule.weight)
