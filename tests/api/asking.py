"""Requests made from the OpenAPI document: of the API, and of the pages and their forms."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from httpx import Client, Response

from api.pages import PAGES

Document = dict[str, Any]
Spot = tuple[str, tuple[Any, ...]]
"""Where a text stands: in the path, the query or the body, and the keys that lead to it."""

KEY = "key of "
"""Marks, in a spot, the key of an open mapping itself."""

PLACES: dict[str, Any] = {
    "year": 2026,
    "code": "ZP001",
    "home": "ZP001",
    "resident_code": "R01",
    "person_code": "R01",
    "session_id": 999999,
    "criterion": "B1",
    "number": 0,
    "key": "capacity",
    "line": "net",
    "edition": "example-2026",
}
"""Values by name of parameter or field, the same in every house; ids come from the house."""

JSON, MULTIPART = "application/json", "multipart/form-data"
FORMATS = {
    "date": "2026-12-01",
    "date-time": "2026-11-02T01:00:00Z",
    "binary": "PK",
    "password": "a password of nobody",
}


@dataclass(frozen=True)
class Asked:
    """A request that its schema allows, to be sent as it is or with another text at one spot.

    Parameters
    ----------
    needed
        Names of what the query must have.
    files
        Names of the fields of a form that are files.
    """

    name: str
    method: str
    template: str
    path: dict[str, Any]
    query: dict[str, Any] = field(default_factory=dict)
    media: str | None = None
    body: Any = None
    needed: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()

    @property
    def address(self) -> str:
        """Where it is sent to, without the query."""
        return self.template.format(
            **{name: quote(str(value), safe="") for name, value in self.path.items()}
        )

    def aimed(self, places: Mapping[str, Any]) -> Asked:
        """Return the request about other records."""
        return replace(self, path={name: places.get(name, of) for name, of in self.path.items()})

    def short(self) -> Asked:
        """Return the request without what its query may leave out."""
        return replace(self, query={k: v for k, v in self.query.items() if k in self.needed})

    def send(self, client: Client) -> Response:
        """Send it."""
        content: dict[str, Any] = {}
        if self.media == JSON:
            content["json"] = self.body
        elif isinstance(self.body, dict):
            content["data"] = {k: v for k, v in self.body.items() if k not in self.files}
            if self.media == MULTIPART:
                named = {k: (f"{self.body[k]}.xlsx", b"PK") for k in sorted(self.files)}
                content["files"] = {"": ("", b""), **named}
        elif self.media:
            content["content"] = b"\x89PNG"
        return client.request(self.method, self.address, params=self.query, **content)

    def with_text(self, spot: Spot, text: str) -> Asked:
        """Return the request with a text at one of its spots."""
        part, keys = spot
        whole = copy.deepcopy({"path": self.path, "query": self.query, "body": {"": self.body}})
        *way, last = keys
        place = whole[part]
        for key in way:
            place = place[key]
        if isinstance(last, str) and last.startswith(KEY):
            place[text] = place.pop(last.removeprefix(KEY))
        else:
            place[last] = text
        return replace(self, path=whole["path"], query=whole["query"], body=whole["body"][""])


def document_of_pages() -> Document:
    """Return the document of every page and form, which the served one leaves out."""
    routes = [r for page in PAGES for r in page.router.routes if isinstance(r, APIRoute)]
    document = get_openapi(title="pages", version="1", routes=routes)
    for route in routes:
        for method in route.methods:
            document["paths"][route.path][method.lower()]["operationId"] = route.name
    return document


def document_of_api(app: FastAPI) -> Document:
    """Return the document as it is served."""
    return app.openapi()


def requests_of(document: Document, places: dict[str, Any]) -> list[tuple[Asked, list[Spot]]]:
    """Return a request for every operation of a document, with the spots of its texts.

    Parameters
    ----------
    places
        Values by name of parameter or field; what is not named is made up by its schema.
    """
    return [
        _request(document, path, method, operation, places)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]


def _request(
    document: Document, path: str, method: str, operation: Document, places: dict[str, Any]
) -> tuple[Asked, list[Spot]]:
    in_path, query, spots = {}, {}, []
    needed, files = set(), frozenset[str]()
    for one in operation.get("parameters", []):
        name, schema = one["name"], one["schema"]
        if one["in"] == "path":
            in_path[name] = places.get(name, sample(document, schema))
            spots += [("path", (name,))] if _is_text(document, schema) else []
        elif one["in"] == "query":
            query[name] = sample(document, schema, places)
            needed |= {name} if one.get("required") else set()
            spots += [("query", (name,))] if _is_text(document, schema) else []
    media, body = None, None
    if content := operation.get("requestBody", {}).get("content"):
        media, about = next(iter(content.items()))
        body = sample(document, about["schema"], places)
        files = _files(document, about["schema"])
        spots += [("body", ("", *keys)) for keys in _texts(document, about["schema"])]
    name = operation["operationId"]
    asked = Asked(name, method.upper(), path, in_path, query, media, body, frozenset(needed), files)
    return asked, spots


def sample(document: Document, schema: Document, places: Mapping[str, Any] | None = None) -> Any:
    """Return a value that a schema allows: its example, its first choice, or the least there is.

    Fields of objects that ``places`` names have that value, if it is of their type.
    """
    places = places or {}
    schema = _resolved(document, schema)
    for key in ("examples", "enum"):
        if key in schema:
            return schema[key][0]
    if "const" in schema:
        return schema["const"]
    return _least(document, schema, places)


def _least(document: Document, schema: Document, places: Mapping[str, Any]) -> Any:
    match schema.get("type"):
        case "object":
            fields = schema.get("properties", {}).items()
            found = {key: _field(document, key, of, places) for key, of in fields}
            return found | {
                key: sample(document, of, places) for key, of in _open(document, schema)
            }
        case "array":
            one = sample(document, schema.get("items", {}), places)
            return [one] * max(1, schema.get("minItems", 1))
        case "integer":
            return int(schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1))
        case "number":
            return schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
        case "boolean":
            return True
        case _:
            return FORMATS.get(schema.get("format", ""), "1" if "pattern" in schema else "核对")


def _field(document: Document, name: str, schema: Document, places: Mapping[str, Any]) -> Any:
    made = sample(document, schema, places)
    drawn = {"enum", "const", "examples"}.isdisjoint(_resolved(document, schema))
    fits = name in places and type(places[name]) is type(made)
    return places[name] if drawn and fits else made


def _files(document: Document, schema: Document) -> frozenset[str]:
    """Return the names of a form's fields that are files."""
    fields = _resolved(document, schema).get("properties", {})
    resolved = {name: _resolved(document, of) for name, of in fields.items()}
    return frozenset(name for name, of in resolved.items() if _is_file(of))


