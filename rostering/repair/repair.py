"""Repair a published roster after an absence or a new request, with few changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rostering.changes import Change, Difference, Sentence, changes_between, difference, recount
from rostering.columns.clock import Clock, clock_of, refuse_wrong
from rostering.parts import Request, Unavailable
from rostering.problem import Problem
from rostering.repair.alone import Alone
from rostering.repair.local import Local, worth
from rostering.repair.task import Task, task
from rostering.result import Progress, Result
from rostering.roster import Roster
from rostering.solve import solve
from rostering.violation import Violation

USUAL = 2.0
"""Seconds of a repair whose caller limits neither time nor work."""

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
    time_limit: float | None = None,
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
        Seconds for all of it. None: 2, or no limit where ``iterations`` are given.
    iterations
        Of the solver, as in :func:`rostering.solve`; the moves before it end by themselves. The
        same seed and iterations give the same roster on any machine.

    Raises
    ------
    ValueError
        If the roster is not one of the problem, a limit can be none, or an absence or a request is
        of nobody, outside the period, or locked.
    """
    refuse_wrong(time_limit, iterations)
    clock = _Left(clock_of(time_limit, iterations, USUAL), cancel)
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
    if to_do.is_pinned:
        return _answer(to_do, to_do.begin, clock, is_best=False)
    quick = Local(to_do, lambda: clock.is_over(QUICK), Alone(to_do.problem))
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
class _Left:
    """What is left of the seconds, whatever is counted; nothing once cancelled."""

    clock: Clock
    cancel: Callable[[], bool] | None

    def left(self) -> float:
        if self.cancel is not None and self.cancel():
            return 0.0
        return self.clock.time_limit - self.clock.seconds()

    def is_over(self, share: float) -> bool:
        """Return whether a share of all the time is used up."""
        return self.left() < (1 - share) * self.clock.time_limit


def _is_best(to_do: Task, roster: Roster, result: Result) -> bool:
    found = worth(to_do, roster)
    is_sound = not found.excess and not found.price
    return is_sound and result.bound is not None and found.paid <= result.bound


def _answer(to_do: Task, roster: Roster, clock: _Left, *, is_best: bool) -> Repair:
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
        runtime_seconds=clock.clock.seconds(),
    )
