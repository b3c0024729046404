"""The OpenAPI document is one that clients can be made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from httpx import Client

Visit = Callable[[str | None], Client]


@pytest.fixture
def document(visit: Visit) -> dict[str, Any]:
    """The document as served."""
    served: dict[str, Any] = visit(None).get("/api/v1/openapi.json").json()
    return served


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for operations in document["paths"].values():
        yield from operations.values()


def test_every_operation_has_a_name_of_its_own_and_a_summary(document: dict[str, Any]) -> None:
    """The summary is Chinese with English; the tag is described."""
    names = [operation["operationId"] for operation in _operations(document)]
    tags = {tag["name"] for tag in document["tags"]}
    assert len(names) == len(set(names))
    for operation in _operations(document):
        assert re.search(r"[一-鿿].* [A-Za-z]", operation["summary"]), operation
        assert set(operation["tags"]) <= tags


def test_every_answer_has_a_schema_and_every_refusal_is_a_problem(document: dict[str, Any]) -> None:
    """No untyped answers; 204 has none to type."""
    for operation in _operations(document):
        for status, answer in operation["responses"].items():
            if status >= "400":
                schema = answer["content"]["application/problem+json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}
            elif status != "204":
                (content,) = answer["content"].values()  # JSON, or a file
                assert content["schema"], operation


OPEN = {"create_token", "list_register", "show_summary", "show_registered"}
"""Signing in, and the public register."""


def test_every_operation_but_the_public_ones_asks_for_a_token_or_the_cookie(
    document: dict[str, Any],
) -> None:
    """Both schemes are described."""
    schemes = document["components"]["securitySchemes"]
    assert {scheme["type"] for scheme in schemes.values()} == {"apiKey", "oauth2"}
    for operation in _operations(document):
        assert bool(operation.get("security")) == (operation["operationId"] not in OPEN)
