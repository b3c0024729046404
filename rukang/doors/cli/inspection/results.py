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
from rukang.doors.cli.inspection.steps import EditionId, Number, of_inspection
from rukang.engines.rating import Answer, Edition
from rukang.stars.inspections import (
    decide,
    edition_for,
    edition_of,
    editions_for,
    find_objection,
    signs,
    today,
)
from rukang.stars.inspections.sheet.typed import answer_of, figure_of


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
    with of_inspection(inspection, data) as (session, found):
        edition = edition_of(found)
        changes = [_change(edition, one, why) for one in answer or ()]
        facts = dict(_figure(one) for one in fact or ())
        about = find_objection(session, found, objection)
        decide(session, found, about, why, changes, facts)


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


COMMANDS: dict[str, Callable[..., None]] = {"decide": decide_one, "signs": list_signs}
