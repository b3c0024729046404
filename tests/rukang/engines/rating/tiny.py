"""A tiny edition with every kind of criterion, and sheets for it; all invented."""

from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from rukang.engines.rating import Answer, Edition, ScoreSheet, State, parse_edition

TINY = """
id: tiny
title: {zh: 小标准, en: tiny}
issuer: {zh: 示例, en: example}
document: {zh: 无, en: none}
valid_from: 2026-01-01
valid_to: 2026-12-31
standing: local
label: {zh: 本地示例，非官方, en: 'local example, not official'}
points: 20
periods: {validity_months: 24, revisit_months: 12, objection_workdays: 5,
          publication_workdays: 10, correction_days: 60}
facts: [{key: capacity, title: {zh: 容量, en: capacity}, unit: {zh: 人, en: people}}]
sections:
  - id: S
    title: {zh: 服务, en: services}
    points: 12
    floor: {share: 0.5, max_star: 1}
    criteria:
      - {id: S1, kind: yes_no, points: 2, no_data: refuse,
         title: {zh: 是否, en: yes or no}, evidence: {zh: 看, en: look}, source: {zh: 无, en: none}}
      - {id: S2, kind: choice, points: 4,
         title: {zh: 选择, en: choice}, evidence: {zh: 看, en: look}, source: {zh: 无, en: none},
         options: [{key: a, label: {zh: 甲, en: first}, points: 4},
                   {key: b, label: {zh: 乙, en: second}, points: 1.5}]}
      - {id: S3, kind: bands, points: 6, better: lower, unit: {zh: 天, en: days},
         title: {zh: 分档, en: bands}, evidence: {zh: 看, en: look}, source: {zh: 无, en: none},
         bands: [{limit: 3, points: 6}, {limit: 7.5, points: 2}]}
  - id: T
    title: {zh: 其他, en: others}
    points: 8
    criteria:
      - {id: T1, kind: share, points: 3, zero_at: 0.5, full_at: 0.8, may_not_apply: true,
         scorer: measured, measure: insured_share,
         title: {zh: 比例, en: share}, evidence: {zh: 看, en: look}, source: {zh: 无, en: none}}
      - {id: T2, kind: deduction, points: 2, per_unit: 0.7, unit: {zh: 次, en: cases},
         title: {zh: 扣分, en: deduction}, evidence: {zh: 看, en: look}, source: {zh: 无, en: none}}
      - {id: T3, kind: judged, points: 3, no_data: exclude, effort: {cost: 9, lead_days: 30},
         title: {zh: 评定, en: judged}, evidence: {zh: 看, en: look}, source: {zh: 无, en: none},
         anchors: [{level: 0, label: {zh: 差, en: poor}, points: 0},
                   {level: 1, label: {zh: 中, en: fair}, points: 1.5},
                   {level: 2, label: {zh: 好, en: good}, points: 3}]}
      - {id: T4, kind: yes_no, points: 0, effort: {possible: false},
         title: {zh: 无事故, en: no accident}, evidence: {zh: 看, en: look},
         source: {zh: 无, en: none}}
vetoes: [{id: V1, title: {zh: 事故, en: accident}, requires: {criterion: T4}}]
stars:
  - {star: 1, at_least: 8}
  - {star: 2, at_least: 12}
  - {star: 3, at_least: 16,
     requires: [{fact: capacity, at_least: 30}, {criterion: T3, at_least: 1.5}]}
rules:
  - {kind: cap, id: K1, title: {zh: 险种不齐, en: insurance gap},
     requires: {criterion: T1}, max_star: 2}
  - {kind: step, id: K2, title: {zh: 服务突出, en: fine services},
     requires: {section: S, share: 1}, if_met: 1}
  - {kind: step, id: K3, title: {zh: 扣分过多, en: many cases},
     requires: {criterion: T2, at_least: 0.6}, if_not_met: -1}
"""

BEST: dict[str, Any] = {
    "S1": True, "S2": "a", "S3": 3, "T1": "0.8", "T2": 0, "T3": 2, "T4": True,
}  # fmt: skip


def document() -> dict[str, Any]:
    """Return the tiny edition as plain data to alter."""
    plain: dict[str, Any] = yaml.safe_load(TINY)
    return plain


def edition(**changes: Any) -> Edition:
    """Return the tiny edition, with some of its keys replaced."""
    return parse_edition(yaml.safe_dump(document() | changes, allow_unicode=True), "tiny.yaml")


def answer(criterion: str, raw: Any) -> Answer:
    """Return an answer: True and False, a value, or a state."""
    if isinstance(raw, State):
        return Answer(criterion=criterion, state=raw, evidence="说明")
    if isinstance(raw, bool):
        return Answer(criterion=criterion, state=State.MET if raw else State.NOT_MET)
    return Answer(criterion=criterion, state=State.MET, value=raw)


def sheet(capacity: int | None = 40, **changes: Any) -> ScoreSheet:
    """Return a sheet with the best answers, except those given; None leaves one out."""
    raw = {name: value for name, value in (BEST | changes).items() if value is not None}
    return ScoreSheet(
        home="ZP001",
        home_name="邹平市如康家园示例站",
        edition="tiny",
        on=date(2026, 10, 31),
        inspectors=("评定员甲", "评定员乙"),
        facts={} if capacity is None else {"capacity": Decimal(capacity)},
        answers=tuple(answer(name, value) for name, value in raw.items()),
    )


def sheet_with(inspector: str, **answers: Any) -> ScoreSheet:
    """Return one inspector's sheet with just these answers."""
    given = tuple(
        value if isinstance(value, Answer) else answer(name, value)
        for name, value in answers.items()
    )
    return sheet().model_copy(
        update={
            "inspectors": (inspector,),
            "answers": tuple(item.model_copy(update={"inspector": inspector}) for item in given),
        }
    )


TINY_EDITION = edition()
