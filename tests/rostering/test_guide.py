"""The guide to the rules names every rule and every part, and its examples hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from rostering import Problem, Rule
from rostering.parts import Parts

GUIDE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
EXAMPLES: list[dict[str, Any]] = [
    json.loads(text) for text in re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
]


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_a_heading(rule: Rule) -> None:
    """A rule's heading has its key and its two names."""
    assert f"### `{rule}` {rule.zh} · {rule.en}\n" in GUIDE


def test_every_part_has_an_example() -> None:
    """Every field of a problem but its name stands in some example."""
    shown = {field for example in EXAMPLES for field in example}
    assert shown == set(Parts.model_fields) - {"name"}


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_example_is_a_problem(number: int) -> None:
    """Each example, added to the first one, is a valid problem."""
    assert Problem.model_validate(with_base(EXAMPLES[0], EXAMPLES[number]))


def with_base(base: dict[str, Any], example: dict[str, Any]) -> dict[str, Any]:
    """Return an example added to the base: people and shift types it does not name remain."""
    merged = base | example
    for part in ("staff", "shift_types"):
        named = {item["id"] for item in merged[part]}
        rest = [item for item in base[part] if item["id"] not in named]
        merged[part] = [*merged[part], *rest]
    return merged
