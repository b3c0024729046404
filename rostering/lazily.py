"""Packages whose rooms are loaded when something of them is asked for.

What a package shows stands once, as imports in its ``__init__.pyi``: for readers, for type checkers
and for `attach`. So reading a sheet loads no solver, and asking for help loads nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import lazy_loader


def attach(name: str, file: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return ``__getattr__``, ``__dir__`` and ``__all__`` of a package with a stub beside it.

    Parameters
    ----------
    name, file
        ``__name__`` and ``__file__`` of the package.
    """
    getter, lister, names = lazy_loader.attach_stub(name, file)

    class Package(ModuleType):
        """Leaves ``rostering.solve`` the function, although a room of that name is loaded."""

        def __setattr__(self, attribute: str, value: Any) -> None:
            if not (isinstance(value, ModuleType) and attribute in names):
                super().__setattr__(attribute, value)

    sys.modules[name].__class__ = Package
    return getter, lister, names
