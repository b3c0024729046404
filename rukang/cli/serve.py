"""``rukang serve`` and ``rukang worker``: the web face and the long work."""

from __future__ import annotations

import os
import signal
import threading
from typing import Annotated

import typer
import uvicorn

from rukang.cli.common import Data, console, opened
from rukang.jobs import start_worker
from rukang.work import handlers


def serve(
    host: Annotated[str, typer.Option(help="监听地址。Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口。Port.")] = 8000,
    with_worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="同时执行后台任务。Run jobs as well.")
    ] = True,
    data: Data = None,
) -> None:
    """启动网页与接口。Start the web face and the API."""
    here, _ = opened(data)
    os.environ["RUKANG_DATA"] = str(here.data)
    os.environ["RUKANG_DATABASE_URL"] = here.database_url
    os.environ["RUKANG_WORKER"] = "on" if with_worker else "off"
    console.print(f"网页 web face: http://{host}:{port}/   接口 API: http://{host}:{port}/docs")
    # By name: rukang may not import api (the direction is api → rukang).
    uvicorn.run("api.app:create", factory=True, host=host, port=port, log_level="warning")


def worker(data: Data = None) -> None:
    """执行后台任务（排班求解、工资计算），可在多台机器上同时运行。Run the long work."""
    here, _ = opened(data)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with start_worker(here, handlers(here)):
        console.print("后台任务已启动，Ctrl+C 结束。Worker running; Ctrl+C ends it.")
        stop.wait()
