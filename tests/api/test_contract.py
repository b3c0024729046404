"""The served document against the served answers, by a library that makes requests from it."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
import schemathesis
import uvicorn
from schemathesis.engine import events, from_schema

from api.app import create_app
from tests.api.house import Clock, House, furnished
from tests.databases import KINDS
from tests.patience import HANG

FULL = bool(os.environ.get("RUKANG_FULL"))
"""More requests, for who has the time."""

ENDING = ["revoke_token"]
"""Ends the session of the run itself; it has a test of its own."""

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "allow_header_conformance",
    "unsupported_method",
    "negative_data_rejection",
)
"""What every answer has to keep. What a schema allows a rule may still refuse, as documented."""

REJECTED = [400, 401, 403, 404, 405, 409, 413, 415, 422, 428, 429]
"""How what a schema does not allow may be refused."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of its own, on the stricter database there is: the run writes whatever it can."""
    with furnished(KINDS[-1], tmp_path_factory.mktemp("contract")) as house:
        yield house


@pytest.fixture(scope="module")
def address(house: House) -> Iterator[str]:
    """The address of its server on a free port."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        app = create_app(house.settings, Clock())
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def _schema(address: str, token: str, account: int, *, everything: bool) -> schemathesis.BaseSchema:
    config = schemathesis.Config.from_dict(
        {
            "seed": 18,
            # The token is really sent; a cookie would be refused as another site's.
            "headers": {"Authorization": f"Bearer {token}", "Rukang-Account": str(account)},
            "continue-on-failure": True,
            "request-timeout": HANG,
            "generation": {
                "max-examples": 50 if FULL else 2,
                "deterministic": True,
                "no-shrink": True,
                "with-security-parameters": False,
            },
            "phases": {
                "stateful": {"enabled": False},
                # Every field at and beyond its bounds: for one account, as the document is one.
                "coverage": {"enabled": everything or FULL, "unexpected-methods": ["patch"]},
            },
            "checks": {
                "enabled": False,
                **{name: {"enabled": True} for name in CHECKS},
                # A text beyond its bound may make the body larger than is read at all.
                "negative_data_rejection": {"enabled": True, "expected-statuses": REJECTED},
            },
        }
    )
    url = f"{address}/api/v1/openapi.json"
    schema = schemathesis.openapi.from_url(url, config=config, timeout=HANG)
    return schema.exclude(operation_id=ENDING)


@pytest.mark.parametrize("who", ["administrator", "manager"])
def test_the_document_says_what_is_answered(house: House, address: str, who: str) -> None:
    """No failure of the server, no answer the document does not name, writes included."""
    logging.getLogger("schemathesis").setLevel(logging.ERROR)
    with house.client() as running:
        account = house.visitor(running, who).get("/api/v1/account").json()["id"]
    told: list[str] = []
    written = answered = 0
    everything = who == "administrator"
    schema = _schema(address, house.token(who), account, everything=everything)
    for event in from_schema(schema).execute():
        if isinstance(event, events.FatalError):
            raise event.exception
        if isinstance(event, events.NonFatalError):
            told.append(f"{event.label}: {event.info.format()}")
        if isinstance(event, events.ScenarioFinished):
            for one in event.recorder.interactions.values():
                answered += one.response is not None
                written += one.response is not None and one.response.status_code in {201, 202, 204}
            told += [
                f"{event.label}: {check.name}: {check.failure_info.failure.message}\n"
                f"{check.failure_info.code_sample}"
                for checks in event.recorder.checks.values()
                for check in checks
                if check.failure_info
            ]
    assert answered > (500 if everything else 50)
    assert written > 0
    assert not told, f"{len(told)} failures:\n" + "\n\n".join(told[:10])
