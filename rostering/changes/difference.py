"""Two rosters of one problem, recounted and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from rostering.check import check, cost_items
from rostering.problem import Problem
from rostering.roster import Roster
from rostering.rule import Rule
from rostering.sentence import Sentence
from rostering.violation import CostItem, Violation

Found = TypeVar("Found", Violation, CostItem)


@dataclass(frozen=True)
class Count:
    """What a roster breaks and what it pays."""

    violations: tuple[Violation, ...]
    items: tuple[CostItem, ...]

    @cached_property
    def cost(self) -> int:
        """Return the whole cost."""
        return sum(item.cost for item in self.items)

    @cached_property
    def by_rule(self) -> Counter[Rule]:
        """Return the cost by rule."""
        totals: Counter[Rule] = Counter()
        for item in self.items:
            totals[item.rule] += item.cost
        return totals


@dataclass(frozen=True)
class Difference:
    """What a second roster brings against a first.

    Parameters
    ----------
    new
        Hard rules that only the second breaks, or breaks by more.
    gone
        Hard rules that only the first breaks, or breaks by more.
    cost
        Cost of the second less cost of the first.
    by_rule
        The same by soft rule, without those that stay equal.
    paid, saved
        Cost items that only the second, or only the first, has.
    """

    new: tuple[Violation, ...]
    gone: tuple[Violation, ...]
    cost: int
    by_rule: dict[Rule, int]
    paid: tuple[CostItem, ...] = ()
    saved: tuple[CostItem, ...] = ()

    @property
    def is_allowed(self) -> bool:
        """Return whether no hard rule is broken that was not broken before."""
        return not self.new

    def sentences(self) -> list[Sentence]:
        """Return what is broken, what is mended, and how the cost changes rule by rule."""
        return [*self._broken(), *self._mended(), *self._costs()]

    def summary(self) -> Sentence:
        """Return the same as one sentence: what it breaks, or that it breaks nothing, and costs."""
        cost = self._cost()
        if not self.new:
            return Sentence(f"不违反硬性规则，{cost.zh}", f"breaks no hard rule, {cost.en}")
        zh = "；".join(item.zh for item in self.new)
        en = "; ".join(item.en for item in self.new)
        return Sentence(f"会违反 {zh}；{cost.zh}", f"would break {en}; {cost.en}")

    def _cost(self) -> Sentence:
        if not self.by_rule:
            return Sentence("代价不变", "at the same cost")
        zh = "、".join(f"{rule.zh} {cost:+d}" for rule, cost in self.by_rule.items())
        en = ", ".join(f"{rule.en} {cost:+d}" for rule, cost in self.by_rule.items())
        return Sentence(f"代价 {self.cost:+d}（{zh}）", f"cost {self.cost:+d} ({en})")

    def _broken(self) -> Iterator[Sentence]:
        for item in self.new:
            yield Sentence(f"违反{item.rule.zh}：{item.zh}", f"breaks {item.rule.en}: {item.en}")

    def _mended(self) -> Iterator[Sentence]:
        for item in self.gone:
            zh, en = f"不再违反{item.rule.zh}：{item.zh}", f"mends {item.rule.en}: {item.en}"
            yield Sentence(zh, en)

    def _costs(self) -> Iterator[Sentence]:
        dearest_first = sorted(self.by_rule.items(), key=lambda pair: -pair[1])
        for rule, cost in dearest_first:
            yield Sentence(f"{rule.zh}：代价 {cost:+d}", f"{rule.en}: cost {cost:+d}")


def recount(problem: Problem, roster: Roster) -> Count:
    """Return what a roster breaks and pays, counted from scratch."""
    return Count(tuple(check(problem, roster)), tuple(cost_items(problem, roster)))


def difference(before: Count, after: Count) -> Difference:
    """Return what the second of two counts of one problem brings."""
    return Difference(
        new=_grown(before.violations, after.violations),
        gone=_grown(after.violations, before.violations),
        cost=after.cost - before.cost,
        by_rule=_changed_costs(before, after),
        paid=_only(before.items, after.items),
        saved=_only(after.items, before.items),
    )


def _grown(small: tuple[Violation, ...], large: tuple[Violation, ...]) -> tuple[Violation, ...]:
    """Return what the second breaks, and the first not or by less."""
    known = Counter[tuple[object, ...]]()
    for item in _only(large, small):
        known[_place(item)] += item.amount
    return tuple(item for item in _only(small, large) if _exceeds(item, known))


def _exceeds(item: Violation, known: Counter[tuple[object, ...]]) -> bool:
    place = _place(item)
    left = known[place]
    known[place] = max(0, left - item.amount)
    return item.amount > left


def _place(item: Violation) -> tuple[object, ...]:
    return item.rule, item.staff, item.day, item.where


def _only(first: Iterable[Found], second: Iterable[Found]) -> tuple[Found, ...]:
    """Return what is in the second and not in the first, in order."""
    left = Counter(first)
    found = []
    for item in second:
        if left[item]:
            left[item] -= 1
        else:
            found.append(item)
    return tuple(found)


def _changed_costs(before: Count, after: Count) -> dict[Rule, int]:
    rules = before.by_rule | after.by_rule
    changes = {rule: after.by_rule[rule] - before.by_rule[rule] for rule in rules}
    return {rule: change for rule, change in changes.items() if change}
