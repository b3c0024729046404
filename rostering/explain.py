"""Say in Chinese and English what a result means: which rules collide, and what a roster costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rostering.check import cost_items
from rostering.days import when
from rostering.parts import Cover, Staff
from rostering.problem import Problem
from rostering.result import Result, Status
from rostering.rule import Rule
from rostering.violation import CostItem


@dataclass(frozen=True)
class Sentence:
    """The same said in Chinese and in English."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"


def explain(result: Result) -> list[Sentence]:
    """Return what a result means: how it ended, what gives way and why, what the roster costs."""
    said = [_ending(result), *(Sentence(item.zh, item.en) for item in result.relaxations)]
    if result.status in (Status.INFEASIBLE, Status.NO_ROSTER):
        said += shortages(result.problem)
    if result.roster is not None:
        said += costs(cost_items(result.problem, result.roster))
    return said


def shortages(problem: Problem) -> list[Sentence]:
    """Return the days and shifts that need more people than may work them, whatever else holds."""
    away = {(item.staff, item.day) for item in problem.unavailable}
    pinned = {(item.staff, item.day): item.shift for item in problem.fixed}
    free = {
        day: [
            person
            for person in problem.staff
            if (person.id, day) not in away and pinned.get((person.id, day), "") is not None
        ]
        for day in range(problem.days)
    }
    found = [*_short_shifts(problem, free, pinned), *_short_days(problem, free)]
    return [sentence for _, sentence in sorted(found, key=lambda pair: pair[0])]


def costs(items: list[CostItem]) -> list[Sentence]:
    """Return what a roster pays, one sentence a soft rule, the dearest first."""
    by_rule: dict[Rule, list[CostItem]] = defaultdict(list)
    for item in items:
        by_rule[item.rule].append(item)
    totals = {rule: sum(item.cost for item in group) for rule, group in by_rule.items()}
    return [
        Sentence(
            f"{rule.zh}：{sum(item.amount for item in by_rule[rule])} 处，代价 {total}",
            f"{rule.en}: {sum(item.amount for item in by_rule[rule])}, at a cost of {total}",
        )
        for rule, total in sorted(totals.items(), key=lambda pair: -pair[1])
    ]


def _ending(result: Result) -> Sentence:
    count = len(result.relaxations)
    cost, bound = result.cost, result.bound
    match result.status:
        case Status.OPTIMAL:
            return Sentence(f"已证明最优，代价 {cost}", f"proven best, at a cost of {cost}")
        case Status.FEASIBLE:
            return Sentence(
                f"满足全部硬性规则，代价 {cost}，下界 {_known(bound, '未知')}",
                f"keeps every hard rule, at a cost of {cost}, bound {_known(bound, 'unknown')}",
            )
        case Status.INFEASIBLE:
            return Sentence(
                f"没有能同时满足全部硬性规则的排班；最接近的排班放宽 {count} 处",
                f"no roster keeps every hard rule; the nearest one relaxes {count}",
            )
        case Status.NO_ROSTER:
            return Sentence(
                f"限时内没有找到满足全部硬性规则的排班；最接近的排班放宽 {count} 处",
                f"none that keeps every hard rule was found in time; the nearest relaxes {count}",
            )
        case Status.CANCELLED:
            return Sentence(
                f"已取消；目前最好的代价 {_known(cost, '无')}",
                f"cancelled; best cost so far {_known(cost, 'none')}",
            )


def _short_shifts(
    problem: Problem,
    free: dict[int, list[Staff]],
    pinned: dict[tuple[str, int], str | None],
) -> Iterator[tuple[int, Sentence]]:
    for item in problem.cover:
        able = [
            person
            for person in free[item.day]
            if _fits(problem, person, item)
            and pinned.get((person.id, item.day), item.shift) == item.shift
        ]
        if len(able) < item.minimum:
            shift = problem.shift_by_id[item.shift].name or item.shift
            zh, en = when(problem, item.day)
            yield (
                item.day,
                Sentence(
                    f"{zh} {shift}至少需要 {item.minimum} 人，只有 {len(able)} 人可以上",
                    f"{en} {item.shift}: {item.minimum} needed, only {len(able)} may work it",
                ),
            )


def _short_days(problem: Problem, free: dict[int, list[Staff]]) -> Iterator[tuple[int, Sentence]]:
    needed: dict[int, dict[str, int]] = defaultdict(dict)
    for item in problem.cover:  # heads with a skill are heads of the shift as well
        of_day = needed[item.day]
        of_day[item.shift] = max(of_day.get(item.shift, 0), item.minimum)
    for day, shifts in needed.items():
        total = sum(shifts.values())
        if total > len(free[day]):
            zh, en = when(problem, day)
            yield (
                day,
                Sentence(
                    f"{zh} 各班次合计至少需要 {total} 人，只有 {len(free[day])} 人可以上班",
                    f"{en}: {total} needed over all shifts, only {len(free[day])} may work",
                ),
            )


def _fits(problem: Problem, person: Staff, item: Cover) -> bool:
    skilled = item.skill is None or item.skill in person.skills
    return skilled and problem.may_work(person, problem.shift_by_id[item.shift])


def _known(number: int | None, otherwise: str) -> str:
    return otherwise if number is None else str(number)
