"""Rules between people who work at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from rostering.check.breach import About, Breach
from rostering.check.facts import Facts
from rostering.days import DAY_MINUTES, clock
from rostering.parts import Apart, Company, ShiftType
from rostering.problem import Problem
from rostering.rule import Rule

Stay = tuple[int, int, str, bool]
"""Begin and end in minutes from the begin of day 0, who is present, and whether it is past."""


def company(facts: Facts) -> Iterator[Breach]:
    """Find shifts worked without the company they need."""
    for number, rule in enumerate(facts.problem.company):
        about: About = {"weight": rule.weight, "where": ("company", number)}
        others = [person.id for person in facts.bound(rule.by)]
        said = _alone(facts, rule)
        for person in facts.bound(rule.staff):
            for day, kind in facts.worked[person.id]:
                needs = not rule.shifts or kind.id in rule.shifts
                if needs and not _has_company(facts, rule, person.id, day, kind, others):
                    yield facts.breach(
                        Rule.COMPANY, person.id, day, 1, said, **about, shift=kind.id
                    )


def _has_company(
    facts: Facts, rule: Company, staff: str, day: int, kind: ShiftType, others: list[str]
) -> bool:
    for other in others:
        if other == staff:
            continue
        theirs = facts.kind(other, day)
        if theirs is not None and theirs.id == kind.id:
            return True
        if not rule.same_shift and _overlaps(facts, other, day, kind):
            return True
    return False


def _overlaps(facts: Facts, other: str, day: int, kind: ShiftType) -> bool:
    """Return whether any shift of another, whatever its day, shares place and time with one."""
    mine = stays(kind, day)
    for their_day, shift in facts.known[other].items():
        theirs = None if shift is None else facts.problem.shift_by_id[shift]
        if theirs is not None and theirs.place == kind.place:
            for (begin, end), (start, stop) in product(mine, stays(theirs, their_day)):
                if max(begin, start) < min(end, stop):
                    return True
    return False


def stays(kind: ShiftType, day: int) -> list[tuple[int, int]]:
    """Return when a shift of a day is present, in minutes from day 0; never without a clock."""
    if kind.start is None or kind.minutes == 0:
        return []
    split = [(piece.start, piece.start + piece.minutes) for piece in kind.spans]
    whole = split or [(kind.start, kind.start + kind.minutes)]
    return [(begin + day * DAY_MINUTES, end + day * DAY_MINUTES) for begin, end in whole]


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


def together(facts: Facts) -> Iterator[Breach]:
    """Find shifts that only one of two team mates works."""
    for number, rule in enumerate(facts.problem.together):
        about: About = {"weight": rule.weight, "where": ("together", number)}
        for (one, other), day in product((rule.staff, rule.staff[::-1]), range(facts.problem.days)):
            shift = facts.roster.shift(one, day)
            theirs = facts.roster.shift(other, day)
            if shift is not None and shift != theirs:
                said = (
                    f"上{facts.label(shift)}，搭档{facts.name(other)}没有同班",
                    f"works {shift} without their team mate {facts.name(other)}",
                )
                yield facts.breach(Rule.TOGETHER, one, day, 1, said, **about, shift=shift)


def apart(facts: Facts) -> Iterator[Breach]:
    """Find moments at which more than one of some people is at a place."""
    moments = _moments(facts.problem)
    for number, rule in enumerate(facts.problem.apart):
        about: About = {"weight": rule.weight, "where": ("apart", number)}
        present = _present(facts, rule)
        for place, times in moments.items():
            for time in times:
                found = [stay for stay in present[place] if stay[0] <= time < stay[1]]
                over = len(found) - max(1, sum(is_past for *_, is_past in found))
                if over > 0:
                    day, at = time // DAY_MINUTES, clock(time % DAY_MINUTES)
                    yield _crowd(facts, day, at, [stay[2] for stay in found], over, about)
        for day in range(facts.problem.days):
            for kind in facts.problem.shift_types:
                there = [one for one in rule.staff if facts.kind(one, day) == kind]
                if len(there) > 1 and not stays(kind, day):
                    yield _crowd(facts, day, kind.id, there, len(there) - 1, about)


def _moments(problem: Problem) -> dict[str | None, list[int]]:
    """Return by place the minutes from day 0 on at which a piece of a shift would begin."""
    found: dict[str | None, set[int]] = {}
    for kind in problem.shift_types:
        times = found.setdefault(kind.place, set())
        longest = max((end for _, end in stays(kind, 0)), default=0) // DAY_MINUTES
        for day in range(-longest, problem.days):
            times.update(begin for begin, _ in stays(kind, day) if begin >= 0)
    return {place: sorted(times) for place, times in found.items()}


def _present(facts: Facts, rule: Apart) -> dict[str | None, list[Stay]]:
    """Return by place when each of those to be kept apart is there, the history included."""
    found: dict[str | None, list[Stay]] = {kind.place: [] for kind in facts.problem.shift_types}
    for staff in rule.staff:
        for day in facts.known[staff]:
            kind = facts.kind(staff, day)
            if kind is not None:
                found[kind.place] += [(*stay, staff, day < 0) for stay in stays(kind, day)]
    return found


def _crowd(facts: Facts, day: int, at: str, there: list[str], over: int, about: About) -> Breach:
    names = "、".join(facts.name(staff) for staff in there)
    names_en = ", ".join(facts.name(staff) for staff in there)
    said = (
        f"{at} {names} 共 {len(there)} 人同时在岗，应分开（最多 1 人）",
        f"{at}, {names_en}: {len(there)} present at once, to be kept apart (at most 1)",
    )
    shown = min(day, facts.problem.days - 1)
    return facts.breach(Rule.APART, None, shown, over, said, **about)


def key_workers(facts: Facts) -> Iterator[Breach]:
    """Find days of a resident on which none of their key workers is present."""
    for number, rule in enumerate(facts.problem.key_workers):
        about: About = {"weight": rule.weight, "where": ("key_workers", number)}
        for day in rule.days:
            given = [facts.roster.shift(staff, day) for staff in rule.staff]
            if not any(one is not None and one in (rule.shifts or (one,)) for one in given):
                count, resident = len(rule.staff), rule.resident
                said = (
                    f"{resident}的 {count} 位责任照护人都不在岗，至少需要 1 位",
                    f"none of the {count} key workers of {resident} is present, 1 needed",
                )
                yield facts.breach(Rule.KEY_WORKER, None, day, 1, said, **about)
