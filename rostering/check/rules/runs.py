"""Days in a row: the runs of a person's own limits and those of run limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rostering.check.breach import HARD, About, Breach, many
from rostering.check.facts import Facts
from rostering.days import Run
from rostering.days import runs as runs_of
from rostering.parts import RunLimit, RunOf, Staff
from rostering.rule import Rule

Belongs = Callable[[str | None], bool]


def longest_runs(facts: Facts) -> Iterator[Breach]:
    """Find runs of worked days beyond the person's longest; days before the period count."""
    rule = Rule.MAX_CONSECUTIVE_DAYS
    for person in facts.problem.staff:
        most = person.max_consecutive_days
        for run in _runs(facts, person, _is_work) if most is not None else ():
            yield from _too_long(facts, rule, person, run, most, ("工作", "worked"), HARD)


def shortest_runs(facts: Facts) -> Iterator[Breach]:
    """Find runs of worked days, begun and ended within the known days, that are too short."""
    rule = Rule.MIN_CONSECUTIVE_DAYS
    for person in facts.problem.staff:
        least = person.min_consecutive_days
        for run in _runs(facts, person, _is_work) if least > 1 else ():
            yield from _too_short(facts, rule, person, run, least, ("工作", "worked"), HARD)


def shortest_rests(facts: Facts) -> Iterator[Breach]:
    """Find runs of days off, begun and ended within the known days, that are too short."""
    rule = Rule.MIN_CONSECUTIVE_DAYS_OFF
    for person in facts.problem.staff:
        least = person.min_consecutive_days_off
        for run in _runs(facts, person, _is_off) if least > 1 else ():
            yield from _too_short(facts, rule, person, run, least, ("休息", "off"), HARD)


def runs(facts: Facts) -> Iterator[Breach]:
    """Find runs outside a run limit: of work, of days off, of nights or of some shift types."""
    for number, limit in enumerate(facts.problem.runs):
        about: About = {"weight": limit.weight, "where": ("runs", number)}
        belongs, what = _belonging(facts, limit)
        for person in facts.bound(limit.staff):
            for run in _runs(facts, person, belongs):
                yield from _too_short(
                    facts, Rule.RUN_MINIMUM, person, run, limit.minimum, what, about
                )
                yield from _too_long(
                    facts, Rule.RUN_MAXIMUM, person, run, limit.maximum, what, about
                )


def _belonging(facts: Facts, limit: RunLimit) -> tuple[Belongs, tuple[str, str]]:
    """Return which cells belong to the runs of a limit, and what to call them."""
    if limit.of is RunOf.WORK:
        return _is_work, ("工作", "worked")
    if limit.of is RunOf.OFF:
        return _is_off, ("休息", "off")
    if limit.of is RunOf.NIGHTS:
        nights = {kind.id for kind in facts.problem.shift_types if kind.is_night}
        return nights.__contains__, ("夜班", "of nights")
    said = facts.labels(limit.shifts), f"of {'/'.join(limit.shifts)}"
    return set(limit.shifts).__contains__, said


def _is_work(cell: str | None) -> bool:
    return cell is not None


def _is_off(cell: str | None) -> bool:
    return cell is None


def _runs(facts: Facts, person: Staff, belongs: Belongs) -> Iterator[Run]:
    cells = facts.known[person.id]
    first = -len(facts.problem.history_by_staff[person.id])
    return runs_of([belongs(cell) for cell in cells.values()], first, True)


def _too_long(
    facts: Facts,
    rule: Rule,
    person: Staff,
    run: Run,
    most: int | None,
    what: tuple[str, str],
    about: About,
) -> Iterator[Breach]:
    """Find the days of the period by which a run is too long."""
    over = 0 if most is None else min(run.length - most, run.last + 1)
    if over > 0:
        said = (
            f"连续{what[0]} {run.length} 天，最多 {most} 天",
            (f"{many(run.length, 'day')} {what[1]} in a row, at most {most}"),
        )
        yield facts.breach(rule, person.id, run.last - over + 1, over, said, **about)


def _too_short(
    facts: Facts,
    rule: Rule,
    person: Staff,
    run: Run,
    least: int,
    what: tuple[str, str],
    about: About,
) -> Iterator[Breach]:
    if run.is_whole and run.length < least:
        said = (
            f"只连续{what[0]} {run.length} 天，至少 {least} 天",
            (f"only {many(run.length, 'day')} {what[1]} in a row, {least} due"),
        )
        day = max(run.first, 0)
        yield facts.breach(rule, person.id, day, least - run.length, said, **about)
