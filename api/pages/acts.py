"""The acts of every room on pages: offered beside their record, shown again where refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import Parameter, Signature
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.access import Visit, Visitor
from api.pages.cells import Cell, cells_asked
from api.pages.templates import render
from api.routers.acts import ACTS, keys_of
from rukang.base.errors import ConflictError, InvalidError
from rukang.base.words import Text
from rukang.bodies import Body
from rukang.bodies.homes import HOME
from rukang.forms import Act, Face, RefusedActError, Target, asked, read_text

router = APIRouter()

Texts = Mapping[str, list[str]]
"""What the fields of a page's form hold, by name."""


@dataclass(frozen=True)
class Offer:
    """An act as a page offers it: where its form goes to, its fields, what its button says.

    Where nothing but one thing can be chosen, the button says that.
    """

    act: Act
    address: str
    cells: list[Cell]
    label: Text

    @property
    def name(self) -> str:
        """A name that no other offer of a page has."""
        fixed = (cell.value for cell in self.cells if cell.kind == "hidden")
        return "-".join([self.address.strip("/").replace("/", "-"), *fixed])


def offers(
    session: Session,
    visit: Visit,
    place: Body,
    target: Target,
    record: Any,
    keys: Mapping[str, Any],
) -> list[Offer]:
    """Return what a visitor may do to a record of a home or other body, as it stands."""
    eyes = target.eyes(session, record, visit.caller)
    return [
        offer_of(session, act, record, keys)
        for act in ACTS
        if act.on is target
        and Face.PAGE not in act.by_hand
        and may(visit, act, place)
        and act.offered(record, eyes)
    ]


def may(visit: Visit, act: Act, place: Body) -> bool:
    """Return whether a visitor holds the permission of an act at a body, or for an employer.

    Of an employer one sees what its people are paid, and never the home itself.
    """
    scope = visit.caller.scope(act.permission)
    by_employer = bool(scope.employer_ids) and act.on is not HOME
    return scope.covers(place.id, place.county) or by_employer


def offer_of(
    session: Session,
    act: Act,
    record: Any,
    keys: Mapping[str, Any],
    texts: Texts | None = None,
    wrong: Mapping[str, list[tuple[str, str]]] | None = None,
) -> Offer:
    """Return an act on a record with its fields, what they hold, and what is wrong with that."""
    cells: list[Cell] = []
    label = act.words
    for one in asked(act.given):
        choose = act.choices.get(one.name)
        offered = None if choose is None else choose(session, record)
        given, faults = (texts or {}).get(one.name, []), (wrong or {}).get(one.name, [])
        cells += cells_asked(one, offered, given, faults)
        if offered and cells[-1].kind == "hidden":
            ((_, label),) = offered
    return Offer(act, act.address.format(**keys), cells, label)


async def _texts(request: Request) -> Texts:
    """Return what the fields hold; files are no part of an act."""
    filled = await request.form()
    return {name: [of for of in filled.getlist(name) if isinstance(of, str)] for name in filled}


Filled = Annotated[Mapping[str, list[str]], Depends(_texts)]


def _page_of(act: Act) -> Callable[..., Response]:
    """Return the endpoint that takes an act's form, and shows it again with what is wrong."""

    def done(request: Request, visit: Visit, texts: Texts, **keys: Any) -> Response:
        try:
            with visit.session(act.permission) as session:
                done = act.run(session, keys, read_text(act.given, texts))
                there = act.shown_at(keys, done.shown)
        except (InvalidError, ConflictError) as error:
            return _again(request, visit, act, keys, texts, error)
        return RedirectResponse(there, 303)

    named = {"request": Request, "visit": Visitor, "texts": Filled} | keys_of(act)
    done.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind) for name, kind in named.items()]
    )
    done.__doc__ = act.purpose.en
    return done


def _again(
    request: Request,
    visit: Visit,
    act: Act,
    keys: Mapping[str, Any],
    texts: Texts,
    error: InvalidError | ConflictError,
) -> Response:
    """Show the form of a refused act with what it was given: nothing is to be typed twice."""
    wrong = error.findings if isinstance(error, RefusedActError) else {}
    with visit.session(act.permission) as session:
        record = act.on.found(session, keys)
        offer = offer_of(session, act, record, keys, texts, wrong)
        return render(
            request,
            "act.html",
            409 if isinstance(error, ConflictError) else 422,
            visit=visit,
            offer=offer,
            error=error,
            back=act.on.page.format(**keys),
        )


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return how a page's form is documented: the fields of a model, as a browser sends them."""
    schema = model.model_json_schema()
    kinds = schema.pop("$defs", {})
    for name, of in schema["properties"].items():
        if "$ref" in of:
            schema["properties"][name] = kinds[of["$ref"].rpartition("/")[2]]
    media = {"application/x-www-form-urlencoded": {"schema": schema}}
    return {"requestBody": {"required": True, "content": media}}


for _act in ACTS:
    if Face.PAGE not in _act.by_hand:
        router.add_api_route(
            _act.address,
            _page_of(_act),
            methods=["POST"],
            name=f"{_act.name}_{_act.on.name}_here".replace("-", "_"),
            openapi_extra=body_of(_act.given) if _act.given else None,
        )
