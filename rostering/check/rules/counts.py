"""How much a person works: limits on shift types and shifts, and counts over any days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rostering.check.breach import About, Breach, hours, many
from rostering.check.facts import Facts
from rostering.check.rules.minutes import overtime
from rostering.parts import CountLimit, Measure, Reach, ShiftType, Staff
from rostering.problem import Problem
from rostering.rule import Rule


def shift_limits(facts: Facts) -> Iterator[Breach]:
    """Find shift types worked more often than the person's limit."""
    for person in facts.problem.staff:
        row = facts.roster.by_staff[person.id]
        for shift, most in person.shift_limits.items():
            count = row.count(shift)
            if count > most:
                said = (
                    f"{facts.label(shift)} {count} 次，上限 {most} 次",
                    f"{shift} worked {many(count, 'time')}, limit {most}",
                )
                yield facts.breach(
                    Rule.SHIFT_LIMIT, person.id, None, count - most, said, shift=shift
                )


def assignments(facts: Facts) -> Iterator[Breach]:
    """Find people with fewer or more shifts in the period than their limits."""
    for person in facts.problem.staff:
        count = len(facts.worked[person.id])
        shifts = f"{many(count, 'shift')} in the period"
        least, most = person.min_assignments, person.max_assignments
        if count < least:
            said = f"周期 {count} 个班，至少 {least} 个", f"{shifts}, at least {least} due"
            yield facts.breach(Rule.MIN_ASSIGNMENTS, person.id, None, least - count, said)
        if most is not None and count > most:
            said = f"周期 {count} 个班，最多 {most} 个", f"{shifts}, at most {most} allowed"
            yield facts.breach(Rule.MAX_ASSIGNMENTS, person.id, None, count - most, said)


def counts(facts: Facts) -> Iterator[Breach]:
    """Find sums over the period, a week or a month that are outside a limit."""
    for number, limit in enumerate(facts.problem.counts):
        for person in facts.bound(limit.staff):
            for days, is_cut in _reaches(facts.problem, limit):
                counted = person.id in limit.past
                kinds = (facts.kind(person.id, day) for day in days if day >= 0 or not counted)
                total = _sum(limit, person, (kind for kind in kinds if kind is not None))
                if days[0] <= 0 or limit.reach is Reach.PERIOD:
                    total += limit.past.get(person.id, 0)
                day = None if limit.reach is Reach.PERIOD else max(days[0], 0)
                yield from _outside(facts, number, person, day, total, is_cut)


def _reaches(problem: Problem, limit: CountLimit) -> Iterator[tuple[Sequence[int], bool]]:
    """Yield the days that are added up together, and whether the end of the period cuts them."""
    if limit.reach is Reach.PERIOD:
        yield limit.days or range(problem.days), False
    elif limit.reach is Reach.WEEK:
        for week in problem.weeks():
            yield week, problem.date(week[-1]).weekday() != 6
    else:
        for month in problem.months():
            yield month, problem.date(month[-1] + 1).day != 1


def _sum(limit: CountLimit, person: Staff, kinds: Iterable[ShiftType]) -> int:
    counted = [kind for kind in kinds if not limit.shifts or kind.id in limit.shifts]
    if limit.measure is Measure.ASSIGNMENTS:
        return len(counted)
    if limit.measure is Measure.MINUTES:
        return sum(kind.paid_minutes for kind in counted)
    return sum(overtime(person, kind) for kind in counted)


def _outside(
    facts: Facts, number: int, person: Staff, day: int | None, total: int, is_cut: bool
) -> Iterator[Breach]:
    limit = facts.problem.counts[number]
    about: About = {"weight": limit.weight, "where": ("counts", number)}
    over_zh, over_en = _over(facts, limit)
    has_zh, has_en = _measured(limit, total)
    if total < limit.minimum and not is_cut:
        due_zh, due_en = _measured(limit, limit.minimum)
        said = f"{over_zh}{has_zh}，至少{due_zh}", f"{has_en} {over_en}, at least {due_en}"
        short = _units(limit, limit.minimum - total)
        yield facts.breach(Rule.COUNT_MINIMUM, person.id, day, short, said, **about)
    if limit.maximum is not None and total > limit.maximum:
        most_zh, most_en = _measured(limit, limit.maximum)
        said = f"{over_zh}{has_zh}，最多{most_zh}", f"{has_en} {over_en}, at most {most_en}"
        over = _units(limit, total - limit.maximum)
        yield facts.breach(Rule.COUNT_MAXIMUM, person.id, day, over, said, **about)


def _units(limit: CountLimit, distance: int) -> int:
    """Return the started units of a distance; a hard limit is told in shifts or minutes."""
    return distance if limit.weight is None else -(-distance // limit.unit)


def _over(facts: Facts, limit: CountLimit) -> tuple[str, str]:
    """Return over which days, and which shift types, a limit adds up."""
    over = {
        Reach.PERIOD: ("周期", "in the period"),
        Reach.WEEK: ("所在周", "in this week"),
        Reach.MONTH: ("所在月", "in this month"),
    }[limit.reach]
    if limit.days:
        over = f"指定的 {len(limit.days)} 天", f"on the {many(len(limit.days), 'day')} named"
    of_en = f"of {'/'.join(limit.shifts)} " if limit.shifts else ""
    return f"{over[0]}{facts.labels(limit.shifts)}", f"{of_en}{over[1]}"


def _measured(limit: CountLimit, amount: int) -> tuple[str, str]:
    if limit.measure is Measure.ASSIGNMENTS:
        return f" {amount} {'次' if limit.shifts else '个班'}", many(amount, "shift")
    if limit.measure is Measure.MINUTES:
        return f" {hours(amount)} 小时", f"{hours(amount)} h"
    return f"加班 {hours(amount)} 小时", f"{hours(amount)} h of overtime"
