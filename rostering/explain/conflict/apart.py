"""Take a problem apart into the statements that it makes: one function a kind of part."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rostering.changes import Sentence
from rostering.changes.cells import shift_name
from rostering.explain.conflict.limits import LIMITS, about, dated
from rostering.explain.conflict.single import (
    apart_together,
    company,
    counts,
    key_workers,
    patterns,
    rotations,
    runs,
    weekend_limits,
)
from rostering.explain.conflict.statement import Statement
from rostering.heads.demand import cover_name
from rostering.heads.shortages import Availability
from rostering.parts import Cover
from rostering.problem import Problem
from rostering.rule import Rule


def statements(problem: Problem) -> list[Statement]:
    """Return everything that a problem demands, in the order in which to keep it in a conflict."""
    return [statement for kind in KINDS for statement in kind(problem)]


def cover_minimum(problem: Problem) -> Iterator[Statement]:
    """State the least heads of each cover."""
    available = Availability(problem)
    for item in problem.cover:
        if item.minimum:
            called, heads = cover_name(problem, item), len(available.able(item))
            zh = f"{called.zh}至少需要 {item.minimum} 人（{heads} 人能上）"
            en = f"{called.en} needs {item.minimum} at least ({heads} may work it)"
            yield _of_cover(problem, Rule.COVER_MINIMUM, item, zh, en)


def cover_maximum(problem: Problem) -> Iterator[Statement]:
    """State the most heads of each cover."""
    for item in problem.cover:
        if item.maximum is not None:
            called = cover_name(problem, item)
            zh, en = f"{called.zh}最多 {item.maximum} 人", f"{called.en}: {item.maximum} at most"
            yield _of_cover(problem, Rule.COVER_MAXIMUM, item, zh, en)


def _of_cover(problem: Problem, rule: Rule, item: Cover, zh: str, en: str) -> Statement:
    is_least = rule is Rule.COVER_MINIMUM
    least, most = (item.minimum, None) if is_least else (0, item.maximum)
    bounds = {"minimum": least, "wanted": least, "maximum": most}
    part = item.model_copy(update={**bounds, "under_weight": 0, "over_weight": 0})
    return Statement(rule, None, item.day, dated(problem, item.day, zh, en), "cover", part)


def fixed(problem: Problem) -> Iterator[Statement]:
    """State each pinned cell."""
    for item in problem.fixed:
        zh, en = f"固定为{shift_name(problem, item.shift)}", f"pinned to {item.shift or 'off'}"
        said = about(problem, item.staff, item.day, zh, en)
        yield Statement(Rule.FIXED, item.staff, item.day, said, "fixed", item)


def leave(problem: Problem) -> Iterator[Statement]:
    """State each day of leave."""
    for item in problem.unavailable:
        zh, en = "休假", "on leave"
        if item.from_midnight:
            zh, en = "从零点起休假", "on leave from midnight on"
        said = about(problem, item.staff, item.day, zh, en)
        yield Statement(Rule.LEAVE, item.staff, item.day, said, "unavailable", item)


def forbidden(problem: Problem) -> Iterator[Statement]:
    """State each shift that a person may not be given on a day."""
    for item in problem.forbidden:
        zh, en = f"不能上{shift_name(problem, item.shift)}", f"may not work {item.shift}"
        said = about(problem, item.staff, item.day, zh, en)
        yield Statement(Rule.FORBIDDEN, item.staff, item.day, said, "forbidden", item)


def choices(problem: Problem) -> Iterator[Statement]:
    """State each wish for one of several days that has to be granted."""
    for item in problem.choices:
        if item.weight is None:
            days = len(item.days)
            zh, en = f"{days} 天中至少满足一天的意愿", f"one of {days} days has to be granted"
            said = about(problem, item.staff, None, zh, en)
            yield Statement(Rule.CHOICE, item.staff, None, said, "choices", item)


def person_limits(problem: Problem) -> Iterator[Statement]:
    """State each limit of each person."""
    for limit in LIMITS:
        for person in problem.staff:
            value = getattr(person, limit.field)
            if value != limit.none:
                zh, en = limit.words(value)
                said = about(problem, person.id, None, zh, en)
                where, owner = f"staff.{limit.field}", f"staff/{person.id}"
                yield Statement(limit.rule, person.id, None, said, where, value, owner)


def shift_limits(problem: Problem) -> Iterator[Statement]:
    """State how often each person may work a shift type; never is fitness, and stays."""
    for person in problem.staff:
        for shift, limit in person.shift_limits.items():
            if limit:
                zh, en = f"{shift_name(problem, shift)}最多 {limit} 次", f"{shift} {limit} times"
                said = about(problem, person.id, None, zh, f"{en} at most")
                yield Statement(
                    Rule.SHIFT_LIMIT,
                    person.id,
                    None,
                    said,
                    "staff.shift_limits",
                    {shift: limit},
                    f"staff/{person.id}",
                )


def successions(problem: Problem) -> Iterator[Statement]:
    """State each shift type that may not follow another on the next day."""
    for shift in problem.shift_types:
        for after in shift.forbidden_next:
            first, second = (shift_name(problem, each) for each in (shift.id, after))
            said = Sentence(
                f"{first}的次日不能上{second}", f"{after} may not follow {shift.id} the next day"
            )
            where, owner = "shift_types.forbidden_next", f"shift_types/{shift.id}"
            yield Statement(Rule.SUCCESSION, None, None, said, where, (after,), owner)


def changes(problem: Problem) -> Iterator[Statement]:
    """State how many cells of a published roster may change."""
    if problem.max_changes is not None:
        most = problem.max_changes
        said = Sentence(f"已发布班表最多改动 {most} 处", f"{most} changes to the roster at most")
        yield Statement(Rule.CHANGES, None, None, said, "max_changes", most)


KINDS: tuple[Callable[[Problem], Iterator[Statement]], ...] = (
    cover_minimum,
    fixed,
    leave,
    forbidden,
    key_workers,
    choices,
    person_limits,
    shift_limits,
    counts,
    runs,
    weekend_limits,
    successions,
    patterns,
    rotations,
    company,
    apart_together,
    cover_maximum,
    changes,
)
