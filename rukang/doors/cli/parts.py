"""What ``rukang`` can do, by name; a part is loaded when it is used, not when it is listed."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

FIRST = "开始 Getting started"
DAILY = "日常工作 Daily work"
RUNNING = "运行与数值 Running it, and its figures"


@dataclass(frozen=True)
class Part:
    """A command, or a group of them: its name, where it is, what it is for, under which heading.

    ``place`` is module and attribute within this package: a Typer application, or the function of
    a single command.
    """

    name: str
    place: str
    help: str
    panel: str

    def load(self) -> Any:
        """Return the command itself."""
        module, _, attribute = self.place.partition(":")
        found = getattr(import_module(f"{__package__}.{module}"), attribute)
        if not isinstance(found, typer.Typer):
            function, found = found, typer.Typer(add_completion=False)
            found.command(help=self.help)(function)
        command = get_command(found)
        command.name = self.name
        command.help = self.help
        return command

    def listed(self) -> TyperCommand:
        """Return what a list of commands shows of it."""
        return TyperCommand(self.name, help=self.help, rich_help_panel=self.panel)


PARTS = (
    Part(
        "demo",
        "demo.home:demo",
        "在虚构的示例站点上跑完主要工作，可重复运行 / the main job on an invented home",
        FIRST,
    ),
    Part(
        "demo-city",
        "demo.city:demo_city",
        "虚构一座城市两年的星级评定，可重复运行 / two years of ratings of an invented city",
        FIRST,
    ),
    Part(
        "db", "house.db:app", "数据库、密钥、账号 / the database, its keys and the accounts", FIRST
    ),
    Part(
        "account",
        "house.account:app",
        "账号、角色、密码、登录 / accounts, roles, passwords and sessions",
        FIRST,
    ),
    Part(
        "import",
        "intake:import_files",
        "导入工作簿：有一处错则整份不存 / take in workbooks, each stored whole or not at all",
        DAILY,
    ),
    Part(
        "attendance",
        "attendance:attendance",
        "写出 05 工作簿：当月已登记的内容，没有登记的是待填的空表 / write workbook 05 of a month",
        DAILY,
    ),
    Part("form", "form:app", "填报工作簿 / workbooks to fill in", DAILY),
    Part(
        "roster",
        "roster:app",
        "排班：求解、复核、说明、发布 / solve, check, explain and publish",
        DAILY,
    ),
    Part("payroll", "payroll:app", "工资、五险、个税 / wages, insurances, income tax", DAILY),
    Part(
        "rate",
        "stars.rate:rate_home",
        "按评定标准给一个机构评星，写出报告 / rate a home, write the report",
        DAILY,
    ),
    Part("inspection", "inspection:app", "星级评定的办理 / the steps of an inspection", DAILY),
    Part("visits", "stars.visits:app", "上门计划 / plans of visits", DAILY),
    Part("interests", "stars.interests:app", "回避 / conflicts of interest", DAILY),
    Part("body", "body:app", "机构：登记、状态、证照、关闭 / bodies and their states", DAILY),
    Part(
        "case",
        "case:app",
        "案件：办理、逾期、流程、核对 / cases, what is late, courses, checks",
        DAILY,
    ),
    Part("person", "person:app", "个人信息：查阅、删除 / what is held on a person", DAILY),
    Part("serve", "house.serve:serve", "启动网页与接口 / start the web face and the API", RUNNING),
    Part(
        "worker",
        "house.serve:worker",
        "执行后台任务，可在多台机器上同时运行 / run the long work, on as many machines as you like",
        RUNNING,
    ),
    Part(
        "policy",
        "house.policy:app",
        "工资与工时的数值和依据 / figures of wages and working time",
        RUNNING,
    ),
    Part("calendar", "house.calendar:app", "工作日历 / the working calendar", RUNNING),
    Part("audit", "house.audit:app", "审计记录 / the audit trail", RUNNING),
    Part("edition", "stars.edition:app", "星级评定标准 / documents of rating criteria", RUNNING),
)


class Loaded(MutableMapping[str, Any]):
    """The commands by name, each loaded when it is taken out."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self.parts = {part.name: part for part in parts}
        self.further: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self.further:
            self.further[name] = self.parts[name].load()
        return self.further[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self.further[name] = command

    def __delitem__(self, name: str) -> None:
        del self.further[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.parts | self.further)

    def __len__(self) -> int:
        return len(self.parts | self.further)


class Parts(TyperGroup):
    """The group of all parts: listing them loads none."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: Any = Loaded(PARTS)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order of the day."""
        return list(self.commands)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return what is shown of a command."""
        part = self.commands.parts.get(cmd_name)
        return part.listed() if part else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is run, and what is given to it."""
        if args and args[0] in self.commands:
            return args[0], self.commands[args[0]], args[1:]
        return super().resolve_command(ctx, args)


ACCOUNT: ContextVar[str | None] = ContextVar("account", default=None)
"""The address that was given, as option or in the environment; None acts as nobody in office."""
