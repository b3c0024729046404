"""Submitting a sheet: from then on it counts and never changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy.orm import Session

from rukang.base.database import context
from rukang.base.errors import ConflictError, InvalidError
from rukang.stars.inspections.editions import edition_of
from rukang.stars.inspections.life import advance
from rukang.stars.inspections.records import Inspection, InspectionSheet, Part, Stage
from rukang.stars.inspections.sheet.asked import asked_facts, asked_of, unrecorded_of
from rukang.stars.inspections.sheet.entries import FACT, Standing, standing
from rukang.stars.inspections.sheet.sheets import lock_sheet, take_up
from rukang.stars.inspections.sheet.writing import content_of_fact


def submit(
    session: Session,
    sheet: InspectionSheet,
    seen: Mapping[str, int],
    held: Collection[str] = (),
) -> InspectionSheet:
    """Submit a sheet: from now on it counts and never changes.

    Parameters
    ----------
    seen
        What the device saw standing in each field, by its sequence.
    held
        The entries the device holds, sent or not. What has not arrived, or came from another device
        and was not seen, is refused, so that nothing is lost between devices and server.

    Raises
    ------
    ConflictError
        If something has not arrived, was not seen or conflicts, or the sheet is submitted.
    InvalidError
        If a criterion has no answer, what the edition insists on is neither recorded nor answered,
        or a figure of the home is neither given nor said to be unknown.
    """
    lock_sheet(session, sheet)
    take_up(session, sheet)
    _refuse_missing(sheet, seen, held)
    _refuse_unrecorded(session, sheet)
    sheet.submitted_at = context.now(session)
    session.flush()
    _follow(session, sheet.inspection, sheet)
    return sheet


def _follow(session: Session, inspection: Inspection, sheet: InspectionSheet) -> None:
    """Take the inspection on where the sheet was the last one awaited."""
    if sheet.part is Part.SELF:
        advance(session, inspection, Stage.SELF_REPORTED)
        return
    done = {one.part for one in inspection.sheets if one.submitted_at is not None}
    if sheet.part is not Part.THIRD and {Part.FIRST, Part.SECOND} <= done:
        advance(session, inspection, Stage.VISITED)


def _refuse_missing(sheet: InspectionSheet, seen: Mapping[str, int], held: Collection[str]) -> None:
    """Refuse a sheet of which something has not arrived, was not seen, or has no answer."""
    stands, arrived = standing(sheet), {one.entry for one in sheet.entries}
    if waiting := set(held) - arrived:
        raise ConflictError(
            f"这台设备上还有 {len(waiting)} 项没有传到服务器；请等它们传完再提交。",
            f"{len(waiting)} entries of this device have not arrived; submit once they have.",
        )
    if differing := [name for name, one in stands.items() if one.others]:
        raise ConflictError(
            f"{len(differing)} 项在两台设备上填得不同，请先逐项选定：{_list(differing, '、')}。",
            f"{len(differing)} entries differ between two devices, choose first:"
            f" {_list(differing, ', ')}.",
        )
    now = {name: one.entry.sequence for name, one in stands.items()}
    if unseen := sorted(name for name in {**now, **seen} if now.get(name) != seen.get(name)):
        raise ConflictError(
            f"这些项目在另一台设备上改过，请先看过再提交：{_list(unseen, '、')}。",
            f"Another device changed {_list(unseen, ', ')}; look at them, then submit.",
        )
    if coming := [one.name for one in sheet.evidence if one.complete_at is None]:
        raise ConflictError(
            f"还有 {len(coming)} 份佐证材料没有传完：{'、'.join(coming)}。",
            f"{len(coming)} pieces of evidence have not arrived: {', '.join(coming)}.",
        )
    here = {one.criterion for one in sheet.answers}
    asked = asked_of(sheet, edition_of(sheet.inspection))
    if open_ := [name for name in asked if name not in here]:
        raise InvalidError(
            f"还有 {len(open_)} 项没有填：{'、'.join(open_)}；查不到的请填“无数据”。",
            f"{len(open_)} criteria have no answer: {', '.join(open_)}; where nothing could be"
            " found, say so.",
        )
    _refuse_missing_facts(sheet, stands)
    shown = {one.criterion for one in sheet.evidence if one.complete_at is not None}
    bare = [one.criterion for one in sheet.answers if one.contradicts]
    if bare := [name for name in bare if name not in shown]:
        raise InvalidError(
            f"{'、'.join(bare)} 与自评或记录不符，须附佐证材料（照片或文件）。",
            f"{', '.join(bare)} contradicts a report or a record: add a photograph or a file.",
        )


def _refuse_missing_facts(sheet: InspectionSheet, stands: Mapping[str, Standing]) -> None:
    """Refuse a sheet of which a figure is neither given nor said to be unknown."""
    edition = edition_of(sheet.inspection)
    unknown = {
        name.removeprefix(FACT)
        for name, one in stands.items()
        if one.entry.value == content_of_fact(None, unknown=True)
    }
    asked = asked_facts(sheet, edition)
    open_ = [name for name in asked if name not in unknown and name not in sheet.facts]
    if open_:
        titles = [fact.title for fact in edition.facts if fact.key in open_]
        raise InvalidError(
            f"还有 {len(open_)} 项基本情况没有填：{'、'.join(one.zh for one in titles)}；"
            "查不到的请填“无数据”，不要填 0。",
            f"{len(open_)} figures of the home are not given:"
            f" {', '.join(one.en for one in titles)}; where one could not be found, say so and"
            " write no 0.",
        )


def _refuse_unrecorded(session: Session, sheet: InspectionSheet) -> None:
    """Tell at submission, and not at the proposal, what there will be no rating without."""
    edition = edition_of(sheet.inspection)
    if names := unrecorded_of(session, sheet, edition):
        titles = [edition.criteria[name].title for name in names]
        raise InvalidError(
            f"系统里没有这些实测指标的记录：{'、'.join(t.zh for t in titles)}"
            f"（{'、'.join(names)}）；没有它们不能评定。请据机构账册填写，查不到的填“无数据”。",
            f"There are no records of {', '.join(t.en for t in titles)} ({', '.join(names)}), and"
            " no rating without them: answer from the home's papers, or say that there are no"
            " data.",
        )


def _list(names: Iterable[str], comma: str) -> str:
    return comma.join(name.removeprefix(FACT) for name in names)
