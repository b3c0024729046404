"""Parts of a workbook, and what mutations of them are made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Parts = dict[str, bytes]
"""Content of a workbook's parts by name."""

Mutation = Callable[[Parts, Random], bytes]
Edit = Callable[[Parts, Random], None]

CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
ROW = re.compile(rb'<row r="\d+".*?</row>', re.DOTALL)


def packed(parts: Parts, compression: int = ZIP_DEFLATED) -> bytes:
    """Return the workbook of some parts."""
    file = BytesIO()
    with ZipFile(file, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(entry(name), content, compression)
    return file.getvalue()


def entry(name: str) -> ZipInfo:
    """Return a part's entry, dated 1980: a file drawn again by its seed has the same bytes."""
    info = ZipInfo(name)
    info.external_attr = 0o600 << 16  # read and written by its owner, as zipfile has it by itself
    return info


def unpacked(content: bytes) -> Parts:
    """Return the parts of a workbook."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edited(edit: Edit) -> Mutation:
    """Return the mutation that changes parts and packs them as ever."""

    def mutate(parts: Parts, random: Random) -> bytes:
        changed = dict(parts)
        edit(changed, random)
        return packed(changed)

    return mutate


def sheets(parts: Parts) -> list[str]:
    """Return the names of the sheets."""
    return [name for name in parts if name.startswith("xl/worksheets/sheet")]


def a_sheet(parts: Parts, random: Random) -> str:
    """Return the name of some sheet."""
    return random.choice(sheets(parts))


def substitute(parts: Parts, name: str, pattern: bytes, new: bytes, count: int = 1) -> None:
    """Write something in place of what a pattern finds."""
    parts[name] = re.sub(pattern, lambda _: new, parts[name], count=count, flags=re.DOTALL)


def change_cell(parts: Parts, random: Random, content: str, *, kind: str = "") -> None:
    """Write something into a filled cell, mostly below the headers."""
    name = a_sheet(parts, random)
    cells = list(CELL.finditer(parts[name]))
    cell = random.choice(cells)
    style = re.search(rb' s="\d+"', cell[3])
    new = b'<c r="%s%s"%s%s>%s</c>' % (
        cell[1], cell[2], style[0] if style else b"", kind.encode(), content.encode(),
    )  # fmt: skip
    parts[name] = parts[name][: cell.start()] + new + parts[name][cell.end() :]


def text(written: str) -> str:
    """Return the XML of a text inside a cell."""
    escaped = written.replace("&", "&amp;").replace("<", "&lt;")
    return f"<is><t>{escaped}</t></is>"
