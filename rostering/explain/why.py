"""Why a cell of a roster holds what it holds: what every other choice would break and cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rostering.changes import Cell, Count, Difference, Sentence, changed, difference, recount
from rostering.changes.cells import known_day, known_staff, shift_name
from rostering.days import when
from rostering.problem import Problem
from rostering.roster import Roster
from rostering.violation import CostItem, Violation


@dataclass(frozen=True)
class Alternative:
    """Something else that a cell could hold, or somebody else who could take the shift.

    Parameters
    ----------
    shift
        What the cell would hold; None is a day off.
    taker
        Who would take the shift instead; None if nobody takes it.
    difference
        What it would bring against the roster as it is.
    sentence
        The same in short.
    """

    shift: str | None
    taker: str | None
    difference: Difference
    sentence: Sentence


@dataclass(frozen=True)
class Why:
    """What is behind one cell of a roster.

    Parameters
    ----------
    breaks, pays
        Hard rules broken and costs paid at present that concern the person, or the cover, on this
        day.
    keeps
        Hard rules of the present assignment that every other content of the cell would break.
    alternatives
        Every other content of the cell, the best first: fewest rules broken, then least cost.
    takers
        Who could take the shift instead, the best first; empty for a day off.
    """

    staff: str
    day: int
    shift: str | None
    breaks: tuple[Violation, ...]
    pays: tuple[CostItem, ...]
    keeps: tuple[Violation, ...]
    alternatives: tuple[Alternative, ...]
    takers: tuple[Alternative, ...]

    def sentences(self, problem: Problem) -> list[Sentence]:
        """Return the cell, what is behind it, and every alternative in words."""
        choices = (*self.alternatives, *self.takers)
        return [*_present(problem, self), *(choice.sentence for choice in choices)]


def why(problem: Problem, roster: Roster, staff: str, day: int) -> Why:
    """Return why a person works what they work on a day.

    Raises
    ------
    ValueError
        If there is no such person or day.
    """
    known_staff(problem, staff)
    known_day(problem, day)
    present, shift = recount(problem, roster), roster.shift(staff, day)
    others = [None, *problem.shift_by_id]
    choices = [_choice(problem, roster, present, staff, day, o) for o in others if o != shift]
    takers = [] if shift is None else _takers(problem, roster, present, staff, day, shift)
    return Why(
        staff=staff,
        day=day,
        shift=shift,
        breaks=tuple(v for v in present.violations if v.day == day and v.staff in (staff, None)),
        pays=tuple(i for i in present.items if i.day == day and _concerns(i, staff, shift)),
        keeps=_common([choice.difference for choice in choices]),
        alternatives=tuple(sorted(choices, key=_worth)),
        takers=tuple(sorted(takers, key=_worth)),
    )


def _concerns(item: CostItem, staff: str, shift: str | None) -> bool:
    of_nobody = item.staff is None and item.shift in (shift, None)
    return item.staff == staff or of_nobody


def _choice(
    problem: Problem, roster: Roster, present: Count, staff: str, day: int, shift: str | None
) -> Alternative:
    brings = _brings(problem, roster, present, {(staff, day): shift})
    zh, en = f"改为{shift_name(problem, shift)}", f"{shift or 'off'} instead"
    return Alternative(shift, None, brings, _summary(zh, en, brings))


def _takers(
    problem: Problem, roster: Roster, present: Count, staff: str, day: int, shift: str
) -> list[Alternative]:
    return [
        _taken(problem, roster, present, (staff, day), person.id, shift)
        for person in problem.staff
        if person.id != staff and roster.shift(person.id, day) is None
    ]


def _taken(
    problem: Problem, roster: Roster, present: Count, cell: Cell, taker: str, shift: str
) -> Alternative:
    brings = _brings(problem, roster, present, {cell: None, (taker, cell[1]): shift})
    name = problem.staff_by_id[taker].name or taker
    zh, en = f"由{name}上{shift_name(problem, shift)}", f"{name} takes {shift}"
    return Alternative(None, taker, brings, _summary(zh, en, brings))


def _brings(
    problem: Problem, roster: Roster, present: Count, cells: Mapping[Cell, str | None]
) -> Difference:
    return difference(present, recount(problem, changed(roster, cells)))


def _worth(choice: Alternative) -> tuple[int, int, int]:
    brings = choice.difference
    return len(brings.new), brings.cost, -len(brings.gone)


def _common(differences: list[Difference]) -> tuple[Violation, ...]:
    """Return what all choices break alike: the same rule for the same person, or cover, and day."""
    if not differences:
        return ()
    first, *rest = differences
    places = [{(v.rule, v.staff, v.day) for v in other.new} for other in rest]
    return tuple(v for v in first.new if all((v.rule, v.staff, v.day) in p for p in places))


def _summary(zh: str, en: str, brings: Difference) -> Sentence:
    said = brings.summary()
    return Sentence(f"{zh}：{said.zh}", f"{en}: {said.en}")


def _present(problem: Problem, found: Why) -> Iterator[Sentence]:
    name = problem.staff_by_id[found.staff].name or found.staff
    zh, en = when(problem, found.day)
    has = shift_name(problem, found.shift)
    yield Sentence(f"{name} {zh}：{has}", f"{name} {en}: {found.shift or 'off'}")
    for broken in found.breaks:
        yield Sentence(f"目前违反 {broken.zh}", f"broken at present: {broken.en}")
    for item in found.pays:
        zh, en = f"目前代价 {item.cost}（{item.rule.zh}）", f"costs {item.cost} ({item.rule.en})"
        yield Sentence(f"{zh}：{item.zh}", f"{en}: {item.en}")
    for kept in found.keeps:
        zh, en = f"换成别的都会违反{kept.rule.zh}", f"anything else breaks {kept.rule.en}"
        yield Sentence(f"{zh}：{kept.zh}", f"{en}: {kept.en}")
