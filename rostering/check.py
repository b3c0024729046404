"""Recount a roster: every hard rule it breaks. Independent of any model.

This module knows the problem and the roster only. It shares no expression with the models, so that
a mistake there shows here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rostering.days import Run, runs, when
from rostering.parts import Staff
from rostering.problem import Problem
from rostering.roster import Roster, Row
from rostering.rule import Rule
from rostering.violation import Violation

DAY_MINUTES = 24 * 60


def check(problem: Problem, roster: Roster) -> list[Violation]:
    """Return every hard rule that a roster breaks, in the order of the rules.

    Raises
    ------
    ValueError
        If the roster is not one of this problem: other people, days or shift types.
    """
    _same_shape(problem, roster)
    found: list[Violation] = []
    for person in problem.staff:
        row = roster.by_staff[person.id]
        for rule in PERSONAL:
            found.extend(rule(problem, person, row))
    for concerning_all in (fixed, leave, cover):
        found.extend(concerning_all(problem, roster))
    return found


def assignable(problem: Problem, person: Staff, row: Row) -> Iterator[Violation]:
    """Find shifts that a person is not fit for: skill missing, or no night work."""
    for day, shift in _worked(row):
        kind = problem.shift_by_id[shift]
        missing = kind.skill is not None and kind.skill not in person.skills
        if missing or (kind.is_night and person.no_night):
            zh = f"不能上{_shift(problem, shift)}" + (
                f"（缺少技能：{kind.skill}）" if missing else "（不上夜班）"
            )
            why = f"lacks the skill {kind.skill}" if missing else "does no night work"
            yield _of(problem, Rule.ASSIGNABLE, person, day, 1, zh, f"cannot work {shift}: {why}")


def succession(problem: Problem, person: Staff, row: Row) -> Iterator[Violation]:
    """Find shifts on the day after one that forbids them."""
    cells = _with_history(problem, person, row)
    for day in range(problem.days):
        before, shift = cells.get(day - 1), cells[day]
        if before and shift and shift in problem.shift_by_id[before].forbidden_next:
            zh = f"前一天为{_shift(problem, before)}，不能接{_shift(problem, shift)}"
            en = f"{shift} may not follow {before}"
            yield _of(problem, Rule.SUCCESSION, person, day, 1, zh, en)


def rest(problem: Problem, person: Staff, row: Row) -> Iterator[Violation]:
    """Find shifts that begin too soon after the end of the one before."""
    if person.min_rest_minutes is None:
        return
    end = None
    for day, shift in sorted(_with_history(problem, person, row).items()):
        if shift is None:
            continue
        kind = problem.shift_by_id[shift]
        begin = day * DAY_MINUTES + (kind.start or 0)
        if end is not None and day >= 0 and begin - end < person.min_rest_minutes:
            short = person.min_rest_minutes - (begin - end)
            zh = f"班间休息 {_hours(begin - end)} 小时，少于 {_hours(person.min_rest_minutes)} 小时"
            en = f"{_hours(begin - end)} h of rest, {_hours(person.min_rest_minutes)} h needed"
            yield _of(problem, Rule.REST, person, day, short, zh, en)
        end = begin + kind.minutes


def shift_limits(problem: Problem, person: Staff, row: Row) -> Iterator[Violation]:
    """Find shift types worked more often than the person's limit."""
    for shift, limit in person.shift_limits.items():
        count = row.count(shift)
        if count > limit:
            zh = f"{_shift(problem, shift)} {count} 次，上限 {limit} 次"
            en = f"{shift} worked {count} times, limit {limit}"
            yield _of(problem, Rule.SHIFT_LIMIT, person, None, count - limit, zh, en)


