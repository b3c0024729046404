"""What a changed plan changes, home by home, in words."""

from __future__ import annotations

from rukang.base.words import Text
from rukang.engines.visits.asked.parts import Frozen
from rukang.engines.visits.asked.problem import PlanProblem
from rukang.engines.visits.result import Plan, Visit


class Change(Frozen):
    """A visit that is new, gone, at another time, or made by others.

    Parameters
    ----------
    moved
        Whether it was and is planned, on another day.
    new, gone
        Inspectors who were not part of it, and who no longer are.
    """

    home: str
    moved: bool
    new: tuple[str, ...]
    gone: tuple[str, ...]
    words: Text


def changes(problem: PlanProblem, before: Plan, after: Plan) -> list[Change]:
    """Return what differs between two plans of a round, in the order of the homes."""
    return [
        _change(problem, home.code, was, becomes)
        for home in problem.homes
        if (was := before.visit_by_home.get(home.code))
        != (becomes := after.visit_by_home.get(home.code))
    ]


def _change(problem: PlanProblem, home: str, was: Visit | None, becomes: Visit | None) -> Change:
    pair_before = set(was.pair) if was else set[str]()
    pair_after = set(becomes.pair) if becomes else set[str]()
    name = problem.home_by_code[home].name
    return Change(
        home=home,
        moved=was is not None and becomes is not None and was.day != becomes.day,
        new=tuple(sorted(pair_after - pair_before)),
        gone=tuple(sorted(pair_before - pair_after)),
        words=Text(
            zh=f"{name}（{home}）：{_zh(problem, was)} → {_zh(problem, becomes)}",
            en=f"{home}: {_en(was)} → {_en(becomes)}",
        ),
    )


def _zh(problem: PlanProblem, visit: Visit | None) -> str:
    if visit is None:
        return "未安排"
    known = problem.inspector_by_code
    names = "、".join(known[code].name if code in known else code for code in visit.pair)
    return f"{visit.day} {visit.start:%H:%M} {names}"


def _en(visit: Visit | None) -> str:
    if visit is None:
        return "no visit"
    return f"{visit.day} {visit.start:%H:%M} by {' and '.join(visit.pair)}"
