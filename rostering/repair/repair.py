"""Repair a published roster after an absence or a new request, with few changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from rostering.changes import Change, Difference, Sentence, changes_between, difference, recount
from rostering.parts import Request, Unavailable
from rostering.problem import Problem
from rostering.repair.alone import Alone
from rostering.repair.local import Local, worth
from rostering.repair.task import Task, task
from rostering.result import Progress, Result
from rostering.roster import Roster
from rostering.solve import solve
from rostering.violation import Violation

QUICK = 0.5
"""Share of the time for the quick repair."""

ENOUGH = 0.3
"""Seconds below which the solver is not begun."""

RECOUNTING = 0.25
"""Seconds kept back from the solver, for recounting what it found."""


@dataclass(frozen=True)
class Repair:
    """A mended roster.

    Parameters
    ----------
    problem
        The problem with the absences and requests, and the locked cells pinned.
    changes
        Every cell that differs from the published roster, in the order of the days.
    forced
        The cells among them whose shift an absence takes away; they do not count as changes.
    violations
        Hard rules that it breaks; an open shift is a broken minimum of cover.
    difference
        What it brings against the published roster, both counted under ``problem``.
    is_best
        Whether no roster that keeps the hard rules is cheaper, its changes counted at their price.
    """

    problem: Problem
    published: Roster
    roster: Roster
    changes: tuple[Change, ...]
    forced: frozenset[tuple[str, int]]
    violations: tuple[Violation, ...]
    difference: Difference
    is_best: bool
    runtime_seconds: float

    @property
    def count(self) -> int:
        """Return the number of changes that no absence forces."""
        return sum((change.staff, change.day) not in self.forced for change in self.changes)

    def sentences(self) -> list[Sentence]:
        """Return how many changes there are, each of them, and what stays broken."""
        away = len(self.changes) - self.count
        opening = Sentence(
            f"改动 {self.count} 处，另有 {away} 处因缺勤空出",
            f"changes: {self.count}, besides cells that absences empty: {away}",
        )
        broken = [Sentence(f"仍违反 {v.zh}", f"still broken: {v.en}") for v in self.violations]
        return [opening, *map(self._change, self.changes), *(broken or [KEPT])]

    def _change(self, change: Change) -> Sentence:
        said = change.sentence(self.problem)
        if (change.staff, change.day) not in self.forced:
            return said
        return Sentence(f"{said.zh}（缺勤）", f"{said.en} (absent)")


KEPT = Sentence("满足全部硬性规则", "keeps every hard rule")


def repair(
    problem: Problem,
    published: Roster,
    *,
    absences: Sequence[Unavailable] = (),
    requests: Sequence[Request] = (),
    locked_until: int = 0,
    max_changes: int | None = None,
    change_weight: int = 10,
    time_limit: float = 2.0,
    seed: int = 0,
    iterations: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Repair:
    """Return the best roster found that is close to a published one.

    Single and double moves come first, then the solver from what they found. A roster comes back
    in any case, also when everything is pinned or a shift has to stay open.

    Parameters
    ----------
    absences
        Days on which people will not come; pins to shifts on such days are lifted.
    requests
        New wishes; one for the same person, day and shift replaces that of the problem.
    locked_until
        Days before this one stay as they are published.
    max_changes
        Most cells that may change besides those that absences empty; None for no limit.
    change_weight
        What a change costs, in the measure of the problem's weights.
    time_limit
        Seconds for all of it.
    iterations
        Of the solver, as in :func:`rostering.solve`; ``time_limit`` must be long enough for them.

    Raises
    ------
    ValueError
        If the roster is not one of the problem, or an absence or a request is of nobody, outside
        the period, or locked.
    """
    began = perf_counter()
    recount(problem, published)
    to_do = task(
        problem,
        published,
        absences=absences,
        requests=requests,
        locked_until=locked_until,
        max_changes=max_changes,
        change_weight=change_weight,
    )
    clock = _Clock(began, time_limit, cancel)
    if to_do.is_pinned:
        return _answer(to_do, to_do.begin, clock, is_best=False)
    quick = Local(to_do, lambda: clock.left() < (1 - QUICK) * time_limit, Alone(to_do.problem))
    roster = quick.best()
    if clock.left() < ENOUGH:
        return _answer(to_do, roster, clock, is_best=False)
    result = solve(
        to_do.keeping,
        time_limit=clock.left() - RECOUNTING,
        seed=seed,
        iterations=iterations,
        start=roster,
        on_progress=on_progress,
        cancel=cancel,
    )
    found = roster if result.roster is None else to_do.settled(result.roster)
    best = min((roster, found), key=lambda each: worth(to_do, each))
    return _answer(to_do, best, clock, is_best=_is_best(to_do, best, result))


@dataclass(frozen=True)
class _Clock:
    """What is left of the time; nothing once cancelled."""

    began: float
    time_limit: float
    cancel: Callable[[], bool] | None

    def left(self) -> float:
        if self.cancel is not None and self.cancel():
            return 0.0
        return self.time_limit - self.passed()

    def passed(self) -> float:
        return perf_counter() - self.began


def _is_best(to_do: Task, roster: Roster, result: Result) -> bool:
    found = worth(to_do, roster)
    is_sound = not found.excess and not found.price
    return is_sound and result.bound is not None and found.paid <= result.bound


def _answer(to_do: Task, roster: Roster, clock: _Clock, *, is_best: bool) -> Repair:
    after = recount(to_do.problem, roster)
    changes = changes_between(to_do.published, roster)
    return Repair(
        problem=to_do.problem,
        published=to_do.published,
        roster=roster,
        changes=tuple(sorted(changes, key=lambda change: (change.day, change.staff))),
        forced=to_do.forced,
        violations=after.violations,
        difference=difference(recount(to_do.problem, to_do.published), after),
        is_best=is_best,
        runtime_seconds=clock.passed(),
    )
