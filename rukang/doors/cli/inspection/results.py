"""From two sheets to a published star and what follows it, on the command line."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated

import typer

from rostering.sheets.masking import shown
from rukang.base.errors import InvalidError
from rukang.bodies.homes import find_home
from rukang.doors.cli.common import Data, HomeCode, say, signed
from rukang.doors.cli.inspection.steps import EditionId, Note, Number, Words, of_inspection
from rukang.engines.rating import Answer, Edition
from rukang.stars.inspections import (
    confirm,
    decide,
    edition_for,
    edition_of,
    editions_for,
    find_action,
    find_objection,
    moderate,
    object_to,
    propose,
    publish,
    report,
    signs,
    take_back,
    today,
)
from rukang.stars.inspections.sheet.typed import answer_of, figure_of
from rukang.stars.register import lower

ActionId = Annotated[int, typer.Argument(help="整改事项编号 / number of the action")]


def settle(inspection: Number, note: Note = "", data: Data = None) -> None:
    """合议完成 / settle the two sheets."""
    with of_inspection(inspection, data) as (session, found, me):
        moderate(session, found, me, note)


def take_moderation_back(inspection: Number, note: Note, data: Data = None) -> None:
    """退回合议，写明原因 / take moderation back, with the reason."""
    with of_inspection(inspection, data) as (session, found, me):
        take_back(session, found, me, note)


def propose_one(inspection: Number, note: Note = "", data: Data = None) -> None:
    """计算结果并公示 / rate, and open the time for objections."""
    with of_inspection(inspection, data) as (session, found, me):
        rating = propose(session, found, me, note)
        say(f"  {rating.star} 星 / star，异议截止 objections until {found.objections_until}")


def object_here(inspection: Number, words: Words, data: Data = None) -> None:
    """提出异议 / object to the proposed result."""
    with of_inspection(inspection, data) as (session, found, me):
        say(f"  异议 objection {object_to(session, found, me, words).id}")


def decide_one(
    inspection: Number,
    objection: Annotated[int, typer.Argument(help="异议编号 / number of the objection")],
    why: Annotated[str, typer.Option(help="处理理由 / reason")],
    answer: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID=STATE[:VALUE]",
            help="成立时改正的指标，如 B1=met:0.85，可多项 / answers that put it right",
        ),
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=VALUE",
            help="改正的基本情况，不明写 unknown，可多项 / figures that put it right",
        ),
    ] = None,
    data: Data = None,
) -> None:
    """处理异议：不写改正的内容即驳回 / uphold an objection, or reject it."""
    with of_inspection(inspection, data) as (session, found, me):
        edition = edition_of(found)
        changes = [_change(edition, one, why) for one in answer or ()]
        facts = dict(_figure(one) for one in fact or ())
        about = find_objection(session, found, objection)
        decide(session, found, about, me, why, changes, facts)


def publish_one(inspection: Number, note: Note = "", data: Data = None) -> None:
    """公布结果，登入名册；逾期须写 --note / publish the result, and enter it on the register."""
    with of_inspection(inspection, data) as (session, found, me):
        event = publish(session, found, me, note)
        say(f"  {event.star} 星 / star：{event.effective_on} – {event.valid_until}")


def mended(inspection: Number, action: ActionId, words: Words, data: Data = None) -> None:
    """报告整改 / say how something was mended."""
    with of_inspection(inspection, data) as (session, found, _):
        report(session, found, find_action(session, found, action), words)


def confirm_one(inspection: Number, action: ActionId, data: Data = None) -> None:
    """确认已整改 / keep that it was seen mended."""
    with of_inspection(inspection, data) as (session, found, me):
        confirm(session, found, find_action(session, found, action), me)


def list_signs(home: HomeCode, edition: EditionId = None, data: Data = None) -> None:
    """动态管理提示 / what happened that asks for a review."""
    _, database = signed(data)
    with database.session() as session:
        found, now = find_home(session, home), today(session)
        by = [edition_for(found, now, edition)] if edition else editions_for(found, now)
        seen = [one for meant in by for one in signs(session, found, meant, now)]
        for one in seen:
            title, read = one.rule.title, one.evidence
            say(f"  {title.zh} / {title.en}：{one.count}（{read.zh} / {read.en}）")
        if not seen:
            say("没有提示 / nothing asks for a review")


def lower_star(
    home: HomeCode,
    star: Annotated[int, typer.Option(help="降为几星，0 为摘星 / the lower star, 0 for none")],
    words: Words,
    data: Data = None,
) -> None:
    """降星或摘星，原因会公布 / lower or remove a star; the reason is public."""
    _, database = signed(data)
    with database.session() as session:
        event = lower(session, find_home(session, home), star, today(session), words)
        say(f"✓ {home} {event.star} 星 / star：{event.effective_on} – {event.valid_until}")


def _change(edition: Edition, text: str, why: str) -> Answer:
    """Return an answer that puts something right, as it is typed."""
    criterion, _, said = text.partition("=")
    state, colon, value = said.partition(":")
    return answer_of(edition, criterion, state, value if colon else None, why)


def _figure(text: str) -> tuple[str, Decimal | None]:
    key, equals, value = text.partition("=")
    if not equals:
        raise InvalidError(
            f"{shown(text)} 请写成 capacity=40 这样。", f"Write {shown(text)} like capacity=40."
        )
    return key, figure_of(value)


COMMANDS: dict[str, Callable[..., None]] = {
    "settle": settle,
    "take-back": take_moderation_back,
    "propose": propose_one,
    "object": object_here,
    "decide": decide_one,
    "publish": publish_one,
    "mended": mended,
    "confirm": confirm_one,
    "signs": list_signs,
    "lower": lower_star,
}
