"""``rukang edition``: the documents of criteria."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from rukang.base.database.context import today
from rukang.base.errors import ConflictError, InvalidError
from rukang.base.settings import settings
from rukang.doors.cli.common import Data, day_of, edition_named, opened, say, signed
from rukang.engines.rating import (
    differences,
    editions,
    load_edition,
    load_outline,
    load_port,
    outlines,
    ports,
)
from rukang.stars.ratings.own import (
    InFolder,
    add_edition,
    edition_in,
    in_folder,
    own_editions,
    put_in_force,
    retire,
)
from rukang.stars.ratings.records import OwnEdition

Name = Annotated[str, typer.Argument(help="编号或 YAML 文件 / id or YAML file")]

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command("list")
def list_all(data: Data = None) -> None:
    """现有的标准，和只知结构的 / editions there are, and outlines."""
    for name in editions():
        edition = load_edition(name)
        say(f"{name}  {edition.title}（{edition.label}）")
    for name in ports():
        port = load_port(name)
        say(f"{name}  {port.title}（{port.label}）")
    for name in outlines():
        outline = load_outline(name)
        say(f"{name}  {outline.title}（{outline.label}）")
    _list_own(data)


def _list_own(data: Path | None) -> None:
    """Tell the own editions: those put in force here, and the documents in the folder."""
    here = settings(data)
    try:
        _, database = opened(data)
    except ConflictError:  # no installation here: what is shipped is all there is
        return
    with database.session() as session:
        kept = {own.edition: own for own in own_editions(session)}
        for name, own in kept.items():
            edition = edition_in(own.text)
            say(f"{name}  {edition.title}（{edition.label}）：{_state(own)}")
    for document in in_folder(here.editions):
        if document.edition is None or document.edition.id not in kept:
            say(_waiting(document))


def _state(own: OwnEdition) -> str:
    if own.last_on is None:
        return f"施行 in force（{own.put_in_force_by}，{own.put_in_force_at:%Y-%m-%d}）"
    return f"施行至 in force until {own.last_on}（{own.retired_why}）"


def _waiting(document: InFolder) -> str:
    name = document.edition.id if document.edition is not None else "？"
    if document.faults:
        count = len(document.faults)
        return f"{name}  {document.file}：{count} 处不符 / faults（rukang edition lint）"
    return f"{name}  {document.file}：待施行 / to be put in force（rukang edition start {name}）"


@app.command("lint")
def lint_one(edition: Name, data: Data = None) -> None:
    """检查一份标准：格式、分值、分数线、引用 / check form and sums of an edition."""
    found = edition_named(edition, data)
    say(f"✓ {found.id}：{len(found.criteria)} 项指标，共 {found.points} 分 / criteria and points")


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="标准文件（YAML） / file of an edition (YAML)")],
    data: Data = None,
) -> None:
    """把自己的标准放进文件夹，先检查 / check an own edition and put it into the folder."""
    here, database = signed(data)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InvalidError(
            f"{file} 打不开（{type(error).__name__}），须为 UTF-8 文本。",
            f"{file} cannot be read ({type(error).__name__}); UTF-8 is expected.",
        ) from error
    with database.session() as session:
        found = add_edition(session, here.editions, text)
    say(f"✓ {found.id} → {here.editions}")
    say(f"  施行 / put it in force: rukang edition start {found.id}")


@app.command()
def start(
    edition: Annotated[str, typer.Argument(help="编号 / id of an own edition")], data: Data = None
) -> None:
    """施行一份自己的标准 / put an own edition in force, worded as it is now."""
    here, database = signed(data)
    with database.session() as session:
        kept = put_in_force(session, here.editions, edition)
        found = edition_in(kept.text)
    place = found.place or "CN"
    say(f"✓ {found.id} {found.title}：{place}，{found.valid_from} – {found.valid_to or '…'}")


@app.command("retire")
def retire_one(
    edition: Annotated[str, typer.Argument(help="编号 / id of an own edition")],
    why: Annotated[str, typer.Option(help="原因 / reason")],
    last: Annotated[
        date | None,
        typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="最后一天，默认今天 / last day"),
    ] = None,
    data: Data = None,
) -> None:
    """停用一份自己的标准 / let nobody be rated under it any more."""
    _, database = signed(data)
    with database.session() as session:
        kept = retire(session, edition, last or today(session), why)
        say(f"✓ {kept.edition} 施行至 in force until {kept.last_on}")


@app.command()
def diff(before: Name, after: Name, data: Data = None) -> None:
    """两份标准有何不同 / what changes from one edition to another."""
    found = differences(edition_named(before, data), edition_named(after, data))
    for change in found:
        say(f"{change.zh} / {change.en}")
    say(f"{len(found)} 处不同 / changes")
