"""What searches that run beside each other tell each other: best roster, bound, time left."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

from rostering.columns.clock import Clock
from rostering.compiled.tables import Ints
from rostering.exact.controls import rounded_up


@dataclass(eq=False)
class Board:
    """The best roster and bound so far; safe to use from several threads.

    Only the thread that made it asks ``cancel`` and calls ``on_change``: they are its caller's.

    Parameters
    ----------
    clock
        The clock that all searches go by.
    share
        Of its whole length, after which to end.
    patience
        Of its whole length, after which to end if there is no sound roster by then.
    gap
        Relative gap between cost and bound that is good enough.
    cancel
        Asked often; once it answers true, all searches end.
    on_change
        Told the cost (infinite without a sound roster) and the bound.
    is_sound
        Whether a roster keeps every hard rule; others are kept only for want of better.
    bound
        No roster costs less; none costs less than nothing, as no weight is negative.
    """

    clock: Clock = field(default_factory=Clock)
    share: float = 1.0
    patience: float = 1.0
    gap: float = 0.0
    cancel: Callable[[], bool] = lambda: False
    on_change: Callable[[float, float], None] = lambda _cost, _bound: None
    is_sound: Callable[[Ints], bool] = lambda _roster: True
    roster: Ints | None = None
    cost: float = inf
    bound: float = 0.0
    has_sound: bool = False
    cancelled: bool = False
    stopped: bool = False
    changed: bool = False
    owner: int = field(default_factory=threading.get_ident)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def offer(self, roster: Ints, cost: float) -> bool:
        """Keep a roster if none is better; return whether it is better than the last one."""
        with self.lock:
            if cost > self.cost + SAME:
                return False
            better = cost < self.cost - SAME
            self.roster, self.cost = roster.copy(), cost
            if better:
                self.has_sound = self.is_sound(roster)
                self.changed = True
            return better

    def prove(self, bound: float) -> None:
        """Keep the least whole cost that a bound allows, if no bound is higher."""
        whole = rounded_up(bound)
        with self.lock:
            if whole is not None and whole > self.bound:
                self.bound = whole
                self.changed = True

    def left(self) -> float:
        """Return the time that is left, on the clock."""
        share = self.share if self.has_sound else min(self.share, self.patience)
        return share * self.clock.limit - self.clock.now()

    def is_over(self) -> bool:
        """Return whether searching should end: time, a wish to stop, or a proof."""
        if threading.get_ident() == self.owner:
            self._talk()
        return self.stopped or self.left() <= 0 or self.is_proven() or self._is_pressed()

    def is_urgent(self) -> bool:
        """Return whether what is under way should be dropped, and not only nothing more begun.

        Counted work is dropped for reasons outside only: where it ends by itself must not depend on
        the machine.
        """
        return self.is_over() and (self._is_pressed() or not self.clock.is_counted)

    def stop(self) -> None:
        """End all searches."""
        self.stopped = True

    def is_proven(self) -> bool:
        """Return whether the best roster is near enough to the bound; costs are whole."""
        room = self.gap * max(1.0, abs(self.cost))
        return self.has_sound and self.cost <= self.bound + room + SAME

    def _is_pressed(self) -> bool:
        """Return whether the caller or the seconds end it, whatever is counted."""
        return self.cancelled or self.clock.is_late()

    def _talk(self) -> None:
        """Tell the caller what changed, and ask whether to go on."""
        self.cancelled = self.cancelled or self.cancel()
        if self.changed:
            self.changed = False
            self.on_change(self.cost if self.has_sound else inf, self.bound)


SAME = 1e-6
"""Costs nearer than this are the same."""