def minutes(problem: Problem, person: Staff, row: Row) -> Iterator[Violation]:
    """Find totals of paid minutes outside the person's limits of the period."""
    total = sum(problem.shift_by_id[shift].paid_minutes for _, shift in _worked(row))
    if total < person.min_minutes:
        zh = f"周期工时 {_hours(total)} 小时，少于 {_hours(person.min_minutes)} 小时"
        en = f"{_hours(total)} h in the period, at least {_hours(person.min_minutes)} h due"
        short = person.min_minutes - total
        yield _of(problem, Rule.MIN_MINUTES, person, None, short, zh, en)
    if person.max_minutes is not None and total > person.max_minutes:
        zh = f"周期工时 {_hours(total)} 小时，超过 {_hours(person.max_minutes)} 小时"
        en = f"{_hours(total)} h in the period, at most {_hours(person.max_minutes)} h allowed"
        over = total - person.max_minutes
        yield _of(problem, Rule.MAX_MINUTES, person, None, over, zh, en)


def week_minutes(problem: Problem, person: Staff, row: Row) -> Iterator[Violation]:
    """Find calendar weeks with more paid minutes than the person may work, past days included."""
    limit = person.max_week_minutes
    if limit is None:
        return
    totals: dict[int, int] = {}
    for day, shift in _with_history(problem, person, row).items():
        monday = day - problem.date(day).weekday()
        paid = problem.shift_by_id[shift].paid_minutes if shift else 0
        totals[monday] = totals.get(monday, 0) + paid
    for monday, total in sorted(totals.items()):
        if total > limit and monday > -7:
            zh = f"所在周工时 {_hours(total)} 小时，超过 {_hours(limit)} 小时"
            en = f"{_hours(total)} h in this week, at most {_hours(limit)} h allowed"
            day = max(monday, 0)
            yield _of(problem, Rule.WEEK_MINUTES, person, day, total - limit, zh, en)


def longest_runs(problem: Problem, person: Staff, row: Row) -> Iterator[Violation]:
    """Find runs of worked days beyond the person's longest; days before the period count."""
    limit = person.max_consecutive_days
    for run in _runs(problem, person, row, worked=True):
        over = 0 if limit is None else min(run.length - limit, run.last + 1)
        if over > 0:
            zh = f"连续工作 {run.length} 天，最多 {limit} 天"
            en = f"{run.length} days worked running, at most {limit}"
            day = run.last - over + 1
            yield _of(problem, Rule.MAX_CONSECUTIVE_DAYS, person, day, over, zh, en)


def shortest_runs(problem: Problem, person: Staff, row: Row) -> Iterator[Violation]:
    """Find runs of worked days, begun and ended within the known days, that are too short."""
    least, rule = person.min_consecutive_days, Rule.MIN_CONSECUTIVE_DAYS
    for run in _runs(problem, person, row, worked=True):
        yield from _too_short(problem, person, run, least, rule, "工作", "run")


def shortest_rests(problem: Problem, person: Staff, row: Row) -> Iterator[Violation]:
    """Find runs of days off, begun and ended within the known days, that are too short."""
    least, rule = person.min_consecutive_days_off, Rule.MIN_CONSECUTIVE_DAYS_OFF
    for run in _runs(problem, person, row, worked=False):
        yield from _too_short(problem, person, run, least, rule, "休息", "rest")


def _too_short(
    problem: Problem, person: Staff, run: Run, least: int, rule: Rule, what: str, what_en: str
) -> Iterator[Violation]:
    if run.is_whole and run.length < least:
        zh = f"只连续{what} {run.length} 天，至少 {least} 天"
        en = f"a {what_en} of {run.length} days, {least} due"
        yield _of(problem, rule, person, max(run.first, 0), least - run.length, zh, en)


def weekends(problem: Problem, person: Staff, row: Row) -> Iterator[Violation]:
    """Find more worked weekends than the person's limit."""
    limit = person.max_weekends
    saturdays = {
        day - problem.date(day).weekday()
        for day, _ in _worked(row)
        if problem.date(day).weekday() > 4
    }
    if limit is not None and len(saturdays) > limit:
        zh = f"{len(saturdays)} 个周末上班，上限 {limit} 个"
        en = f"{len(saturdays)} weekends worked, limit {limit}"
        yield _of(problem, Rule.WEEKENDS, person, None, len(saturdays) - limit, zh, en)


