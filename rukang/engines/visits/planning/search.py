"""The search for a plan: a start, then the exact model or, of a large round, local search.

The start (`draft.py`) books every home at once, so that there is a plan whatever else fails;
nothing that follows is dearer. Of a round of up to `MOST_VARIABLES` choices, the model chooses
tours and pairs first, their days after. The first tours need not be the best. Where days collide, a
cut is added and tours are chosen again. This ends when the plan is good enough, time runs out or
`MOST_ROUNDS` is reached. A larger round is bettered by local search and bounded by columns. The
cheapest plan of all is returned, with the best bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

import numpy as np

from rukang.engines.visits.check import cost, cost_left_out
from rukang.engines.visits.planning.board import Board
from rukang.engines.visits.planning.draft import Draft, started
from rukang.engines.visits.planning.exact.bound import Tours, least_cost
from rukang.engines.visits.planning.exact.cuts import collision, cut_off
from rukang.engines.visits.planning.exact.layout import Layout, lay_out
from rukang.engines.visits.planning.exact.model import Choice, Model
from rukang.engines.visits.planning.local import searched
from rukang.engines.visits.planning.reasons import left_out, not_found
from rukang.engines.visits.planning.remaining import Remaining
from rukang.engines.visits.planning.tours import cost_done, timetable, tours, week_by_week
from rukang.engines.visits.result import (
    LeftOut,
    Plan,
    Progress,
    Reason,
    Status,
    Visit,
    in_order,
)

MOST_VARIABLES = 12_000
"""Choices of an inspector for a tour that the model takes; HiGHS finds no plan of many more."""

STEPS_A_HOME, FEW_STEPS_A_HOME = 400, 20
"""Steps of local search for each home, where it goes alone and before the model."""

MOST_COLUMN_ROUNDS = 100
"""Times that trips are added for the bound; it stands after a handful."""

A_BETTER = 0.99
"""Share of the cost told last below which a plan of the local search is told."""

MOST_ROUNDS = 20
"""Times that tours are chosen; a round whose days collide ends in a cut."""

FIRST_GAP = 0.05
"""How good the first tours must be; they are laid out at once, so that there soon is a plan."""

FOR_DAYS = 0.1
"""Share of the time left that is kept for days."""

LEAST = 0.1
"""Seconds that a step has even when time is up, so that there is a plan at all."""

FOR_WEEKS = 0.2
"""Share of the time left that is given to the choice week by week."""

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
        self.draws = np.random.default_rng(seed)
        self.bound = 0
        self.draft = started(Board(remaining), self.draws)
        self.best = self._plan(self.draft.layout())
        self._report(self.best.cost, 0, laid_out=True)
        self.tours = Tours(remaining, tours(remaining))

    def run(self, gap: float) -> Plan:
        """Return the first plan that is good enough, or the best found in time."""
        homes = len(self.remaining.homes)
        if self.tours.variables > MOST_VARIABLES:
            self.bound = least_cost(self.remaining, self.tours, MOST_COLUMN_ROUNDS, self._is_over)
            self._better(homes * STEPS_A_HOME, gap)
            return self._ended(0)
        self._better(homes * FEW_STEPS_A_HOME, gap)
        return self._exact(gap)

    def _better(self, steps: int, gap: float) -> None:
        """Search about the start for some steps, and keep what is cheaper."""
        done, told = cost_done(self.remaining), [self.best.cost]

        def is_enough(draft: Draft) -> bool:
            cost = draft.cost() + done
            if cost < told[0] * A_BETTER:
                told[0] = cost
                self._report(cost, self.bound, laid_out=True)
            left = self.remaining.problem.prices.left_out * len(draft.without())
            return cost - self.bound <= gap * max(1, cost - left) or self._is_over()

        self.draft = searched(self.draft, self.draws, steps, is_enough)
        self._keep(self._plan(self.draft.layout()))

    def _is_over(self) -> bool:
        return perf_counter() > self.ends

    def _exact(self, gap: float) -> Plan:
        self.model = Model(self.remaining, list(self.tours.tours))
        aim, rounds = max(gap, FIRST_GAP), 0
        while not rounds or (rounds < MOST_ROUNDS and perf_counter() < self.ends):
            rounds += 1
            choice = self._choose(aim)
            layout = self._lay_out(choice)
            if layout.without and not self._mend(layout):
                break
            if self.best.gap <= gap:
                break
            if not layout.without:
                if aim == 0 or not choice.is_best:
                    break
                aim = gap if aim > gap else 0.0
        return self._ended(rounds)

    def _left(self) -> float:
        return max(LEAST, self.ends - perf_counter())

    def _choose(self, aim: float) -> Choice:
        """Choose tours and pairs, and hold the bound to the best one known."""
        choice = self.model.solve(self._left() * (1 - FOR_DAYS), self.seed, aim, self._tell)
        self.bound = max(self.bound, choice.bound)
        return choice

    def _lay_out(self, choice: Choice) -> Layout:
        """Give the trips their days, and keep the plan if it is cheaper."""
        layout = lay_out(self.remaining, choice.trips, self.seed, self._left())
        self._keep(self._plan(layout))
        return layout

    def _mend(self, layout: Layout) -> bool:
        """Cut off trips whose days collide; say whether that is proven.

        Where the collision is no common one, the same tours are chosen week by week as well: that
        is no bound for others, but soon gives a plan.
        """
        if not layout.collides:
            return False
        if not cut_off(self.model, collision(self.remaining, layout, self._left())):
            homes = {trip.tour.homes for trip in (*layout.days, *layout.without)}
            some = [t for t in self.model.tours if t.homes in homes or len(t.homes) == 1]
            weekly = Model(self.remaining, week_by_week(some))
            self._lay_out(weekly.solve(self._left() * FOR_WEEKS, self.seed))
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
        """Keep the cheaper of a plan and the best so far, and return it with the bound known.

        Of two that cost the same it is the later one, whose days the second stage has drawn.
        """
        best = min(made, self.best, key=lambda plan: plan.cost)
        self.best = best.model_copy(update={"bound": self.bound})
        self._report(self.best.cost, self.bound, laid_out=True)
        return self.best

    def _ended(self, rounds: int) -> Plan:
        is_best = self.best.cost <= self.bound
        ends = {
            "status": Status.OPTIMAL if is_best else Status.FEASIBLE,
            "seconds": perf_counter() - self.began,
            "rounds": rounds,
            "left_out": self.best.left_out if is_best else self._not_proven(),
        }
        return self.best.model_copy(update=ends)

    def _not_proven(self) -> tuple[LeftOut, ...]:
        """Return the homes left out, none of them for want of room: that is not known."""
        homes = self.remaining.problem.home_by_code
        return tuple(
            not_found(homes[left.home]) if left.reason is Reason.NO_ROOM else left
            for left in self.best.left_out
        )

    def _tell(self, chosen: int | None, bound: int | None) -> None:
        """Pass on where the choice of tours stands."""
        self._report(chosen, max(self.bound, bound or 0), laid_out=False)

    def _report(self, cost: int | None, bound: int, *, laid_out: bool) -> None:
        if self.on_progress is not None:
            seconds = perf_counter() - self.began
            self.on_progress(Progress(seconds=seconds, cost=cost, bound=bound, laid_out=laid_out))
