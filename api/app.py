"""The application: what is put together, and what runs beside it."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from importlib.metadata import version
from typing import Any, cast

from anyio import to_thread
from fastapi import Depends, FastAPI
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import openapi, pages
from api.auth import accounts_engine
from api.gate.access_log import AccessLog
from api.gate.headers import SecurityHeaders
from api.gate.hosts import Hosts
from api.gate.line import Line
from api.guard import same_origin
from api.plain import plain_text
from api.problems import Sizes, add_handlers
from api.routers import v1
from rukang import migrations
from rukang.base import logs
from rukang.base.access import Database
from rukang.base.clock import Clock, utc_now
from rukang.base.errors import ConflictError
from rukang.base.jobs import GRACE_SECONDS, start_worker
from rukang.base.settings import Settings, environment, settings
from rukang.doors.handlers import handlers
from rukang.doors.privacy import every_day

LARGEST_BODY = 1_000_000
"""Bytes of a request; a full score sheet has some tens of thousands."""


LARGEST_FORM: Any = {"max_files": 2, "max_fields": 300, "max_part_size": 100_000}
"""Parts of a form and bytes of a field; the longest form is a plan of visits, some tens of each."""


def create() -> FastAPI:
    """Return the application of this installation: ``uvicorn api.app:create --factory``.

    ``RUKANG_WORKER=off`` leaves the long work to ``rukang worker``.
    """
    logs.set_up()
    app = create_app(settings(), with_worker=environment().worker)
    # What is loaded now stays: the collector need not walk through it during a request, which
    # made one picture in twenty take twice its time (docs/performance-register.md).
    gc.collect()
    gc.freeze()
    return app


def create_app(here: Settings, clock: Clock = utc_now, *, with_worker: bool = False) -> FastAPI:
    """Return the application of an installation.

    Parameters
    ----------
    clock
        The moment written into records; also decides when a token is void.
    with_worker
        Do queued work in this process as well.
    """
    app = _Application(
        title=openapi.TITLE,
        description=openapi.DESCRIPTION,
        version=version("rukang"),
        openapi_tags=openapi.TAGS,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # Swagger's page loads scripts from elsewhere; pages.docs is ours
        redoc_url=None,
        generate_unique_id_function=openapi.operation_id,
        lifespan=partial(_lifespan, here=here, with_worker=with_worker),
        dependencies=[Depends(same_origin), Depends(plain_text)],
        max_body_size=LARGEST_BODY,
        form_limits=LARGEST_FORM,
    )
    app.state.database = here.open(clock)
    app.state.accounts = accounts_engine(here.database_url)
    app.state.settings = here
    app.state.line = Line()
    add_handlers(app, pages.show_problem)
    app.include_router(v1)
    pages.add_to(app)
    return app


class _Application(openapi.Documented):
    """The application with what surrounds all of it, the framework's own refusals included."""

    def build_middleware_stack(self) -> ASGIApp:
        """Return what serves a request, from the proxies' headers inwards."""
        here: Settings = self.state.settings
        refusing: Any = self.exception_handlers[HTTPException]
        sized = Sizes(super().build_middleware_stack(), LARGEST_BODY, refusing)
        answers = Hosts(sized, here.hosts)
        sealed = SecurityHeaders(answers, hsts_subdomains=here.hsts_subdomains)
        logged = AccessLog(sealed) if here.access_log else sealed
        proxied: Any = ProxyHeadersMiddleware(cast("Any", logged), list(here.proxies))
        return cast("ASGIApp", proxied)


@asynccontextmanager
async def _lifespan(app: FastAPI, here: Settings, with_worker: bool) -> AsyncIterator[None]:
    database: Database = app.state.database
    _require_newest(database)
    beside = ExitStack()
    if with_worker:
        # In a thread: starting and ending a worker waits for the database and for work in hand.
        worker = start_worker(
            here, handlers(here), closing_seconds=GRACE_SECONDS, every_day=every_day(here)
        )
        await to_thread.run_sync(beside.enter_context, worker)
    try:
        yield
    finally:
        await to_thread.run_sync(beside.close)
        await app.state.accounts.dispose()
        database.close()


def _require_newest(database: Database) -> None:
    """Refuse to serve a database that lacks tables or columns this version needs."""
    found, needed = migrations.current(database.engine), migrations.newest()
    if found != needed:
        raise ConflictError(
            f"数据库版本为 {found}，本程序需要 {needed}；请先运行 `rukang db init`。",
            f"The database stands at {found}, this version needs {needed}; run `rukang db init`.",
        )