def fixed(problem: Problem, roster: Roster) -> Iterator[Violation]:
    """Find pinned cells that hold something else."""
    for item in problem.fixed:
        if roster.shift(item.staff, item.day) != item.shift:
            person = problem.staff_by_id[item.staff]
            zh = f"固定为{_shift(problem, item.shift)}，未安排"
            en = f"pinned to {item.shift or 'off'}, assigned otherwise"
            yield _of(problem, Rule.FIXED, person, item.day, 1, zh, en)


def leave(problem: Problem, roster: Roster) -> Iterator[Violation]:
    """Find shifts on days of leave."""
    for item in problem.unavailable:
        shift = roster.shift(item.staff, item.day)
        if shift is not None:
            person = problem.staff_by_id[item.staff]
            zh, en = f"休假日安排了{_shift(problem, shift)}", f"assigned {shift} on a day of leave"
            yield _of(problem, Rule.LEAVE, person, item.day, 1, zh, en)


def cover(problem: Problem, roster: Roster) -> Iterator[Violation]:
    """Find shifts with fewer heads than the minimum or more than the maximum."""
    for item in problem.cover:
        heads = sum(
            roster.shift(person.id, item.day) == item.shift
            for person in problem.staff
            if item.skill is None or item.skill in person.skills
        )
        zh, en = when(problem, item.day)
        zh = f"{zh} {_shift(problem, item.shift)}" + (f"（{item.skill}）" if item.skill else "")
        en = f"{en} {item.shift}" + (f" ({item.skill})" if item.skill else "")
        if heads < item.minimum:
            short = item.minimum - heads
            zh, en = (
                f"{zh}：{heads} 人，至少需要 {item.minimum} 人",
                f"{en}: {heads} of {item.minimum}",
            )
            yield Violation(Rule.COVER_MINIMUM, None, item.day, short, zh, f"{en} people needed")
        if item.maximum is not None and heads > item.maximum:
            over = heads - item.maximum
            zh, en = (
                f"{zh}：{heads} 人，最多 {item.maximum} 人",
                f"{en}: {heads}, at most {item.maximum}",
            )
            yield Violation(Rule.COVER_MAXIMUM, None, item.day, over, zh, en)


PERSONAL: tuple[Callable[[Problem, Staff, Row], Iterator[Violation]], ...] = (
    assignable,
    succession,
    rest,
    shift_limits,
    minutes,
    week_minutes,
    longest_runs,
    shortest_runs,
    shortest_rests,
    weekends,
)


def _worked(row: Row) -> Iterator[tuple[int, str]]:
    return ((day, shift) for day, shift in enumerate(row) if shift is not None)


def _with_history(problem: Problem, person: Staff, row: Row) -> dict[int, str | None]:
    past = problem.history_by_staff[person.id]
    return dict(enumerate((*past, *row), start=-len(past)))


def _runs(problem: Problem, person: Staff, row: Row, *, worked: bool) -> Iterator[Run]:
    past = problem.history_by_staff[person.id]
    return runs([cell is not None for cell in (*past, *row)], -len(past), worked)


def _same_shape(problem: Problem, roster: Roster) -> None:
    if roster.staff != tuple(person.id for person in problem.staff):
        raise ValueError("排班表与问题的人员不一致 / the roster is of other people")
    known = {None, *problem.shift_by_id}
    for person, row in roster.by_staff.items():
        if len(row) != problem.days or not known.issuperset(row):
            zh = f"{person} 的一行与问题的天数或班次不一致"
            raise ValueError(f"{zh} / the row of {person} has other days or shift types")


def _of(
    problem: Problem, rule: Rule, person: Staff, day: int | None, amount: int, zh: str, en: str
) -> Violation:
    """Return a violation of a person whose sentences begin with who and when."""
    name = person.name or person.id
    on_zh, on_en = when(problem, day) if day is not None else ("", "")
    who_zh, who_en = f"{name} {on_zh}".strip(), f"{name} {on_en}".strip()
    return Violation(rule, person.id, day, amount, f"{who_zh}：{zh}", f"{who_en}: {en}")


def _shift(problem: Problem, shift: str | None) -> str:
    return "休息" if shift is None else problem.shift_by_id[shift].name or shift


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
