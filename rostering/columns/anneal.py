"""First rosters, made person by person, and annealing of whole rosters.

Two kinds of annealing go together. One takes a few people out and puts each back by a search for
the whole row, a millisecond a time; the other tries small moves, a microsecond a time. Where many
rules tie people to each other, as in homes, the small moves win; where rows are what is hard to
find, as in long periods, the searches do.
"""

from __future__ import annotations

import numpy as np

from rostering.columns.board import Board
from rostering.columns.part import Tools
from rostering.compiled.anneal import WEEK, Plan, anneal, choose_span, refill, seed_chance
from rostering.compiled.cheapest.paths import cheapest
from rostering.compiled.demand import Demand, count, total_price
from rostering.compiled.exchange import cost_of_ledger, exchange, ledger_of
from rostering.compiled.judge import judged, price_all
from rostering.compiled.tables import Ints

FIRST_STEPS = ((30, np.inf), *[(300, np.inf)] * 5, (60, 0.0), (200, 0.0))
"""Rounds of bettering the multipliers for a first row, and its slack: more for those without one.

Without end to the slack there is no exact search: the first sound row met is taken.
"""

WARM, COOL = 6.0, 0.3
"""Temperatures of annealing by rows, first and last, in costs."""

HOT, COLD = 0.5, 0.5
"""Temperatures of annealing by moves: the first in prices of the dearest head, then in costs."""

SEEKING = 0.25
"""The first temperature while heads are missing that must not, in prices of such a head."""

A_MOVE = 1 / 2000
"""Steps of the clock for a move."""

FIRST_MOVES, A_TURN = 1000, 0.05
"""Moves of the first turn, and how long the others take about."""

SHORT = 12 * WEEK
"""Periods up to this long are annealed as a whole, longer ones by some weeks."""

NARROW, WIDE = 2 * WEEK, 6 * WEEK
"""Days at a time in longer periods, at first and later: narrow ones mend more a second."""

NARROW_SHARE = 0.75
"""Share of the time for which they are narrow."""

LOOSE = 4.0
"""Slack of a row in temperatures in longer periods, where an exact search takes long."""


def first_roster(tools: Tools, board: Board, seed: int = 0, known: Ints | None = None) -> Ints:
    """Return a roster made person by person, each row a cheap one beside those before.

    The cheapest would take longer, and annealing changes them anyway.

    Parameters
    ----------
    known
        Person × day: rows to keep, where they keep the person's rules.
    """
    seed_chance(seed)
    rows, demand = tools.rows, tools.demand
    people, days = rows.cells.shape[:2]
    everybody = np.arange(people, dtype=np.int32)
    roster = np.zeros((people, days), np.int32) if known is None else known.copy()
    paid = np.full(people, np.inf) if known is None else judged(rows, everybody, roster)
    plan = Plan(roster, demand.base.copy(), paid)
    missing = [int(person) for person in everybody[paid == np.inf]]
    for person in everybody[paid < np.inf]:
        count(demand, plan.heads, person, roster[person], 0, days, 1)
    all_days = choose_span(days, days)
    for steps, slack in FIRST_STEPS:
        board.clock.tick(len(missing))
        missing = [
            p
            for p in missing
            if board.is_over() or not refill(*tools, plan, p, all_days, slack, steps)
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
    paid = judged(rows, np.arange(people, dtype=np.int32), roster)
    plan = Plan(roster.copy(), demand.base.copy(), paid)
    for person in range(people):
        count(demand, plan.heads, person, roster[person], 0, days, 1)
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


def exchanged(
    tools: Tools,
    board: Board,
    roster: Ints,
    time: float,
    seed: int,
    *,
    heat: float = 1.0,
    is_seeking: bool = False,
) -> Ints:
    """Return the best roster that small moves met; offers each better one.

    People whose rows break their rules stay as they are, and nothing is offered.

    Parameters
    ----------
    heat
        Share of the usual first temperature.
    is_seeking
        Whether a roster is sought in which no head is missing that must not.
    """
    rows, demand, clock = tools.rows, tools.demand, board.clock
    ledger = ledger_of(rows, demand, roster)
    is_sound = len(ledger.people) == len(roster)
    cost = cost_of_ledger(rows, demand, ledger)
    best, costs = roster.copy(), np.array([cost, cost])
    began, moves = clock.now(), FIRST_MOVES if len(ledger.people) else 0
    first = SEEKING * demand.hard if is_seeking else HOT * _dearest(demand)
    hot = max(heat * first, COLD)
    while moves and not board.is_over() and (spent := (clock.now() - began) / time) < 1:
        turn, before = clock.now(), costs[1]
        seed += 1
        exchange(rows, demand, ledger, best, costs, moves, hot * (COLD / hot) ** spent, seed)
        clock.tick(A_MOVE * moves)
        if is_sound and costs[1] < before - 1e-6:
            board.offer(best, float(costs[1]))
        took = clock.now() - turn
        moves = int(np.clip(moves * A_TURN / max(took, 1e-3), 1, 2 * moves))
    return best


def _dearest(demand: Demand) -> float:
    """Return the most that a head too few or too many costs where that is not forbidden."""
    prices = np.append(demand.under, demand.over)
    return float(prices[prices < demand.hard].max(initial=0.0))
