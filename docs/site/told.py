"""What the reference is told of our code beside what it reads itself.

Docstrings come as Markdown, and a class whose fields are its parameters says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from griffe import Class, Extension, Function, Module, Object, Parameter, ParameterKind, Parameters

ROLE = re.compile(r":(?:func|class|mod|meth|attr|data):`~?([^`]+)`")
PROPOSAL = re.compile(r":pep:`(\d+)`")
LITERAL = re.compile(r"::$", re.MULTILINE)
FIELDS = ("BaseModel", "Strict", "NamedTuple")
"""Classes whose heirs take their annotated attributes as parameters."""


def markdown(text: str) -> str:
    """Return a docstring with roles as code and literal blocks as indented ones."""
    return LITERAL.sub(":", PROPOSAL.sub(r"PEP \1", ROLE.sub(r"`\1`", text)))


class Told(Extension):
    """Hands docstrings on as Markdown, and fields on as parameters."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Rewrite the docstring of an object when it has been read."""
        if obj.docstring:
            obj.docstring.value = markdown(obj.docstring.value)

    def on_package(self, *, pkg: Module, **_: Any) -> None:
        """Give the classes of a package that are made of fields the signature they have."""
        made_of_fields = [
            found
            for found in _classes(pkg)
            if "__init__" not in found.all_members and _of_fields(found)
        ]
        for found in made_of_fields:
            found.set_member("__init__", Function("__init__", parameters=_parameters(found)))


def _classes(within: Module | Class) -> Iterator[Class]:
    for member in within.members.values():
        if member.is_alias:
            continue
        if isinstance(member, Class):
            yield member
        if isinstance(member, Module | Class):
            yield from _classes(member)


def _of_fields(found: Class) -> bool:
    bases = [str(base) for one in (found, *found.mro()) for base in one.bases]
    return any(base.rpartition(".")[2] in FIELDS for base in bases)


def _parameters(found: Class) -> Parameters:
    lines = [one.members for one in reversed((found, *found.mro()))]
    fields = {name: one for members in lines for name, one in members.items()}
    return Parameters(
        Parameter("self", kind=ParameterKind.positional_or_keyword),
        *(
            Parameter(
                name,
                annotation=field.annotation,
                kind=ParameterKind.keyword_only,
                default=field.value,
            )
            for name, field in fields.items()
            if field.is_attribute and field.annotation and not name.startswith("_")
        ),
    )
