"""Recommend people for an open shift of a roster."""

from __future__ import annotations

from dataclasses import dataclass

from rostering.changes import Count, Difference, Sentence, changed, difference, recount
from rostering.changes.cells import known_day, known_shift, shift_name
from rostering.problem import Problem
from rostering.roster import Roster


@dataclass(frozen=True)
class Recommendation:
    """Somebody who could take an open shift.

    Parameters
    ----------
    leaves
        The shift of that day that they would leave for it; None if they are off.
    difference
        What taking it would bring.
    sentence
        The same in short.
    """

    staff: str
    leaves: str | None
    difference: Difference
    sentence: Sentence

    @property
    def is_allowed(self) -> bool:
        """Return whether taking the shift breaks no hard rule."""
        return self.difference.is_allowed


def recommend(problem: Problem, roster: Roster, day: int, shift: str) -> list[Recommendation]:
    """Return everybody who does not work a shift on a day, ranked for taking it.

    Those who break no hard rule come first, among them those at the least cost; then those who
    break the fewest.

    Raises
    ------
    ValueError
        If there is no such day or shift type.
    """
    known_day(problem, day)
    known_shift(problem, shift)
    before = recount(problem, roster)
    found = [
        _recommendation(problem, roster, before, person.id, day, shift)
        for person in problem.staff
        if roster.shift(person.id, day) != shift
    ]
    return sorted(found, key=_worth)


def _recommendation(
    problem: Problem, roster: Roster, before: Count, staff: str, day: int, shift: str
) -> Recommendation:
    leaves = roster.shift(staff, day)
    brings = difference(before, recount(problem, changed(roster, {(staff, day): shift})))
    name, said = problem.staff_by_id[staff].name or staff, brings.summary()
    zh, en = (name, name) if leaves is None else _leaving(problem, name, leaves)
    return Recommendation(staff, leaves, brings, Sentence(f"{zh}：{said.zh}", f"{en}: {said.en}"))


def _leaving(problem: Problem, name: str, leaves: str) -> tuple[str, str]:
    return f"{name}（原上{shift_name(problem, leaves)}）", f"{name} (instead of {leaves})"


def _worth(item: Recommendation) -> tuple[int, int, bool]:
    return len(item.difference.new), item.difference.cost, item.leaves is not None
