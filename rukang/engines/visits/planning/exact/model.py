"""The first stage: which tours, and which two inspectors make each; days are left open.

x[t] = 1 when tour t is made, y[i, t] = 1 when inspector i is one of its two, u[h] = 1 when home h
is left out. Each home is in one tour or left out; Σ_i y[i, t] = 2 x[t] and y ≤ x; somebody of each
pair has each skill. Days are relaxed: the tours of an inspector whose days all lie within weeks a
to b are at most the days they can give in those weeks, the tours of all at most the trips they can
make, and nobody keeps two tours on one former day. The spread is a whole number of per cent,
between bounds high and low on every load.

Days cost nothing but through `kept`, which is in the tours; so the optimum bounds every plan. Where
the second stage finds trips that no days suit, a cut forbids just these together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations_with_replacement

import pulp

from rostering.exact.controls import Controls, End
from rostering.exact.highs import solve_with_highs
from rukang.engines.visits.asked.parts import Inspector
from rukang.engines.visits.planning.remaining import Remaining, Week, by_week, most_trips, week_of
from rukang.engines.visits.planning.tours import (
    Tour,
    Trip,
    cost_done,
    cost_of_going,
    cost_of_moving,
    may_go,
    needs_of,
)
from rukang.engines.visits.result import Pair

HALF = 0.5


@dataclass(frozen=True)
class Choice:
    """Tours with their pairs, the least cost of any plan, and whether the search ended."""

    trips: tuple[Trip, ...]
    bound: int
    is_best: bool


class Model:
    """The program of the first stage, to be solved again with cuts."""

    def __init__(self, remaining: Remaining, candidates: list[Tour]) -> None:
        self.remaining = remaining
        self.problem = remaining.problem
        self.tours = candidates
        self.program = pulp.LpProblem("visits", pulp.LpMinimize)
        self.made = [self._binary(f"x_{number}") for number in range(len(self.tours))]
        self.goes = {
            (inspector.code, number): self._binary(f"y_{place}_{number}")
            for place, inspector in enumerate(self.problem.inspectors)
            for number, tour in enumerate(self.tours)
            if may_go(remaining, inspector, tour)
        }
        self.left_out = {
            home.code: self._binary(f"u_{place}") for place, home in enumerate(remaining.homes)
        }
        self.spread = self.program.add_variable("spread", 0, None, pulp.LpInteger)
        self.added = 0
        self._rows()
        self.program.setObjective(self._objective())

    def solve(
        self,
        time_limit: float,
        seed: int,
        gap: float = 0.0,
        tell: Callable[[int | None, int | None], None] | None = None,
    ) -> Choice:
        """Return the cheapest tours and pairs found in some seconds; none made is an answer too."""
        controls = Controls(time_limit=time_limit, gap=gap, seed=seed, threads=1, on_progress=tell)
        answer = solve_with_highs(self.program, controls)
        trips = tuple(self._trips()) if answer.has_values else ()
        return Choice(trips, answer.bound or 0, answer.end is End.FINISHED)

    def another_variable(self) -> pulp.LpVariable:
        """Return a new variable that is not negative, for a cut."""
        self.added += 1
        return self.program.add_variable(f"added_{self.added}", 0)

    def _binary(self, name: str) -> pulp.LpVariable:
        return self.program.add_variable(name, cat=pulp.LpBinary)

    def _rows(self) -> None:
        for rows in (
            self._one_visit_each(),
            self._two_inspectors(),
            self._skills(),
            self._weeks_of_each(),
            self._weeks_of_all(),
            self._days_kept(),
            self._spread(),
        ):
            for row in rows:
                self.program += row

    def _one_visit_each(self) -> Iterator[pulp.LpConstraint]:
        for code, left in self.left_out.items():
            pairs = zip(self.tours, self.made, strict=True)
            yield pulp.lpSum(made for tour, made in pairs if code in tour.homes) + left == 1

    def _two_inspectors(self) -> Iterator[pulp.LpConstraint]:
        goers: list[list[pulp.LpVariable]] = [[] for _ in self.tours]
        for (_, number), goes in self.goes.items():
            goers[number].append(goes)
            yield goes <= self.made[number]
        for made, able in zip(self.made, goers, strict=True):
            yield pulp.lpSum(able) == 2 * made

    def _skills(self) -> Iterator[pulp.LpConstraint]:
        """Ask each skill of one of the two."""
        for number, tour in enumerate(self.tours):
            for skill in sorted(needs_of(self.problem, tour)):
                able = [
                    self.goes[item.code, number]
                    for item in self.problem.inspectors
                    if skill in item.skills and (item.code, number) in self.goes
                ]
                yield pulp.lpSum(able) >= self.made[number]

    def _weeks_of_each(self) -> Iterator[pulp.LpConstraint]:
        """Limit the tours of each inspector to the days they can give, in any run of weeks."""
        for inspector in self.problem.inspectors:
            present = self.remaining.present[inspector.code]
            spans = [
                (span(tour.days & present), self.goes[inspector.code, number])
                for number, tour in enumerate(self.tours)
                if (inspector.code, number) in self.goes
            ]
            yield from runs(spans, self.remaining.days_left[inspector.code])

    def _weeks_of_all(self) -> Iterator[pulp.LpConstraint]:
        """Limit the tours to the trips that everybody can make, in any run of weeks."""
        everybody = frozenset(self.problem.inspector_by_code)
        weeks = by_week(self.remaining.ahead).items()
        most = {
            week: most_trips(self.remaining, everybody, frozenset(days)) for week, days in weeks
        }
        spans = [(span(tour.days), made) for tour, made in zip(self.tours, self.made, strict=True)]
        yield from runs(spans, most)

    def _days_kept(self) -> Iterator[pulp.LpConstraint]:
        """Let nobody keep two tours of one former day."""
        for inspector in self.problem.inspectors:
            kept: dict[frozenset[object], list[pulp.LpVariable]] = {}
            for number, tour in enumerate(self.tours):
                if tour.kept and (inspector.code, number) in self.goes:
                    kept.setdefault(tour.days, []).append(self.goes[inspector.code, number])
            yield from (pulp.lpSum(same) <= 1 for same in kept.values() if len(same) > 1)

    def _spread(self) -> Iterator[pulp.LpConstraint]:
        """Hold the spread to the loads, each in per cent of the days that could be given."""
        high = self.program.add_variable("high", 0)
        low = self.program.add_variable("low", 0)
        for inspector in self.problem.inspectors:
            if most := self.remaining.most_days[inspector.code]:
                days = self._days(inspector)
                yield most * high >= 100 * days
                yield most * low <= 100 * days
        yield self.spread >= high - low

    def _days(self, inspector: Inspector) -> pulp.LpAffineExpression:
        done = len(self.remaining.busy_done[inspector.code])
        return done + pulp.lpSum(
            goes for (code, _), goes in self.goes.items() if code == inspector.code
        )

    def _objective(self) -> pulp.LpAffineExpression:
        prices = self.problem.prices
        return pulp.lpSum(
            [
                *(prices.left_out * left for left in self.left_out.values()),
                *(
                    cost_of_moving(self.remaining, tour) * made
                    for tour, made in zip(self.tours, self.made, strict=True)
                ),
                *(
                    cost_of_going(self.remaining, code, self.tours[number]) * goes
                    for (code, number), goes in self.goes.items()
                ),
                prices.spread_point * self.spread,
                cost_done(self.remaining),
            ]
        )

    def _trips(self) -> Iterator[Trip]:
        """Yield the tours made, read off whatever the solver's tolerance."""
        for number, (tour, made) in enumerate(zip(self.tours, self.made, strict=True)):
            if made.value() > HALF:
                yield Trip(tour, self._pair(number))

    def _pair(self, number: int) -> Pair:
        able = [item.code for item in self.problem.inspectors if (item.code, number) in self.goes]
        most = sorted(able, key=lambda code: -self.goes[code, number].value())
        one, other = sorted(most[:2])
        return one, other


Span = tuple[Week, Week]
"""A first and a last week."""


def span(days: frozenset[date]) -> Span:
    """Return the first and last week of some days."""
    return week_of(min(days)), week_of(max(days))


def runs(
    spans: list[tuple[Span, pulp.LpVariable]], most: Mapping[Week, int]
) -> Iterator[pulp.LpConstraint]:
    """Limit, for every run of weeks, what lies within it."""
    for first, last in combinations_with_replacement(sorted(most), 2):
        within = [variable for (start, end), variable in spans if first <= start and end <= last]
        limit = sum(count for week, count in most.items() if first <= week <= last)
        if len(within) > limit:
            yield pulp.lpSum(within) <= limit
