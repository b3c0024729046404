"""Find what collides in a problem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rostering.columns.clock import Clock, clock_of, refuse_wrong
from rostering.exact.controls import Controls
from rostering.explain.conflict.apart import statements
from rostering.explain.conflict.focus import scopes, shrink
from rostering.explain.conflict.found import Conflict, Verdict
from rostering.explain.conflict.possible import ask, told
from rostering.explain.conflict.statement import Statement, only
from rostering.problem import Problem
from rostering.result import Result, Status
from rostering.solve import solve
from rostering.violation import Violation

LOOKING = 0.2
"""Share of the time for the nearest roster, whose broken rules say where to look."""

ASKING = 0.25
"""Share of the time that one question may take."""

USUAL = 20.0
"""Seconds of a search whose caller limits neither time nor work."""


def conflict(
    problem: Problem,
    *,
    result: Result | None = None,
    time_limit: float | None = None,
    seed: int = 0,
    iterations: int | None = None,
) -> Conflict:
    """Return a small set of rules that collide in an impossible problem.

    Parameters
    ----------
    result
        What :func:`rostering.solve` answered for the problem; solved here if it is not given.
    time_limit
        Seconds for all of it. When they end, the smallest set so far is returned. None: 20, or no
        limit where ``iterations`` are given.
    iterations
        How much work to do, counted instead of timed, as in :func:`rostering.solve`: the same
        problem, seed and iterations give the same set on any machine.

    Returns
    -------
    Conflict
        Its verdict says whether the set is proven to collide, and whether each rule is needed.

    Raises
    ------
    ValueError
        If a limit can be none.
    """
    found = conflicts(
        problem, most=1, result=result, time_limit=time_limit, seed=seed, iterations=iterations
    )
    return found[0]


def conflicts(
    problem: Problem,
    *,
    most: int = 5,
    result: Result | None = None,
    time_limit: float | None = None,
    seed: int = 0,
    iterations: int | None = None,
) -> list[Conflict]:
    """Return sets of colliding rules that have no rule in common, until the rest is possible.

    As many as ``most``; one at least, whose verdict says if the problem is possible or unknown.
    See :func:`conflict` for the other parameters.
    """
    refuse_wrong(time_limit, iterations)
    search = _Search(problem, clock_of(time_limit, iterations, USUAL), seed)
    looked = result or search.looked()
    if looked.roster is not None and not looked.relaxations:
        return [Conflict(Verdict.POSSIBLE, seconds=search.clock.seconds())]
    found: list[Conflict] = []
    for each in search.disjoint(statements(problem), looked):
        if found and not each.is_proven:
            break
        found.append(each)
        if len(found) == most:
            break
    return found


@dataclass
class _Search:
    """A search under way: its clock, and whether every question was answered."""

    problem: Problem
    clock: Clock
    seed: int
    is_sure: bool = True

    def looked(self) -> Result:
        """Return the nearest roster, for its share of the time."""
        clock = self.clock
        if clock.iterations is None:
            return solve(self.problem, time_limit=clock.time_limit * LOOKING, seed=self.seed)
        steps = max(1, int(clock.iterations * LOOKING))
        clock.tick(steps)
        left = clock.seconds_left()
        return solve(self.problem, time_limit=left, seed=self.seed, iterations=steps)

    def disjoint(self, said: Sequence[Statement], looked: Result) -> Iterator[Conflict]:
        """Find one conflict after the other, each without the statements of those before."""
        left = list(said)
        broken: Sequence[Violation] = looked.relaxations
        is_known = looked.status is Status.INFEASIBLE
        while True:
            found = self.one(left, broken, is_known)
            yield found
            if not found.is_proven:
                return
            taken = {id(statement) for statement in found.statements}
            left = [statement for statement in left if id(statement) not in taken]
            broken, is_known = _elsewhere(broken, found), False

    def one(
        self, said: Sequence[Statement], broken: Sequence[Violation], is_known: bool
    ) -> Conflict:
        """Find one conflict; ``is_known`` if all statements together are proven to collide."""
        self.is_sure = True
        for scope in scopes(said, broken):
            is_whole = len(scope) == len(said)
            if (is_whole and is_known) or self.clash(scope):
                return self.shrunk(scope)
        verdict = Verdict.POSSIBLE if self.is_sure else Verdict.UNKNOWN
        return Conflict(verdict, seconds=self.clock.seconds())

    def shrunk(self, scope: list[Statement]) -> Conflict:
        """Shrink statements that collide."""
        self.is_sure = True
        needed = shrink(self.clash, scope)
        verdict = Verdict.IRREDUCIBLE if self.is_sure else Verdict.REDUCIBLE
        in_order = sorted(needed, key=lambda s: (s.day is None, s.day or 0, s.staff or ""))
        return Conflict(verdict, tuple(in_order), self.clock.seconds())

    def clash(self, some: Sequence[Statement]) -> bool:
        """Return whether some statements are proven to collide."""
        left = self.clock.limit - self.clock.now()
        if left <= 0 or self.clock.is_late():
            self.is_sure = False
            return False
        length = min(left, self.clock.limit * ASKING)
        answer = ask(only(self.problem, some), self._controls(length))
        self.clock.tick_nodes(answer.nodes)
        is_possible = told(answer)
        self.is_sure = self.is_sure and is_possible is not None
        return is_possible is False

    def _controls(self, length: float) -> Controls:
        """Return what ends a question of some length on the clock: seconds, or nodes."""
        if not self.clock.is_counted:
            return Controls(length, seed=self.seed)
        nodes = self.clock.nodes(length)
        return Controls(self.clock.seconds_left(), seed=self.seed, threads=1, nodes=nodes)


def _elsewhere(broken: Sequence[Violation], found: Conflict) -> list[Violation]:
    """Return the rules that gave way at other places than a conflict explains."""
    places = {(s.rule, s.staff, s.day) for s in found.statements}
    return [item for item in broken if (item.rule, item.staff, item.day) not in places]
