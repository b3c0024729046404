"""What is installed beside the engines, and what to install when a part of it is missing.

``pip install rukang`` brings the engines; ``rukang[house]`` records, papers and the command line;
``rukang[web]`` the pages as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import requires

OURS = {"api", "payroll", "rostering", "rukang"}
EXTRA = re.compile(r"""(?P<package>[\w.-]+).*;.*\bextra\s*==\s*["'](?P<extra>[\w-]+)["']""")


def words_for(missing: ModuleNotFoundError) -> str | None:
    """Return what to install when a package is missing, or nothing if the package is our own."""
    name = (missing.name or "").partition(".")[0]
    if not name or name in OURS:
        return None
    extra = extra_of(name, requires("rukang") or ())
    return (
        f'没有安装 {name}，这个命令要用到它。请安装：pip install "rukang[{extra}]"\n'
        f"{name} is not installed, and this command needs it."
        f' Install it: pip install "rukang[{extra}]"'
    )


def extra_of(module: str, requirements: Iterable[str]) -> str:
    """Return the extra that brings a module, as the metadata of a package names its requirements.

    Of those that do, the first. Modules that are called otherwise than the package they come in
    are all of the house; the command line itself is among them.
    """
    for found in filter(None, map(EXTRA.match, requirements)):
        if re.sub(r"[-_.]+", "_", found["package"]).lower() == module.lower():
            return found["extra"]
    return "house"
