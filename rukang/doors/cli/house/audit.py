"""``rukang audit``: proof that nobody changed the trail."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from rostering.sheets.masking import masked
from rukang.base.access import Role
from rukang.base.access.accounts import named_account
from rukang.base.clock import in_shanghai
from rukang.base.database import audit
from rukang.base.errors import InvalidError, NotAllowedError
from rukang.doors.cli.common import Data, day_of, opened, say, signed
from rukang.people import find_person

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command()
def verify(
    from_head: Annotated[
        list[Path] | None,
        typer.Option(
            "--from-head",
            metavar="FILE",
            help="另处留存的链首，可多份 / heads kept elsewhere",
        ),
    ] = None,
    data: Data = None,
) -> None:
    """逐条核对审计链 / walk the chain and tell the first link that does not hold."""
    _, database = opened(data)
    kept = [_head_in(file) for file in from_head or ()]
    with database.session() as session:
        found = audit.verify(session, kept)
    if found.waiting:
        say(f"另有 {found.waiting} 条早先的记录尚未入链 / entries not in the chain yet")
    zh, en = found.words
    if found.fault is None:
        say(f"✓ {found.number} 条，{zh} / entries, {en}")
        say(f"  {found.digest}")
    else:
        say(f"✗ {zh}（此前 {found.number} 条完整）/ {en} ({found.number} before it hold)")
    raise typer.Exit(found.fault is not None)


@app.command()
def head(
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="写入文件 / write it into a file")
    ] = None,
    data: Data = None,
) -> None:
    """导出链首，请存到别处 / the head of the chain, to be kept elsewhere."""
    _, database = opened(data)
    with database.session() as session:
        text = audit.head_of(session).model_dump_json(indent=2)
    if out is None:
        say(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")
        say(f"  → {out}")


@app.command()
def show(
    person: Annotated[
        str | None, typer.Option(help="人员编号，或 机构/编号 / of this person")
    ] = None,
    table: Annotated[str | None, typer.Option(help="某个表 / of this table")] = None,
    first: Annotated[
        date | None, typer.Option("--from", parser=day_of, metavar="DAY", help="自哪天 / from")
    ] = None,
    last: Annotated[
        date | None, typer.Option("--to", parser=day_of, metavar="DAY", help="至哪天 / to")
    ] = None,
    most: Annotated[int, typer.Option(min=1, max=10_000, help="最多几条 / at most")] = 100,
    data: Data = None,
) -> None:
    """查看审计记录，由管理员 / read the trail, as an administrator; it is written down."""
    _, database = signed(data)
    with database.session() as session:
        account = named_account(session, database.caller.name)
        if not any(role.role is Role.ADMINISTRATOR for role in account.roles):
            raise NotAllowedError(
                f"{account.email} 不是管理员，不能查看审计记录。",
                f"{account.email} is no administrator and may not read the trail.",
            )
        person_id = find_person(session, person).id if person else None
        asked = {"person_id": person_id, "table": table, "from": str(first), "to": str(last)}
        audit.note(session, "read_trail", account, asked)
        for found in audit.entries(session, person_id, table, first, last, most):
            say(_line(found))


def _line(found: audit.Opened) -> str:
    entry = found.entry
    at = in_shanghai(entry.at).strftime("%Y-%m-%d %H:%M:%S")
    said = {"before": found.before, "after": found.after}
    words = "已销毁 destroyed" if found.seal is audit.Seal.DESTROYED else ""
    words = "缺密钥 key missing" if found.seal is audit.Seal.MISSING else words
    text = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    record = f"{entry.table} {entry.record_id or ''}".strip()
    return masked(f"{entry.number} {at} {entry.actor} {entry.action} {record} {words} {text}")


def _head_in(file: Path) -> audit.Head:
    """Return the head in a file that ``rukang audit head`` wrote.

    Raises
    ------
    InvalidError
        If the file cannot be read as one.
    """
    try:
        return audit.Head.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise InvalidError(
            f"{file} 不是 `rukang audit head` 导出的文件，请核对路径。",
            f"{file} is no file written by `rukang audit head`; check the path.",
        ) from error
