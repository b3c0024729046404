"""The table of settings in docs/operate, from their class: ``python -m tests.operate.settings``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from rukang.base.settings import ELSEWHERE, PREFIX, Environment, Must

PAGE = Path(__file__).parents[2] / "docs" / "operate" / "settings.md"

HEAD = """# 设置 Settings

程序只读下列环境变量；空的视为未设。不能用的值启动时就会拒绝，并写明是哪一个、应该是什么。

The program reads these variables of its environment and no others; an empty one counts as not
set. A value that cannot be used is refused by its name, with what it has to be. This page is
written from the class `rukang.base.settings.Environment` (`python -m tests.operate.settings`).

| 变量 variable | 用途 what for | 取值 value | 不设时 default |
|---|---|---|---|
"""


def page() -> str:
    """Return the page."""
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in _rows())


def _rows() -> Iterator[tuple[str, str, str, str]]:
    for name, field in Environment.model_fields.items():
        extra = field.json_schema_extra
        assert isinstance(extra, dict), name
        told = f"{extra['zh']}<br>{field.description}"
        yield f"`{PREFIX}{name.upper()}`", told, _value(field), _default(field.default)
    for name, said in ELSEWHERE.items():
        yield f"`{name}`", f"{said.zh}<br>{said.en}", "文本 text", "—"


def _value(field: FieldInfo) -> str:
    must = next((item for item in field.metadata if isinstance(item, Must)), None)
    if must is not None:
        return f"{must.zh}<br>{must.en}"
    is_list = isinstance(field.default, tuple)
    return "用逗号分隔<br>with commas between" if is_list else "文本 text"


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return "`on`" if value else "`off`"
    if isinstance(value, tuple):
        value = ",".join(value)
    return f"`{value}`" if value or value == 0 else "—"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
