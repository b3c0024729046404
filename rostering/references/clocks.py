"""Times of shift types that are missing, or that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rostering.parts import Parts, ShiftType
from rostering.references.fault import Fault


def clocks(problem: Parts) -> Iterator[Fault]:
    """Find shift types without the times that rules need, and pieces out of place."""
    resting = [person.id for person in problem.staff if person.min_rest_minutes is not None]
    for shift in problem.shift_types:
        if shift.start is None and resting:
            zh = f"缺少开始时间，无法计算 {resting[0]} 的班间休息；请补上"
            en = f"has no start, so the rest of {resting[0]} cannot be told: give the start"
            yield Fault(f"shift_types[{shift.id}].start", zh, en)
        yield from _pieces(shift)
    yield from _no_clock_at_all(problem)


def _pieces(shift: ShiftType) -> Iterator[Fault]:
    if shift.spans and shift.start is None:
        zh = f"有 {len(shift.spans)} 段，没有开始时间；请补上"
        en = f"has {len(shift.spans)} spans and no start: give the start"
        yield Fault(f"shift_types[{shift.id}].start", zh, en)
        return
    begin = shift.start or 0
    end = begin + shift.minutes
    for number, piece in enumerate(shift.spans):
        if piece.start < begin or piece.start + piece.minutes > end:
            zh = f"{piece.start} 至 {piece.start + piece.minutes} 分不在 {begin} 至 {end} 分之内"
            en = f"minutes {piece.start}..{piece.start + piece.minutes} are not in {begin}..{end}"
            where = f"shift_types[{shift.id}].spans[{number}]"
            yield Fault(where, f"{zh}；请改正", f"{en}: correct them")
    for number, (one, other) in enumerate(pairwise(shift.spans), start=1):
        if other.start <= one.start + one.minutes:
            zh = f"从第 {other.start} 分开始，前一段第 {one.start + one.minutes} 分才结束"
            en = f"begins at minute {other.start}, the piece before ends at"
            where = f"shift_types[{shift.id}].spans[{number}]"
            yield Fault(
                where,
                f"{zh}；请按先后排列，相连的合为一段",
                f"{en} {one.start + one.minutes}: put them in order and join what touches",
            )


def _no_clock_at_all(problem: Parts) -> Iterator[Fault]:
    if any(shift.start is not None for shift in problem.shift_types):
        return
    for number, item in enumerate(problem.cover):
        if item.span is not None:
            zh = "没有一个班次有开始时间，时段内无法计人；请补上班次的开始时间"
            en = "no shift type has a start, so nobody counts in a span: give the starts"
            yield Fault(f"cover[{number}].span", zh, en)
