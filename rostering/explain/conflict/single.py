"""Statements of limits beside people: runs, counts, weekends; and of rules between people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from rostering.changes import Sentence
from rostering.changes.cells import shift_name
from rostering.explain.conflict.limits import about, dated, hours, name_of
from rostering.explain.conflict.statement import Statement
from rostering.parts import CountLimit, Limit, Measure, Pattern, PatternKind, Reach, RunLimit, RunOf
from rostering.problem import Problem
from rostering.rule import Rule

L = TypeVar("L", bound=Limit)

RUNS = {
    RunOf.WORK: ("工作", "days worked"),
    RunOf.OFF: ("休息", "days off"),
    RunOf.NIGHTS: ("上夜班", "nights"),
}
REACHES = {
    Reach.PERIOD: ("整个周期", "in the period"),
    Reach.WEEK: ("每周", "a week"),
    Reach.MONTH: ("每月", "a month"),
}
CELLS = {
    PatternKind.OFF: ("休息", "off"),
    PatternKind.WORK: ("上班", "work"),
    PatternKind.ANY: ("任意", "any"),
}


def runs(problem: Problem) -> Iterator[Statement]:
    """State the least and the most days in a row."""
    for limit in _hard(problem.runs):
        zh, en = _run_words(problem, limit)
        if limit.minimum > 1:
            words = f"至少连续{zh} {limit.minimum} 天", f"at least {limit.minimum} {en} running"
            part = limit.model_copy(update={"maximum": None})
            yield from _each(problem, Rule.RUN_MINIMUM, "runs", part, *words)
        if limit.maximum is not None:
            words = f"最多连续{zh} {limit.maximum} 天", f"at most {limit.maximum} {en} running"
            part = limit.model_copy(update={"minimum": 1})
            yield from _each(problem, Rule.RUN_MAXIMUM, "runs", part, *words)


def counts(problem: Problem) -> Iterator[Statement]:
    """State the least and the most shifts, hours or overtime."""
    for limit in _hard(problem.counts):
        what = _count_words(problem, limit)
        if limit.minimum:
            part = limit.model_copy(update={"maximum": None})
            words = _counted(limit, what, limit.minimum, "至少", "at least")
            yield from _each(problem, Rule.COUNT_MINIMUM, "counts", part, *words)
        if limit.maximum is not None:
            part = limit.model_copy(update={"minimum": 0})
            words = _counted(limit, what, limit.maximum, "最多", "at most")
            yield from _each(problem, Rule.COUNT_MAXIMUM, "counts", part, *words)


def weekend_limits(problem: Problem) -> Iterator[Statement]:
    """State how many weekends, how many in a row, and whether whole."""
    none: dict[str, Any] = {"maximum": None, "max_consecutive": None, "complete": False}
    for limit in _hard(problem.weekend_limits):
        for field, rule, zh, en in (
            ("maximum", Rule.WEEKENDS, "最多 {} 个周末上班", "at most {} weekends worked"),
            (
                "max_consecutive",
                Rule.CONSECUTIVE_WEEKENDS,
                "最多连续 {} 个周末上班",
                "at most {} weekends running",
            ),
            ("complete", Rule.COMPLETE_WEEKENDS, "周末两天都上班或都休息", "weekends whole"),
        ):
            value = getattr(limit, field)
            if value != none[field]:
                part = limit.model_copy(update={**none, field: value})
                words = zh.format(value), en.format(value)
                yield from _each(problem, rule, "weekend_limits", part, *words)


def patterns(problem: Problem) -> Iterator[Statement]:
    """State each sequence of days that must not occur."""
    for limit in _hard(problem.patterns):
        zh, en = _pattern_words(problem, limit)
        words = f"不能出现：{zh}", f"never: {en}"
        yield from _each(problem, Rule.PATTERN, "patterns", limit, *words)


def rotations(problem: Problem) -> Iterator[Statement]:
    """State each order of shift types."""
    for limit in _hard(problem.rotations):
        groups = [[shift_name(problem, shift) for shift in group] for group in limit.order]
        zh = "班次按顺序轮换：" + " → ".join("/".join(group) for group in groups)
        en = "shifts in the order " + " → ".join("/".join(group) for group in limit.order)
        yield from _each(problem, Rule.ROTATION, "rotations", limit, zh, en)


def _hard(limits: Sequence[L]) -> Iterator[L]:
    return (limit for limit in limits if limit.weight is None)


def _each(
    problem: Problem, rule: Rule, field: str, limit: Limit, zh: str, en: str
) -> Iterator[Statement]:
    for staff in limit.staff or [person.id for person in problem.staff]:
        part = limit.model_copy(update={"staff": (staff,)})
        yield Statement(rule, staff, None, about(problem, staff, None, zh, en), field, part)


def _run_words(problem: Problem, limit: RunLimit) -> tuple[str, str]:
    if limit.of is not RunOf.SHIFTS:
        return RUNS[limit.of]
    return f"上{_names(problem, limit.shifts)}", f"{'/'.join(limit.shifts)} shifts"


def _count_words(problem: Problem, limit: CountLimit) -> tuple[str, str]:
    zh = _names(problem, limit.shifts) if limit.shifts else ""
    en = f" of {'/'.join(limit.shifts)}" if limit.shifts else ""
    if limit.days:
        zh, en = f"{zh}在 {len(limit.days)} 个指定日", f"{en} on {len(limit.days)} given days"
    if limit.measure is Measure.OVERTIME:
        return f"{zh}加班", f"overtime{en}"
    return zh, en


def _counted(
    limit: CountLimit, what: tuple[str, str], amount: int, zh: str, en: str
) -> tuple[str, str]:
    in_shifts = limit.measure is Measure.ASSIGNMENTS
    number = f"{amount} 班" if in_shifts else f"{hours(amount)} 小时"
    number_en = f"{amount} shifts" if in_shifts else f"{hours(amount)} h"
    reach_zh, reach_en = REACHES[limit.reach]
    return f"{reach_zh}{what[0]}{zh} {number}", f"{en} {number_en} {what[1].strip()} {reach_en}"


def _pattern_words(problem: Problem, limit: Pattern) -> tuple[str, str]:
    if limit.name:
        return limit.name, limit.name
    zh = [
        CELLS[cell][0] if isinstance(cell, PatternKind) else _names(problem, cell)
        for cell in limit.cells
    ]
    en = [
        CELLS[cell][1] if isinstance(cell, PatternKind) else "/".join(cell) for cell in limit.cells
    ]
    return " → ".join(zh), " → ".join(en)


def _names(problem: Problem, shifts: Sequence[str]) -> str:
    return "/".join(shift_name(problem, shift) for shift in shifts)


def company(problem: Problem) -> Iterator[Statement]:
    """State who may not work alone, person by person."""
    for item in problem.company:
        if item.weight is None:
            by = "、".join(name_of(problem, staff) for staff in item.by)
            zh = f"上班时须有{by or '别人'}同在" + (f"（{item.name}）" if item.name else "")
            en = f"works only with {by or 'somebody else'} present"
            for staff in item.staff or [person.id for person in problem.staff]:
                said = about(problem, staff, None, zh, en)
                part = item.model_copy(update={"staff": (staff,)})
                yield Statement(Rule.COMPANY, staff, None, said, "company", part)


def apart_together(problem: Problem) -> Iterator[Statement]:
    """State who is kept apart, and who has to work together."""
    for apart in problem.apart:
        if apart.weight is None:
            names = "、".join(name_of(problem, staff) for staff in apart.staff)
            said = Sentence(f"{names}不能同时上班", f"{names} are kept apart")
            yield Statement(Rule.APART, None, None, said, "apart", apart)
    for pair in problem.together:
        if pair.weight is None:
            names = "、".join(name_of(problem, staff) for staff in pair.staff)
            said = Sentence(f"{names}同班", f"{names} work together")
            yield Statement(Rule.TOGETHER, None, None, said, "together", pair)


def key_workers(problem: Problem) -> Iterator[Statement]:
    """State each day on which a resident's key worker has to be present."""
    for item in problem.key_workers:
        names = "、".join(name_of(problem, staff) for staff in item.staff)
        for day in item.days if item.weight is None else ():
            zh = f"{item.resident} 的责任照护人（{names}）须有一人在岗"
            en = f"a key worker of {item.resident} ({names}) has to be present"
            said = dated(problem, day, zh, en)
            part = item.model_copy(update={"days": (day,)})
            yield Statement(Rule.KEY_WORKER, None, day, said, "key_workers", part)
