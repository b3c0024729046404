"""Documents of criteria: those shipped, and the own ones, added, put in force and retired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict, Field

from api.access import RatingDecide, RatingRead
from api.fields import View
from rukang.base.definitions import MOST_CHARACTERS, Fault
from rukang.engines.rating import Edition
from rukang.engines.rating.files.read import examine
from rukang.forms.kinds import Day, Words
from rukang.stars.inspections import today
from rukang.stars.ratings.own import (
    InFolder,
    add_edition,
    edition_ids,
    edition_named,
    in_folder,
    own_editions,
    put_in_force,
    retire,
)
from rukang.stars.ratings.records import OwnEdition

router = APIRouter(tags=["ratings"])

OwnId = Annotated[
    str,
    InPath(
        pattern=r"^[\w.-]{1,40}$",
        description="评定标准的编号 Id of an edition",
        examples=["example-2026"],
    ),
]


def _folder(request: Request) -> Path:
    folder: Path = request.app.state.settings.editions
    return folder


Folder = Annotated[Path, Depends(_folder)]


class Written(BaseModel):
    """A document of criteria as it is written, YAML."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=MOST_CHARACTERS, examples=["id: binzhou-2026\n"])]


class Ending(BaseModel):
    """The last day on which homes are rated under an edition (today if left out), and why."""

    model_config = ConfigDict(extra="forbid")

    last_on: Day | None = None
    why: Annotated[Words, Field(min_length=1, max_length=400, examples=["新标准施行"])]


class Judgement(BaseModel):
    """What is wrong with a document, one sentence each; nothing if it can be used."""

    edition: str | None
    faults: list[Fault]


class OwnView(View):
    """An edition that was put in force here; ``last_on`` is its last day, null while it goes on."""

    edition: str
    put_in_force_at: datetime
    put_in_force_by: str
    last_on: date | None
    retired_at: datetime | None
    retired_by: str | None
    retired_why: str | None


class WaitingView(BaseModel):
    """A document in the folder that is not in force; `edition` is null where its form is wrong."""

    file: str
    edition: str | None
    title: str | None
    faults: list[Fault]


class OwnEditions(BaseModel):
    """The installation's own editions: those ever put in force, and documents that wait."""

    in_force: list[OwnView]
    waiting: list[WaitingView]


@router.get("/rating-editions", summary="评定标准版本 Editions of the criteria")
def list_rating_editions(session: RatingRead) -> list[str]:
    """Return the ids of the editions a sheet may name today."""
    return edition_ids(session, today(session))


@router.get("/own-editions", summary="本地自有标准 Own editions of this installation")
def list_own_editions(session: RatingDecide, folder: Folder) -> OwnEditions:
    """Return the editions put in force here, and the documents of the folder with their faults."""
    kept = own_editions(session)
    return OwnEditions(
        in_force=[OwnView.model_validate(own) for own in kept],
        waiting=list(_waiting(in_folder(folder), kept)),
    )


@router.post("/own-editions/lint", summary="检查一份标准 Check a document of criteria")
def lint_edition(written: Written, _: RatingDecide) -> Judgement:
    """Return everything that is wrong with a document, at line and column; nothing is kept."""
    edition, faults = examine(written.text)
    return Judgement(edition=edition.id if edition else None, faults=faults)


@router.post(
    "/own-editions",
    status_code=201,
    response_model=Judgement,
    summary="加入一份自有标准 Add an own edition",
)
def add_own_edition(written: Written, session: RatingDecide, folder: Folder) -> Any:
    """Put a faultless document into the installation's folder; nobody is rated under it yet."""
    return Judgement(edition=add_edition(session, folder, written.text).id, faults=[])


@router.get("/rating-editions/{edition}", summary="评定标准的内容 What an edition says")
def show_rating_edition(edition: OwnId, session: RatingRead) -> Edition:
    """Return an edition that is shipped, or as it was worded when it was put in force here."""
    return edition_named(session, edition)


@router.post(
    "/own-editions/{edition}/force",
    response_model=OwnView,
    summary="施行自有标准 Put an own edition in force",
)
def put_own_edition_in_force(edition: OwnId, session: RatingDecide, folder: Folder) -> Any:
    """Let the homes of its place be rated under a document of the folder, as it is worded now."""
    return put_in_force(session, folder, edition)


@router.post(
    "/own-editions/{edition}/retirement",
    response_model=OwnView,
    summary="停用自有标准 Retire an own edition",
)
def retire_own_edition(edition: OwnId, ending: Ending, session: RatingDecide) -> Any:
    """Let no home be rated under it after a day; what was begun under it goes on."""
    return retire(session, edition, ending.last_on or today(session), ending.why)


def _waiting(documents: list[InFolder], kept: Sequence[OwnEdition]) -> Iterator[WaitingView]:
    started = {own.edition for own in kept}
    for document in documents:
        edition = document.edition
        if edition is None or edition.id not in started:
            yield WaitingView(
                file=document.file,
                edition=edition.id if edition else None,
                title=str(edition.title) if edition else None,
                faults=list(document.faults),
            )
