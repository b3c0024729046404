"""The search for a plan: tours and pairs first, their days after.

Both stages repeat, with a cut for trips whose days collide, until every trip has a day, time runs
out or `MOST_ROUNDS` is reached; the cheapest plan of all rounds is returned, with the best bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

import numpy as np

from rukang.visits.check import cost, cost_left_out
from rukang.visits.collisions import collision
from rukang.visits.cuts import cut_off
from rukang.visits.layout import Layout, lay_out
from rukang.visits.model import Choice, Model
from rukang.visits.reasons import left_out
from rukang.visits.remaining import Remaining
from rukang.visits.result import Plan, Progress, Status, Visit, in_order
from rukang.visits.timetable import timetable

MOST_ROUNDS = 20
"""Times that tours are chosen; a round whose days collide ends in a cut."""

FIRST_GAP = 0.05
"""How good the first tours must be; they are laid out at once, so that there soon is a plan."""

FOR_DAYS = 0.1
"""Share of the time left that is kept for days."""

OnProgress = Callable[[Progress], None]


class Search:
    """One planning run.

    Parameters
    ----------
    former
        The plan to be changed; none for a new round.
    """

    def __init__(
        self,
        remaining: Remaining,
        former: Plan | None,
        seed: int,
        time_limit: float,
        on_progress: OnProgress | None,
    ) -> None:
        self.remaining, self.former, self.seed = remaining, former, seed
        self.on_progress = on_progress
        self.began = perf_counter()
        self.ends = self.began + time_limit
        self.model = Model(remaining)
        self.bound = 0
        self.best = self._plan(Layout({}, (), False))

    def run(self, gap: float) -> Plan:
        """Return the first plan that is good enough, or the best found in time."""
        aim, rounds = max(gap, FIRST_GAP), 0
        while not rounds or (rounds < MOST_ROUNDS and perf_counter() < self.ends):
            rounds += 1
            choice = self._choose(aim)
            layout = lay_out(self.remaining, choice.trips, self.seed, max(1.0, self._left()))
            best = self._keep(self._plan(layout))
            if best.gap <= gap:
                break
            if not layout.without:
                if aim == gap or not choice.is_best:
                    break
                aim = gap
            elif not self._cut(layout):
                break
        return self._ended(rounds)

    def _left(self) -> float:
        return self.ends - perf_counter()

    def _choose(self, aim: float) -> Choice:
        """Choose tours and pairs, and hold the bound to the best one known."""
        choice = self.model.solve(
            max(1.0, self._left() * (1 - FOR_DAYS)), self.seed, aim, self._tell
        )
        self.bound = max(self.bound, choice.bound)
        return choice

    def _cut(self, layout: Layout) -> bool:
        """Forbid trips whose days collide; say whether any were found."""
        if not layout.collides:
            return False
        cut_off(self.model, collision(self.remaining, layout, self._left()))
        return True

    def _plan(self, layout: Layout) -> Plan:
        """Return the plan of some days, with the homes of the other trips left out."""
        problem, former = self.remaining.problem, self.former
        visits = in_order([*self.remaining.done, *self._visits(layout)])
        seen = {visit.home for visit in visits}
        homes = [home for home in self.remaining.homes if home.code not in seen]
        made = Plan(
            status=Status.FEASIBLE,
            visits=visits,
            left_out=tuple(left_out(self.remaining, home) for home in homes),
            cost=0,
            bound=self.bound,
            since=self.remaining.since if former else None,
            previous=former.visits if former else (),
            revision=former.revision + 1 if former else 0,
        )
        prices = {"cost": cost(problem, made), "left_out_cost": cost_left_out(problem, made)}
        return made.model_copy(update=prices)

    def _visits(self, layout: Layout) -> Iterator[Visit]:
        """Yield the visits of every tour, its homes in an order that the seed draws."""
        draws = np.random.default_rng(self.seed)
        for trip, day in layout.days.items():
            homes = [trip.tour.homes[place] for place in draws.permutation(len(trip.tour.homes))]
            yield from timetable(self.remaining.problem, day, trip.pair, homes)

    def _keep(self, made: Plan) -> Plan:
        """Keep the cheaper of a plan and the best so far, and return it with the bound known."""
        best = min(self.best, made, key=lambda plan: plan.cost)
        self.best = best.model_copy(update={"bound": self.bound})
        self._report(self.best.cost, self.bound, laid_out=True)
        return self.best

    def _ended(self, rounds: int) -> Plan:
        is_best = self.best.cost <= self.bound
        ends = {
            "status": Status.OPTIMAL if is_best else Status.FEASIBLE,
            "seconds": perf_counter() - self.began,
            "rounds": rounds,
        }
        return self.best.model_copy(update=ends)

    def _tell(self, chosen: int | None, bound: int | None) -> None:
        """Pass on where the choice of tours stands."""
        self._report(chosen, max(self.bound, bound or 0), laid_out=False)

    def _report(self, cost: int | None, bound: int, *, laid_out: bool) -> None:
        if self.on_progress is not None:
            seconds = perf_counter() - self.began
            self.on_progress(Progress(seconds=seconds, cost=cost, bound=bound, laid_out=laid_out))
