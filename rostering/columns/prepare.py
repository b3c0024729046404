"""Compile the engine once, before any clock runs; later processes read what was kept on disk."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np

from rostering.columns.anneal import annealed, exchanged, first_roster
from rostering.columns.board import Board
from rostering.columns.clock import STEPS_A_SECOND, Clock
from rostering.columns.improve import Improver
from rostering.columns.part import cost_of, tools
from rostering.columns.search import search
from rostering.compiled.automata.build import rows_of
from rostering.compiled.demand import demand_of
from rostering.compiled.judge import price_all
from rostering.forms import forms
from rostering.parts import Cover, ShiftType, Staff
from rostering.problem import Problem

ENOUGH = 60 * STEPS_A_SECOND
"""Steps, more than the tiny problem takes. Not seconds: a slow machine compiles for minutes, and
what is dropped half way would compile on while the process ends."""


@cache
def prepare() -> None:
    """Compile what the search by columns needs; takes a minute or more once after installing.

    :func:`rostering.solve` calls it before its clock starts. Whoever installs may call it too, so
    that nobody waits for it.
    """
    given = forms(_tiny())
    own = tools(rows_of(given), demand_of(given))
    board = Board(Clock(iterations=ENOUGH))
    roster = first_roster(own, board)
    board.offer(roster, cost_of(own.rows, own.demand, roster))
    annealed(own, board, roster, time=0.01, seed=0)
    exchanged(own, board, roster, time=0.01, seed=0)
    price_all(own.rows, 0)  # serves only those who get no row at once
    Improver(own, board, np.random.default_rng(0)).turn()
    search(given, Board(Clock(iterations=ENOUGH)), None, 0, threads=1)


def _tiny() -> Problem:
    """Return a problem whose relaxation is whole, so that it is proven at once.

    Not too soon: a day wants more people than there are, since what costs nothing needs no proof.
    """
    days = range(14)
    return Problem(
        start=date(2026, 10, 5),
        days=len(days),
        shift_types=(
            ShiftType(id="早", minutes=480, paid_minutes=480),
            ShiftType(id="中", minutes=480, paid_minutes=480, forbidden_next=("早",)),
        ),
        staff=tuple(
            Staff(id=f"S{n}", max_consecutive_days=5, max_weekends=1, max_minutes=4800)
            for n in range(3)
        ),
        cover=tuple(Cover(day=day, shift="早", wanted=1 if day else 4) for day in days),
    )
