"""Objections: a home that feels judged too low says so; the officer looks at how it truly is."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from rukang.base.database.context import as_actor
from rukang.demo.case import Case
from rukang.demo.city import OFFICER
from rukang.demo.seeing import Looker, answer_of
from rukang.engines.rating import Answer, Rating, Scorer
from rukang.engines.rating.stars.points import earn
from rukang.stars.inspections import Inspection, decide, edition_of, object_to

OBJECTS = 0.25
"""How often a home objects."""


def make_objection(session: Session, case: Case, inspection: Inspection) -> None:
    """Let a home object now and then."""
    if case.happens(OBJECTS):
        words = "示例：对部分指标的得分有异议，已补充佐证材料"
        object_to(as_actor(session, case.home.manager), inspection, words)


def decide_objection(session: Session, case: Case, inspection: Inspection, today: date) -> None:
    """Uphold an objection where the home is truly better than was found, or reject it."""
    objection = next(one for one in inspection.objections if one.upheld is None)
    if better := _better(case, inspection, today):
        words = f"示例：经核对补充材料，更正 {better.criterion}"
        decide(as_actor(session, OFFICER), inspection, objection, words, [better])
        return
    decide(as_actor(session, OFFICER), inspection, objection, "示例：补充材料不改变评定，予以驳回")


def _better(case: Case, inspection: Inspection, today: date) -> Answer | None:
    """Return what is true of the criterion the home shows papers of, if it is more than found."""
    if inspection.rating is None:
        raise RuntimeError(f"Inspection {inspection.id} is proposed without a rating.")
    found = Rating.model_validate(inspection.rating.result).criteria
    edition = edition_of(inspection)
    lost = [
        (section.id, item)
        for section in edition.sections
        for item in section.criteria
        if item.scorer is Scorer.INSPECTOR and item.points and not found[item.id].in_full
    ]
    if not lost:
        return None
    section, item = lost[int(case.dice.integers(len(lost)))]
    true = answer_of(case.truth, item, section, today, Looker("示例复核人", 0, case.dice, noise=0))
    return true if earn(item, true) > found[item.id].earned else None
