"""Why a home is left out: no open day, no pair that may go, or no room beside the others."""

from __future__ import annotations

from itertools import combinations

from rukang.visits.layout import common_days
from rukang.visits.problem import Inspector, VisitHome
from rukang.visits.remaining import Remaining
from rukang.visits.result import LeftOut, Reason, Words
from rukang.visits.tours import Tour, Trip, may_go


def left_out(remaining: Remaining, home: VisitHome) -> LeftOut:
    """Return why a home that has no visit has none."""
    days = remaining.open_days[home.code]
    if not days:
        return LeftOut(home=home.code, reason=Reason.NO_DAY, words=_no_day(remaining, home))
    able = [
        inspector
        for inspector in remaining.problem.inspectors
        if may_go(remaining, inspector, Tour((home.code,), days))
    ]
    if not _has_pair(remaining, home, able):
        return LeftOut(home=home.code, reason=Reason.NO_PAIR, words=_no_pair(remaining, home, able))
    words = Words(
        zh=f"{home.name}：能去的评定员在可安排的日子已排满",
        en=f"{home.code}: the inspectors who could go have no day left for it",
    )
    return LeftOut(home=home.code, reason=Reason.NO_ROOM, words=words)


def _has_pair(remaining: Remaining, home: VisitHome, able: list[Inspector]) -> bool:
    tour = Tour((home.code,), remaining.open_days[home.code])
    return any(
        home.needs <= one.skills | other.skills
        and common_days(remaining, Trip(tour, (one.code, other.code)))
        for one, other in combinations(able, 2)
    )


def _no_day(remaining: Remaining, home: VisitHome) -> Words:
    problem = remaining.problem
    first = max(remaining.since, home.not_before or problem.first)
    last = min(home.due or problem.last, problem.last)
    return Words(
        zh=f"{home.name}：{first} 至 {last} 之间没有可检查的工作日",
        en=f"{home.code}: no working day from {first} to {last} on which it can be visited",
    )


def _no_pair(remaining: Remaining, home: VisitHome, able: list[Inspector]) -> Words:
    """Say what is lacking: people at all, a skill, or a day in common."""
    everybody = remaining.problem.inspectors
    barred = sum(home.code in inspector.barred for inspector in everybody)
    skills = frozenset[str]().union(*(inspector.skills for inspector in able))
    lacking = sorted(home.needs - skills)
    zh, en = f"{home.name}：没有可派的两人。", f"{home.code}: no two inspectors can go together."
    zh += f"能去的 {len(able)} 人，须回避的 {barred} 人"
    en += f" {len(able)} can go, {barred} have a conflict of interest"
    if lacking:
        zh += f"，缺少专长：{'、'.join(lacking)}"
        en += f"; skills that nobody of them has: {', '.join(lacking)}"
    return Words(zh=zh, en=en)
