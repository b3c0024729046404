"""Every text of every route, given paths, addresses and format tricks: nothing of the server's.

The requests are made from the document and the pages. What is looked for in everything that comes
back or is logged: any piece of the keys, of the local policy and of the system's own files.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Client, Response
from structlog.testing import capture_logs

from tests.api.asking import PLACES, Asked, Spot, document_of_api, document_of_pages, requests_of
from tests.api.house import ROLES, House, furnished
from tests.databases import KINDS
from tests.demo import LOCAL_POLICY

FULL = bool(os.environ.get("RUKANG_FULL"))
"""Every combination instead of a drawn part: for who has the time."""

CANARY = "Zq7vXw93KpTmR5"
SYSTEM_FILE = Path("/etc/passwd")
PIECE = 6
"""Characters of a secret that may not show."""


@pytest.fixture(scope="module", params=KINDS)
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house of its own: the walk changes whatever it can."""
    folder = tmp_path_factory.mktemp("walked")
    policy = LOCAL_POLICY.read_text(encoding="utf-8")
    (folder / "local-policy.yaml").write_text(f"# {CANARY}\n{policy}", encoding="utf-8")
    with furnished(request.param, folder) as house:
        yield house


def _tricks(house: House) -> list[str]:
    """Return what is put into a text: names of files that exist among them."""
    key = house.settings.key_file
    up = "/".join([".."] * 12)
    return [
        str(key),
        os.path.relpath(key),
        f"{up}{key}",
        key.as_uri(),
        str(house.settings.local_policy),
        os.path.relpath(house.settings.local_policy),
        str(SYSTEM_FILE),
        f"{up}{SYSTEM_FILE}",
        f"http://127.0.0.1:9{SYSTEM_FILE}",
        f"{key}\x00.yaml",
        "長" * 5_000,
        "{0.__class__.__init__.__globals__}",
        "%(x)s%n%s",
        "{{ request.app.state.database.url }}",
    ]


def _secrets(house: House) -> list[str]:
    """Return every piece of what no answer may show."""
    texts = [*house.settings.key_file.read_text().split(), CANARY]
    pieces = [text[at : at + PIECE] for text in texts for at in range(len(text) - PIECE + 1)]
    lines = SYSTEM_FILE.read_text().splitlines() if SYSTEM_FILE.exists() else []
    return pieces + [line.partition("/")[0] for line in lines if line.count(":") > 3]


def _walked(house: House) -> list[tuple[Asked, Spot]]:
    places = {**PLACES, **house.ids}
    documents = (document_of_api(house.client().app), document_of_pages())
    return [
        (asked, spot)
        for document in documents
        for asked, spots in requests_of(document, places)
        for spot in spots
    ]


def _drawn(house: House) -> list[tuple[Asked, Spot, str, str | None]]:
    """Return what is walked: everything, or each text with the key's path and two other tricks."""
    walked, tricks = _walked(house), _tricks(house)
    people = [*ROLES, None]
    if FULL:
        return [(*one, trick, who) for one, trick, who in product(walked, tricks, people)]
    chance = random.Random(18)  # noqa: S311 - drawn the same every time
    return [
        (*one, trick, who)
        for one in walked
        for trick, who in (
            (tricks[0], "administrator"),
            (chance.choice(tricks[1:]), "administrator"),
            (chance.choice(tricks), chance.choice(people)),
        )
    ]


def _sent(house: House, running: TestClient, asked: Asked, who: str | None) -> Response:
    return asked.send(_client(house, running, asked, who))


def _client(house: House, running: TestClient, asked: Asked, who: str | None) -> Client:
    """Return somebody's client, which says whose entries it sends where that is asked for."""
    client = house.visitor(running, who)
    if "/sheet" in asked.template or "/evidence" in asked.template:
        own = client.get("/api/v1/account").json()
        client.headers["Rukang-Account"] = str(own.get("id", 0))
    return client


def test_the_walk_meets_every_text(house: House) -> None:
    """Paths, queries, bodies and forms, and the field through which the key was once read."""
    walked = _walked(house)
    assert {spot[0] for _, spot in walked} == {"path", "query", "body"}
    assert len({asked.name for asked, _ in walked}) > 60
    names = {f"{asked.name} {spot[1][-1]}" for asked, spot in walked}
    assert {"list_signs edition", "apply_home edition", "put_answer note"} <= names
    assert any(name.startswith("apply_home_here") and name.endswith(" edition") for name in names)


@pytest.mark.drawn
def test_no_text_brings_anything_of_the_server(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """No failure, and no piece of a key, of the policy or of the system in answer or log."""
    pieces = _secrets(house)
    with house.client() as running:
        for asked, spot, trick, who in _drawn(house):
            with capture_logs() as logged:
                answer = _sent(house, running, asked.with_text(spot, trick), who)
            about = (asked.name, spot, trick[:60], who, answer.status_code)
            assert answer.status_code < 500, (about, logged)
            said = f"{answer.text}\n{dict(answer.headers)}\n{logged}\n{caplog.text}"
            caplog.clear()
            shown = [piece for piece in pieces if piece in said]
            assert not shown, (about, shown)


@pytest.mark.drawn
def test_no_answer_tells_which_files_there_are(house: House) -> None:
    """A name of a file that exists is refused in the words of one that does not."""
    there = str(house.settings.key_file)
    absent = f"{there[:-1]}z"
    with house.client() as running:
        for asked, spot in _walked(house):
            # One session asks for both: its own page marks it among the others.
            client = _client(house, running, asked, "administrator")
            answers = [asked.with_text(spot, name).send(client) for name in (there, absent)]
            if answers[0].status_code < 400:
                continue  # a text like any other, which is kept
            if answers[1].status_code < 400:
                # The walk before this one left a record of the first name, which is what the first
                # answer is about: the same is asked of the second, of which there is one by now.
                answers[1] = asked.with_text(spot, absent).send(client)
            if answers[1].status_code == 429:
                continue  # too many attempts by now
            words = [answer.text.replace("keys.txz", "keys.txt") for answer in answers]
            assert words[0] == words[1], (asked.name, spot)
