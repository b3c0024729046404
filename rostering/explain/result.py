"""Say what a result means: how it ended, what gives way and why, and what the roster costs."""

from __future__ import annotations

from rostering.changes import Sentence
from rostering.check import cost_items
from rostering.explain.costs import costs
from rostering.heads.shortages import shortages
from rostering.result import Result, Status
from rostering.violation import Violation


def explain(result: Result) -> list[Sentence]:
    """Return what a result means: how it ended, what gives way and why, what the roster costs."""
    said = [_ending(result), *map(_relaxation, result.relaxations)]
    if result.status in (Status.INFEASIBLE, Status.NO_ROSTER):
        said += shortages(result.problem)
    if result.roster is not None:
        said += costs(cost_items(result.problem, result.roster))
    return said


def _relaxation(item: Violation) -> Sentence:
    return Sentence(f"放宽{item.rule.zh}：{item.zh}", f"relaxes {item.rule.en}: {item.en}")


def _ending(result: Result) -> Sentence:
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
            zh, en = "没有能同时满足全部硬性规则的排班", "no roster keeps every hard rule"
            return _with_nearest(result, zh, en)
        case Status.NO_ROSTER:
            zh = "限时内没有找到满足全部硬性规则的排班"
            en = "none that keeps every hard rule was found in time"
            return _with_nearest(result, zh, en)
        case Status.CANCELLED:
            return Sentence(
                f"已取消；目前最好的代价 {_known(cost, '无')}",
                f"cancelled; best cost so far {_known(cost, 'none')}",
            )


def _with_nearest(result: Result, zh: str, en: str) -> Sentence:
    if result.roster is None:
        return Sentence(zh, en)
    count = len(result.relaxations)
    return Sentence(f"{zh}；最接近的排班放宽 {count} 处", f"{en}; the nearest one relaxes {count}")


def _known(number: int | None, otherwise: str) -> str:
    return otherwise if number is None else str(number)
