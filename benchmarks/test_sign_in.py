"""What a page costs while eight people at once sign in with wrong passwords, on a real server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from pytest_benchmark.fixture import BenchmarkFixture

from api.app import create_app
from rukang.base.settings import Settings
from rukang.doors.upkeep import init

pytestmark = pytest.mark.benchmark(group="register while others sign in")

GUESSERS = 8


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an installation without homes, in one event loop."""
    data = tmp_path_factory.mktemp("sign-in")
    settings = Settings(data, f"sqlite:///{data / 'rukang.sqlite'}")
    init(settings).close()
    config = uvicorn.Config(create_app(settings), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@contextmanager
def guessing(address: str, guessers: int) -> Iterator[None]:
    """Let people sign in with wrong passwords, one attempt after the other each, meanwhile."""
    over = threading.Event()

    def guess(number: int) -> None:
        turn = 0
        with httpx.Client(base_url=address) as client:
            while not over.is_set():
                turn += 1
                form = {"username": f"{number}-{turn}@example.org", "password": "guess"}
                client.post("/api/v1/tokens", data=form, timeout=60)

    with ThreadPoolExecutor(max(1, guessers)) as pool:
        for number in range(guessers):
            pool.submit(guess, number)
        try:
            yield
        finally:
            over.set()


@pytest.mark.parametrize("guessers", [0, GUESSERS])
def test_register_while_others_sign_in(
    benchmark: BenchmarkFixture, address: str, guessers: int
) -> None:
    """Ask for the public register; the ratio of the medians is what others feel of sign-ins."""
    with httpx.Client(base_url=address, timeout=60) as client, guessing(address, guessers):
        answer = benchmark.pedantic(
            lambda: client.get("/api/v1/register"), rounds=30, warmup_rounds=3
        )
    assert answer.status_code == 200
