"""What collides in an impossible problem, and that each part of it is needed."""

from __future__ import annotations

from typing import Any

import pytest

from rostering import Cover, Fixed, Problem, Rule, Staff, Status, Unavailable, shortages
from rostering.explain import Verdict
from rostering.explain.conflict.statement import only
from rostering.parts import RunLimit, RunOf
from tests.patience import conflict, conflicts, solve
from tests.rostering.tiny import MONDAY, SHIFTS, one


def week(**more: Any) -> Problem:
    """Return a week of three people; one is needed early each day."""
    people = tuple(Staff(id=i, name=n) for i, n in (("A", "王宁"), ("B", "李可"), ("C", "周原")))
    cover = tuple(Cover(day=day, shift="早", minimum=1, wanted=1) for day in range(7))
    given = {"start": MONDAY, "days": 7, "shift_types": SHIFTS, "staff": people, "cover": cover}
    return Problem.model_validate({**given, **more})


def away(day: int, staff: str = "ABC") -> tuple[Unavailable, ...]:
    """Return leave of some people on a day."""
    return tuple(Unavailable(staff=person, day=day) for person in staff)


def test_leave_of_all_collides_with_the_cover_of_that_day() -> None:
    """The conflict is the day's cover and each leave, and nothing else."""
    found = conflict(week(unavailable=away(2)))
    assert found.verdict is Verdict.IRREDUCIBLE
    assert sorted((s.rule, s.staff, s.day) for s in found.statements if s.staff) == [
        (Rule.LEAVE, person, 2) for person in "ABC"
    ]
    said = [sentence.zh for sentence in found.sentences()]
    assert said[0] == "以下 4 条不能同时满足；去掉任何一条，其余的就可以"
    assert "10月7日（周三） 早班至少需要 1 人（0 人能上）" in said
    assert "王宁 10月7日（周三）：休假" in said


@pytest.mark.parametrize(
    "problem",
    [
        week(unavailable=away(2)),
        one(
            "中早",
            fixed=(Fixed(staff="A", day=0, shift="中"), Fixed(staff="A", day=1, shift="早")),
            min_rest_minutes=660,
        ),
        one("早..", unavailable=away(1, "A") + away(2, "A"), min_minutes=900),
        one("夜", fixed=(Fixed(staff="A", day=0, shift="夜"),), no_night=True),
    ],
)
def test_each_statement_is_needed(problem: Problem) -> None:
    """All together are impossible; without any one of them the rest is possible."""
    found = conflict(problem)
    assert found.verdict is Verdict.IRREDUCIBLE
    assert solve(only(problem, found.statements)).status is Status.INFEASIBLE
    for left in found.statements:
        rest = [statement for statement in found.statements if statement is not left]
        assert solve(only(problem, rest)).status is Status.OPTIMAL


def test_rest_between_two_pins_is_named_with_its_hours() -> None:
    """Two pins and the rest of the person are the conflict."""
    pins = (Fixed(staff="A", day=0, shift="中"), Fixed(staff="A", day=1, shift="早"))
    found = conflict(one("中早", fixed=pins, min_rest_minutes=660))
    assert [str(statement.sentence) for statement in found.statements] == [
        "王宁 10月5日（周一）：固定为中班 / 王宁 Mon 2026-10-05: pinned to 中",
        "王宁 10月6日（周二）：固定为早班 / 王宁 Tue 2026-10-06: pinned to 早",
        "王宁：班间至少休息 11 小时 / 王宁: at least 11 h of rest between shifts",
    ]


def test_a_possible_problem_has_no_conflict() -> None:
    """Where a roster exists nothing collides."""
    found = conflict(week())
    assert (found.verdict, found.statements) == (Verdict.POSSIBLE, ())
    assert found.sentences()[0].zh == "规则之间没有冲突"


def test_conflicts_that_share_nothing_are_all_found() -> None:
    """Two days that nobody can work are two conflicts."""
    found = conflicts(week(unavailable=away(2) + away(5)))
    assert len(found) == 2
    assert {s.day for each in found for s in each.statements} == {2, 5}
    taken = [id(s) for each in found for s in each.statements]
    assert len(taken) == len(set(taken)) == 8


def test_a_result_at_hand_is_not_solved_again() -> None:
    """Given the result of a solve, the conflict is found from what it relaxed."""
    problem = week(unavailable=away(2))
    found = conflict(problem, result=solve(problem))
    assert found.verdict is Verdict.IRREDUCIBLE


def test_many_statements_are_summed_up_by_rule() -> None:
    """Too few hours over the week make a long conflict: counted by rule, and cut where asked."""
    staff = tuple(Staff(id=i, name=i, max_minutes=900) for i in "ABC")
    problem = week(staff=staff)
    found = conflict(problem)
    assert found.verdict is Verdict.IRREDUCIBLE
    assert len(found.statements) == 7 + 3
    said = [sentence.zh for sentence in found.sentences(most=4)]
    assert said[1] == "其中：最少在岗人数 7 条、周期最多工时 3 条"
    assert (len(said), said[-1]) == (2 + 4 + 1, "其余 6 条略")
    (hours,) = shortages(problem)
    assert hours.zh == "整个周期最少在岗人数合计 52.5 小时，全体人员最多能上 45 小时"


def test_new_kinds_of_rules_collide_too() -> None:
    """Rules beside people are named for the one person who cannot keep them."""
    limit = RunLimit(of=RunOf.WORK, staff=("A", "B"), maximum=1)
    pins = tuple(Fixed(staff="A", day=day, shift="早") for day in (0, 1))
    found = conflict(week(runs=(limit,), fixed=pins))
    assert found.verdict is Verdict.IRREDUCIBLE
    assert {(s.rule, s.staff) for s in found.statements} == {
        (Rule.FIXED, "A"),
        (Rule.RUN_MAXIMUM, "A"),
    }
    assert len(found.statements) == 3


def test_no_time_is_admitted() -> None:
    """Without any time nothing is claimed to be needed."""
    problem = week(unavailable=away(2))
    found = conflict(problem, result=solve(problem), iterations=None, time_limit=0)
    assert found.verdict is Verdict.REDUCIBLE
    assert "没有确认每一条都不可少" in found.sentences()[0].zh
