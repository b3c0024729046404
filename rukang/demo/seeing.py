"""How good a home truly is on a day, and what somebody who looks would answer.

A home has a quality in every section and, a little apart, in every criterion; it drifts over time
and rises where something was mended. Who looks sees it through their own leniency and some noise,
so that two who look differ now and then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np

from rukang.demo.chance import chance
from rukang.demo.city import InventedHome
from rukang.engines.rating import Answer, Criterion, Edition, State
from rukang.engines.rating.criteria.criterion import Bands, Choice, Deduction, Judged, Share, YesNo

ENOUGH = 0.5
"""The quality from which a yes-or-no criterion is met."""

FULL = 0.7
"""The quality from which a share is at its full end, and nothing is deducted."""

NOISE = 0.04
MENDED = 0.25
HURT = 0.15
"""What a section loses by an incident."""


@dataclass
class Truth:
    """A home as it truly is, while the years go by.

    ``mended`` are criteria that were put right, ``hurt`` a section an incident speaks against,
    ``struck`` a criterion that is no longer met because of it.
    """

    seed: int
    home: InventedHome
    since: date
    mended: set[str] = field(default_factory=set)
    hurt: str = ""
    struck: str = ""

    def quality(self, section: str, criterion: str, on: date) -> float:
        """Return the quality of a criterion on a day, from 0 to 1."""
        years = (on - self.since).days / 365
        own = chance(self.seed, self.home.code, criterion).normal(0, 0.07)
        found = self.home.quality[section] + self.home.drift[section] * years + own
        found += MENDED if criterion in self.mended else 0
        found -= HURT if section == self.hurt else 0
        return float(np.clip(found, 0, 1))


@dataclass(frozen=True)
class Looker:
    """Somebody who looks: how lenient they are, and the chance that blurs what they see."""

    name: str
    leniency: float
    dice: np.random.Generator
    noise: float = NOISE


def answers_of(
    truth: Truth, edition: Edition, criteria: tuple[str, ...], on: date, by: Looker
) -> list[Answer]:
    """Return what somebody answers to some criteria of a home on a day."""
    section_of = {item.id: part.id for part in edition.sections for item in part.criteria}
    return [answer_of(truth, edition.criteria[name], section_of[name], on, by) for name in criteria]


def answer_of(truth: Truth, item: Criterion, section: str, on: date, by: Looker) -> Answer:
    """Return what somebody answers to a criterion of a home on a day."""
    if item.may_not_apply and not truth.home.contracts:
        reason = "示例：没有签订劳动合同的职工"
        return Answer(criterion=item.id, state=State.NOT_APPLICABLE, evidence=reason)
    seen = truth.quality(section, item.id, on) + by.leniency + by.dice.normal(0, by.noise)
    met, value = _said(item, float(np.clip(seen, 0, 1)))
    if not met or item.id == truth.struck:
        return Answer(criterion=item.id, state=State.NOT_MET, evidence=f"示例：{on} 查看，不符合")
    return Answer(criterion=item.id, state=State.MET, value=value, evidence=f"示例：{on} 查看")


def _said(item: Criterion, seen: float) -> tuple[bool, Decimal | str | None]:
    """Return whether a criterion is met, and with which value, at a quality seen."""
    match item:
        case YesNo():
            return seen >= ENOUGH or not item.points, None
        case Choice():
            options = sorted(item.options, key=lambda option: option.points)
            return True, options[_step(seen, len(options))].key
        case Judged():
            return True, Decimal(item.anchors[_step(seen, len(item.anchors))].level)
        case Bands():
            place = _step(seen, len(item.bands) + 1)
            return place > 0, item.bands[-place].limit if place else None
        case Share():
            part = Decimal(f"{min(1.0, seen / FULL):.2f}")
            return True, item.zero_at + (item.full_at - item.zero_at) * part
        case Deduction():
            return True, Decimal(round(max(0.0, FULL - seen) * 10))


def _step(seen: float, steps: int) -> int:
    """Return which of some steps a quality is on, from 0; the best takes in the upper sixth."""
    return min(steps - 1, int(seen * 1.2 * (steps - 1)))


def facts_of(home: InventedHome, on: date) -> Mapping[str, Decimal]:
    """Return the figures of a home that the example editions ask for."""
    months = (on.year - home.opened_on.year) * 12 + on.month - home.opened_on.month
    return {
        "people_served": Decimal(home.served),
        "months_running": Decimal(months),
        "capacity": Decimal(home.capacity),
    }
