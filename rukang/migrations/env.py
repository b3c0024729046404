"""What Alembic runs: our tables on the connection that :mod:`rukang.migrations` hands over."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from rukang.base.database.types import ExactDecimal, UtcDateTime
from rukang.migrations.registry import METADATA


def _ours(_item: Any, _name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """Leave alone what shares the database with us (the durable jobs' own tables)."""
    return not (kind == "table" and reflected and compare_to is None)


def _plain_types(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write a migration in the database's own types: a migration outlives our classes."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, (ExactDecimal, sa.Enum)):
        return f"sa.String({item.length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    include_object=_ours,
    render_as_batch=True,
    render_item=_plain_types,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
