"""A test edition of another shape than points alone: it uses everything that an edition can say.

Four areas are rated by themselves: one by its points, one by its lowest criterion, one by the mean
of its criteria, one by levels that look at the others. The total is the average of the areas'
shares; a table of two ratings gives the star, and rules bound it from both sides. All invented.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from rukang.engines.rating import Edition, ScoreSheet, parse_edition
from tests.rukang.engines.rating.tiny import answer

BUILT = """
id: built
title: {zh: 构造, en: built}
issuer: {zh: 示例, en: example}
document: {zh: 无, en: none}
valid_from: 2026-01-01
standing: local
label: {zh: 本地示例，非官方, en: 'local example, not official'}
points: 100
combine: average
coverage: 0.5
periods: {validity_months: 24, revisit_months: 12, objection_workdays: 5,
          publication_workdays: 10, correction_days: 60}
facts: [{key: places, title: {zh: 名额, en: places}, unit: {zh: 人, en: people}}]
sections:
  - id: P
    title: {zh: 人员, en: people}
    points: 10
    levels: &levels
      - {level: 1, title: {zh: 达标, en: meets}, at_least: 5}
      - {level: 2, title: {zh: 超出, en: exceeds}, at_least: 8}
    criteria:
      - {id: P1, kind: bands, points: 6, better: higher, unit: {zh: 人, en: people},
         bands: [{limit: 3, points: 6}, {limit: 2, points: 3}], <<: &said
         {title: {zh: 示例, en: example}, evidence: {zh: 看, en: look}, source: {zh: 无, en: none}}}
      - {id: P2, kind: yes_no, points: 4, <<: *said}
      - {id: P3, kind: choice, points: 0, recorded: true, <<: *said,
         options: [{key: own, label: {zh: 自有, en: own}, points: 0},
                   {key: rented, label: {zh: 租用, en: rented}, points: 0}]}
  - id: Q
    title: {zh: 环境, en: place}
    points: 10
    combine: lowest
    levels: *levels
    criteria:
      - {id: Q1, kind: share, points: 4, may_not_apply: true, <<: *said}
      - {id: Q2, kind: share, points: 2, <<: *said}
      - {id: Q3, kind: share, points: 5, <<: *said}
  - id: R
    title: {zh: 活动, en: activities}
    points: 10
    combine: average
    levels: *levels
    criteria:
      - {id: R1, kind: share, points: 3, may_not_apply: true, <<: *said}
      - {id: R2, kind: share, points: 7, <<: *said}
      - {id: R3, kind: share, points: 1, <<: *said}
  - id: S
    title: {zh: 管理, en: management}
    points: 10
    criteria:
      - {id: S1, kind: share, points: 10, <<: *said}
      - {id: S2, kind: yes_no, points: 0, <<: *said}
    levels:
      - {level: 1, title: {zh: 达标, en: meets}, at_least: 5}
      - level: 2
        title: {zh: 超出, en: exceeds}
        at_least: 5
        requires:
          - {at_least: 2, of: [{rating_of: P, at_least: 2}, {rating_of: Q, at_least: 2},
                               {rating_of: R, at_least: 2}]}
          - all_of: [{criterion: P2}, {any_of: [{fact: places, at_least: 20}, {criterion: R2}]}]
stars:
  - {star: 1, at_least: 20}
  - {star: 2, at_least: 50}
  - {star: 3, at_least: 75}
  - {star: 4, at_least: 90}
rules:
  - {kind: table, id: T1, title: {zh: 人员与管理, en: people and management}, rows: P, columns: S,
     stars: [[0, 1, 2], [1, 2, 3], [2, 3, 4]]}
  - {kind: cap, id: K1, title: {zh: 有事故, en: accident},
     requires: {none_of: [{criterion: S2}]}, max_star: 1}
  - {kind: least, id: L1, title: {zh: 环境和活动都达标, en: place and activities meet},
     requires: {all_of: [{rating_of: Q, at_least: 1}, {rating_of: R, at_least: 1}]}, min_star: 2}
"""

GOOD: dict[str, Any] = {
    "P1": 3, "P2": True, "P3": "own", "Q1": "0.9", "Q2": "0.9", "Q3": "0.8",
    "R1": "1", "R2": "0.8", "R3": "0.6", "S1": "0.6", "S2": False,
}  # fmt: skip


def built() -> Edition:
    """Return the edition, which passes lint."""
    return parse_edition(BUILT, "built.yaml")


def document() -> dict[str, Any]:
    """Return it as plain data to alter."""
    plain: dict[str, Any] = yaml.safe_load(BUILT)
    return plain


def filled(places: int | None = 25, **changes: Any) -> ScoreSheet:
    """Return a sheet of it with the good answers, except those given; None leaves one out."""
    raw = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return ScoreSheet(
        home="ZP001",
        edition="built",
        on=date(2026, 10, 31),
        facts={} if places is None else {"places": Decimal(places)},
        answers=tuple(answer(name, value) for name, value in raw.items()),
    )
