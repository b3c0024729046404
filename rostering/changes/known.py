"""Refuse days, people and shift types that a problem does not know."""

from __future__ import annotations

from rostering.problem import Problem


def known_day(problem: Problem, day: int) -> None:
    """Refuse a day outside the period."""
    if not 0 <= day < problem.days:
        last = problem.days - 1
        zh, en = f"第 {day} 天不在 0 至 {last} 之内", f"day {day} is not in 0..{last}"
        raise ValueError(f"{zh} / {en}")


def known_staff(problem: Problem, staff: str) -> None:
    """Refuse somebody the problem does not know."""
    if staff not in problem.staff_by_id:
        raise ValueError(f"没有编号为 {staff} 的人员 / nobody has the id {staff}")


def known_shift(problem: Problem, shift: str) -> None:
    """Refuse a shift type the problem does not know."""
    if shift not in problem.shift_by_id:
        known = "、".join(problem.shift_by_id)
        zh, en = f"没有编号为 {shift} 的班次；现有 {known}", f"no shift type {shift}; there are"
        raise ValueError(f"{zh} / {en} {known}")