def _is_file(schema: Document) -> bool:
    return schema.get("format") == "binary" or "contentMediaType" in schema


def _texts(document: Document, schema: Document) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every text within a value of a schema, keys of open mappings among them."""
    schema = _resolved(document, schema)
    if schema.get("type") == "object":
        for key, of in schema.get("properties", {}).items():
            yield from ((key, *way) for way in _texts(document, of))
        for key, of in _open(document, schema):
            yield (f"{KEY}{key}",)
            yield from ((key, *way) for way in _texts(document, of))
    elif schema.get("type") == "array":
        yield from ((0, *way) for way in _texts(document, schema.get("items", {})))
    elif _is_text(document, schema):
        yield ()


def _open(document: Document, schema: Document) -> list[tuple[str, Document]]:
    """Return the key and schema of an open mapping's values, if the schema is one."""
    if not (of := schema.get("additionalProperties")):
        return []
    names = _resolved(document, schema.get("propertyNames", {}))
    return [(sample(document, names or {"examples": ["B1"]}), {} if of is True else of)]


def _is_text(document: Document, schema: Document) -> bool:
    schema = _resolved(document, schema)
    return schema.get("type", "string") == "string" and not _is_file(schema)


def _resolved(document: Document, schema: Document) -> Document:
    """Return a schema without references, and of several alternatives the first that is none."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            chosen = next((one for one in schema[several] if one.get("type") != "null"), {})
            rest = {key: value for key, value in schema.items() if key != several}
            return {**_resolved(document, chosen), **rest}
    return schema
