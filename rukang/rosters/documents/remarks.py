"""What is said beside a roster: how it was solved, wishes kept and refused, its price by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

import rostering
from rukang.base.clock import days_of_month
from rukang.rosters.explained import conflicts_of
from rukang.rosters.records import RosterPlan, Wish
from rukang.rosters.service import roster_of
from rukang.rosters.table import RosterTable


@dataclass(frozen=True)
class WishLine:
    """A wish, and whether the roster keeps it; None while there is no roster."""

    code: str
    name: str
    day: date
    wish: str
    weight: int
    kept: bool | None

    @property
    def outcome(self) -> str:
        """Return what came of it, in words."""
        if self.kept is None:
            return "未排班 no roster"
        return "已满足 kept" if self.kept else "未满足 refused"


@dataclass(frozen=True)
class PriceLine:
    """What the roster pays for one soft rule: how often, and how much."""

    rule: str
    times: int
    cost: int


@dataclass(frozen=True)
class Remarks:
    """Everything said beside a roster."""

    facts: tuple[tuple[str, str], ...]
    findings: tuple[tuple[str, str], ...]
    prices: tuple[PriceLine, ...]
    wishes: tuple[WishLine, ...]


def remarks_of(session: Session, plan: RosterPlan, table: RosterTable) -> Remarks:
    """Return the remarks on a plan, solved or not."""
    return Remarks(
        facts=_facts(plan),
        findings=tuple(_findings(plan)),
        prices=_prices(plan),
        wishes=_wishes(session, plan, table),
    )


def _findings(plan: RosterPlan) -> Iterator[tuple[str, str]]:
    """Say what gave way, and what collides where there is no roster."""
    for found in plan.findings or []:
        yield found["zh"], found["en"]
    for collision in conflicts_of(plan) if plan.conflicts else []:
        yield collision.zh, collision.en
        yield from ((rule.zh, rule.en) for rule in collision.rules)


def _facts(plan: RosterPlan) -> tuple[tuple[str, str], ...]:
    facts = {
        "求解结果 Status": plan.status,
        "代价 Cost": plan.cost,
        "下界 Lower bound": None if plan.bound is None else f"{plan.bound:g}",
        "用时（秒） Seconds": None if plan.seconds is None else f"{plan.seconds:.1f}",
    }
    return tuple((name, f"{value}") for name, value in facts.items() if value is not None)


def _prices(plan: RosterPlan) -> tuple[PriceLine, ...]:
    if plan.problem is None or plan.shifts is None:
        return ()
    times: Counter[rostering.Rule] = Counter()
    costs: Counter[rostering.Rule] = Counter()
    for item in rostering.cost_items(*roster_of(plan)):
        times[item.rule] += item.amount
        costs[item.rule] += item.cost
    return tuple(PriceLine(f"{rule.zh} {rule.en}", times[rule], costs[rule]) for rule in costs)


def _wishes(session: Session, plan: RosterPlan, table: RosterTable) -> tuple[WishLine, ...]:
    days = days_of_month(plan.month)
    query = select(Wish).where(Wish.home_id == plan.home_id, Wish.day.between(days[0], days[-1]))
    wishes = session.scalars(query.order_by(Wish.day, Wish.staff_id, Wish.id))
    return tuple(_wish(wish, plan, table) for wish in wishes)


def _wish(wish: Wish, plan: RosterPlan, table: RosterTable) -> WishLine:
    names = {shift.code: f"{shift.code} {shift.name}" for shift in table.legend}
    # A wish entered after the solve may name a shift type that the plan does not know.
    code = wish.shift_code
    shift = "上班 any shift" if code is None else names.get(code, code)
    verb = "希望 wants" if wish.wanted else "不希望 wants no"
    return WishLine(
        code=wish.staff.code,
        name=wish.staff.person.name,
        day=wish.day,
        wish=f"{verb} {shift}",
        weight=wish.weight,
        kept=None if plan.shifts is None else _kept(wish, plan.shifts),
    )


def _kept(wish: Wish, shifts: dict[str, dict[str, str]]) -> bool:
    worked = shifts.get(wish.staff.code, {}).get(wish.day.isoformat())
    meets = worked is not None if wish.shift_code is None else worked == wish.shift_code
    return meets is wish.wanted
