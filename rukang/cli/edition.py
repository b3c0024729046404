"""``rukang edition``: the documents of criteria."""

from __future__ import annotations

from typing import Annotated

import typer

from rukang.cli.common import say
from rukang.rating import differences, editions, load_edition, load_outline, outlines, ports

Name = Annotated[str, typer.Argument(help="编号或 YAML 文件 / id or YAML file")]

app = typer.Typer(help="星级评定标准 / documents of rating criteria", no_args_is_help=True)


@app.command("list")
def list_all() -> None:
    """现有的标准，和只知结构的 / editions there are, and outlines."""
    for name in editions():
        edition = load_edition(name)
        say(f"{name}  {edition.title}（{edition.label}）")
    for name in ports():
        port = load_edition(name)
        say(f"{name}  {port.title}（{port.label}）")
    for name in outlines():
        outline = load_outline(name)
        say(f"{name}  {outline.title}（{outline.label}）")


@app.command("lint")
def lint_one(edition: Name) -> None:
    """检查一份标准：分值、分数线、引用 / check that an edition adds up."""
    found = load_edition(edition)
    say(f"✓ {found.id}：{len(found.criteria)} 项指标，共 {found.points} 分 / criteria and points")


@app.command()
def diff(before: Name, after: Name) -> None:
    """两份标准有何不同 / what changes from one edition to another."""
    found = differences(load_edition(before), load_edition(after))
    for change in found:
        say(f"{change.zh} / {change.en}")
    say(f"{len(found)} 处不同 / changes")
