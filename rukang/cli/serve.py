"""``rukang serve`` and ``rukang worker``: the web face and the long work."""

from __future__ import annotations

import os
import signal
import socket
import threading
from typing import Annotated

import typer
import uvicorn
from sqlalchemy import select

from rukang.access import Database
from rukang.access.records import Account
from rukang.cli.common import Data, opened, say
from rukang.errors import InvalidError
from rukang.jobs import start_worker
from rukang.work import handlers


def serve(
    host: Annotated[str, typer.Option(help="监听地址 / address to listen on")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=1, max=65535, metavar="NUMBER", help="端口 / port")
    ] = 8000,
    with_worker: Annotated[
        bool,
        typer.Option("--worker/--no-worker", help="后台任务 / run jobs too"),
    ] = True,
    data: Data = None,
) -> None:
    """启动网页与接口 / start the web face and the API."""
    _require_free(host, port)
    here, database = opened(data)
    os.environ["RUKANG_DATA"] = str(here.data)
    os.environ["RUKANG_DATABASE_URL"] = here.database_url
    os.environ["RUKANG_WORKER"] = "on" if with_worker else "off"
    say(f"网页 web face: http://{host}:{port}/   接口 API: http://{host}:{port}/docs")
    if not _has_accounts(database):
        say(
            "还没有账号，请另开一个窗口执行 / no account yet; make one in another window:\n"
            f"  rukang db account you@example.org --role administrator --data {here.data}"
        )
    # By name: rukang may not import api (the direction is api → rukang).
    uvicorn.run("api.app:create", factory=True, host=host, port=port, log_level="warning")


def worker(data: Data = None) -> None:
    """执行后台任务，可在多台机器上同时运行 / run the long work, on as many machines as you like."""
    here, _ = opened(data)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with start_worker(here, handlers(here)):
        say("后台任务已启动，Ctrl+C 结束 / worker running; Ctrl+C ends it")
        stop.wait()


def _require_free(host: str, port: int) -> None:
    """Try the address first; the server would tell a taken one in a log line only.

    Raises
    ------
    InvalidError
        If another program listens there, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise InvalidError(
            f"不能监听 {host}:{port}（{error.strerror}）：可能已有程序占用，请换一个 --port。",
            "That address cannot be listened on; another program may hold it: choose another port.",
        ) from error


def _has_accounts(database: Database) -> bool:
    with database.session() as session:
        return session.scalar(select(Account.id).limit(1)) is not None
