"""What an entry of a form is given as, outside workbooks: values by attribute, in plain types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    ValidationError,
    create_model,
)

from rostering.sheets.cells import LARGEST
from rostering.sheets.words import expected
from rukang.base.clock import EARLIEST, LATEST
from rukang.forms.field import may_be_empty, type_of
from rukang.forms.form import Form
from rukang.forms.workbooks.rows import NAME, attribute_of, entry_of, limits_of
from rukang.forms.workbooks.workbook import described

TYPES: Mapping[type[Any], Any] = {
    str: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)],
    date: Annotated[date, Field(ge=EARLIEST, le=LATEST)],
    int: Annotated[int, Field(le=LARGEST, strict=True)],
    Decimal: Annotated[Decimal, Field(max_digits=18, decimal_places=2)],
    bool: StrictBool,
}
"""How the values of a column are given and shown; choices stand as themselves."""

Code = Annotated[str, Field(pattern=r"^[\w-]{1,20}$")]
"""The code of a record that an entry refers to."""

Finding = tuple[str, str, str]
"""What is wrong with an entry: the header, and the words in Chinese and in English."""


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


def given_model(form: Form) -> type[BaseModel]:
    """Return what an entry is given as; a reference is the code of the record it leads to."""
    fields: dict[str, Any] = {name_of(form, name): _field(form, name) for name in form.fields}
    words = f"An entry of the form {form.sheet} ({form.en})."
    return create_model(f"{form.record.__name__}Given", __base__=_Given, __doc__=words, **fields)


def shown_model(form: Form) -> type[BaseModel]:
    """Return what a record is shown as: besides, its id, names beside codes, where it is from."""
    fields: dict[str, Any] = {"id": (int, ...)}
    for name, field in form.fields.items():
        to = name_of(form, name)
        fields[to] = _field(form, name, is_shown=True)
        if field.refers is not None and field.refers.name:
            kind = str | None if may_be_empty(form.record, name) else str
            fields[to + NAME] = (kind, Field(title=field.refers.name))
    if form.is_shared:
        fields["imported"] = (bool, Field(description="由工作簿带来 Brought by a workbook"))
    words = f"A record of the form {form.sheet} ({form.en})."
    return create_model(f"{form.record.__name__}Shown", __doc__=words, **fields)


def shown(form: Form, record: Any) -> dict[str, Any]:
    """Return a record's values as `shown_model` has them."""
    own = {"id": record.id} | ({"imported": record.imported} if form.is_shared else {})
    return own | vars(entry_of(form.row, record))


def name_of(form: Form, name: str) -> str:
    """Return under which name a column is given: that of the relationship for a reference."""
    return attribute_of(name) if form.fields[name].refers else name


def given_names(form: Form) -> list[str]:
    """Return under which names the values of an entry are given, in order."""
    return [name_of(form, name) for name in form.fields]


def validated(form: Form, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """Return the values of an entry, and what is wrong with single ones of them.

    What pages and commands give is text throughout, and read as such.
    """
    model = given_model(form)
    is_text = all(isinstance(value, str) for value in given.values())
    try:
        return vars((model.model_validate_strings if is_text else model.model_validate)(given)), []
    except ValidationError as error:
        headers = {name_of(form, name): field.zh for name, field in form.fields.items()}
        places = ((str(item["loc"][0]), expected(item)) for item in error.errors())
        return {}, [(headers.get(place, place), *words) for place, words in places]


def _field(form: Form, name: str, *, is_shown: bool = False) -> tuple[Any, Any]:
    field = form.fields[name]
    kind = Code if field.refers else TYPES.get(of := type_of(form.record, name), of)
    told: dict[str, Any] = {
        "title": field.zh,
        "description": " ".join(described(form, name)).strip(),
    }
    limits = {} if is_shown or field.refers else limits_of(form.record, name)
    if may_be_empty(form.record, name):
        return kind | None, Field(default=None, **told, **limits)
    return kind, Field(**told, **limits)
