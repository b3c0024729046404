"""The variables of the exact model (docs/rostering.md states their meaning in symbols)."""

from __future__ import annotations

from dataclasses import dataclass

from pulp import LpAffineExpression, LpProblem, LpVariable, lpSum

from rostering.parts import ShiftType, Staff
from rostering.problem import Problem


@dataclass(frozen=True)
class Variables:
    """Everything the rows speak of.

    Parameters
    ----------
    assign
        Person, day, shift → 1 if worked; only for shift types the person may work at all.
    work
        Person, day → 1 if any shift is worked. It shortens the rows about runs of days.
    begin
        Person, day → 1 if a run of worked days begins; only for people with shortest runs.
    weekend
        Person, number of the weekend → 1 if worked; only for people with a limit.
    under, over
        Number of the cover requirement → heads below and above what is wanted.
    """

    assign: dict[tuple[str, int, str], LpVariable]
    work: dict[tuple[str, int], LpVariable]
    begin: dict[tuple[str, int], LpVariable]
    weekend: dict[tuple[str, int], LpVariable]
    under: dict[int, LpVariable]
    over: dict[int, LpVariable]

    def shifts(self, staff: str, day: int, shifts: frozenset[str]) -> LpAffineExpression:
        """Return how many of some shift types a person works on a day: 0 or 1."""
        return lpSum(
            self.assign[staff, day, shift]
            for shift in sorted(shifts)
            if (staff, day, shift) in self.assign
        )


def variables(model: LpProblem, problem: Problem) -> Variables:
    """Add the variables of a problem to a model."""
    people, days = problem.staff, range(problem.days)
    of_person = {person.id: number for number, person in enumerate(people)}

    def binary(kind: str, staff: str, *index: int) -> LpVariable:
        name = "_".join(map(str, (kind, of_person[staff], *index)))
        return model.add_variable(name, 0, 1, "Integer")

    return Variables(
        assign={
            (person.id, day, shift.id): binary("x", person.id, day, number)
            for person in people
            for day in days
            for number, shift in _shifts_of(problem, person)
        },
        work={(person.id, day): binary("w", person.id, day) for person in people for day in days},
        begin={
            (person.id, day): binary("b", person.id, day)
            for person in people
            for day in days
            if max(person.min_consecutive_days, person.min_consecutive_days_off) > 1
        },
        weekend={
            (person.id, number): binary("k", person.id, number)
            for person in people
            for number in range(len(problem.weekends()))
            if person.max_weekends is not None
        },
        under=_counts(model, "u", [item.wanted for item in problem.cover]),
        over=_counts(model, "o", [len(problem.staff)] * len(problem.cover)),
    )


def _shifts_of(problem: Problem, person: Staff) -> list[tuple[int, ShiftType]]:
    numbered = enumerate(problem.shift_types)
    return [(number, shift) for number, shift in numbered if problem.may_work(person, shift)]


def _counts(model: LpProblem, kind: str, most: list[int]) -> dict[int, LpVariable]:
    """Heads are whole; saying so lets the solver round bounds up and prove optima sooner."""
    return {
        number: model.add_variable(f"{kind}_{number}", 0, limit, "Integer")
        for number, limit in enumerate(most)
    }


def paid(problem: Problem, v: Variables, staff: str, days: range) -> LpAffineExpression:
    """Return the paid minutes of a person over days; those before day 0 are known."""
    past = problem.history_by_staff[staff]
    known = [past[day] for day in days if -len(past) <= day < 0]
    before = sum(problem.shift_by_id[shift].paid_minutes for shift in known if shift)
    planned = lpSum(
        problem.shift_by_id[shift].paid_minutes * v.assign[staff, day, shift]
        for day in days
        for shift in problem.shift_by_id
        if (staff, day, shift) in v.assign
    )
    return planned + before


def work_on(problem: Problem, v: Variables, staff: str, day: int) -> LpVariable | int | None:
    """Return whether a person works on a day: known for a past day, or None if nobody knows."""
    if day >= 0:
        return v.work[staff, day]
    past = problem.history_by_staff[staff]
    return int(past[day] is not None) if day >= -len(past) else None
