"""Every rule recounted, one function each; no part of the model is used."""

from __future__ import annotations

from collections.abc import Iterator

from rukang.engines.visits.asked.problem import PlanProblem
from rukang.engines.visits.check.cost import cost, cost_left_out
from rukang.engines.visits.check.days import DAY_RULES
from rukang.engines.visits.check.single import SINGLE_RULES
from rukang.engines.visits.check.violation import Rule, Violation
from rukang.engines.visits.result import Plan, Visit


def check(problem: PlanProblem, plan: Plan) -> list[Violation]:
    """Return every rule a plan breaks; none for a sound plan.

    What lies before the day from which a plan was changed is done, and not judged; it still counts
    toward the days of its week, the loads and the cost.
    """
    if unknown := list(_unknown(problem, plan)):
        return unknown  # nothing more can be said of visits by nobody or at nowhere
    return [*_once(problem, plan), *_single(problem, plan), *_days(problem, plan),
            *_cost(problem, plan)]  # fmt: skip


def _unknown(problem: PlanProblem, plan: Plan) -> Iterator[Violation]:
    for visit in plan.visits:
        for code in visit.pair:
            if code not in problem.inspector_by_code:
                zh, en = f"没有编号为 {code} 的评定员", f"there is no inspector {code}"
                yield Violation(rule=Rule.UNKNOWN, zh=zh, en=en, inspector=code, day=visit.day)
    for code in (*(visit.home for visit in plan.visits), *(item.home for item in plan.left_out)):
        if code not in problem.home_by_code:
            zh, en = f"没有编号为 {code} 的家园", f"there is no home {code}"
            yield Violation(rule=Rule.UNKNOWN, zh=zh, en=en, home=code)


def _once(problem: PlanProblem, plan: Plan) -> Iterator[Violation]:
    """Find homes neither visited once nor named among those left out."""
    named = [visit.home for visit in plan.visits] + [item.home for item in plan.left_out]
    for home in problem.homes:
        if (times := named.count(home.code)) != 1:
            zh = f"{home.name} 在计划中出现 {times} 次，应为一次"
            en = f"{home.code} is in the plan {times} times instead of once"
            yield Violation(rule=Rule.ONCE, zh=zh, en=en, home=home.code)


def _single(problem: PlanProblem, plan: Plan) -> Iterator[Violation]:
    for visit in _ahead(plan):
        for rule in SINGLE_RULES:
            yield from rule(problem, visit)


def _days(problem: PlanProblem, plan: Plan) -> Iterator[Violation]:
    for inspector in problem.inspectors:
        for rule in DAY_RULES:
            yield from rule(problem, plan, inspector)


def _ahead(plan: Plan) -> list[Visit]:
    return [visit for visit in plan.visits if plan.since is None or visit.day >= plan.since]


def _cost(problem: PlanProblem, plan: Plan) -> Iterator[Violation]:
    """Find a cost other than is stated, or below the bound."""
    whole, without = cost(problem, plan), cost_left_out(problem, plan)
    if (plan.cost, plan.left_out_cost) != (whole, without):
        zh = f"计划写明代价 {plan.cost}（未安排 {plan.left_out_cost}），重算为 {whole}（{without}）"
        en = (
            f"the plan states a cost of {plan.cost} ({plan.left_out_cost} for homes left out),"
            f" the recount is {whole} ({without})"
        )
        yield Violation(rule=Rule.COST, zh=zh, en=en)
    if whole < plan.bound:
        zh, en = f"代价 {whole} 低于下界 {plan.bound}", f"cost {whole} is below bound {plan.bound}"
        yield Violation(rule=Rule.COST, zh=zh, en=en)
