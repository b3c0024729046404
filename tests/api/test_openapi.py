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
                # JSON, or a file of one of several kinds
                assert answer["content"], operation
                assert all(content["schema"] for content in answer["content"].values()), operation


def test_refusals_are_documented_by_what_an_operation_is(document: dict[str, Any]) -> None:
    """A body may be unreadable, what has an id may be absent, and what changes may be untimely."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            said = set(operation["responses"])
            assert "422" in said
            assert ("400" in said) == ("requestBody" in operation)
            assert "404" in said or "{" not in path
            assert "409" in said or method == "get"
            assert {"401", "403"} <= said or not operation.get("security")
            assert "503" in said
            assert ("413" in said) == ("requestBody" in operation)
            assert ("507" in said) == (method != "get")


@pytest.mark.parametrize("name", ["solve_home", "run_home", "create_token", "change_password"])
def test_what_has_limits_says_so(document: dict[str, Any], name: str) -> None:
    """Long work of a home, and attempts at a password; not a list that is read."""
    said = {one["operationId"]: set(one["responses"]) for one in _operations(document)}
    assert "429" in said[name]
    assert "429" not in said["list_home_residents"]


def test_a_method_that_is_not_there_names_those_that_are(visit: Visit) -> None:
    """All of the address, wherever in the program they stand (RFC 9110, 15.5.6)."""
    for path, allowed in (
        ("/api/v1/homes/ZP001/ratings", "GET, POST"),
        ("/api/v1/homes/ZP001", "GET"),
        ("/sign-in", "GET, POST"),
    ):
        answer = visit("manager").request("PATCH", path)
        assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


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
