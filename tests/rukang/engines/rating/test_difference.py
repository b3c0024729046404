"""What changes from one edition to another, each kind of change by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from rukang.engines.rating import Edition, differences, load_edition
from tests.rukang.engines.rating.tiny import TINY

Plain = dict[str, Any]


def _edition(change: Callable[[Plain], object] = len) -> Edition:
    plain = yaml.safe_load(TINY)
    change(plain)
    return Edition.model_validate(plain)


def _criterion(plain: Plain, name: str) -> Plain:
    found: Plain = next(c for s in plain["sections"] for c in s["criteria"] if c["id"] == name)
    return found


def _heavier(plain: Plain) -> None:
    _criterion(plain, "S1")["points"] = 3
    plain["sections"][0]["points"] = 13
    plain["points"] = 21


def _without_t2(plain: Plain) -> None:
    section = plain["sections"][1]
    section["criteria"] = [item for item in section["criteria"] if item["id"] != "T2"]
    section["points"] = 6
    plain["points"] = 18


CHANGES: list[tuple[Callable[[Plain], object], list[str]]] = [
    (len, []),
    (lambda d: d.update(tolerance=0.5), ["两人评分的允许差距 0.25 → 0.5"]),
    (lambda d: d["periods"].update(correction_days=90), ["整改天数 60 → 90"]),
    (
        lambda d: _criterion(d, "T1").update(window_months=12),
        ["指标 T1「比例」（3 分）：读取月数 1 → 12"],
    ),
    (lambda d: _criterion(d, "S1").update(source={"zh": "另一文件", "en": "another"}), []),
    (
        lambda d: _criterion(d, "S1").update(no_data="zero"),
        ["指标 S1「是否」（2 分）：无数据时 refuse → zero"],
    ),
    (
        lambda d: _criterion(d, "S3")["bands"][0].update(limit=2),
        ["指标 S3「分档」（6 分）：评分办法有变"],
    ),
    (
        lambda d: _criterion(d, "T3")["title"].update(zh="评判"),
        ["指标 T3「评判」（3 分）：名称 评定 → 评判"],
    ),
    (
        lambda d: d["sections"][0]["floor"].update(max_star=2),
        ["部分 S「服务」：单项底线 share 0.5、max_star 1 → share 0.5、max_star 2"],
    ),
    (lambda d: d["stars"][1].update(at_least=13), ["2 星的分数线 12 → 13"]),
    (lambda d: d["stars"][2]["requires"].pop(0), ["3 星不再要求：容量不少于 30 人"]),
    (
        lambda d: d["stars"][2]["requires"][0].update(at_least=40),
        ["3 星不再要求：容量不少于 30 人", "3 星新要求：容量不少于 40 人"],
    ),
    (lambda d: d["stars"].append({"star": 4, "at_least": 19}), ["新增 4 星（19 分）"]),
    (
        lambda d: d["vetoes"][0]["requires"].update(criterion="S1"),
        ["一票否决 V1「事故」：评分办法有变"],
    ),
    (
        _heavier,
        ["总分 20 → 21", "部分 S「服务」：分值 12 → 13", "指标 S1「是否」（3 分）：分值 2 → 3"],
    ),
    (_without_t2, ["总分 20 → 18", "部分 T「其他」：分值 8 → 6", "删去指标 T2「扣分」（2 分）"]),
]


@pytest.mark.parametrize(("change", "told"), CHANGES)
def test_every_change_is_told_and_nothing_else(
    change: Callable[[Plain], object], told: list[str]
) -> None:
    """In both languages; back again the same is told the other way round."""
    after = _edition(change)
    found = differences(_edition(), after)
    assert [item.zh for item in found] == told
    assert all(item.en for item in found)
    assert len(differences(after, _edition())) == len(found)


def test_a_new_criterion_star_and_rule_are_told_against_an_older_edition() -> None:
    """Against itself the example has no changes; against the tiny one everything is new or gone."""
    example = load_edition("example-2026")
    assert differences(example, example) == ()
    words = [item.zh for item in differences(_edition(), example)]
    assert sum(word.startswith("新增指标") for word in words) == len(
        example.criteria.keys() - _edition().criteria.keys()
    )
    assert any(word.startswith(("删去部分", "删去指标")) for word in words)
