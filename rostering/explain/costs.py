"""What a roster pays: by rule, by person and by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from rostering.changes import Sentence
from rostering.check import cost_items
from rostering.days import when
from rostering.problem import Problem
from rostering.roster import Roster
from rostering.rule import Rule
from rostering.violation import CostItem

Key = TypeVar("Key")


@dataclass(frozen=True)
class CostTables:
    """The cost of a roster laid out three ways, each the dearest first.

    Parameters
    ----------
    by_rule, by_staff, by_day
        Cost of each rule, person's id and day; None stands for what concerns nobody, or no day, in
        particular.
    by_rule_and_staff
        Cost of each rule and person.
    """

    total: int
    by_rule: dict[Rule, int]
    by_staff: dict[str | None, int]
    by_day: dict[int | None, int]
    by_rule_and_staff: dict[tuple[Rule, str | None], int]

    def sentences(self, problem: Problem) -> list[Sentence]:
        """Return every line of the tables in words."""
        rules = [Sentence(f"{r.zh}：代价 {c}", f"{r.en}: {c}") for r, c in self.by_rule.items()]
        people = [_of_person(problem, person, c) for person, c in self.by_staff.items()]
        days = [_of_day(problem, day, c) for day, c in self.by_day.items()]
        return [*rules, *people, *days]


def cost_by(problem: Problem, roster: Roster) -> CostTables:
    """Return the cost of a roster by rule, by person and by day; nothing that is free."""
    items = cost_items(problem, roster)
    return CostTables(
        total=sum(item.cost for item in items),
        by_rule=_summed(items, lambda item: item.rule),
        by_staff=_summed(items, lambda item: item.staff),
        by_day=_summed(items, lambda item: item.day),
        by_rule_and_staff=_summed(items, lambda item: (item.rule, item.staff)),
    )


def costs(items: list[CostItem]) -> list[Sentence]:
    """Return what a roster pays, one sentence a soft rule, the dearest first."""
    places = Counter[Rule]()
    for item in items:
        places[item.rule] += item.amount
    return [
        Sentence(
            f"{rule.zh}：{places[rule]} 处，代价 {total}",
            f"{rule.en}: {places[rule]}, at a cost of {total}",
        )
        for rule, total in _summed(items, lambda item: item.rule).items()
    ]


def _summed(items: Iterable[CostItem], key: Callable[[CostItem], Key]) -> dict[Key, int]:
    totals: dict[Key, int] = {}
    for item in items:
        totals[key(item)] = totals.get(key(item), 0) + item.cost
    return dict(sorted(totals.items(), key=lambda pair: -pair[1]))


def _of_person(problem: Problem, staff: str | None, cost: int) -> Sentence:
    if staff is None:
        return Sentence(f"不涉及某一个人：代价 {cost}", f"nobody in particular: {cost}")
    name = problem.staff_by_id[staff].name or staff
    return Sentence(f"{name}：代价 {cost}", f"{name}: {cost}")


def _of_day(problem: Problem, day: int | None, cost: int) -> Sentence:
    if day is None:
        return Sentence(f"不涉及某一天：代价 {cost}", f"no day in particular: {cost}")
    zh, en = when(problem, day)
    return Sentence(f"{zh}：代价 {cost}", f"{en}: {cost}")
