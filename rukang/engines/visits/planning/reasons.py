"""Why a home is left out: no open day, no pair, no room beside the others, or nothing found."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from rukang.base.words import Text
from rukang.engines.visits.asked.parts import Inspector, VisitHome
from rukang.engines.visits.planning.exact.layout import common_days
from rukang.engines.visits.planning.remaining import Remaining
from rukang.engines.visits.planning.tours import Tour, Trip, may_go
from rukang.engines.visits.result import LeftOut, Reason


def left_out(remaining: Remaining, home: VisitHome) -> LeftOut:
    """Return why a home that has no visit has none."""
    tour = Tour((home.code,), remaining.open_days[home.code])
    if not tour.days:
        return LeftOut(home=home.code, reason=Reason.NO_DAY, words=_no_day(remaining, home))
    everybody = remaining.problem.inspectors
    able = [inspector for inspector in everybody if may_go(remaining, inspector, tour)]
    skilled = [
        (one.code, other.code)
        for one, other in combinations(able, 2)
        if home.needs <= one.skills | other.skills
    ]
    if not any(common_days(remaining, Trip(tour, pair)) for pair in skilled):
        words = _no_pair(home, everybody, able, has_skills=bool(skilled))
        return LeftOut(home=home.code, reason=Reason.NO_PAIR, words=words)
    words = Text(
        zh=f"{home.name}：能去的评定员在可安排的日子已排满",
        en=f"{home.code}: the inspectors who could go have no day left for it",
    )
    return LeftOut(home=home.code, reason=Reason.NO_ROOM, words=words)


def not_found(home: VisitHome) -> LeftOut:
    """Return that no place was found for a home, though one may exist: the search was not ended."""
    words = Text(
        zh=f"{home.name}：在给定的时间内没有找到安排，不等于排不下；请多给些时间（--seconds）或换种子再排",
        en=f"{home.code}: no place was found in the time given, which does not mean that there is"
        " none; give more time (--seconds) or another seed and plan again",
    )
    return LeftOut(home=home.code, reason=Reason.NOT_FOUND, words=words)


def _no_day(remaining: Remaining, home: VisitHome) -> Text:
    problem = remaining.problem
    first = max(remaining.since, home.not_before or problem.first)
    last = min(home.due or problem.last, problem.last)
    return Text(
        zh=f"{home.name}：{first} 至 {last} 之间没有可检查的工作日",
        en=f"{home.code}: no working day from {first} to {last} on which it can be visited",
    )


def _no_pair(
    home: VisitHome, everybody: Sequence[Inspector], able: list[Inspector], *, has_skills: bool
) -> Text:
    """Say how many can go, and what two of them lack: a day in common, or skills."""
    barred = sum(home.code in inspector.barred for inspector in everybody)
    zh = f"{home.name}：没有可派的两人。能去的 {len(able)} 人，须回避的 {barred} 人"
    en = (
        f"{home.code}: no two inspectors can go together. {len(able)} can go,"
        f" {barred} have a conflict of interest"
    )
    if has_skills:
        return Text(zh=f"{zh}，没有共同的日子", en=f"{en}; they have no day in common")
    if len(able) > 1:
        needs = sorted(home.needs)
        zh += f"，没有两人具备专长：{'、'.join(needs)}"
        en += f"; no two of them have the skills {', '.join(needs)}"
    return Text(zh=zh, en=en)
