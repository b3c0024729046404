"""What a sheet asks, what it may answer besides, and what it may contradict."""

from __future__ import annotations

from sqlalchemy.orm import Session

from rukang.base.database.context import today
from rukang.engines.rating import Edition, NoData, Outcome, Scorer, compare, compare_facts
from rukang.stars.inspections.life import measured_month
from rukang.stars.inspections.records import InspectionSheet, Part
from rukang.stars.inspections.sheet.sheets import score_sheet
from rukang.stars.measured import measured_criteria

REPORTED = frozenset({Scorer.SELF_REPORT, Scorer.INSPECTOR})
"""Whose criteria the home's own sheet asks, and inspectors' sheets where the home reports nothing.

Other sheets of inspectors ask what inspectors score.
"""


def asked_of(sheet: InspectionSheet, edition: Edition) -> tuple[str, ...]:
    """Return the criteria a sheet has to answer, in the order of the edition.

    Where the home has reported nothing (a revisit, a review), inspectors are asked what it would
    have reported: else a review could never reach the star it reviews.
    """
    reported = sheet.part is not Part.SELF and sheet.inspection.reason.reports_itself
    scorers = frozenset({Scorer.INSPECTOR}) if reported else REPORTED
    asked = [item.id for item in edition.criteria.values() if item.scorer in scorers]
    if sheet.part is not Part.THIRD:
        return tuple(asked)
    by_part = {one.part: score_sheet(one, edition) for one in sheet.inspection.sheets}
    found = compare(edition, by_part[Part.FIRST], by_part[Part.SECOND])
    return tuple(one.criterion.id for one in found if one.outcome is Outcome.DISPUTED)


def asked_facts(sheet: InspectionSheet, edition: Edition) -> tuple[str, ...]:
    """Return the figures of the home a sheet has to give, in the order of the edition."""
    if sheet.part is not Part.THIRD:
        return tuple(fact.key for fact in edition.facts)
    by_part = {one.part: score_sheet(one, edition) for one in sheet.inspection.sheets}
    found = compare_facts(edition, by_part[Part.FIRST], by_part[Part.SECOND])
    return tuple(one.fact.key for one in found if one.outcome is Outcome.DISPUTED)


def optional_of(sheet: InspectionSheet, edition: Edition) -> tuple[str, ...]:
    """Return the criteria a sheet may answer besides: what records answer where there are any.

    A home that keeps no records here is still rated: the first inspector reads its papers. What
    the records say outweighs it.
    """
    if sheet.part is not Part.FIRST:
        return ()
    measured = edition.criteria.values()
    return tuple(item.id for item in measured if item.scorer is Scorer.MEASURED)


def contradictable_of(sheet: InspectionSheet, edition: Edition) -> tuple[str, ...]:
    """Return what a sheet may contradict: what the home reports of itself, what records say.

    The two inspectors may, each with the reason and a piece of evidence. Where they differ, or one
    of them alone contradicts, a third decides.
    """
    if sheet.part not in {Part.FIRST, Part.SECOND}:
        return ()
    asked = asked_of(sheet, edition)
    return tuple(
        item.id
        for item in edition.criteria.values()
        if item.scorer is not Scorer.INSPECTOR and item.id not in asked
    )


def unrecorded_of(session: Session, sheet: InspectionSheet, edition: Edition) -> tuple[str, ...]:
    """Return what the edition insists on, the records do not say, and the sheet leaves open.

    Without it there is no rating, and after submission nobody could write it: the first inspector
    reads the home's papers, or says that there are no data.
    """
    if sheet.part is not Part.FIRST:
        return ()
    here = {one.criterion for one in sheet.answers}
    wanted = [
        item.id
        for item in edition.criteria.values()
        if item.scorer is Scorer.MEASURED and item.no_data is NoData.REFUSE and item.id not in here
    ]
    if not wanted:
        return ()
    inspection = sheet.inspection
    month = measured_month(inspection.visit_on or today(session))
    found = measured_criteria(session, inspection.home, edition, month, only=wanted)
    return tuple(name for name in wanted if name not in found)
