"""Improve a roster by parts: each is solved again by column generation and a dive.

Literature: E. Rahimian, K. Akartunalı and J. Levine (2017), A hybrid integer programming and
variable neighbourhood search algorithm to solve nurse rostering problems, European Journal of
Operational Research 258(2), 411-423, whose neighbourhoods are people and days likewise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rostering.columns.board import Board
from rostering.columns.dive import Manner, dive
from rostering.columns.generate import generate
from rostering.columns.master import Master
from rostering.columns.part import Part, Tools, cost_of, part_of
from rostering.compiled.anneal import Plan, anneal, refill, seed_chance
from rostering.compiled.demand import count, total_price
from rostering.compiled.judge import judge, price_all
from rostering.compiled.paths import cheapest
from rostering.compiled.tables import Ints

FEW_CELLS, MANY_CELLS = 150.0, 20_000.0
"""Parts have about so many cells; the size follows how long they take."""

PATIENT, HASTY = 2.0, 0.5
"""Seconds for a part: above the one parts get smaller, below the other larger."""

FIRST_STEPS = ((30, np.inf), *[(300, np.inf)] * 5, (60, 0.0), (200, 0.0))
"""Rounds of bettering the multipliers for a first row, and its slack: more for those without one.

Without end to the slack there is no exact search: the first sound row met is taken.
"""

WARM, COOL = 6.0, 0.3
"""Temperatures of annealing, in costs."""

WEEK = 7

SHORT = 12 * WEEK
"""Periods up to this long are annealed as a whole, longer ones by some weeks."""

NARROW, WIDE = 2 * WEEK, 6 * WEEK
"""Days at a time in longer periods, at first and later: narrow ones mend more a second."""

NARROW_SHARE = 0.3
"""Share of the time for which they are narrow."""

LOOSE = 4.0
"""Slack of a row in temperatures in longer periods, where an exact search takes long."""


def first_roster(tools: Tools, board: Board, seed: int = 0) -> Ints:
    """Return a roster made person by person, each row a cheap one beside those before.

    The cheapest would take longer, and annealing changes them anyway.
    """
    seed_chance(seed)
    rows, demand = tools.rows, tools.demand
    people, days = rows.cells.shape[:2]
    plan = Plan(np.zeros((people, days), np.int32), demand.base.copy(), np.zeros(people))
    missing = list(range(people))
    for steps, slack in FIRST_STEPS:
        board.clock.tick(len(missing))
        missing = [
            p
            for p in missing
            if board.is_over() or not refill(*tools, plan, p, 0, days, slack, steps)
        ]
        for person in missing:
            price_all(rows, person)
    for person in missing if not board.is_over() else ():
        plain_row(tools, plan.roster[person], person)
    return plan.roster


def plain_row(tools: Tools, row: Ints, person: int) -> None:
    """Write a row that keeps a person's rules, with nothing of what untold sums limit, if any.

    Last resort in long periods, where the search may lose all rows that keep every limit.
    """
    rows = tools.rows
    cells = rows.cells[person].copy()
    for slot in range(rows.slot_first[person], rows.slot_first[person + 1]):
        if not rows.is_told[slot] and rows.bit[slot] < 0:
            cells[rows.amounts[rows.adds[slot]] > 0] = np.inf
    found = row.copy()
    work, multiplier = tools.work, tools.multiplier
    cost, _, _ = cheapest(
        rows, work, multiplier, person, cells, found, 0, len(row), np.inf, 0.0, FIRST_STEPS[-1][0]
    )
    if cost < np.inf:
        row[:] = found


def annealed(tools: Tools, board: Board, roster: Ints, time: float, seed: int) -> Ints:
    """Return the best roster that annealing met; offers each better one."""
    rows, demand = tools.rows, tools.demand
    people, days = roster.shape
    plan = Plan(roster.copy(), demand.base.copy(), np.zeros(people))
    for person in range(people):
        count(demand, plan.heads, person, roster[person], 0, days, 1)
        plan.paid[person] = judge(rows, person, roster[person])
    cost = total_price(demand, plan.heads) + plan.paid.sum()
    best, costs = roster.copy(), np.array([cost, cost])
    clock, rounds = board.clock, 4
    began = clock.now()
    while (spent := clock.now() - began) < time and not board.is_over():
        warm = COOL + (WARM - COOL) * (1 - spent / time) ** 2
        turn, before = clock.now(), costs[1]
        seed += 1
        width, slack = days, warm
        if days > SHORT:
            width = NARROW if spent < NARROW_SHARE * time else WIDE
            slack = LOOSE * warm
        anneal(*tools, plan, best, costs, rounds, 3, width, warm, slack, seed)
        clock.tick(2 * rounds)  # of one to three people
        if costs[1] < before - 1e-6:
            board.offer(best, float(costs[1]))
        took = clock.now() - turn
        rounds = int(np.clip(rounds * 0.1 / max(took, 1e-3), 1, 2 * rounds))
    return best


@dataclass
class Improver:
    """Chooses parts, solves them and learns how large they may be."""

    tools: Tools
    board: Board
    rng: np.random.Generator
    cells: float = 600.0

    def turn(self) -> bool:
        """Solve one part of the best roster; return whether that bettered it."""
        roster, cost = self.board.roster, self.board.cost
        if roster is None:
            return False
        began = self.board.clock.now()
        people, first, last = self.choose(roster)
        better = self.solve(part_of(self.tools, roster, people, first, last), cost)
        took = self.board.clock.now() - began
        factor = 0.9 if took > PATIENT else 1.1 if took < HASTY else 1.0
        most = min(MANY_CELLS, 1.0 * roster.size)
        self.cells = float(np.clip(self.cells * factor, min(FEW_CELLS, most), most))
        return better

    def choose(self, roster: Ints) -> tuple[Ints, int, int]:
        """Return people and days of a part: some people for long, or many for some weeks."""
        people, days = roster.shape
        weeks = -(-days // WEEK)
        span = int(self.rng.choice([2, 3, 4, 6, 8, weeks]))
        span = weeks if days <= 6 * WEEK and self.rng.random() < 0.6 else min(span, weeks)
        size = int(np.clip(self.cells / (WEEK * span), min(people, 2), people))
        first = WEEK * int(self.rng.integers(0, weeks - span + 1))
        last = min(days, first + WEEK * span)
        chosen = self.rng.choice(people, size, replace=False)
        return np.sort(chosen).astype(np.int32), first, last

    def solve(self, part: Part, cost: float) -> bool:
        """Solve a part; return whether the whole got better."""
        board, tools = self.board, self.tools
        master = Master(part, board)
        own = part.roster[part.people]
        paid = np.array([judge(tools.rows, p, part.roster[p]) for p in part.people])
        master.add(np.arange(len(own), dtype=np.int32), own, paid)
        found = generate(tools, master, cutoff=cost, tolerance=0.3)
        if found.proof.bound > cost - 1 + 1e-6 or board.is_over():
            return False
        manner = Manner(
            sure=float(self.rng.uniform(0.6, 0.9)),
            most=float(self.rng.uniform(0.02, 0.08)),
            noise=float(self.rng.choice([0.0, 0.1])),
        )
        rows = dive(tools, master, manner, self.rng, cutoff=cost + 0.5)
        return rows is not None and self.offer(part, rows)

    def offer(self, part: Part, rows: Ints) -> bool:
        """Offer the roster with new rows for a part."""
        roster = part.roster.copy()
        roster[part.people] = rows
        return self.board.offer(roster, cost_of(self.tools.rows, self.tools.demand, roster))
