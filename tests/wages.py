"""Steps of a wage run that many tests have behind them, each in a session of its own."""

from __future__ import annotations

from rukang import pay
from rukang.base.access import Database
from rukang.base.database.context import as_actor
from rukang.pay import RunState


def lock(database: Database, run_id: int) -> None:
    """Let a second person approve a calculated run, and lock it."""
    for state in (RunState.APPROVED, RunState.LOCKED):
        with database.session() as session:
            pay.advance(as_actor(session, "园长"), pay.find_run(session, run_id), state)
