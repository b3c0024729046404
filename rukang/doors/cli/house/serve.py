"""``rukang serve`` and ``rukang worker``: the web face and the long work."""

from __future__ import annotations

import os
import signal
import socket
import threading
from typing import Annotated

import typer
from sqlalchemy import select

from rukang.base import logs
from rukang.base.access import Database
from rukang.base.access.records import Account
from rukang.base.errors import InvalidError
from rukang.base.jobs import GRACE_SECONDS, end_process, start_worker
from rukang.base.settings import Settings
from rukang.doors.cli.common import Data, opened, problems, say
from rukang.doors.handlers import handlers
from rukang.doors.privacy import every_day


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
    import uvicorn  # of rukang[web]; a worker does without

    _require_free(host, port)
    here, database = opened(data)
    os.environ["RUKANG_DATA"] = str(here.data)
    os.environ["RUKANG_DATABASE_URL"] = here.database_url
    os.environ["RUKANG_WORKER"] = "on" if with_worker else "off"
    _say_who_can_reach(host, here)
    say(f"网页 web face: http://{host}:{port}/   接口 API: http://{host}:{port}/docs")
    if not _has_accounts(database):
        say(
            "还没有账号，请另开一个窗口执行 / no account yet; make one in another window:\n"
            f"  rukang account make you@example.org --role administrator --data {here.data}"
        )
    # By name: rukang may not import api (the direction is api → rukang).
    # Forwarded headers are believed by the application, of the proxies that are named to it.
    uvicorn.run(
        "api.app:create",
        factory=True,
        host=host,
        port=port,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
    )


def worker(data: Data = None) -> None:
    """执行后台任务，可在多台机器上同时运行 / run the long work, on as many machines as you like."""
    logs.set_up()
    here, _ = opened(data)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with start_worker(
        here, handlers(here), closing_seconds=GRACE_SECONDS, every_day=every_day(here)
    ):
        say("后台任务已启动，Ctrl+C 结束 / worker running; Ctrl+C ends it")
        stop.wait()
    end_process()


def _say_who_can_reach(host: str, here: Settings) -> None:
    """Answer under the address listened on, and warn if others can read what goes over the wire."""
    name = f"[{host}]" if ":" in host else host
    if host not in EVERY_ADDRESS and name not in here.hosts:
        os.environ["RUKANG_HOSTS"] = ",".join([*here.hosts, name])
    if host in LOOPBACK:
        return
    say(
        "注意：这里不加密，同一网络的人能看到密码和数据。请放在提供 TLS 的反向代理之后，"
        "并设置 RUKANG_HOSTS（网址中的主机名）和 RUKANG_PROXIES（代理的地址）。\n"
        "Nothing is encrypted here: others on the network can read passwords and data. Put a proxy"
        " with TLS before it, and set RUKANG_HOSTS (the host's name) and RUKANG_PROXIES (the"
        " proxy's address); see docs/guide.md.",
        to=problems,
    )
    if host in EVERY_ADDRESS and here.hosts == Settings.hosts:
        say(
            "现在只应答 localhost 这些名字；其他名字请写进 RUKANG_HOSTS。\n"
            f"Only these names are answered now, set RUKANG_HOSTS: {', '.join(here.hosts)}",
            to=problems,
        )


LOOPBACK = {"127.0.0.1", "::1", "localhost"}
EVERY_ADDRESS = {"0.0.0.0", "::", ""}  # noqa: S104 - compared with, not listened on


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
