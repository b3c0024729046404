"""One inspection of an invented home under way, and the chance by which it goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlalchemy.orm import Session

from rukang.base.database import context
from rukang.base.database.context import as_actor
from rukang.demo.city import InventedHome, InventedInspector
from rukang.demo.diary import Diary
from rukang.demo.seeing import Looker, Truth, answers_of, facts_of
from rukang.stars.inspections import (
    Inspection,
    Part,
    Stage,
    edition_of,
    own_sheet,
    save_answer,
    save_facts,
    seen_of,
    submit,
)

HOPE = 0.04
"""How much better than it is a home seems to itself."""


@dataclass
class Case:
    """An inspection and who takes part in it.

    ``until`` is the stage at which it still stands when the invented time ends, or None; what else
    may change says what has happened already.
    """

    truth: Truth
    diary: Diary
    inspectors: Mapping[str, InventedInspector]
    dice: np.random.Generator
    until: Stage | None = None
    given_back: bool = False

    @property
    def home(self) -> InventedHome:
        """Return the home that is inspected."""
        return self.truth.home

    def happens(self, probability: float) -> bool:
        """Say whether something happens that happens so often."""
        return bool(self.dice.random() < probability)

    def later(self, day: date, least: int, most: int) -> date:
        """Return a day some days on."""
        return day + timedelta(days=int(self.dice.integers(least, most + 1)))

    def fill(
        self,
        session: Session,
        inspection: Inspection,
        email: str,
        day: date,
        criteria: Iterable[str],
    ) -> None:
        """Answer criteria on somebody's sheet as they see the home, and submit it."""
        sheet, now = own_sheet(as_actor(session, email), inspection, email), context.now(session)
        one = self.inspectors.get(email)
        by = Looker(sheet.name, one.leniency if one else HOPE, self.dice)
        answers = answers_of(self.truth, edition_of(inspection), tuple(criteria), day, by)
        for answer in answers:
            save_answer(session, sheet, answer, now)
        if sheet.part is not Part.THIRD:
            save_facts(session, sheet, facts_of(self.home, day))
        submit(session, sheet, seen_of(sheet))
