"""``rukang db rekey``, ``backup``, ``restore`` and ``check``: keeping an installation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from rukang.base.database.sealing.keys import short
from rukang.base.database.sealing.resealing import Found
from rukang.base.settings import settings
from rukang.doors import upkeep
from rukang.doors.cli.common import Data, console, problems, say
from rukang.doors.upkeep import Grade
from rukang.doors.upkeep.rekey import Tell

FEW = 20
"""Broken values that are listed; more are counted."""


def rekey(
    prepare: Annotated[
        bool, typer.Option("--prepare", help="只生成新密钥，先不启用 / make the key, use it later")
    ] = False,
    retire: Annotated[
        bool, typer.Option("--retire", help="停用旧密钥，从密钥文件删去 / give the old key up")
    ] = False,
    only_machine: Annotated[
        bool, typer.Option("--only-machine", help="只有这一台机器 / no other machine works on it")
    ] = False,
    data: Data = None,
) -> None:
    """更换密钥，全部重新加密，可中断后再执行 / seal everything anew under a new key; resumable."""
    here = settings(data)
    if prepare:
        new = upkeep.prepare(here)
        say(f"✓ 新密钥 {short(new)} 已写入 {here.keys}，尚未启用 / made, not used yet")
        say("  把这个文件复制到每台机器，再执行 rukang db rekey / copy it to every machine first")
        return
    if retire:
        with _counting("核对 looking") as tell:
            gone = upkeep.retire(here, tell)
        for key in gone:
            say(f"✓ 旧密钥 {short(key)} 已停用 / retired")
        if gone and here.keys.in_environment:
            say("  请把它从 RUKANG_KEYS 中删去 / take it out of RUKANG_KEYS")
        say("  旧备份仍要用旧密钥打开：备份还在时，旧密钥的备份也要留着")
        say("  / older backups still need the old key: keep its backup as long as them")
        return
    with _counting("重新加密 sealing") as tell:
        found = upkeep.rekey(here, tell, only_machine=only_machine)
    done = sum(one.older for one in found.values())
    count = sum(one.all for one in found.values())
    say(f"✓ {count} 处加密内容，其中 {done} 处改用新密钥 / {done} of {count} were sealed anew")
    say(f"  请另行备份 {here.keys} / back the key file up apart")
    say("  无误后停用旧密钥 / when all is well: rukang db rekey --retire")
    _tell_broken(found)


def forget_key(
    fingerprint: Annotated[
        str, typer.Argument(metavar="FINGERPRINT", help="丢失的密钥的指纹 / of the lost key")
    ],
    data: Data = None,
) -> None:
    """密钥确实丢失时，放弃用它加密的内容 / give up a lost key, and what only it could open."""
    here = settings(data)
    say("用这个密钥加密的证件号码、账号、佐证材料将永远打不开；姓名、出勤、工资、星级不受影响。")
    say("号码可重新导入工作簿补上；佐证材料补不上。")
    say("What it sealed never opens again: numbers come back with their workbooks, evidence does")
    say("not; names, attendance, wages and stars are not touched.")
    typer.confirm(f"放弃密钥 {fingerprint}？ / give it up?", abort=True)
    found = upkeep.forget(here, fingerprint)
    for name, one in found.items():
        if one.broken:
            say(f"  {name}: {len(one.broken)}")
    say(f"✓ 密钥文件 {here.keys}，请另行备份 / back the key file up apart")


def backup(
    to: Annotated[Path, typer.Option("--to", help="备份写到这个目录 / folder of the backups")],
    keys_to: Annotated[
        Path | None,
        typer.Option("--keys-to", help="密钥另写到这个目录 / the keys go here, apart"),
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option("--keep", min=1, metavar="NUMBER", help="只留最近几份 / keep the last few"),
    ] = None,
    data: Data = None,
) -> None:
    """备份数据库，使用中也可以 / back the database up, also while it is in use."""
    here = settings(data)
    folder = upkeep.back_up(here, to, keys_to, keep)
    manifest = upkeep.read_manifest(folder)
    say(f"✓ {folder}")
    say(f"  {sum(manifest.tables.values())} 行 rows，{manifest.size / 1e6:,.1f} MB")
    say(f"  密钥 key {'、'.join(map(short, manifest.keys))}（不在备份里 not in it）")


def restore(
    folder: Annotated[Path, typer.Argument(metavar="BACKUP", help="备份的文件夹 / its folder")],
    keys: Annotated[
        Path | None, typer.Option("--keys", metavar="FILE", help="备份的密钥文件 / its key file")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="代替已有的记录 / in place of records that are there")
    ] = False,
    data: Data = None,
) -> None:
    """从备份恢复 / bring a backup back."""
    done = upkeep.restore(settings(data), folder, keys, replace=replace)
    rows = sum(done.manifest.tables.values())
    say(f"✓ 已恢复到 {done.manifest.made_at:%Y-%m-%d %H:%M} UTC，{rows} 行 / restored, {rows} rows")
    if done.older is not None:
        say(f"  原来的数据库另存在 / the older one is kept at {done.older}")
    for line in done.done:
        say(f"  {line}")


def check(
    everything: Annotated[
        bool, typer.Option("--all", help="打开全部密文 / open every sealed value")
    ] = False,
    backup_within: Annotated[
        int, typer.Option(min=1, metavar="HOURS", help="上次备份不早于 / age of the last backup")
    ] = 36,
    data: Data = None,
) -> None:
    """检查数据库、密钥、备份；有问题时退出码为 1 / is all sound? exit code 1 if not."""
    here = settings(data)
    wrong = False
    for finding in upkeep.check(here, timedelta(hours=backup_within), everything=everything):
        say(f"{finding.grade} {finding.zh} / {finding.en}")
        wrong = wrong or finding.grade is Grade.WRONG
    if wrong:
        raise typer.Exit(1)


def _tell_broken(found: dict[str, Found]) -> None:
    """List what could not be opened, and end with 1 if there is any."""
    broken = [where for one in found.values() for where in one.broken]
    if not broken:
        return
    say(f"✗ {len(broken)} 处打不开，未改动 / do not open and were left:", to=problems)
    for where in broken[:FEW]:
        say(f"  • {where}", to=problems)
    raise typer.Exit(1)


@contextmanager
def _counting(title: str) -> Iterator[Tell]:
    """Show how many values of which store were gone through."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=None)
        yield lambda name, count: bar.update(task, advance=count, description=f"{title} {name}")
