"""The acts of every room as operations: one for each, made from its declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, Signature
from typing import Annotated, Any

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from api.access import needs
from api.fields import BodyCode, HomeCode, PersonCode, RecordId
from api.routers.cases import WholeCaseView
from api.routers.cases import whole as whole_case
from api.routers.jobs import JobView
from api.routers.pay.advances import EntryView, MissingView
from api.routers.pay.payroll_runs import CorrectionView, RunView
from api.routers.people.bodies import (
    CapacityView,
    ChargeView,
    LicenceView,
    OperatorView,
    StateView,
    WholeBody,
    whole,
)
from api.routers.people.merges import MergeView
from api.routers.people.person_files import FileView
from api.routers.rosters.plans import RosterView
from api.routers.stars.inspection_views import ActionView, InspectionDetail, ObjectionView, view_of
from api.routers.stars.interests import InterestView
from api.routers.stars.register import EventView
from rukang.bodies.acts import ACTS as BODIES
from rukang.care.quality import ACTS as QUALITY
from rukang.doors.closing import OF_CLOSING
from rukang.forms import Act, Given
from rukang.pay import ACTS as PAY
from rukang.people.acts import OF_DUPLICATES, OF_FILES, TAKE_CHARGE
from rukang.rosters import ACTS as ROSTERS
from rukang.stars.acts import ACTS as INTERESTS
from rukang.stars.inspections import ACTS as INSPECTIONS

ROOMS: dict[str, tuple[Act, ...]] = {
    "bodies": (*BODIES, TAKE_CHARGE, *OF_CLOSING),
    "people": (*OF_FILES, *OF_DUPLICATES),
    "rosters": ROSTERS,
    "payroll runs": PAY,
    "inspections": (*INSPECTIONS, *INTERESTS),
    "quality": QUALITY,
}
"""The acts of the house, by the heading in the document under which they stand."""

ACTS: tuple[Act, ...] = tuple(act for acts in ROOMS.values() for act in acts)


@dataclass(frozen=True)
class Answer:
    """How a record of a target is answered; ``location`` is where it can be followed."""

    model: Any
    of: Callable[[Session, Any], Any] = lambda _, record: record
    made: int = 201
    location: str = ""


FILE = Answer(FileView, FileView.around)
ANSWERS = {
    "body": Answer(WholeBody, whole),
    "state": Answer(StateView),
    "capacity": Answer(CapacityView),
    "operator": Answer(OperatorView),
    "licence": Answer(LicenceView),
    "charge": Answer(ChargeView),
    "case": Answer(WholeCaseView, whole_case),
    "merge": Answer(MergeView, lambda _, record: MergeView.of(record)),
    "identifier": FILE,
    "disability": FILE,
    "guardian": FILE,
    "consent": FILE,
    "inspection": Answer(InspectionDetail, view_of),
    "objection": Answer(ObjectionView),
    "action": Answer(ActionView),
    "run": Answer(RunView),
    "correction": Answer(CorrectionView),
    "missing": Answer(MissingView | None, lambda _, of: of.record and MissingView.of(of.record)),
    "entry": Answer(EntryView),
    "interest": Answer(InterestView),
    "star": Answer(EventView),
    "roster": Answer(RosterView),
    "job": Answer(JobView, made=202, location="/api/v1/jobs/{id}"),
}
"""By target; what has no answer here is done without one."""

KEYS = {"code": HomeCode, "body_code": BodyCode, "person_code": PersonCode}
NOTHING = Answer(None, lambda *_: None)


def needs_words(model: type[Given]) -> bool:
    """Return whether something has to be given."""
    return any(of.is_required() for of in model.model_fields.values())


def keys_of(act: Act) -> dict[str, Any]:
    """Return the keys in an act's address, with what they are."""
    return {key: KEYS.get(key, RecordId) for key in act.on.keys}


def operation_of(act: Act) -> Callable[..., Any]:
    """Return the endpoint of an act: its keys, what is given, and a session that may do it."""
    answer = ANSWERS.get((act.makes or act.on).name, NOTHING)

    def done(session: Session, response: Response, said: Any = None, **keys: Any) -> Any:
        result = act.run(session, keys, said).shown
        if answer.location:
            response.headers["Location"] = answer.location.format(id=result.id)
        return answer.of(session, result)

    named = keys_of(act)
    if act.given is not None:
        named["said"] = act.given
    named |= {"session": Annotated[Session, needs(act.permission)], "response": Response}
    # Where nothing has to be said, no body has to be sent.
    silent = {"said": act.given()} if act.given and not needs_words(act.given) else {}
    parameters = [
        Parameter(
            name,
            Parameter.KEYWORD_ONLY,
            annotation=kind,
            default=silent.get(name, Parameter.empty),
        )
        for name, kind in named.items()
    ]
    done.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    done.__doc__ = act.purpose.en
    return done


def _add(router: APIRouter, act: Act, tag: str) -> None:
    answer = ANSWERS.get((act.makes or act.on).name, NOTHING)
    done = 200 if answer.model else 204
    router.add_api_route(
        act.address,
        operation_of(act),
        methods=["POST"],
        status_code=answer.made if act.makes else done,
        response_model=answer.model,
        name=f"{act.name}_{act.on.name}".replace("-", "_"),
        summary=f"{act.words.zh} {act.words.en}",
        tags=[tag],
    )


router = APIRouter()
for _tag, _acts in ROOMS.items():
    for _act in _acts:
        _add(router, _act, _tag)
